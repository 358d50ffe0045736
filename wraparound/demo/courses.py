"""How referrals go by chance: the believable mixture of a year, from an answer that never comes to work done twice."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from wraparound.casework.models import ContactResult
from wraparound.demo.stories import Step, Story
from wraparound.demo.year import Year
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Team
from wraparound.referrals.actions import acknowledge, decline, withdraw
from wraparound.referrals.models import WITH_A_TEAM, Referral
from wraparound.referrals.rerouting import reroute
from wraparound.referrals.states import DeclineReason, Outcome, PauseReason, SentOnBecause

Steps = Iterator[datetime]
DECLINES = (
    DeclineReason.PERSON_SAID_NO, DeclineReason.PERSON_SAID_NO, DeclineReason.OUT_OF_AREA, DeclineReason.NO_CAPACITY,
    DeclineReason.NOT_FOR_US,
)  # fmt: skip
OUTCOMES = (
    Outcome.HELPED, Outcome.HELPED, Outcome.HELPED, Outcome.PARTLY_HELPED, Outcome.INFORMATION_GIVEN,
    Outcome.PERSON_STOPPED,
)  # fmt: skip
# How often each thing comes, of all referrals or of those that come so far.
SILENT, WITHDRAWN, DECLINED, SENT_ON, AT_ONCE = 0.02, 0.04, 0.10, 0.13, 0.4
ASKED, LOST, APPOINTMENT, MISSED, TASK, PAUSED, GIVEN_ON, HANDED_OVER, REOPENED = (
    0.15, 0.09, 0.45, 0.3, 0.3, 0.07, 0.05, 0.5, 0.05,
)  # fmt: skip


def course(story: Story) -> Steps:
    """One referral from its arrival to wherever chance takes it."""
    turn = story.chance.random()
    if turn < SILENT:
        return
    if turn < WITHDRAWN:
        yield from _withdrawn(story)
        return
    if turn > AT_ONCE:
        if (yield from story.step(story.chance.choice((0, 1, 1)), story.accept)):
            yield from work(story)
        return
    if not (yield from story.step(story.chance.choice((0, 0, 1, 1)), story.claim)):
        return
    if story.chance.random() < ASKED:
        yield from asked(story, answered=story.chance.random() < 0.8)
    if turn < DECLINED:
        reason = story.chance.choice(DECLINES)
        yield from story.step(0, lambda by: decline(by=by, referral=story.referral, reason=reason))
    elif turn < SENT_ON and (yield from sent_on(story)):
        return
    elif (yield from story.step(0, story.accept)):
        yield from work(story)


def work(story: Story) -> Steps:
    """From the first try at contact to the end of the work."""
    if story.chance.random() < LOST:
        yield from lost(story)
        return
    for _ in range(story.chance.choice((0, 0, 0, 1, 1, 2))):
        missed = story.chance.choice((ContactResult.NO_ANSWER, ContactResult.MESSAGE_LEFT))
        if not (yield from story.step(story.chance.choice((0, 1, 2)), story.try_(missed))):
            return
    if not (yield from story.step(story.chance.choice((0, 1, 1, 2)), story.try_(ContactResult.SPOKE))):
        return
    yield from middle(story)
    if not (yield from story.step(story.chance.randint(3, 12), story.end(story.chance.choice(OUTCOMES)))):
        return
    if story.chance.random() < REOPENED:
        yield from again(story, story.chance.randint(15, 50))


def middle(story: Story) -> Steps:
    """What happens between the first contact and the end."""
    if story.chance.random() < APPOINTMENT:
        yield from appointment(story, missed=story.chance.random() < MISSED)
    if story.chance.random() < TASK:
        yield from story.step(1, story.task(story.chance.randint(3, 12)))
    yield from story.step(story.chance.randint(2, 8), story.settle(wanted=story.chance.random() < HANDED_OVER))
    yield from notes(story, story.chance.choice((0, 1, 1, 2)))
    if story.chance.random() < GIVEN_ON:
        yield from given_on(story)
    if story.chance.random() < PAUSED and not story.referral.urgent:
        days, reason = story.chance.randint(6, 20), story.chance.choice(list(PauseReason))
        if (yield from story.step(2, story.pause(days, reason))):
            story.at += timedelta(days=days)
            yield from notes(story, 1)


def notes(story: Story, number: int) -> Steps:
    for _ in range(number):
        yield from story.step(story.chance.randint(3, 12), story.note)


def appointment(story: Story, *, missed: bool) -> Steps:
    if missed:
        yield from story.step(story.chance.randint(3, 7), story.try_(ContactResult.DID_NOT_COME))
    yield from story.step(story.chance.randint(3, 7), story.try_(ContactResult.CAME))


def lost(story: Story) -> Steps:
    """Tried on three days at different hours. Who may stop is a supervisor where it is urgent."""
    for hours in ((9, 11), (13, 15), (10, 11)):
        if not (yield from story.step(1, story.try_(ContactResult.NO_ANSWER), hours)):
            return
    urgent = story.referral.urgent or story.referral.supervisor_decides
    moment = story.year.working_hour(story.at, 1, story.chance)
    yield from story.upon(moment, story.lose, by=story.supervisor() if urgent else None)


def asked(story: Story, *, answered: bool) -> Steps:
    """The referrer is asked first; without an answer the clock goes on."""
    sender, number = story.sender(), story.chance.randrange(3)
    own = sender is None or sender.organisation_id == story.referral.to_organisation_id
    if sender is None or own or story.referral.urgent:
        return
    if not (yield from story.step(0, story.ask(number))):
        return
    if answered:
        moment = story.year.working_hour(story.at, 1, story.chance)
        yield from story.upon(moment, story.answer(number), by=sender)
    else:
        story.at = story.year.calendar.add_working_days(story.at, 8)


def given_on(story: Story) -> Steps:
    colleague = story.colleague()
    if colleague is None or not (yield from story.step(1, story.offer_to(colleague))):
        return
    yield from story.upon(story.year.working_hour(story.at, 1, story.chance), story.take_over, by=colleague)


def again(story: Story, days: int) -> Steps:
    """They come back, and the same team takes them on again."""
    if not (yield from story.step(days, story.reopen)):
        return
    if (yield from story.step(1, story.try_(ContactResult.SPOKE))):
        yield from notes(story, 2)
        yield from story.step(6, story.end(Outcome.HELPED))


def sent_on(story: Story) -> Step:
    """To another team of the scheme, where there is one. False when there is none."""
    teams = [team for team in story.year.made.teams.values() if team.pk != story.referral.to_team_id]
    if not teams or story.referral.joined:
        return False
    same = [team for team in teams if team.service == story.referral.service]
    team, why = (same[0], SentOnBecause.NEARER) if same else (teams[0], SentOnBecause.OTHER_SERVICE)
    return (yield from story.step(0, lambda by: _send_on(story, team, why, by)))


def _send_on(story: Story, team: Team, why: SentOnBecause, by: Actor) -> None:
    """Unless the other team has them already: then they are taken on here."""
    there = Referral.objects.visible_to(by).filter(journey_id=story.referral.journey_id, to_team=team)
    if there.filter(status__in=WITH_A_TEAM).exists():
        story.accept(by)
        return
    reroute(
        by=by, referral=story.referral, team=team, why=why, told="Spoke with them: they would rather be seen there."
    )  # fmt: skip


def _withdrawn(story: Story) -> Steps:
    sender = story.sender()
    if sender is not None:
        moment = story.at + timedelta(hours=2)
        yield from story.upon(moment, lambda by: withdraw(by=by, referral=story.referral), by=sender)


def read_answer(year: Year, referral: Referral, at: datetime) -> Steps:
    """The referrer reads how it ended within some days, mostly; else the clock closes it."""
    chance = Random(year.chance.random())
    reader = year.reader(referral.from_organisation_id)
    if reader is None or chance.random() > 0.85:
        return
    moment = year.working_hour(at, chance.randint(0, 3), chance)
    yield moment
    year.tried(reader, moment, lambda by: _read(referral, by))


def _read(referral: Referral, by: Actor) -> None:
    now = Referral.objects.visible_to(by).get(pk=referral.pk)
    if now.status not in (*WITH_A_TEAM, "closed", "withdrawn"):
        acknowledge(by=by, referral=now)
