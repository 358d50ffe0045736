"""What happens next to a referral: whose turn it is, what they do, by when, and what the clock does if nobody acts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from wraparound.pathways import clocks, words
from wraparound.pathways.calendar import Calendar
from wraparound.pathways.definition import Pathway
from wraparound.pathways.vocabulary import Service, Status, Turn, UrgentFlag


class Does(StrEnum):
    """What the one whose turn it is does next."""

    CLAIM_OR_ANSWER = "claim_or_answer"
    ANSWER = "answer"
    CONTACT = "contact"
    TRY_AGAIN = "try_again"
    RECORD_LOST_CONTACT = "record_lost_contact"
    KEEP_IN_TOUCH = "keep_in_touch"
    ACKNOWLEDGE = "acknowledge"
    STEP_IN = "step_in"
    OFFER_PLACE = "offer_place"
    ANSWER_QUESTION = "answer_question"
    WAIT = "wait"
    DECIDE = "decide"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Progress:
    """Where one service's referral is.

    `sent_at` is when promises are counted from. `since` is when it came into `status`; `attempts` counts tries at
    first contact. `escalated` says that the supervisor's turn has come in this status. `last_activity_at` is when a
    person last did something on it (raised a flag, tried to call); the clock's own moves are no activity.
    `decline_turn` is whose turn the decline reason makes. `joined` are the other services that the same worker answers
    for. A paused one waits for `paused_until`; `reached` says that first contact was made before. With
    `supervisor_decides` (a safeguarding mark, say) contact is never lost by the number of tries alone.
    """

    service: Service
    status: Status
    sent_at: datetime
    since: datetime
    urgent_flags: frozenset[UrgentFlag] = frozenset()
    attempts: int = 0
    escalated: bool = False
    last_activity_at: datetime | None = None
    decline_turn: Turn | None = None
    joined: tuple[Service, ...] = ()
    paused_until: datetime | None = None
    reached: bool = False
    supervisor_decides: bool = False


@dataclass(frozen=True, slots=True)
class Timeout:
    """If nobody acts, the clock moves the referral to `to` at this moment."""

    at: datetime
    to: Status


@dataclass(frozen=True, slots=True)
class Next:
    """What happens next. All three moments are None when the status is final; `escalate_at` also once escalated."""

    turn: Turn
    does: Does
    due: datetime | None
    escalate_at: datetime | None
    timeout: Timeout | None
    because: str


@dataclass(frozen=True, slots=True)
class _Course:
    """What one status asks for when nobody is late, and where silence leads."""

    turn: Turn
    does: Does
    deadlines: clocks.Deadlines
    ends_in: Status
    escalates: bool
    because: str


def next_step(pathway: Pathway, progress: Progress, calendar: Calendar) -> Next:
    """What happens next. LookupError when the pathway does not have the service.

    An overdue turn becomes the supervisor's at `escalate_at`; when that passes too, the referral moves at
    `timeout.at`. A question to the referrer and a pause end when they are due, without the supervisor. A final status
    is nobody's turn.
    """
    if progress.status.final:
        return Next(Turn.NOBODY, Does.NOTHING, None, None, None, _FINAL[progress.status])
    if progress.status is Status.ASKED:
        return _asked(pathway, progress, calendar)
    if progress.status is Status.PAUSED:
        return _paused(pathway, progress, calendar)
    course = _course(pathway, progress, calendar)
    deadlines = course.deadlines
    timeout = Timeout(deadlines.end, course.ends_in)
    if progress.escalated and course.does is not Does.DECIDE:
        late = f"This was due by {words.by(deadlines.due)} and nobody did it."
        return Next(Turn.SUPERVISOR, Does.STEP_IN, deadlines.supervisor, None, timeout, late)
    escalate_at = deadlines.due if course.escalates else None
    return Next(course.turn, course.does, deadlines.due, escalate_at, timeout, course.because)


def _asked(pathway: Pathway, progress: Progress, calendar: Calendar) -> Next:
    """The referrer was asked something. Unanswered, it is the worker's again, whose promise was not put off by it."""
    levels = clocks.levels(pathway, progress.service, progress.urgent_flags, progress.joined)
    due = clocks.earliest(levels, "acknowledge", progress.since, calendar)
    because = f"The {_worker(progress)} asked the referrer something on {words.day(progress.since)}."
    return Next(Turn.REFERRER, Does.ANSWER_QUESTION, due, None, Timeout(due, Status.CLAIMED), because)


def _paused(pathway: Pathway, progress: Progress, calendar: Calendar) -> Next:
    """Agreed to wait. It goes on where it was; a pause without its day ends soon rather than never."""
    until = progress.paused_until or calendar.add(progress.since, pathway.timeouts.catch_up)
    goes_on = Status.IN_PROGRESS if progress.reached else Status.ACCEPTED
    because = f"Paused until {words.day(until)}; then the {_worker(progress)} goes on."
    return Next(Turn.WORKER, Does.WAIT, until, None, Timeout(until, goes_on), because)


