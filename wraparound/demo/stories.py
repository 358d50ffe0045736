"""What happened to each invented person: the steps of a believable year, told through the product's own actions."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random

from django.db import transaction

from wraparound.casework import actions as casework
from wraparound.casework.models import Case, ContactBy, ContactResult
from wraparound.consent.agreed import AgreedHow
from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor, acting_as, system
from wraparound.pathways.calendar import LONDON, Calendar
from wraparound.pathways.vocabulary import Need, Service
from wraparound.referrals.actions import acknowledge, claim, decline, let_time_pass, withdraw
from wraparound.referrals.models import Referral
from wraparound.referrals.states import DeclineReason, Outcome

_NOTES = {
    Service.SOCIAL_PRESCRIBING: (
        "Long talk about what a good week would look like. Misses cooking for people. Would try the lunch club.",
        "Came along to the first session, stayed for tea afterwards. Says it helped to have a reason to go out.",
        "Asked gently about money: some worry. Agreed that an adviser could help, and what to bring.",
        "Rang to see how it went. Sleeping a little better. Next talk in three weeks.",
    ),
    Service.WELFARE_ADVICE: (
        "Looked at the letters together and put them in order. Authority signed. Dates noted.",
        "Helped to fill in the form; copies kept. Told what happens next and how long it may take.",
        "Spoke with the office on the phone with the client. Waiting for their answer in writing.",
        "Answer came. Went through it together and agreed the next step.",
    ),
}
_DECLINES = (
    DeclineReason.PERSON_SAID_NO,
    DeclineReason.OUT_OF_AREA,
    DeclineReason.NO_CAPACITY,
    DeclineReason.NOT_FOR_US,
)
_OUTCOMES = (Outcome.HELPED, Outcome.HELPED, Outcome.PARTLY_HELPED, Outcome.INFORMATION_GIVEN, Outcome.PERSON_STOPPED)
_CHANNELS = (ContactBy.PHONE, ContactBy.PHONE, ContactBy.PHONE, ContactBy.TEXT, ContactBy.IN_PERSON)


@dataclass
class Story:
    """One referral's course. `step` does something at a working hour some days later, unless that has not come yet."""

    referral: Referral
    worker: Actor
    calendar: Calendar
    chance: Random
    at: datetime
    until: datetime
    case: Case | None = None
    others: list[Referral] = field(default_factory=list)

    def step(self, days: int, act: Callable[[Actor], object]) -> bool:
        """Let `days` working days pass, with the clock doing its part, then act. False when the story is over."""
        moment = self._working_hour(days)
        if moment > self.until or not let_clock_run(self.referral, min(moment, self.until)):
            return False
        self.at = moment
        actor = self.worker.at(moment)
        with acting_as(actor):
            self.referral = Referral.objects.visible_to(actor).get(pk=self.referral.pk)
            act(actor)
        return True

    def _working_hour(self, days: int) -> datetime:
        day = self.calendar.add_working_days(self.at, days) if days else self.at
        hour = datetime.combine(
            day.astimezone(LONDON).date(), time(9 + self.chance.randint(0, 6), self.chance.randint(0, 59))
        )
        return max(hour.replace(tzinfo=LONDON), self.at + timedelta(minutes=self.chance.randint(2, 40)))


def let_clock_run(referral: Referral, until: datetime) -> bool:
    """Do what silence does to a referral up to a moment; True when its service may still act on it."""
    while True:
        receiver = system(referral.scheme_id, referral.to_organisation_id)
        with acting_as(receiver):
            now = Referral.objects.visible_to(receiver).get(pk=referral.pk)
        if now.next_clock_at is None or now.next_clock_at > until:
            return now.status in ("sent", "claimed", "accepted", "in_progress")
        sender_waits = now.status in ("declined", "lost_contact", "not_answered")
        at = now.from_organisation_id if sender_waits else now.to_organisation_id
        clock = system(referral.scheme_id, at).at(now.next_clock_at)
        with acting_as(clock):
            let_time_pass(by=clock, referral=now)


