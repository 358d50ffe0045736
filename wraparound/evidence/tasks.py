"""Jobs of evidence: setting a letter as a document, and ending what a mandate no longer allows."""

from typing import Any

from wraparound.documents.evidence_pdf import evidence_pdf
from wraparound.events.action import Refused
from wraparound.events.models import Event
from wraparound.evidence.ending import withdraw_without_mandate
from wraparound.evidence.models import EvidenceRequest, LetterPaper
from wraparound.evidence.states import EVIDENCE_MOVES
from wraparound.organisations.actor import Actor, system
from wraparound.organisations.jobs import job
from wraparound.pathways.vocabulary import ConsentFor


@job(queue="documents")
def set_paper(*, by: Actor, paper_id: int) -> None:
    """Set the document as its content says now. Run again, it changes nothing."""
    paper = LetterPaper.objects.visible_to(by).select_for_update().filter(pk=paper_id, pdf=None).first()
    if paper is not None:
        paper.pdf = evidence_pdf(paper.content)
        paper.save(update_fields=["pdf"])


def mandate_ended(event: Event, by: Any) -> None:
    """Handler: a consent was taken back or ran out."""
    if event.data["purpose"] == ConsentFor.READ_HEALTH_RECORD:
        for organisation_id in event.organisation_ids:
            end_what_rested.later(by=system(event.scheme_id, organisation_id), consents=event.data["consents"])


@job(queue="clock")
def end_what_rested(*, by: Actor, consents: list[int]) -> None:
    """Withdraw what this organisation asked on these consents. What was signed meanwhile stays."""
    rows = EvidenceRequest.objects.visible_to(by).filter(organisation_id=by.organisation_id, consent_id__in=consents)
    for request in rows.filter(status__in=EVIDENCE_MOVES["mandate_ended"].from_).order_by("pk"):
        try:
            withdraw_without_mandate(by=by, request=request)
        except Refused as refused:
            if refused.code != "too_late":
                raise
