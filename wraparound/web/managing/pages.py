"""What the pages of a team show: its bar, its workers' hours and leave in words, and who may be given people."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from wraparound.casework.reassigning import Holder, Share
from wraparound.organisations.away import covered
from wraparound.organisations.models import Leave, WorkingTime
from wraparound.organisations.sharing import Bar
from wraparound.pathways.vocabulary import Need, Status
from wraparound.pathways.words import listed
from wraparound.referrals.capacity import Room
from wraparound.referrals.models import Referral
from wraparound.referrals.teams_now import WorkerNow
from wraparound.web.formats import counted, day
from wraparound.web.managing.forms import WEEKDAYS
from wraparound.web.wording import NEEDS, STATUSES

BARS = {
    Bar.NOT_TAKING_NEW: "Takes nobody new",
    Bar.NO_HOURS: "No hours set",
    Bar.AWAY: "Away",
    Bar.FULL: "Full",
}


@dataclass(frozen=True)
class RoomBar:
    """A team's room as parts of a hundred: people in hand, and free places."""

    open: float
    free: float


def bar_of(room: Room) -> RoomBar | None:
    """None where there is no limit to draw. Beyond its places the bar is full."""
    if not room.places:
        return None
    taken = min(100.0, round(100 * room.open / room.places, 1))
    return RoomBar(taken, 100 - taken)


def week_said(hours: WorkingTime) -> str:
    """“37.5 hours a week: Monday to Friday”."""
    days = [index for index, minutes in enumerate(hours.minutes) if minutes]
    if not days:
        return "No hours"
    names = [WEEKDAYS[index].capitalize() for index in days]
    whole = len(days) > 2 and days == list(range(days[0], days[-1] + 1))
    said = f"{names[0]} to {names[-1]}" if whole else listed(names)
    return f"{hours_said(sum(hours.minutes))} a week: {said}"


def hours_said(minutes: int) -> str:
    """“7.5 hours”, “1 hour”, “7 hours 20 minutes”."""
    whole, over = divmod(minutes, 60)
    if over in (15, 30, 45):
        return f"{minutes / 60:g} hours"
    return counted(whole, "hour") + (f" {counted(over, 'minute')}" if over else "")


def days_said(leave: Leave) -> str:
    """“Tuesday 1 December to Friday 4 December”, or the one day."""
    return day(leave.starts) if leave.starts == leave.ends else f"{day(leave.starts)} to {day(leave.ends)}"


@dataclass(frozen=True)
class LeaveShown:
    """One absence in words; `alarm` when nobody looks after the people meanwhile."""

    leave: Leave
    days: str
    cover: str
    alarm: bool
    now: bool


def leave_shown(rows: Iterable[Leave], today: date) -> list[LeaveShown]:
    return [
        LeaveShown(
            leave=each,
            days=days_said(each),
            cover=f"{each.cover.user.name} looks after their people" if covered(each) and each.cover else "",
            alarm=not covered(each),
            now=each.starts <= today <= each.ends,
        )
        for each in rows
    ]


@dataclass(frozen=True)
class WorkerShown:
    """One worker's line on the team's page."""

    now: WorkerNow
    week: str
    places: str
    bar: str
    leave: list[LeaveShown]


def worker_shown(worker: WorkerNow, today: date) -> WorkerShown:
    hours = worker.hours
    bar = BARS[worker.bar] if worker.bar else ""
    if worker.bar is Bar.AWAY and worker.away_until:
        bar = f"Away until {day(worker.away_until)}"
    return WorkerShown(
        now=worker,
        week=week_said(hours) if hours else "Not set",
        places=f"{worker.people} of {hours.places}" if hours else str(worker.people),
        bar=bar,
        leave=leave_shown(worker.leave, today),
    )


Offered = tuple[str, str, str]


def people_offered(people: Sequence[Referral]) -> list[Offered]:
    return [(str(each.pk), each.person.name, _about(each)) for each in people]


def _about(referral: Referral) -> str:
    needs = listed([NEEDS[Need(need)] for need in referral.needs])
    said = [STATUSES[Status(referral.status)][0], *([needs] if needs else [])]
    urgent = "Urgent. " if referral.urgent else ""
    due = f". Next is due {day(referral.due_at)}" if referral.due_at else ""
    return f"{urgent}{': '.join(said)}{due}"


def workers_offered(workers: Sequence[WorkerNow], *, without: int | None, sharing: bool) -> list[Offered]:
    """Whom people may be given to, without whoever has them; for sharing out, only those with hours."""
    return [
        (str(each.member.user_id), each.member.user.name, _load(each))
        for each in workers
        if each.member.user_id != without and (each.hours or not sharing)
    ]


def _load(worker: WorkerNow) -> str:
    bar = BARS[worker.bar] if worker.bar else ""
    if worker.bar is Bar.AWAY and worker.away_until:
        bar = f"Away until {day(worker.away_until)}"
    said = f"Has {counted(worker.people, 'person', 'people')}"
    said += f" of {worker.hours.places}" if worker.hours else ""
    return f"{said}. {bar}." if bar else f"{said}."


@dataclass(frozen=True)
class Givings:
    """A preview: each person with their next worker, how many each would get, and those for whom nobody has room."""

    shares: Sequence[Share]
    by_worker: list[tuple[str, int]]
    left_over: int

    @property
    def pairs(self) -> list[str]:
        return [f"{each.referral.pk}:{each.to.pk}" for each in self.shares if each.to]


def givings(shares: Sequence[Share]) -> Givings:
    names = [each.to.name for each in shares if each.to]
    counts = [(name, names.count(name)) for name in sorted(set(names))]
    return Givings(shares, counts, len(shares) - len(names))


def holders_offered(holders: Sequence[Holder]) -> list[tuple[str, str]]:
    """Whose people may be given away: each with how many they have."""
    return [(str(each.user_id), f"{each.name} ({counted(each.people, 'person', 'people')})") for each in holders]
