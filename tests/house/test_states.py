"""The status tables leave nobody waiting for nobody, and the engine, the tables and the database say the same."""

from datetime import timedelta
from itertools import product

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories import NOW, make_world, referral_to, referred
from wraparound.organisations.actor import acting_as
from wraparound.organisations.roles import CAPABILITIES, Capability
from wraparound.pathways.calendar import calendar_for
from wraparound.pathways.engine import Progress, next_step
from wraparound.pathways.library import load
from wraparound.pathways.vocabulary import Nation, Service, Status, Turn, UrgentFlag
from wraparound.referrals.actions import decline
from wraparound.referrals.models import Referral
from wraparound.referrals.moves import _too_late
from wraparound.referrals.states import (
    ALERT_MOVES,
    ALERT_TURN,
    CLOCK_MOVE_TO,
    DECLINES,
    MOVES,
    AlertStatus,
    DeclineReason,
    Move,
    Side,
)

OPEN = [status for status in Status if not status.final]
FINAL = [status for status in Status if status.final]
HAND_MOVES = [move for move in MOVES.values() if move.side is not Side.CLOCK]


def progress(status: Status, **changes: object) -> Progress:
    values = {"service": Service.WELFARE_ADVICE, "status": status, "sent_at": NOW, "since": NOW}
    return Progress(**(values | changes))  # type: ignore[arg-type]


def verbs_out_of(status: Status, moves: list[Move]) -> set[str]:
    return {move.verb for move in moves if status in move.from_ and move.to not in (None, status)}


@pytest.mark.parametrize("status", OPEN)
def test_somebody_can_take_every_open_status_further(status: Status) -> None:
    assert verbs_out_of(status, HAND_MOVES)


@pytest.mark.parametrize("status", OPEN)
def test_the_clock_takes_every_open_status_further(status: Status) -> None:
    assert verbs_out_of(status, [move for move in MOVES.values() if move.side is Side.CLOCK])


@pytest.mark.parametrize("status", FINAL)
def test_nothing_but_opening_again_leads_out_of_a_final_status(status: Status) -> None:
    """What was withdrawn stays so; what was closed may still be handed over, which leaves it closed."""
    ways_out = verbs_out_of(status, list(MOVES.values()))
    assert ways_out == ({"reopen"} if status is Status.CLOSED else set())
    staying = {move.verb for move in MOVES.values() if status in move.from_ and move.to is None}
    assert staying == ({"hand_over"} if status is Status.CLOSED else set())


def test_every_status_can_be_come_to() -> None:
    """A referral begins with a team, or on its waiting list."""
    assert {Status.SENT, Status.WAITING} | {move.to for move in MOVES.values() if move.to} == set(Status)


def test_every_status_ends_whatever_is_done() -> None:
    """From each status a final one can be reached."""
    ended = set(FINAL)
    while more := {s for m in MOVES.values() if m.to in ended for s in m.from_} - ended:
        ended |= more
    assert ended == set(Status)


@pytest.mark.parametrize("verb", MOVES)
def test_a_move_says_who_may_make_it(verb: str) -> None:
    move = MOVES[verb]
    assert move.verb == verb and move.from_
    assert any(move.capability in held for held in CAPABILITIES.values())
    assert bool(move.label and move.done) == (move.side is not Side.CLOCK)


def test_only_the_systems_clock_lets_time_pass() -> None:
    assert [r.value for r, held in CAPABILITIES.items() if Capability.LET_TIME_PASS in held] == ["system"]
    assert {m.capability for m in MOVES.values() if m.side is Side.CLOCK} == {Capability.LET_TIME_PASS}


@pytest.mark.parametrize("status", list(Status))
def test_who_comes_too_late_reads_how_it_stands(status: Status) -> None:
    assert _too_late(Referral(status=status)).endswith(".")


@pytest.mark.parametrize("reason", list(DeclineReason))
def test_every_reason_to_decline_makes_it_somebodys_turn(reason: DeclineReason) -> None:
    says = DECLINES[reason]
    assert says.label and says.turn is not Turn.NOBODY and says.next.endswith(".")


@pytest.mark.parametrize("status", list(AlertStatus))
def test_an_alert_is_somebodys_until_help_was_given(status: AlertStatus) -> None:
    ways_out = {verb for verb, (from_, to) in ALERT_MOVES.items() if status in from_ and to is not status}
    assert bool(ALERT_TURN[status]) == bool(ways_out) == (status is not AlertStatus.HELPED)