def _worker(progress: Progress) -> str:
    return words.HYBRID if progress.joined else words.WORKERS[progress.service]


def _course(pathway: Pathway, progress: Progress, calendar: Calendar) -> _Course:
    """What the status asks for, by status."""
    levels = clocks.levels(pathway, progress.service, progress.urgent_flags, progress.joined)
    moved = max(progress.since, progress.last_activity_at or progress.since)
    worker = _worker(progress)
    sent = words.day(progress.sent_at)
    if progress.status in (Status.SENT, Status.CLAIMED):
        deadlines = clocks.promised(levels, "answer", progress.sent_at, moved, calendar)
        if progress.status is Status.SENT:
            because = f"Sent on {sent}; the team has not taken it up yet."
            return _Course(Turn.RECEIVING_TEAM, Does.CLAIM_OR_ANSWER, deadlines, Status.NOT_ANSWERED, True, because)
        because = f"Sent on {sent}; the {worker} who took it up has not accepted or declined it yet."
        return _Course(Turn.WORKER, Does.ANSWER, deadlines, Status.NOT_ANSWERED, True, because)
    if progress.status is Status.WAITING:
        deadlines = clocks.promised(levels, "wait", progress.since, moved, calendar)
        because = f"There is no place yet; on the waiting list since {words.day(progress.since)}."
        return _Course(Turn.RECEIVING_TEAM, Does.OFFER_PLACE, deadlines, Status.NOT_ANSWERED, True, because)
    if progress.status is Status.ACCEPTED:
        return _before_contact(pathway, progress, calendar, levels, moved)
    close = pathway.timeouts.close
    if progress.status is Status.IN_PROGRESS:
        deadlines = clocks.closing(levels, "review", moved, close, calendar)
        because = f"The {worker} is working with the person; nothing has been noted since {words.day(moved)}."
        return _Course(Turn.WORKER, Does.KEEP_IN_TOUCH, deadlines, Status.CLOSED, True, because)
    deadlines = clocks.closing(levels, "acknowledge", moved, close, calendar)
    turn = _reader_of(progress)
    urgent = len(levels) > 1
    return _Course(turn, Does.ACKNOWLEDGE, deadlines, Status.CLOSED, urgent, _ANSWERS[progress.status])


def _before_contact(
    pathway: Pathway, progress: Progress, calendar: Calendar, levels: tuple[clocks.Level, ...], moved: datetime
) -> _Course:
    """An accepted referral: the first try is due as promised, the next ones count from the last try."""
    worker = _worker(progress)
    if progress.attempts == 0:
        deadlines = clocks.promised(levels, "contact", progress.sent_at, moved, calendar)
        because = f"Accepted on {words.day(progress.since)}; the {worker} has not contacted the person yet."
        return _Course(Turn.WORKER, Does.CONTACT, deadlines, Status.NOT_ANSWERED, True, because)
    most = clocks.most_tries(pathway, progress.service, progress.joined)
    if progress.attempts >= most and (progress.supervisor_decides or len(levels) > 1):
        deadlines = clocks.deciding(levels, moved, calendar)
        because = f"All {most} tries are made; a supervisor decides what is done, because this may not be let go."
        return _Course(Turn.SUPERVISOR, Does.DECIDE, deadlines, Status.NOT_ANSWERED, False, because)
    deadlines = clocks.counted(levels, "try_again", moved, calendar)
    if progress.attempts < most:
        because = f"The {worker} has tried {progress.attempts} of {most} times without reaching the person."
        return _Course(Turn.WORKER, Does.TRY_AGAIN, deadlines, Status.NOT_ANSWERED, True, because)
    because = f"All {most} tries are made; the referrer is told unless the person gets in touch."
    return _Course(Turn.WORKER, Does.RECORD_LOST_CONTACT, deadlines, Status.LOST_CONTACT, True, because)


def _reader_of(progress: Progress) -> Turn:
    """Who reads an answer: the referrer, unless a decline says otherwise. An answer is never nobody's to read."""
    if progress.status is Status.DECLINED and progress.decline_turn not in (None, Turn.NOBODY):
        return progress.decline_turn
    return Turn.REFERRER


_ANSWERS = {
    Status.DECLINED: "The service declined this; the reason says what can be done.",
    Status.LOST_CONTACT: "The service could not reach the person.",
    Status.NOT_ANSWERED: "The service did not act in time; another way has to be found.",
}
_FINAL = {
    Status.CLOSED: "This is closed; nothing more is to be done.",
    Status.WITHDRAWN: "This was withdrawn; nothing more is to be done.",
}


def when_silent(pathway: Pathway, progress: Progress, calendar: Calendar) -> Iterator[tuple[Progress, Next]]:
    """Each state that a referral passes through when nobody ever acts again, the final one last."""
    while True:
        step = next_step(pathway, progress, calendar)
        yield progress, step
        if step.timeout is None:
            return
        if step.escalate_at is not None:
            progress = replace(progress, escalated=True)
        else:
            progress = replace(progress, status=step.timeout.to, since=step.timeout.at, escalated=False)
