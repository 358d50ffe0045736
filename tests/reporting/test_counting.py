"""The figures are what the rows say, whatever happened, in whatever order, and however often they were counted."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread
from time import sleep

import pytest
from django.db import Error, connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.factories import NOW, World, details, make_world, referral_to, referred
from tests.house.seeing import Owner
from tests.referrals.test_any_order import moves, take
from tests.reporting.slowly import counted, held, total
from wraparound.casework.actions import accept
from wraparound.organisations.actor import acting_as
from wraparound.pathways.vocabulary import Entry
from wraparound.referrals.actions import decline
from wraparound.referrals.models import Referral, Signpost
from wraparound.referrals.states import DeclineReason
from wraparound.reporting import counting
from wraparound.reporting.behind import CONDITIONS, STILL
from wraparound.reporting.counting import count, counted_at, recount
from wraparound.reporting.definitions import LEAVING, STEPS
from wraparound.reporting.models import CohortDay

# Rows stay from one example to the next, so that a smaller one proves nothing.
WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)


@settings(
    max_examples=8, deadline=None, phases=WITHOUT_SHRINKING, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.one_of(moves, st.just("count")), min_size=6, max_size=30))
def test_figures_are_what_a_slow_count_of_the_rows_finds(owner: Owner, steps: list[object]) -> None:
    world = make_world()
    take(world, "refer", "clinician", 0, 0)
    for number, step in enumerate(steps):
        if step == "count":
            count()
        else:
            take(world, *step, number * 200)  # type: ignore[misc]
    count()
    assert held(owner) == counted(owner)
    assert total(held(owner).values(), "referred") > 0


STATUSES = ("sent", "claimed", "accepted", "in_progress", "waiting", "asked", "paused", "declined", "lost_contact",
            "not_answered", "closed", "withdrawn")  # fmt: skip
OUTCOMES = ("", "helped", "sent_on", "person_stopped")
# Every combination of what a row may say of itself, each on a journey of its own, some days after the first.
EVERYTHING = """
    CREATE TEMP TABLE said AS
    SELECT row_number() OVER () AS n, status, outcome, declined, accepted, reached, attended
    FROM unnest(%(statuses)s::text[]) status, unnest(%(outcomes)s::text[]) outcome,
         unnest(ARRAY['', 'conflict']) declined, unnest(ARRAY[NULL, 30]) accepted,
         unnest(ARRAY[NULL, 50]) reached, unnest(ARRAY[NULL, 90]) attended
    WHERE status <> 'declined' OR declined <> '';
    INSERT INTO referrals_journey ({journey}) SELECT {journey_values} FROM referrals_journey, said;
    INSERT INTO referrals_referral ({referral}) SELECT {referral_values} FROM referrals_referral, said
