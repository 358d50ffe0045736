"""The stories that are not left to chance: each thing that can happen in a year, and what somebody has to do now."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from wraparound.casework.models import ContactResult
from wraparound.demo.arrivals import Coming
from wraparound.demo.concerns import concern_ended, concern_now, concern_owned
from wraparound.demo.courses import again, appointment, asked, given_on, notes, sent_on
from wraparound.demo.place import Door
from wraparound.demo.stories import Story
from wraparound.demo.year import Steps, Year
from wraparound.organisations.actor import Actor
from wraparound.pathways.vocabulary import Entry, Need, UrgentFlag
from wraparound.referrals.actions import decline
from wraparound.referrals.models import UnmetNeed
from wraparound.referrals.states import DeclineReason, Outcome, PauseReason
from wraparound.referrals.unmet import end_unmet_need, see_unmet_need

COMPANY, MONEY = frozenset({Need.LONELINESS}), frozenset({Need.DEBT})


@dataclass(frozen=True)
class Plot:
    """One person's story: so many days ago, with these needs and flags, and what is done about it."""

    days_ago: int
    needs: frozenset[Need]
    tell: Callable[[Story], Steps]
    flags: frozenset[UrgentFlag] = frozenset()
    entry: Entry = Entry.CLINICIAN


def coming(year: Year, plot: Plot, number: int) -> Coming:
    """The plot's person, sent by a clinician of the scheme or from its desk."""
    doors = [door for door in year.made.data.doors if door.entry is plot.entry]
    door: Door = doors[number % len(doors)]
    hour, minute = divmod(9 * 60 + 17 * number % 300, 60)
    at = year.on_day(plot.days_ago, hour, minute) if plot.days_ago else year.now - timedelta(minutes=15)
    return Coming(number, at, door, plot.needs, plot.flags, tell=plot.tell)


def begun(story: Story) -> Steps:
    """Claimed, accepted, spoken with."""
    yield from story.step(1, story.claim)
    yield from story.step(0, story.accept)
    yield from story.step(1, story.try_(ContactResult.SPOKE))


def question_open(story: Story) -> Steps:
    yield from story.step(0, story.claim)
    yield from story.upon(story.year.on_day(1, 14), story.ask(2))


def question_answered(story: Story) -> Steps:
    yield from story.step(0, story.claim)
    yield from asked(story, answered=True)
    yield from story.step(0, story.accept)
    yield from story.step(1, story.try_(ContactResult.SPOKE))
    yield from notes(story, 2)
    yield from story.step(5, story.end(Outcome.HELPED))


def pause_now(story: Story) -> Steps:
    yield from begun(story)
    yield from story.step(3, story.note)
    yield from story.upon(story.year.on_day(4, 15), story.pause(16, PauseReason.IN_HOSPITAL))


def pause_over(story: Story) -> Steps:
    yield from begun(story)
    if (yield from story.step(2, story.pause(14, PauseReason.AWAY))):
        story.at += timedelta(days=14)
        yield from notes(story, 2)
        yield from story.step(5, story.end(Outcome.PARTLY_HELPED))


def offered_now(story: Story) -> Steps:
    yield from begun(story)
    yield from story.step(3, story.note)
    colleague = story.colleague()
    if colleague is not None:
        yield from story.upon(story.year.on_day(1, 15, 20), story.offer_to(colleague))


def taken_over(story: Story) -> Steps:
    yield from begun(story)
    yield from given_on(story)
    yield from notes(story, 2)
    yield from story.step(4, story.end(Outcome.HELPED))


def passed_to_the_other_team(story: Story) -> Steps:
    yield from story.step(1, story.claim)
    if not (yield from sent_on(story)):
        yield from story.step(0, story.accept)


def opened_again(story: Story) -> Steps:
    yield from begun(story)
    yield from notes(story, 2)
    if (yield from story.step(3, story.end(Outcome.HELPED))):
        yield from again(story, 12)


def missed_then_came(story: Story) -> Steps:
    yield from begun(story)
    yield from appointment(story, missed=True)
    yield from notes(story, 1)


def did_not_come(story: Story) -> Steps:
    yield from begun(story)
    yield from story.upon(story.year.on_day(1, 11, 30), story.try_(ContactResult.DID_NOT_COME))


def task_today(story: Story) -> Steps:
    """Written down some days ago, due today; and one that has been done."""
    yield from begun(story)
    yield from story.step(1, story.task(2))
    yield from story.step(1, story.finish_tasks)
    moment = story.year.on_day(3, 12)
    yield from story.upon(moment, story.task((story.year.day(0) - moment.date()).days))


