"""What waits for those who work with people, and for those who supervise them."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.urls import reverse

from wraparound.advice.models import TimeLimit
from wraparound.advice.reading import limits_at_risk, limits_near
from wraparound.casework.reading import tasks_due, tasks_left
from wraparound.casework.reassigning import left_behind
from wraparound.consent.purposes import PURPOSES
from wraparound.organisations.actor import Actor
from wraparound.organisations.away import covered
from wraparound.organisations.models import Organisation
from wraparound.organisations.roles import Capability
from wraparound.pathways.calendar import LONDON
from wraparound.pathways.vocabulary import ConsentFor, Status, UrgentFlag
from wraparound.referrals.at_hand import overdue
from wraparound.referrals.emergency import to_look_at
from wraparound.referrals.models import Question, Referral
from wraparound.referrals.reading import (
    alerts_for,
    answers_to_read,
    decisions_for_supervisor,
    questions_answered,
    transfers_not_taken,
    transfers_offered_to,
    worklist,
)
from wraparound.referrals.sharing_out import given_since
from wraparound.referrals.standing_on import to_confirm
from wraparound.referrals.teams_now import TeamNow, teams_now
from wraparound.safeguarding.reading import waiting_for
from wraparound.social_prescribing.reading import reviews_due
from wraparound.web.advice.pages import limit_shown
from wraparound.web.formats import counted, day, day_at, due
from wraparound.web.home import untaken
from wraparound.web.home.lines import OVERDUE, URGENT, Line, Section, about, flags_said, kind_of_work, waiting_line
from wraparound.web.safeguarding.pages import said as said_of
from wraparound.web.team.pages import read_at
from wraparound.web.team.turns import for_whom
from wraparound.web.wording import STATUSES

MOST, NEW, LOOKED_AT = 15, 5, 50
MONDAY, SUNDAY = 0, 6


def for_worker(actor: Actor, organisation: Organisation) -> list[Section]:
    return [
        alerts(actor),
        concerns(actor),
        _transfers(actor),
        _given(actor),
        _limits(actor),
        _due(actor, organisation),
        _tasks(actor),
        _reviews(actor),
        _answered(actor),
        _to_confirm(actor),
        *_ended(actor),
        _new(actor, organisation),
    ]


def for_supervisor(actor: Actor, organisation: Organisation) -> list[Section]:
    teams = teams_now(actor)
    return [
        alerts(actor),
        concerns(actor),
        _limits_at_risk(actor),
        openings(actor),
        _decisions(actor),
        _overdue(actor),
        _nobody(teams),
        left(actor),
        tasks_to_give(actor),
        _leave(teams, actor.today()),
        _asked(actor, organisation),
        *_ended(actor),
        _transfers(actor),
        _due(actor, organisation),
        _tasks(actor),
        _reviews(actor),
    ]


def for_volunteer(actor: Actor, organisation: Organisation) -> list[Section]:
    page = worklist(actor, size=NEW)
    return [
        concerns(actor),
        Section("work", "What the team has next", _lines(page.rows, actor, organisation), _worklist()),
    ]


def alerts(actor: Actor) -> Section:
    """Same-day alerts that no help has ended yet."""
    lines = [
        about(
            alert.person, alert.journey.reference, f"{flags_said(alert.flags)}. Help is due by {due(alert.due_at)}.",
            [OVERDUE] if alert.due_at < actor.now() else [URGENT], reverse("alerts"),
        )
        for alert in alerts_for(actor)
    ]  # fmt: skip
    return Section("alerts", "Same-day alerts", lines, (reverse("alerts"), "All same-day alerts"))


def concerns(actor: Actor) -> Section:
    """What somebody looking over a shoulder may read: not what kind of concern it is."""
    lines = [
        Line(
            each.concern.person.name, reverse("concern", kwargs={"pk": each.concern.pk}), said_of(each),
            [OVERDUE] if each.late else [],
        )
        for each in waiting_for(actor)
    ]  # fmt: skip
    return Section("concerns", "Concerns that wait for you", lines)


def _transfers(actor: Actor) -> Section:
    offered = [
        about(each.referral.person, each.referral.journey.reference, f"{each.from_user.name} offers them to you.",
              kind_of_work(each.referral, actor))
        for each in transfers_offered_to(actor)
    ]  # fmt: skip
    back = [
        about(each.referral.person, each.referral.journey.reference, f"{each.to_user.name} did not take them on.")
        for each in transfers_not_taken(actor)
    ]
    return Section("transfers", "Offered between colleagues", [*offered, *back])


def _given(actor: Actor) -> Section:
    """What somebody else, or the sharing out, gave them since the last weekday before today."""
    today = actor.today()
    since = today - timedelta(days={MONDAY: 3, SUNDAY: 2}.get(today.weekday(), 1))
    given = given_since(actor, datetime.combine(since, time(), LONDON))
    lines = [
        about(each.referral.person, each.referral.journey.reference,
              f"From {each.by.name}." if each.by else "Shared out to you.", kind_of_work(each.referral, actor))
        for each in given
    ]  # fmt: skip
    when = "yesterday" if (today - since).days == 1 else day(since)
    return Section("given", f"Given to you since {when}", lines)


def _due(actor: Actor, organisation: Organisation) -> Section:
    """What is overdue or due today: for whoever gives advice, a legal deadline is before all else."""
    tomorrow = datetime.combine(actor.today() + timedelta(days=1), time(), LONDON)
    rows = [
        row
        for row in worklist(actor, whose="mine", size=LOOKED_AT).rows
        if row.due_at and row.due_at < tomorrow
    ]  # fmt: skip
    if actor.can(Capability.GIVE_ADVICE):
        rows.sort(key=lambda row: UrgentFlag.LEGAL_DEADLINE_NEAR not in row.urgent_flags)
    more = (f"{reverse('worklist')}?whose=mine", "Everything that you have")
    return Section("due", "Overdue and due today", _lines(rows[:MOST], actor, organisation), more)


def _tasks(actor: Actor) -> Section:
    today = actor.today()
    lines = []
    for task in tasks_due(actor, most=MOST):
        tags = [OVERDUE] if task.due_on < today else []
        due_on = f"Due {day(task.due_on)}{for_whom(task.worker, actor)}."
        if task.person and task.journey:
            lines.append(about(task.person, task.journey.reference, f"{task.title}. {due_on}", tags))
        else:
            lines.append(Line(task.title, reverse("tasks"), due_on, tags))
    return Section("tasks", "Tasks due", lines)


def _limits(actor: Actor) -> Section:
    """What has to be done within a fortnight, for whoever gives advice, with those whom they cover."""
    lines = [_limit_line(each, actor) for each in limits_near(actor)] if actor.can(Capability.GIVE_ADVICE) else []
    return Section("limits", "Time limits", lines, (reverse("limits"), "All time limits"))


def _limits_at_risk(actor: Actor) -> Section:
    """What is over, within three days, or soon and of somebody who is away or has left."""
    lines = [_limit_line(each, actor) for each in limits_at_risk(actor)] if actor.can(Capability.GIVE_ADVICE) else []
    return Section("limits-at-risk", "Time limits at risk", lines, (f"{reverse('limits')}?whose=team", "All of them"))


def _limit_line(limit: TimeLimit, actor: Actor) -> Line:
    shown = limit_shown(limit, actor.today())
    by_then = f" by {day(limit.last_day)}" if limit.last_day else ": check which day"
    said = f"{limit.what}{by_then}{for_whom(limit.matter.worker, actor)}."
    return about(
        limit.person, limit.case.journey.reference, said, [(shown.left, shown.colour)],
        reverse("limit", kwargs={"pk": limit.pk}),
    )  # fmt: skip


def _reviews(actor: Actor) -> Section:
    """Goals to look at again. What somebody wants is not for whoever looks over a shoulder."""
    lines = [
        about(
            goal.person, goal.case.journey.reference,
            f"Look at a goal together. Due {day(goal.review_on)}{for_whom(goal.case.referral.worker, actor)}.",
            [OVERDUE] if goal.review_on < actor.today() else [], reverse("plan", kwargs={"pk": goal.case_id}),
        )
        for goal in reviews_due(actor, most=MOST)
        if goal.review_on
    ]  # fmt: skip
    return Section("reviews", "Plans to look at again", lines)


def openings(actor: Actor) -> Section:
    """Records that somebody opened in an emergency: whoever is responsible asks them why."""
    lines = [
        Line(
            f"{each.user.name}, {each.organisation.name}", reverse("opening", kwargs={"pk": each.pk}),
            f"Opened a record on {day_at(each.opened_at)}. Ask why, and write down what you find.",
        )
        for each in to_look_at(actor, most=10)
    ]  # fmt: skip
    return Section("openings", "Opened in an emergency", lines)


def _to_confirm(actor: Actor) -> Section:
    """Half a year is long: does the person still want what they agreed to?"""
    lines = [
        Line(
            each.person.name, reverse("consents", kwargs={"reference": reference}),
            f"Ask whether they still agree: {PURPOSES[ConsentFor(each.purpose)].label.lower()}.",
        )
        for each, reference in to_confirm(actor)
    ]  # fmt: skip
    return Section("confirm", "To ask again", lines)


def _answered(actor: Actor) -> Section:
    lines = [
        about(
            each.referral.person, each.referral.journey.reference,
            _came_of_question(each, actor),
            kind_of_work(each.referral, actor),
        )
        for each in questions_answered(actor)
    ]  # fmt: skip
    return Section("answered", "Questions that you asked", lines)


def _came_of_question(question: Question, actor: Actor) -> str:
    what = "answered" if question.answered_at else "not answered in time"
    return f"Your question was {what}{for_whom(question.referral.worker, actor)}."


def _ended(actor: Actor) -> list[Section]:
    """What became of whom the service sent to others."""
    answers, needs = answers_to_read(actor), untaken.untaken(actor)
    lines = [
        about(
            each.person, each.journey.reference,
            f"{each.to_team.name}: {STATUSES[Status(each.status)][0].lower()}.{untaken.beside(each, needs)}"
            f" Read it by {due(each.due_at)}.",
            address=read_at(actor, each),
        )
        for each in answers
        if each.due_at
    ]  # fmt: skip
    ended = Section("ended", "Sent to others, and ended without help", lines)
    return [ended, untaken.section(actor, needs, [each for each in answers if each.due_at])]


def _new(actor: Actor, organisation: Organisation) -> Section:
    page = worklist(actor, whose="unclaimed", size=NEW)
    more = (f"{reverse('worklist')}?whose=unclaimed", "All that nobody has claimed")
    return Section("new", "New, to claim", _lines(page.rows, actor, organisation), more)


def _decisions(actor: Actor) -> Section:
    lines = [
        about(each.person, each.journey.reference, "All tries are made. Stop trying, go on, or write?",
              [URGENT] if each.urgent else [])
        for each in decisions_for_supervisor(actor)
    ]  # fmt: skip
    return Section("decisions", "Decisions that wait for you", lines)


def _overdue(actor: Actor) -> Section:
    lines = [waiting_line(row, actor) for row in overdue(actor)]
    return Section("overdue", "Overdue in the team", lines, _worklist())


def stuck(team: TeamNow) -> bool:
    """Nobody there can be given what has come. Where nobody's hours are known, people claim for themselves."""
    return bool(team.nobody) and any(worker.hours for worker in team.workers)


