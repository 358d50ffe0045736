"""What whoever is asked does: take it up, write, leave out what must not leave the record, sign, or send it back."""

from dataclasses import replace

from wraparound.audit.models import What, Why
from wraparound.consent.mandates import full
from wraparound.events.action import Refused, action
from wraparound.evidence.drafting import LEFT_OUT, TO_WRITE, as_json, picks_of
from wraparound.evidence.letters import content_of, digest_of, paper_of
from wraparound.evidence.models import EvidenceRequest, LetterPaper, SignedLetter
from wraparound.evidence.moving import hold, move
from wraparound.evidence.states import Fee
from wraparound.evidence.tasks import set_paper
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Organisation, Scheme
from wraparound.people.disclosing import note_disclosure

LONGEST_LETTER, MOST_PENCE = 20_000, 100_000


@action
def take_up(*, by: Actor, request: EvidenceRequest) -> EvidenceRequest:
    """Say to one's colleagues that one answers it. Any of them may still take it over."""
    held = hold(request, "take_up", by=by)
    if held.taken_by_id == by.user():
        raise Refused("already_saved", "You have taken this up already.")
    return move(held, "take_up", by=by, taken_by_id=by.user())


@action
def keep_draft(*, by: Actor, request: EvidenceRequest, text: str) -> EvidenceRequest:
    """Keep the letter as far as it is written. Whoever asked does not read it yet."""
    return move(request, "keep_draft", by=by, draft=_letter(text), taken_by_id=by.user())


@action
def leave_out(*, by: Actor, request: EvidenceRequest, number: int, why: str) -> EvidenceRequest:
    """Take a picked passage (by its place, from 0) out of the request and the letter: it speaks of others, or harms.

    Refused: as a move; `no_such_passage`, `too_late` where it was taken out already.
    """
    held = hold(request, "leave_out", by=by)
    picks = picks_of(held.picks)
    if not 0 <= number < len(picks) or why not in WHY_LEFT_OUT:
        raise Refused("no_such_passage", "There is no such passage.")
    gone = picks[number]
    if gone.left_out:
        raise Refused("too_late", "This passage was left out already.")
    picks[number] = replace(gone, quote="", author="", written_on="", left_out=why)
    text = held.draft.replace(f"“{gone.quote}”", LEFT_OUT).replace(gone.quote, LEFT_OUT)
    return move(held, "leave_out", by=by, picks=as_json(picks), draft=text)


WHY_LEFT_OUT = {"others": "About somebody else", "harm": "May do harm"}


@action
def send_back(*, by: Actor, request: EvidenceRequest, why: str) -> EvidenceRequest:
    """Say that one does not answer it, and why: whoever asked reads that."""
    held = hold(request, "send_back", by=by)
    said = why.strip()
    if not said or len(said) > 500:
        raise Refused("no_words", "Write why you send it back, in 500 characters or fewer.", "why")
    return move(held, "send_back", by=by, sent_back_why=said)


@action
def sign(
    *, by: Actor, request: EvidenceRequest, text: str, name: str, fee: Fee, fee_pence: int | None = None
) -> SignedLetter:
    """Sign the letter as it stands in `text`. What is signed never changes; whoever asked can read it from now on.

    Refused: as a move; `no_letter`, `not_written`, `too_long` (field `text`), `no_name`, `no_sum` (`fee_pence`).
    """
    held = hold(request, "sign", by=by)
    letter = _letter(text)
    if TO_WRITE in letter:
        raise Refused("not_written", "Write under each heading, or take the heading out. Then sign.", "text")
    who = name.strip()
    if not who or len(who) > 200:
        raise Refused("no_name", "Write your name and what you are, such as GP.", "name")
    if fee is Fee.ASKED and not (fee_pence and fee_pence <= MOST_PENCE):
        raise Refused("no_sum", "Write how much it is, between £0.01 and £1,000.", "fee_pence")
    organisation = Organisation.objects.get(pk=by.organisation_id)
    signed = f"Signed by {who}, for {organisation.name}, on {full(by.today())}."
    kept = keep_letter(held, by, said=content_of(held, letter, signed), name=who, signed_by_id=by.user())
    note_disclosure(
        by, [held.person_id], What.MESSAGE, "evidence-signed", why=Why.AUTHORITY,
        to_organisation_ids=[held.organisation_id],
    )  # fmt: skip
    move(
        held, "sign", by=by, draft=letter, taken_by_id=by.user(), fee=fee,
        fee_pence=fee_pence if fee is Fee.ASKED else None,
    )  # fmt: skip
    return kept


def keep_letter(held: EvidenceRequest, by: Actor, **written: object) -> SignedLetter:
    """The next version of a request's letter; its document is set by a job."""
    said = written["said"]
    assert isinstance(said, dict)
    shared = {"scheme_id": held.scheme_id, "organisation_ids": held.organisation_ids, "person_id": held.person_id}
    letter = SignedLetter.objects.create(
        **shared,
        request=held,
        version=SignedLetter.objects.visible_to(by).filter(request=held).count() + 1,
        sha256=digest_of(said),
        recorded_by_id=by.user(),
        recorded_at=by.now(),
        **{"signed_on": by.today(), **written},
    )
    content = paper_of(held, letter, invented=Scheme.objects.get(pk=held.scheme_id).invented)
    paper = LetterPaper.objects.create(**shared, request=held, letter=letter, content=content, asked_at=by.now())
    set_paper.later(by=replace(by, moment=None), paper_id=paper.pk)
    return letter


def _letter(text: str) -> str:
    said = text.strip()
    if not said:
        raise Refused("no_letter", "Write the letter first.", "text")
    if len(said) > LONGEST_LETTER:
        raise Refused("too_long", f"A letter holds {LONGEST_LETTER:,} characters; this has {len(said):,}.", "text")
    return said
