"""A question to the referrer before a team can answer: one at a time, and without an answer the team goes on."""

from wraparound.events.action import Refused, action
from wraparound.organisations.actor import Actor
from wraparound.organisations.pathways import pathway_of
from wraparound.organisations.roles import Capability
from wraparound.referrals.models import Question, Referral
from wraparound.referrals.moves import move
from wraparound.referrals.told import note_told

LONGEST_QUESTION, LONGEST_ANSWER = 500, 1000


def cannot_wait(referral: Referral) -> bool:
    """A same-day need was raised: the referrer is rung, not written to (the journey is read)."""
    same_day = pathway_of(referral.journey.pathway_version_id).same_day.when
    return not same_day.isdisjoint({*referral.urgent_flags, *referral.journey.urgent_flags})


@action
def ask(*, by: Actor, referral: Referral, question: str) -> Question:
    """Ask the referrer what the team has to know before it answers. It is the referrer's turn until they do."""
    by.require(Capability.WORK_REFERRALS)
    asked = _within(question, LONGEST_QUESTION, "question", "Write what you need to know.")
    seen = Referral.objects.visible_to(by).select_related("journey", "from_organisation").get(pk=referral.pk)
    if cannot_wait(seen):
        raise Refused("ring_them", f"Ring them: this cannot wait. {ring_whom(seen)}", "question")
    if seen.from_organisation_id == by.organisation_id:
        raise Refused("own", "Your own organisation sent this, so there is nobody else to ask.", "question")
    moved = move(referral, "ask", by=by)
    note_told(moved.person_id, moved.from_organisation_id, "question-asked", by=by)
    return Question.objects.create(
        scheme_id=by.scheme_id,
        organisation_ids=sorted({moved.from_organisation_id, moved.to_organisation_id}),
        referral=moved,
        question=asked,
        asked_by_id=by.user(),
        asked_at=by.now(),
    )


def ring_whom(referral: Referral) -> str:
    """Who made the referral, with the number to ring."""
    sender = referral.from_organisation
    return f"{sender.name}: {sender.phone}." if sender.phone else f"{sender.name}."


@action
def answer(*, by: Actor, question: Question, answer: str) -> Question:
    """Say what the team asked, which makes it the worker's turn again."""
    by.require(Capability.FOLLOW_REFERRALS)
    said = _within(answer, LONGEST_ANSWER, "answer", "Write the answer. If you do not know, say so.")
    found = Question.objects.visible_to(by).select_related("referral").get(pk=question.pk)
    if found.referral.from_organisation_id != by.organisation_id:
        raise Refused("not_yours", "This question is another organisation's to answer.")
    if found.lapsed_at:
        raise Refused("too_late", "No answer came in time, so the team went on without. Ring them to tell them.")
    move(found.referral, "answer", by=by)
    # A page may be old: what is asked by now may be another question, which this does not answer.
    still_open = Question.objects.visible_to(by).filter(pk=found.pk, answered_at=None, lapsed_at=None)
    if not still_open.update(answer=said, answered_by_id=by.user(), answered_at=by.now()):
        raise Refused("too_late", "This question has been answered, and they have asked another one since.")
    note_told(found.referral.person_id, found.referral.to_organisation_id, "question-answered", by=by)
    found.refresh_from_db()
    return found


def ask_no_more(referral: Referral, *, by: Actor) -> None:
    """What was asked needs no answer any more: the team went on without, or the referral was taken back."""
    rows = Question.objects.visible_to(by).filter(referral=referral, answered_at=None, lapsed_at=None)
    rows.update(lapsed_at=by.now())


def _within(text: str, most: int, field: str, missing: str) -> str:
    said = text.strip()
    if not said:
        raise Refused("empty", missing, field)
    if len(said) > most:
        raise Refused("too_long", f"Write {most} characters or fewer; this has {len(said):,}.", field)
    return said