def _nobody(teams: Iterable[TeamNow]) -> Section:
    lines = [
        Line(each.team.name, reverse("team"),
             f"Nobody can take {counted(each.unclaimed, 'unclaimed referral')}: {each.nobody}.")
        for each in teams
        if stuck(each)
    ]  # fmt: skip
    return Section("nobody", "Referrals that nobody can be given", lines)


def left(actor: Actor) -> Section:
    """People whose worker has left: it would be long before the clock finds them."""
    lines = [
        Line(each.name, f"{reverse('give-people')}?whose={each.user_id}",
             f"Has left, with {counted(each.people, 'person', 'people')} in hand.")
        for each in left_behind(actor)
    ]  # fmt: skip
    return Section("left", "People to give to another worker", lines)


def tasks_to_give(actor: Actor) -> Section:
    """Tasks of somebody who has left, which go with nobody's people and so are on nobody's list."""
    lines = []
    for task in tasks_left(actor, most=MOST):
        assert task.worker is not None
        about_whom = f"About {task.person.name}. " if task.person else ""
        lines.append(
            Line(
                task.title, reverse("task-give", kwargs={"pk": task.pk}),
                f"{about_whom}Of {task.worker.name}, who has left. Due {day(task.due_on)}.",
                [OVERDUE] if task.due_on < actor.today() else [],
            )
        )  # fmt: skip
    return Section("tasks-left", "Tasks to give to another worker", lines)


