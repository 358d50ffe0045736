"""Jobs of letters: setting one that left as a document."""

from wraparound.documents.letter_pdf import letter_pdf
from wraparound.letters.models import LetterDocument, SentLetter
from wraparound.organisations.actor import Actor
from wraparound.organisations.jobs import job


@job(queue="documents")
def set_document(*, by: Actor, letter_id: int) -> None:
    """Set the document of what was sent. Run again, it changes nothing."""
    sent = SentLetter.objects.visible_to(by).filter(letter_id=letter_id).first()
    if sent is None or LetterDocument.objects.visible_to(by).filter(letter_id=letter_id).exists():
        return
    LetterDocument.objects.create(
        scheme_id=sent.scheme_id,
        organisation_id=sent.organisation_id,
        letter_id=letter_id,
        person_id=sent.person_id,
        pdf=letter_pdf(sent.said),
    )
