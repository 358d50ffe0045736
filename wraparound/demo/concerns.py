"""Safeguarding in the demo: one concern raised just now, one that somebody owns, one that has ended."""

from wraparound.casework.models import ContactResult
from wraparound.demo.stories import Story
from wraparound.demo.year import Steps
from wraparound.organisations.actor import Actor
from wraparound.referrals.models import Referral
from wraparound.safeguarding.actions import acknowledge, decide_gp, end, look_again, own, raise_concern, write_said
from wraparound.safeguarding.models import Concern
from wraparound.safeguarding.states import ConcernKind, TellGp


def _begun(story: Story) -> Steps:
    yield from story.step(1, story.claim)
    yield from story.step(0, story.accept)
    yield from story.step(1, story.try_(ContactResult.SPOKE))


def concern_now(story: Story) -> Steps:
    """Raised this morning: the lead is asked to own it."""
    yield from _begun(story)
    yield from story.step(2, story.note)
    yield from story.upon(story.year.on_day(0, 9, 10), lambda by: _raise(story, ConcernKind.ABUSE, by))
    yield from story.upon(
        story.at,
        lambda by: _say(story, "Says that her son takes her card on the day the pension comes, and shouts.", by),
    )


def concern_owned(story: Story) -> Steps:
    yield from _begun(story)
    raised = story.year.working_hour(story.at, 3, story.chance)
    yield from story.upon(raised, lambda by: _raise(story, ConcernKind.SUICIDAL, by))
    yield from story.upon(story.at, lambda by: _say(story, "“I would rather not wake up.” No plan. Alone.", by))
    lead = story.supervisor()
    yield from story.upon(story.at, lambda by: acknowledge(by=by, concern=_concern(story, by)), by=lead)
    yield from story.upon(story.at, lambda by: own(by=by, concern=_concern(story, by)), by=lead)
    yield from story.upon(
        story.at, lambda by: decide_gp(by=by, concern=_concern(story, by), tell_gp=TellGp.AGREED), by=lead
    )
    again = story.year.on_day(2, 15, 20)
    if again > story.at:
        yield from story.upon(again, lambda by: look_again(by=by, concern=_concern(story, by)), by=lead)


def concern_ended(story: Story) -> Steps:
    yield from _begun(story)
    raised = story.year.working_hour(story.at, 2, story.chance)
    yield from story.upon(raised, lambda by: _raise(story, ConcernKind.CHILD, by))
    yield from story.upon(story.at, lambda by: _say(story, "The youngest was alone at home when we rang at noon.", by))
    lead = story.supervisor()
    yield from story.upon(story.at, lambda by: own(by=by, concern=_concern(story, by)), by=lead)
    why = "The family’s own worker at the council has told the practice already."
    yield from story.upon(
        story.at, lambda by: decide_gp(by=by, concern=_concern(story, by), tell_gp=TellGp.NO, why=why), by=lead
    )
    ending = "Spoke with the council’s duty worker, who visited the same day. A neighbour minds the child now."
    finished = story.year.working_hour(story.at, 2, story.chance)
    yield from story.upon(finished, lambda by: end(by=by, concern=_concern(story, by), ending=ending), by=lead)


def _raise(story: Story, kind: ConcernKind, by: Actor) -> None:
    referral = Referral.objects.visible_to(by).select_related("person", "journey").get(pk=story.referral.pk)
    raise_concern(by=by, person=referral.person, kind=kind, journey=referral.journey)


def _say(story: Story, said: str, by: Actor) -> None:
    write_said(by=by, concern=_concern(story, by), said=said)


def _concern(story: Story, by: Actor) -> Concern:
    return Concern.objects.visible_to(by).get(person_id=story.referral.person_id)