def tell(story: Story, sender: Actor) -> None:
    """Play one referral from its sending to wherever it has got to by now."""
    turn = story.chance.random()
    if turn < 0.03:
        return
    if turn < 0.05 and story.referral.from_organisation_id == sender.organisation_id:
        moment = story.at + timedelta(hours=2)
        with acting_as(sender.at(moment)):
            withdraw(by=sender.at(moment), referral=story.referral)
        return
    if not story.step(story.chance.choice((0, 0, 1, 1)), lambda by: claim(by=by, referral=story.referral)):
        return
    if turn < 0.13:
        reason = story.chance.choice(_DECLINES)
        story.step(0, lambda by: decline(by=by, referral=story.referral, reason=reason))
    elif story.step(0, lambda by: _accept(story, by)):
        _work(story, lost=turn < 0.22)


def read_answer(referral: Referral, sender: Actor, chance: Random, until: datetime) -> None:
    """The referrer reads how it ended within some days, mostly; else the clock closes it."""
    with acting_as(sender):
        now = Referral.objects.visible_to(sender).get(pk=referral.pk)
        moment = now.status_since + timedelta(hours=chance.randint(2, 60))
        waits = now.status in ("declined", "lost_contact", "not_answered")
        if waits and moment < until and chance.random() < 0.85:
            acknowledge(by=sender.at(moment), referral=now)


def _accept(story: Story, by: Actor) -> None:
    story.case = casework.accept(by=by, referral=story.referral)


def _try(story: Story, result: ContactResult) -> Callable[[Actor], object]:
    def act(by: Actor) -> None:
        assert story.case is not None
        story.case.referral = story.referral
        channel = story.chance.choice(_CHANNELS)
        casework.record_contact(by=by, case=story.case, channel=channel, result=result)

    return act


def _note(story: Story) -> Callable[[Actor], object]:
    def act(by: Actor) -> None:
        assert story.case is not None
        text = story.chance.choice(_NOTES[Service(story.referral.service)])
        casework.write_note(by=by, case=story.case, text=text)

    return act


def _work(story: Story, *, lost: bool) -> None:
    """From the first try at contact to the end of the work."""
    misses = 3 if lost else story.chance.choice((0, 0, 0, 1, 1, 2))
    for miss in range(misses):
        missed = story.chance.choice((ContactResult.NO_ANSWER, ContactResult.MESSAGE_LEFT))
        if not story.step(1 if miss else story.chance.choice((0, 1, 2)), _try(story, missed)):
            return
    if lost:
        story.step(1, lambda by: _lose(story, by))
        return
    if not story.step(story.chance.choice((0, 1, 1, 2)), _try(story, ContactResult.SPOKE)):
        return
    for _ in range(story.chance.choice((1, 2, 2, 3, 4))):
        if not story.step(story.chance.randint(3, 14), _note(story)):
            return
    if Service(story.referral.service) is Service.SOCIAL_PRESCRIBING and story.chance.random() < 0.25:
        story.step(1, lambda by: _hand_over(story, by))
    outcome = story.chance.choice(_OUTCOMES)
    story.step(story.chance.randint(3, 15), lambda by: casework.close(by=by, case=_case(story), outcome=outcome))


def _case(story: Story) -> Case:
    assert story.case is not None
    story.case.referral = story.referral
    return story.case


def _lose(story: Story, by: Actor) -> None:
    """As the pathway allows it; where it does not, the clock goes on."""
    with suppress(Refused), transaction.atomic():
        casework.lose_contact(by=by, case=_case(story))


def _hand_over(story: Story, by: Actor) -> None:
    """A money worry came up while talking: prepared, introduced, and the adviser still has to accept."""
    open_there = Referral.objects.visible_to(by).filter(
        journey_id=story.referral.journey_id, service=Service.WELFARE_ADVICE, is_open=True
    )
    if open_there.exists():
        return
    story.others.append(
        casework.hand_over(
            by=by,
            case=_case(story),
            service=Service.WELFARE_ADVICE,
            needs=frozenset({Need.BENEFITS}),
            told="Has a letter about a benefit decision, dated last week. Will bring it, and the bank statements.",
            agreed_how=AgreedHow.IN_PERSON,
        )
    )