"""
OF_JOURNEY = {"reference": "to_char(n, 'FMT0000000')"}
OF_REFERRAL = {
    "journey_id": "(SELECT id FROM referrals_journey WHERE reference = to_char(n, 'FMT0000000'))",
    "sent_at": "sent_at + n % 7 * interval '1 day'",
    "status": "said.status", "outcome": "said.outcome", "decline_reason": "said.declined", "rank": "n % 2",
    "accepted_at": "sent_at + accepted * interval '1 hour'", "reached_at": "sent_at + reached * interval '1 hour'",
    "attended_at": "sent_at + attended * interval '1 hour'",
    "ended_at": "CASE WHEN n % 5 > 0 THEN sent_at + interval '9 days' END",
    "whose_turn": "CASE WHEN said.status IN ('closed', 'withdrawn') THEN 'nobody' ELSE 'worker' END",
    "paused_until": "sent_at::date",
}  # fmt: skip


def _copied(owner: Owner, table: str, changed: dict[str, str]) -> tuple[str, str]:
    """The columns of a table, and what each is in a copy of its only row."""
    rows = owner.query(
        "SELECT column_name::text FROM information_schema.columns "
        "WHERE table_name = %s AND is_generated = 'NEVER' AND column_name <> 'id'",
        [table],
    )
    names = [name for (name,) in rows]
    return ", ".join(names), ", ".join(changed.get(name, f"{table}.{name}") for name in names)


def _every_combination(owner: Owner) -> None:
    journey, journey_values = _copied(owner, "referrals_journey", OF_JOURNEY)
    referral, referral_values = _copied(owner, "referrals_referral", OF_REFERRAL)
    statements = EVERYTHING.format(
        journey=journey, journey_values=journey_values, referral=referral, referral_values=referral_values
    )
    with owner.connection.cursor() as cursor:
        for statement in statements.replace(" % ", " %% ").split(";"):
            cursor.execute(statement, {"statuses": list(STATUSES), "outcomes": list(OUTCOMES)})


def test_every_row_that_the_database_could_hold_is_counted_by_its_definition(owner: Owner) -> None:
    with one_referral(owner) as (world, _):
        _every_combination(owner)
        recount()
        found = held(owner)
        assert found == counted(owner)
        assert total(found.values(), "referred") == 1 + (len(STATUSES) * 2 - 1) * len(OUTCOMES) * 8
        for row in found.values():
            _adds_up(row)
        with acting_as(world.link_worker):
            for name, condition in CONDITIONS.items():
                assert Referral.objects.filter(condition).count() == _sum(list(found.values()), name) > 0, name


def _sum(rows: list[dict[str, int]], name: str) -> int:
    """A figure's sum; of those still on the way, what is left of a step."""
    if not name.startswith(STILL):
        return total(rows, name)
    step = name.removeprefix(STILL)
    following = STEPS[STEPS.index(step) + 1]
    return total(rows, step) - sum(total(rows, gone) for gone in (following, *LEAVING[step]))


def _adds_up(row: dict[str, int]) -> None:
    """Nobody comes to a step without the one before it, and nobody leaves twice."""
    assert row["referred"] >= row["answered"] + row["left_unanswered"] + row["left_withdrawn"]
    assert row["answered"] == row["accepted"] + row["left_declined"] + row["left_sent_on"]
    assert row["accepted"] >= row["reached"] + row["left_unreached"]
    assert row["reached"] >= row["attended"] + row["left_unattended"]
    assert row["attended"] >= row["finished"] + row["left_unfinished"]


@contextmanager
def one_referral(owner: Owner) -> Iterator[tuple[World, Referral]]:
    world = make_world()
    yield world, referral_to(referred(world, advice_ticked=False), world.link_worker)


def figures(owner: Owner, name: str) -> int:
    return total(held(owner).values(), name)


def test_counting_again_changes_nothing(owner: Owner) -> None:
    with one_referral(owner) as (_, _):
        assert count() > 0
        before = owner.rows("reporting_cohortday")
        recount()
        count()
        assert owner.rows("reporting_cohortday") == before


def test_a_day_that_nothing_touched_is_not_counted_again(owner: Owner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "DRAWN_AHEAD", 0)
    with one_referral(owner):
        count()
        assert _comes_to_rest()


def _comes_to_rest() -> bool:
    """Whether nothing is left to count, once every transaction on the server has ended that began before."""
    return any(count() == 0 or sleep(0.1) for _ in range(300))


def test_a_change_that_is_years_late_is_counted_on_its_own_day(owner: Owner) -> None:
    with one_referral(owner) as (world, referral):
        recount()
        late = world.link_worker.at(NOW + timedelta(days=900))
        with acting_as(late):
            decline(by=late, referral=referral, reason=DeclineReason.NOT_FOR_US)
        count()
        [(key, row)] = held(owner).items()
        assert key[1] == NOW.date() and row["left_declined"] == 1 and row["days_to_answer"] == 900