@pytest.mark.parametrize("verb", ALERT_MOVES)
def test_an_alerts_moves_go_between_its_statuses(verb: str) -> None:
    from_, to = ALERT_MOVES[verb]
    assert to not in from_ and from_ | {to} <= set(AlertStatus)


FLAGS = [frozenset(), frozenset({UrgentFlag.BAILIFFS_DUE}), frozenset({UrgentFlag.NO_FOOD})]


@pytest.mark.parametrize("pathway", ["both-at-once", "link-worker-first"])
@pytest.mark.parametrize("status", list(Status))
def test_the_engine_gives_every_status_what_the_database_asks(pathway: str, status: Status) -> None:
    """An open one has a turn and a moment at which the clock goes on, by a verb of the table; a final one has none."""
    rules, calendar = load(pathway), calendar_for(Nation.ENGLAND)
    for service, flags, escalated, attempts in product(Service, FLAGS, (False, True), (0, 1, 9)):
        here = progress(status, service=service, urgent_flags=flags, escalated=escalated, attempts=attempts)
        step = next_step(rules, here, calendar)
        assert (step.turn is Turn.NOBODY) == (step.timeout is None) == status.final
        if step.timeout:
            assert status in MOVES[CLOCK_MOVE_TO[step.timeout.to]].from_
            goes_on_when_due = status in (Status.ASKED, Status.PAUSED)
            assert step.due and (step.timeout.at == step.due if goes_on_when_due else step.timeout.at > step.due)
        if step.escalate_at:
            assert status in MOVES["escalate"].from_ and step.timeout and step.escalate_at < step.timeout.at


@pytest.mark.parametrize("reason", list(DeclineReason))
def test_a_decline_waits_for_whoever_its_reason_says(reason: DeclineReason) -> None:
    here = progress(Status.DECLINED, decline_turn=DECLINES[reason].turn)
    assert next_step(load("both-at-once"), here, calendar_for(Nation.ENGLAND)).turn is DECLINES[reason].turn


def write(referral: Referral, **columns: object) -> None:
    with transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(**columns)


@pytest.mark.django_db
@pytest.mark.parametrize("status", list(Status))
def test_the_database_keeps_open_ones_with_a_turn_and_final_ones_without(status: Status) -> None:
    world = make_world()
    referral = referral_to(referred(world), world.link_worker)
    right = {"status": status, "decline_reason": "no_capacity", "paused_until": NOW.date()}
    right |= {"whose_turn": "nobody" if status.final else "worker"}
    with acting_as(world.link_worker):
        for wrong in [{"whose_turn": "worker" if status.final else "nobody"}, *([] if status.final else [_NO_END])]:
            with pytest.raises(IntegrityError, match="referral_open_has_a_turn_and_a_timeout"):
                write(referral, **(right | wrong))
        write(referral, **right)


_NO_END = {"timeout_at": None}


@pytest.mark.django_db
def test_the_database_keeps_no_decline_without_a_reason() -> None:
    world = make_world()
    referral = referral_to(referred(world), world.link_worker)
    with acting_as(world.link_worker):
        decline(by=world.link_worker, referral=referral, reason=DeclineReason.NOT_FOR_US)
        with pytest.raises(IntegrityError, match="referral_declined_with_a_reason"):
            write(referral, decline_reason="")


@pytest.mark.django_db
def test_the_database_says_what_is_open_and_when_the_clock_is_next() -> None:
    world = make_world()
    referral = referral_to(referred(world), world.link_worker)
    with acting_as(world.link_worker):
        write(referral, escalate_at=NOW + timedelta(days=1), timeout_at=NOW + timedelta(days=2))
        row = Referral.objects.get(pk=referral.pk)
        assert row.is_open and row.next_clock_at == NOW + timedelta(days=1)
        write(referral, status="closed", whose_turn="nobody", escalate_at=None, timeout_at=None)
        row = Referral.objects.get(pk=referral.pk)
        assert not row.is_open and row.next_clock_at is None


@pytest.mark.django_db
def test_the_database_names_the_same_final_statuses() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = 'referrals_referral'::regclass"
        )
        made = " ".join(text for (text,) in cursor.fetchall())
    assert {status for status in Status if f"'{status}'" in made} == set(FINAL)
