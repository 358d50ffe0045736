"""The job that sets a statement as a document."""

from wraparound.budget.models import StatementPaper
from wraparound.documents.statement_pdf import statement_pdf
from wraparound.organisations.actor import Actor
from wraparound.organisations.jobs import job


@job(queue="documents")
def set_paper(*, by: Actor, paper_id: int) -> None:
    """Set the document as its content says. Run again, it changes nothing."""
    paper = StatementPaper.objects.visible_to(by).select_for_update().filter(pk=paper_id, pdf=None).first()
    if paper is not None:
        paper.pdf = statement_pdf(paper.content)
        paper.save(update_fields=["pdf"])