def test_an_event_that_comes_to_light_after_later_ones_is_counted(
    owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its transaction drew the lower number, and ended only when a later one had been counted."""
    monkeypatch.setattr(counting, "DRAWN_AHEAD", 0)
    world = make_world()
    first, second = (
        referral_to(referred(world, advice_ticked=False, person=person), world.link_worker)
        for person in (details(), details(given_names="Wei", date_of_birth=None, postcode=""))
    )
    count()
    count()
    waiting = _accept_slowly(world, first)
    with acting_as(world.link_worker):
        accept(by=world.link_worker, referral=second)
    for _ in range(3):
        count()
    assert figures(owner, "accepted") == 1
    waiting()
    count()
    assert figures(owner, "accepted") == 2


def _accept_slowly(world: World, referral: Referral) -> Callable[[], None]:
    """Accept in a transaction of another connection, which ends when the answer is called."""
    written, go_on = Event(), Event()

    def accepting() -> None:
        try:
            with acting_as(world.link_worker):
                accept(by=world.link_worker, referral=referral)
                written.set()
                assert go_on.wait(30)
        finally:
            connections.close_all()

    thread = Thread(target=accepting)
    thread.start()
    assert written.wait(30)

    def end() -> None:
        go_on.set()
        thread.join()

    return end


def test_two_who_count_at_once_count_the_same(owner: Owner) -> None:
    world = make_world()
    for _ in range(5):
        referred(world)
    threads = [Thread(target=_counting, args=[each]) for each in (count, recount, count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert held(owner) == counted(owner) and figures(owner, "referred") == 10


def _counting(each: object) -> None:
    try:
        each()  # type: ignore[operator]
    finally:
        connections.close_all()


def test_more_events_than_are_read_at_once_are_all_counted(owner: Owner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST_AT_ONCE", 2)
    world = make_world()
    for _ in range(4):
        referred(world)
    count()
    assert held(owner) == counted(owner) and figures(owner, "referred") == 8


def test_after_everything_was_counted_only_what_follows_is(owner: Owner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "DRAWN_AHEAD", 0)
    with one_referral(owner) as (world, _):
        recount()
        assert _comes_to_rest()
        referred(world)
        assert count() > 0


def test_a_row_that_has_gone_is_gone_from_the_figures(owner: Owner) -> None:
    with one_referral(owner):
        recount()
        owner.run("DELETE FROM referrals_referral")
        recount()
        assert held(owner) == {}


def test_a_signpost_is_given_and_followed(owner: Owner) -> None:
    world = make_world()
    journey = referred(world, advice_ticked=False)
    with acting_as(world.clinician):
        signpost = Signpost.objects.create(
            scheme=world.scheme, organisation_ids=journey.organisation_ids, person_id=journey.person_id,
            given_on=journey, from_organisation=world.practice, service="welfare_advice", to_team=world.advice,
            needs=["debt"], given_at=NOW,
        )  # fmt: skip
    count()
    assert held(owner) == counted(owner)
    with acting_as(world.clinician):
        signpost.followed_at, signpost.followed_by = NOW + timedelta(days=4), journey
        signpost.save()
    recount()
    assert held(owner) == counted(owner)
    [row] = [row for key, row in held(owner).items() if key[5] == "signpost"]
    assert row["reached"] == 1 and row["days_to_contact"] == 4


def test_a_signpost_to_somebody_without_a_name_counts_to_the_pathway_in_force(owner: Owner) -> None:
    world = make_world()
    with acting_as(world.clinician):
        Signpost.objects.create(
            scheme=world.scheme, organisation_ids=[world.practice.pk], from_organisation=world.practice,
            service="welfare_advice", needs=[], given_at=NOW,
        )  # fmt: skip
    recount()
    [key] = held(owner)
    assert key[2] == world.scheme.pathway_version_id and key[3] == "" and key[7] is None


def test_nobody_but_the_database_writes_a_figure(owner: Owner) -> None:
    with one_referral(owner) as (world, _):
        recount()
        with acting_as(world.link_worker):
            assert CohortDay.objects.count() == 1
        with pytest.raises(Error, match="row-level security"), acting_as(world.link_worker):
            CohortDay.objects.update(referred=100)


def test_figures_of_another_scheme_are_not_there(owner: Owner) -> None:
    with one_referral(owner) as (world, _):
        recount()
        elsewhere = make_world()
        for by, rows in ((world.commissioner, 1), (elsewhere.commissioner, 0)):
            with acting_as(by):
                assert CohortDay.objects.count() == rows


@pytest.mark.django_db
def test_when_they_were_counted_is_known_from_the_first_time_on() -> None:
    assert counted_at() is None
    referred(make_world(), entry=Entry.CLINICIAN)
    count()
    assert counted_at() is not None
