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


def test_on_the_waiting_list_a_place_is_owed_within_the_longest_wait():
    step = asked(Status.WAITING)
    assert (step.turn, step.does, step.due) == (Turn.RECEIVING_TEAM, Does.OFFER_PLACE, day(12, 21))
    assert step.escalate_at == day(12, 21)
    assert (step.timeout.at, step.timeout.to) == (day(12, 29), Status.NOT_ANSWERED)
    late = asked(Status.WAITING, escalated=True)
    assert (late.turn, late.does, late.due) == (Turn.SUPERVISOR, Does.STEP_IN, day(12, 23))


def test_the_wait_counts_from_the_waiting_list_and_not_from_sending():
    assert asked(Status.WAITING, since=day(11, 30, 9)).due == day(12, 30)


def test_something_urgent_does_not_wait_for_weeks():
    assert asked(Status.WAITING, URGENT).due == day(11, 24)
    # Raised while waiting, it counts from when it was raised.
    assert asked(Status.WAITING, URGENT, last_activity_at=day(12, 3, 9)).due == day(12, 4)


@pytest.mark.parametrize(("flags", "due"), [(NORMAL, day(12, 2)), (URGENT, day(11, 26)), (SAME_DAY, day(11, 26))])
def test_a_question_is_the_referrers_and_ends_by_itself(flags, due):
    asked_at = day(11, 25, 11)
    step = asked(Status.ASKED, flags, since=asked_at, escalated=True)
    assert (step.turn, step.does, step.due) == (Turn.REFERRER, Does.ANSWER_QUESTION, due)
    assert (step.escalate_at, step.timeout.at, step.timeout.to) == (None, due, Status.CLAIMED)


def test_a_question_puts_off_no_promise():
    """Asked on the day the answer was due: once the question has passed, the worker has a catch-up and no more."""
    back = asked(Status.CLAIMED, since=day(12, 2))
    assert back.due == day(12, 3)


@pytest.mark.parametrize(("reached", "goes_on"), [(True, Status.IN_PROGRESS), (False, Status.ACCEPTED)])
def test_a_pause_ends_on_its_day_where_it_began(reached, goes_on):
    until = day(1, 11, 9)
    step = asked(Status.PAUSED, URGENT, paused_until=until, reached=reached, escalated=True)
    assert (step.turn, step.does, step.due) == (Turn.WORKER, Does.WAIT, until)
    assert (step.escalate_at, step.timeout.at, step.timeout.to) == (None, until, goes_on)


def test_a_pause_without_its_day_ends_soon():
    assert asked(Status.PAUSED).due == day(11, 24)


def test_after_a_pause_nothing_is_late_at_once():
    paused = replace(MADE, status=Status.PAUSED, since=day(11, 24, 9), paused_until=day(1, 11, 9))
    (_, pause), (accepted, contact), *_ = when_silent(PATHWAY, paused, ENGLAND)
    assert (accepted.status, accepted.since) == (Status.ACCEPTED, pause.due)
    assert contact.due == day(1, 12)


@pytest.mark.parametrize(
    ("flags", "decides", "due", "ends_at"),
    [
        (NORMAL, True, day(11, 30), day(12, 2)),
        (URGENT, False, day(11, 27), day(11, 30)),
        (SAME_DAY, False, day(11, 26, 16), day(11, 26, 18)),
    ],
)
def test_what_may_not_be_let_go_is_the_supervisors_to_decide(flags, decides, due, ends_at):
    tried = day(11, 26, 14)
    fields = {"attempts": 3, "last_activity_at": tried, "supervisor_decides": decides}
    step = asked(Status.ACCEPTED, flags, **fields)
    assert (step.turn, step.does, step.due, step.escalate_at) == (Turn.SUPERVISOR, Does.DECIDE, due, None)
    assert (step.timeout.at, step.timeout.to) == (ends_at, Status.NOT_ANSWERED)
    assert step == asked(Status.ACCEPTED, flags, **fields, escalated=True)


def test_the_supervisor_has_as_long_to_decide_as_to_step_in():
    patient = from_tree(
        changed(("timeouts.supervisor", "3 working days"), ("services.welfare_advice.try_again", "4 working days")),
        "some.toml",
    )
    tried = replace(MADE, status=Status.ACCEPTED, attempts=3, since=day(11, 26, 14), supervisor_decides=True)
    step = next_step(patient, tried, ENGLAND)
    assert (step.due, step.timeout.at) == (day(12, 1), day(12, 3))


def test_urgency_at_the_other_service_alone_leaves_lost_contact_as_it_is():
    social = replace(MADE, service=Service.SOCIAL_PRESCRIBING, status=Status.ACCEPTED, attempts=3, urgent_flags=URGENT)
    assert next_step(PATHWAY, social, ENGLAND).does is Does.RECORD_LOST_CONTACT
    joined = replace(social, joined=(Service.WELFARE_ADVICE,))
    assert next_step(PATHWAY, joined, ENGLAND).does is Does.DECIDE


def test_a_hybrid_worker_keeps_the_shorter_promise_and_the_more_tries():
    quick = from_tree(
        changed(
            ("services.social_prescribing.first_contact", "3 working days"),
            ("services.social_prescribing.attempts", 5),
        ),
        "some.toml",
    )
    accepted = replace(MADE, status=Status.ACCEPTED, joined=(Service.SOCIAL_PRESCRIBING,))
    step = next_step(quick, accepted, ENGLAND)
    assert step.due == day(11, 26)
    assert "hybrid worker" in step.because
    assert next_step(quick, replace(accepted, attempts=4), ENGLAND).does is Does.TRY_AGAIN


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