def asks_about_the_other(story: Story) -> Steps:
    """Came yesterday, so that the pathway asks about the other service now."""
    yield from begun(story)
    yield from story.upon(story.year.on_day(1, 10, 15), story.try_(ContactResult.CAME))


def supervisor_decides(story: Story) -> Steps:
    """A legal deadline, and nobody answers: a supervisor says whether to go on."""
    yield from story.step(0, story.claim)
    yield from story.step(0, story.accept)
    for days, hours in ((0, (15, 15)), (1, (10, 11)), (1, (14, 15))):
        yield from story.step(days, story.try_(ContactResult.NO_ANSWER), hours)


def no_room(story: Story) -> Steps:
    yield from story.step(1, story.claim)
    yield from story.step(0, lambda by: decline(by=by, referral=story.referral, reason=DeclineReason.NO_CAPACITY))


def no_room_ended(story: Story) -> Steps:
    """Nobody else had room either: the referrer has read it, and somebody said in the end how it went."""
    yield from no_room(story)
    if story.sender() is not None:
        moment = story.year.working_hour(story.at, 1, story.chance)
        yield from story.upon(moment, lambda by: _read_unmet(story, by), by=story.sender())
    moment = story.year.working_hour(story.at, 6, story.chance)
    yield from story.upon(moment, lambda by: _end_unmet(story, by), by=story.supervisor())


def _read_unmet(story: Story, by: Actor) -> None:
    for unmet in UnmetNeed.objects.visible_to(by).filter(journey_id=story.referral.journey_id, seen_at=None):
        see_unmet_need(by=by, unmet=unmet)


def _end_unmet(story: Story, by: Actor) -> None:
    for unmet in UnmetNeed.objects.visible_to(by).filter(journey_id=story.referral.journey_id, ended_at=None):
        end_unmet_need(by=by, unmet=unmet, ending="Seen at the law centre’s open day, which could take them on.")


def lost_now(story: Story) -> Steps:
    """Given up yesterday: the referrer has still to read it."""
    yield from story.step(1, story.claim)
    yield from story.step(0, story.accept)
    for hours in ((9, 10), (14, 15), (10, 11)):
        yield from story.step(1, story.try_(ContactResult.NO_ANSWER), hours)
    yield from story.upon(story.year.on_day(1, 12, 10), story.lose)


def handed_over_now(story: Story) -> Steps:
    yield from begun(story)
    yield from story.upon(story.year.on_day(1, 13, 40), story.hand_over)


def alert_now(story: Story) -> Steps:
    """Sent a while ago, with nowhere to sleep tonight. Nobody has taken it yet."""
    yield from ()


PLOTS: dict[str, Plot] = {
    "question_answered": Plot(44, COMPANY, question_answered),
    "pause_over": Plot(80, MONEY, pause_over),
    "taken_over": Plot(38, COMPANY, taken_over),
    "opened_again": Plot(70, COMPANY, opened_again),
    "missed_then_came": Plot(30, MONEY, missed_then_came, entry=Entry.RECEPTION),
    "no_room_ended": Plot(50, MONEY, no_room_ended),
    "concern_ended": Plot(64, COMPANY, concern_ended),
    "pause_now": Plot(26, COMPANY, pause_now),
    "offered_now": Plot(20, COMPANY, offered_now),
    "sent_on": Plot(9, COMPANY, passed_to_the_other_team),
    "concern_owned": Plot(17, COMPANY, concern_owned),
    "task_today": Plot(14, COMPANY, task_today),
    "did_not_come": Plot(13, MONEY, did_not_come, entry=Entry.RECEPTION),
    "concern_now": Plot(12, COMPANY, concern_now),
    "lost_now": Plot(11, COMPANY, lost_now),
    "no_room": Plot(10, MONEY, no_room),
    "asks_about_the_other": Plot(8, MONEY, asks_about_the_other),
    "handed_over_now": Plot(7, COMPANY, handed_over_now),
    "supervisor_decides": Plot(5, MONEY, supervisor_decides, frozenset({UrgentFlag.LEGAL_DEADLINE_NEAR})),
    "question_open": Plot(2, COMPANY, question_open),
    "alert_now": Plot(0, MONEY, alert_now, frozenset({UrgentFlag.HOMELESS_TONIGHT})),
}
