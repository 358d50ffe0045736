"""What becomes of a letter: read, agreed to by the person, used, and how it ended. And letters that come on paper."""

from dataclasses import replace
from datetime import date

from wraparound.audit.models import What, Why
from wraparound.consent.agreed import AgreedHow
from wraparound.consent.mandates import full
from wraparound.events.action import Refused, action
from wraparound.evidence.answering import keep_letter
from wraparound.evidence.letters import content_of, paper_of
from wraparound.evidence.models import EvidenceRequest, LetterPaper, SignedLetter
from wraparound.evidence.moving import hold, move
from wraparound.evidence.resting import signed_mandate
from wraparound.evidence.states import CameOfIt, UsedFor
from wraparound.evidence.tasks import set_paper
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Scheme
from wraparound.people.disclosing import note_disclosure

THEMSELVES = (AgreedHow.IN_PERSON, AgreedHow.BY_PHONE, AgreedHow.IN_WRITING)


@action
def receive(*, by: Actor, request: EvidenceRequest) -> EvidenceRequest:
    """Say that one has read the letter."""
    held = hold(request, "receive", by=by)
    if held.received_at is not None:
        raise Refused("already_saved", "This was read already.")
    return move(held, "receive", by=by, received_at=by.now())


@action
def agree(*, by: Actor, request: EvidenceRequest, how: AgreedHow, note: str = "") -> EvidenceRequest:
    """The person read the letter, or had it read, and lets it go to whoever decides. Without this it goes nowhere."""
    held = hold(request, "agree", by=by)
    if how not in THEMSELVES:
        raise Refused("no_agreement", "Only the person can let it be used. Ask them.", "how")
    if len(note) > 500:
        raise Refused("too_long", "Write 500 characters or fewer.", "note")
    received = held.received_at or by.now()
    return move(held, "agree", by=by, agreed_at=by.now(), agreed_how=how, agreed_note=note.strip(),
                received_at=received)  # fmt: skip


@action
def use(*, by: Actor, request: EvidenceRequest, used_for: UsedFor, on: date) -> EvidenceRequest:
    """The letter went to whoever decides."""
    held = hold(request, "use", by=by)
    if on > by.today():
        raise Refused("in_the_future", "This day has not come yet.", "on")
    return move(held, "use", by=by, used_for=used_for, used_on=on)


@action
def end(*, by: Actor, request: EvidenceRequest, outcome: CameOfIt) -> EvidenceRequest:
    """What came of it."""
    return move(request, "end", by=by, outcome=outcome, ended_at=by.now())


@action
def print_questions(*, by: Actor, request: EvidenceRequest) -> LetterPaper:
    """Have what is asked set as a paper, to be answered and signed by hand by somebody outside the scheme."""
    held = hold(request, "print", by=by)
    if held.to_organisation_id is not None:
        raise Refused("not_on_paper", "They answer here. A paper is for somebody outside the scheme.")
    signed_mandate(by, held.person)
    content = paper_of(held, None, invented=Scheme.objects.get(pk=held.scheme_id).invented)
    shared = {"scheme_id": held.scheme_id, "organisation_ids": held.organisation_ids, "person_id": held.person_id}
    paper, _ = LetterPaper.objects.get_or_create(
        request=held, letter=None, defaults={**shared, "content": content, "asked_at": by.now()}
    )
    if paper.content != content:
        paper.content, paper.asked_at, paper.pdf = content, by.now(), None
        paper.save()
    if paper.pdf is None:
        set_paper.later(by=replace(by, moment=None), paper_id=paper.pk)
    note_disclosure(by, [held.person_id], What.DOCUMENT, "evidence-paper", why=Why.AUTHORITY, to_named=held.to_named)
    move(held, "print", by=by)
    return paper


@action
def write_down_paper(
    *, by: Actor, request: EvidenceRequest, name: str, on: date, kept_at: str, text: str
) -> SignedLetter:
    """A letter came on paper, signed by somebody outside the scheme: what it says, and where it is kept."""
    held = hold(request, "paper_signed", by=by)
    if held.to_organisation_id is not None:
        raise Refused("not_on_paper", "They sign here. A paper is for somebody outside the scheme.")
    for words, field, missing in (
        (name, "name", "Write the name under it, and what they are."),
        (kept_at, "kept_at", "Write where the paper is kept."),
        (text, "text", "Write what it says, or what it says on each point."),
    ):
        if not words.strip():
            raise Refused("no_words", missing, field)
    if on > by.today():
        raise Refused("in_the_future", "This day has not come yet.", "on")
    said = content_of(held, text.strip(), f"Signed by {name.strip()}, {held.to_named}, on {full(on)}.")
    letter = keep_letter(held, by, said=said, name=name.strip(), kept_at=kept_at.strip(), signed_on=on)
    move(held, "paper_signed", by=by, received_at=by.now())
    return letter