def _leave(teams: Iterable[TeamNow], today: date) -> Section:
    """Absences of the next two weeks in which nobody looks after somebody's people."""
    away = {
        leave.pk: leave
        for team in teams
        for worker in team.workers
        for leave in worker.leave
        if not covered(leave) and leave.ends >= today
    }
    lines = [
        Line(leave.membership.user.name, reverse("leave-change", kwargs={"pk": pk}),
             f"Away from {day(leave.starts)} to {day(leave.ends)}.")
        for pk, leave in away.items()
    ]  # fmt: skip
    return Section("leave", "Away with nobody to look after their people", lines)


def _asked(actor: Actor, organisation: Organisation) -> Section:
    page = worklist(actor, status=Status.ASKED, size=NEW)
    more = (f"{reverse('worklist')}?status=asked", "All questions to referrers")
    return Section("asked", "Questions that no referrer has answered yet", _lines(page.rows, actor, organisation), more)


def _lines(rows: Iterable[Referral], actor: Actor, organisation: Organisation) -> list[Line]:
    lines = []
    for row in rows:
        # The reader's own organisation is known already, so that no row asks for it again.
        if row.to_organisation_id == organisation.pk:
            row.to_organisation = organisation
        lines.append(waiting_line(row, actor))
    return lines


def _worklist() -> tuple[str, str]:
    return reverse("worklist"), "The whole worklist"
