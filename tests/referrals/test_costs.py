"""How many times the database is asked: a fixed number, whatever the size of the lists."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import NOW, World, details, intake, make_world, referral_to, referred
from wraparound.casework.actions import accept
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.pathways import pathway_of
from wraparound.pathways.vocabulary import UrgentFlag
from wraparound.referrals.actions import claim, refer
from wraparound.referrals.reading import alerts_for, journey_of, sent_journeys, timeline, worklist, worklist_counts

pytestmark = pytest.mark.django_db

NUMBERED = details(nhs_number="9990000018")


def asked(do: Callable[[], object]) -> list[str]:
    """What is asked of the database, each statement by its verb and table or function; savepoints apart."""
    with CaptureQueriesContext(connection) as captured:
        do()
    return [_short(query["sql"]) for query in captured if "SAVEPOINT" not in query["sql"]]


def _short(sql: str) -> str:
    verb = sql.split()[0]
    while "(" in sql and (outer := re.sub(r"\([^()]*\)", "", sql)) != sql:
        sql = outer
    found = re.search(r'(?:FROM|INTO|UPDATE) "?(\w+)"?|(pg_advisory_xact_lock)', sql)
    return f"{verb} {next(filter(None, found.groups()))}" if found else verb


def test_taking_in_somebody_new_asks_thirteen_times() -> None:
    """One says what is done, one lock, two reads to decide, one about duplicates, one for teams, eight rows' tables."""
    world = make_world()
    referred(world, person=details(nhs_number="9990000026", given_names="Wei", family_name="Zhang"))
    with acting_as(world.clinician):
        statements = asked(lambda: refer(by=world.clinician, intake=intake(person=NUMBERED)))
    assert statements == [
        "SELECT",
        "SELECT pg_advisory_xact_lock",
        "SELECT organisations_scheme",
        "SELECT people_duplicate_check",
        "INSERT people_person",
        "SELECT organisations_team",
        "INSERT consent_agreement",
        "INSERT consent_consent",
        "INSERT referrals_journey",
        "INSERT referrals_referral",
        "INSERT people_involvement",
        "INSERT audit_access",
        "INSERT events_event",
    ]


def test_taking_in_somebody_known_asks_once_more_to_open_and_read_their_record() -> None:
    world = make_world()
    referred(world, person=NUMBERED)
    with acting_as(world.other_clinician):
        statements = asked(lambda: refer(by=world.other_clinician, intake=intake(person=NUMBERED)))
    assert len(statements) == 14
    assert statements[4:6] == ["INSERT people_involvement", "SELECT people_person"]


def test_a_same_day_need_adds_an_alert_and_its_event() -> None:
    world = make_world()
    referred(world)
    flags = frozenset({UrgentFlag.NO_FOOD})
    with acting_as(world.clinician):
        plain = asked(lambda: refer(by=world.clinician, intake=intake(person=NUMBERED)))
        urgent = asked(lambda: refer(by=world.clinician, intake=intake(person=NUMBERED, urgent_flags=flags)))
    assert set(urgent) - set(plain) >= {"INSERT referrals_samedayalert"}
    assert urgent.count("INSERT events_event") == 2


def test_the_pathway_is_read_once_and_kept() -> None:
    world = make_world()
    pathway_of.cache_clear()
    first, second = (asked(lambda: referred(world, person=NUMBERED)) for _ in range(2))
    assert first.count("SELECT organisations_pathwayversion") == 1
    assert "SELECT organisations_pathwayversion" not in second


@pytest.mark.parametrize("verb", [claim, accept])
def test_a_move_asks_the_same_whatever_happened_before(verb: Callable[..., object]) -> None:
    """One says what is done, one read that locks, one write, one event; accepting adds the record's opening and
    closing, who may read from now on, a case and a job."""
    world = make_world()
    few, many = referral_to(referred(world), world.link_worker), referral_to(referred(world), world.link_worker)
    with acting_as(world.link_worker):
        asked(lambda: pathway_of(many.journey.pathway_version_id))
        counts = [len(asked(lambda each=each: verb(by=world.link_worker, referral=each))) for each in (few, many)]
    assert counts == ([4, 4] if verb is claim else [9, 9])


def crowd(world: World, people: int) -> None:
    for number in range(people):
        referred(world, person=details(family_name=f"Duarte{number}", date_of_birth=None, postcode=""))


def read_worklist(by: Actor) -> None:
    for row in worklist(by).rows:
        _ = (row.person.name, row.worker and row.worker.name, row.journey.reference, row.to_team.name)
        _ = row.from_organisation.name


def read_sent(by: Actor) -> None:
    for row in sent_journeys(by, mine=False).rows:
        _ = (row.person.name, row.from_user and row.from_user.name, [r.to_team.name for r in row.referrals.all()])


@pytest.mark.parametrize(("read", "role", "times"), [(read_worklist, "link_worker", 1), (read_sent, "clinician", 2)])
def test_a_list_asks_the_same_for_two_rows_and_for_twenty(read: Callable[[Actor], None], role: str, times: int) -> None:
    world = make_world()
    by = world.actors[role]
    counts = []
    for people in (2, 18):
        crowd(world, people)
        with acting_as(by):
            counts.append(len(asked(lambda: read(by))))
    assert counts == [times, times]


def test_the_counts_beside_a_worklist_ask_once_for_all_once_for_unclaimed_once_for_mine_and_once_for_cover() -> None:
    world = make_world()
    with acting_as(world.link_worker):
        assert len(asked(lambda: worklist_counts(world.link_worker))) == 4


def test_a_journeys_page_asks_the_same_however_much_happened() -> None:
    world = make_world()
    journey = referred(world, urgent_flags=frozenset({UrgentFlag.NO_FOOD}))

    def read() -> None:
        seen = journey_of(world.clinician, journey.reference)
        for row in seen.referrals.all():
            _ = (row.to_team.name, row.to_organisation.name, row.worker and row.worker.name, row.agreement.how)
        for event in timeline(world.clinician, seen):
            _ = (event.by_user and event.by_user.name, event.by_organisation and event.by_organisation.name)
        for alert in alerts_for(world.clinician, seen):
            _ = (alert.named and alert.named.name, alert.to_team.name)

    with acting_as(world.clinician):
        before = len(asked(read))
    for worker in (world.link_worker, world.adviser):
        referral = referral_to(journey, worker)
        with acting_as(worker):
            accept(by=worker.at(NOW + timedelta(hours=1)), referral=referral)
    with acting_as(world.clinician):
        assert len(asked(read)) == before == 5
