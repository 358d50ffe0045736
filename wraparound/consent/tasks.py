"""The job that sets a mandate as a document."""

from wraparound.consent.models import MandateDocument
from wraparound.documents.mandate_pdf import mandate_pdf
from wraparound.organisations.actor import Actor
from wraparound.organisations.jobs import job


@job(queue="documents")
def set_mandate(*, by: Actor, document_id: int) -> None:
    """Set the document as its content says now. Run again, it changes nothing."""
    document = MandateDocument.objects.visible_to(by).select_for_update().filter(pk=document_id, pdf=None).first()
    if document is not None:
        document.pdf = mandate_pdf(document.content)
        document.save(update_fields=["pdf"])
