"""What happens next, as a table over statuses; and what silence leads to, day by day."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.pathways.test_reader import changed
from wraparound.pathways import library
from wraparound.pathways.calendar import calendar_for
from wraparound.pathways.engine import Does, Progress, next_step, when_silent
from wraparound.pathways.reader import from_tree
from wraparound.pathways.vocabulary import Nation, Service, Status, Turn, UrgentFlag

LONDON = ZoneInfo("Europe/London")
PATHWAY = library.load("both-at-once")
ENGLAND = calendar_for(Nation.ENGLAND)
SENT = datetime(2026, 11, 23, 10, 20, tzinfo=LONDON)
NORMAL, URGENT = frozenset[UrgentFlag](), frozenset({UrgentFlag.BAILIFFS_DUE})
SAME_DAY = frozenset({UrgentFlag.NO_FOOD})
MADE = Progress(Service.WELFARE_ADVICE, Status.SENT, SENT, SENT)


def day(month: int, day: int, hour: int = 17, minute: int = 0) -> datetime:
    return datetime(2027 if month < 6 else 2026, month, day, hour, minute, tzinfo=LONDON)


def asked(status: Status, flags=NORMAL, **fields):
    return next_step(PATHWAY, replace(MADE, status=status, urgent_flags=flags, **fields), ENGLAND)


@pytest.mark.parametrize(
    ("status", "flags", "turn", "does", "due", "ends_at", "ends_in"),
    [
        (Status.SENT, NORMAL, Turn.RECEIVING_TEAM, Does.CLAIM_OR_ANSWER, day(11, 25), day(12, 1), Status.NOT_ANSWERED),
        (Status.SENT, URGENT, Turn.RECEIVING_TEAM, Does.CLAIM_OR_ANSWER, day(11, 24), day(11, 26),
         Status.NOT_ANSWERED),
        (Status.SENT, SAME_DAY, Turn.RECEIVING_TEAM, Does.CLAIM_OR_ANSWER, day(11, 23, 12, 20), day(11, 23, 16, 20),
         Status.NOT_ANSWERED),
        (Status.CLAIMED, NORMAL, Turn.WORKER, Does.ANSWER, day(11, 25), day(12, 1), Status.NOT_ANSWERED),
        (Status.ACCEPTED, NORMAL, Turn.WORKER, Does.CONTACT, day(11, 30), day(12, 4), Status.NOT_ANSWERED),
        (Status.ACCEPTED, URGENT, Turn.WORKER, Does.CONTACT, day(11, 24), day(11, 26), Status.NOT_ANSWERED),
        (Status.IN_PROGRESS, NORMAL, Turn.WORKER, Does.KEEP_IN_TOUCH, day(12, 21), day(1, 11), Status.CLOSED),
        (Status.IN_PROGRESS, URGENT, Turn.WORKER, Does.KEEP_IN_TOUCH, day(11, 30), day(1, 11), Status.CLOSED),
        (Status.DECLINED, NORMAL, Turn.REFERRER, Does.ACKNOWLEDGE, day(11, 30), day(12, 16), Status.CLOSED),
        (Status.DECLINED, URGENT, Turn.REFERRER, Does.ACKNOWLEDGE, day(11, 24), day(12, 16), Status.CLOSED),
        (Status.LOST_CONTACT, NORMAL, Turn.REFERRER, Does.ACKNOWLEDGE, day(11, 30), day(12, 16), Status.CLOSED),
        (Status.NOT_ANSWERED, NORMAL, Turn.REFERRER, Does.ACKNOWLEDGE, day(11, 30), day(12, 16), Status.CLOSED),
    ],
)  # fmt: skip
def test_what_each_status_asks_for(status, flags, turn, does, due, ends_at, ends_in):
    step = asked(status, flags)
    assert (step.turn, step.does, step.due) == (turn, does, due)
    assert (step.timeout.at, step.timeout.to) == (ends_at, ends_in)


@pytest.mark.parametrize("status", [Status.CLOSED, Status.WITHDRAWN])
def test_a_final_status_is_nobodys_turn(status):
    step = asked(status)
    assert (step.turn, step.does, step.due, step.escalate_at, step.timeout) == (
        Turn.NOBODY, Does.NOTHING, None, None, None,
    )  # fmt: skip


@pytest.mark.parametrize("turn", [turn for turn in Turn if turn is not Turn.NOBODY])
def test_a_decline_is_the_turn_that_its_reason_says(turn):
    assert asked(Status.DECLINED, decline_turn=turn).turn is turn


@pytest.mark.parametrize(
    ("status", "turn"),
    [(Status.DECLINED, None), (Status.DECLINED, Turn.NOBODY), (Status.LOST_CONTACT, Turn.OTHER_TEAM)],
)
def test_an_answer_is_the_referrers_to_read_unless_a_decline_says_otherwise(status, turn):
    assert asked(status, decline_turn=turn).turn is Turn.REFERRER


def test_an_unread_answer_reaches_the_supervisor_only_when_it_is_urgent():
    assert asked(Status.DECLINED).escalate_at is None
    assert asked(Status.DECLINED, URGENT).escalate_at == day(11, 24)


@pytest.mark.parametrize(
    ("attempts", "does", "ends_in"),
    [
        (0, Does.CONTACT, Status.NOT_ANSWERED),
        (1, Does.TRY_AGAIN, Status.NOT_ANSWERED),
        (2, Does.TRY_AGAIN, Status.NOT_ANSWERED),
        (3, Does.RECORD_LOST_CONTACT, Status.LOST_CONTACT),
        (4, Does.RECORD_LOST_CONTACT, Status.LOST_CONTACT),
    ],
)
def test_tries_at_first_contact(attempts, does, ends_in):
    tried = day(11, 26, 14)
    step = asked(Status.ACCEPTED, attempts=attempts, last_activity_at=tried)
    assert (step.does, step.timeout.to) == (does, ends_in)
    # The promise stands for the first try; later ones count from the last try.
    assert step.due == day(11, 30)


def test_a_promise_that_passed_before_it_was_taken_up_is_due_a_working_day_later():
    assert asked(Status.ACCEPTED, since=day(11, 30, 16)).due == day(11, 30)
    assert asked(Status.ACCEPTED, since=day(12, 1, 9)).due == day(12, 2)
    assert asked(Status.ACCEPTED, SAME_DAY, since=day(12, 1, 9)).due == day(12, 1, 11)


def test_a_flag_raised_later_counts_from_when_it_was_raised():
    step = asked(Status.ACCEPTED, URGENT, last_activity_at=day(11, 26, 14))
    assert step.due == day(11, 27)


def test_same_day_silence_is_given_back_once_somebody_is_there_to_read_it():
    sunday = datetime(2026, 11, 22, 2, 0, tzinfo=LONDON)
    step = asked(Status.SENT, SAME_DAY, sent_at=sunday, since=sunday)
    assert step.due == step.escalate_at == sunday + timedelta(hours=2)
    assert step.timeout.at == day(11, 23, 13)


def test_a_same_day_end_waits_for_opening_hours_too():
    afternoon = datetime(2026, 11, 23, 13, 30, tzinfo=LONDON)
    step = asked(Status.SENT, SAME_DAY, sent_at=afternoon, since=afternoon, escalated=True)
    assert step.due == day(11, 23, 17, 30)
    assert step.timeout.at == day(11, 24, 11)


def test_silence_after_sending_over_christmas():
    sent = datetime(2026, 12, 22, 15, 0, tzinfo=LONDON)
    told = [
        (progress.status, step.turn, step.due, step.timeout and step.timeout.at)
        for progress, step in when_silent(PATHWAY, replace(MADE, sent_at=sent, since=sent), ENGLAND)
    ]
    assert told == [
        (Status.SENT, Turn.RECEIVING_TEAM, day(12, 24), day(1, 4)),
        (Status.SENT, Turn.SUPERVISOR, day(12, 30), day(1, 4)),
        (Status.NOT_ANSWERED, Turn.REFERRER, day(1, 11), day(1, 27)),
        (Status.CLOSED, Turn.NOBODY, None, None),
    ]


def test_a_service_that_the_pathway_does_not_have():
    only = from_tree(
        changed(
            ("services.welfare_advice", None),
            ("handover", []),
            ("urgent.to", ["social_prescribing"]),
            ("entries", {"clinician": {"to": ["social_prescribing"]}}),
        ),
        "some.toml",
    )
    with pytest.raises(LookupError, match="has no service welfare_advice"):
        next_step(only, MADE, ENGLAND)
