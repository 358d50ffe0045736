"""The ways in: whose is which, what each asks, and what the receiving team reads of it."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories import NOW, World, intake, make_world
from wraparound.events.action import Refused
from wraparound.organisations.actor import acting_as
from wraparound.organisations.models import Organisation, Scheme
from wraparound.organisations.pathways import publish
from wraparound.organisations.roles import CAPABILITIES, Capability, Role
from wraparound.pathways.library import load
from wraparound.pathways.vocabulary import ClinicalReason, Entry, Need
from wraparound.referrals.entries import (
    ASKED,
    LABELS,
    Answer,
    Baby,
    Broad,
    EntryDetails,
    check_entry,
    entry_of,
    faults,
    labelled,
    leaves_hospital_soon,
    way_in,
)

TODAY = NOW.date()
KINDS = list(Organisation.Kind)


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("role", list(Role))
def test_every_role_that_refers_has_one_way_in_and_no_other_role_has(role: Role, kind: str) -> None:
    # What a connected system sends says itself where it comes in.
    refers = CAPABILITIES[role] & {Capability.REFER, Capability.ASK_IN_PUBLIC} and role is not Role.CONNECTED_SYSTEM
    if refers:
        assert isinstance(entry_of(role, kind), Entry)
    else:
        with pytest.raises(LookupError):
            entry_of(role, kind)


@pytest.mark.parametrize(
    ("role", "kind", "entry"),
    [
        (Role.CLINICIAN, "practice", Entry.CLINICIAN),
        (Role.CLINICIAN, "hospital", Entry.HOSPITAL_WARD),
        (Role.RECEPTIONIST, "practice", Entry.RECEPTION),
        (Role.HEALTH_VISITOR, "community_health", Entry.HEALTH_VISITOR),
        (Role.REFERRING_WORKER, "hospital", Entry.HOSPITAL_WARD),
        (Role.REFERRING_WORKER, "council", Entry.COUNCIL),
        (Role.REFERRING_WORKER, "voluntary", Entry.VOLUNTARY),
        (Role.LINK_WORKER, "social_prescribing", Entry.WORKER),
        (Role.ADVISER, "advice", Entry.WORKER),
        (Role.HYBRID_WORKER, "advice", Entry.WORKER),
        (Role.SUPERVISOR, "advice", Entry.WORKER),
    ],
)
def test_the_way_in_is_by_role_and_by_what_the_organisation_is(role: Role, kind: str, entry: Entry) -> None:
    assert entry_of(role, kind) is entry


WARD = EntryDetails(ward="Willow", discharge_date=TODAY + timedelta(days=3), ward_contact="Sister Bello, bleep 4410")
BABY = EntryDetails(baby=Baby.EXPECTED, baby_month=date(2027, 2, 1), money_worries=Answer.YES)


@pytest.mark.parametrize(
    ("entry", "details", "wrong"),
    [
        (Entry.CLINICIAN, EntryDetails(), set()),
        (Entry.HOSPITAL_WARD, WARD, set()),
        (Entry.HOSPITAL_WARD, EntryDetails(), {"ward", "ward_contact"}),
        (Entry.HOSPITAL_WARD, EntryDetails(ward="W", ward_contact="B", discharge_date=date(1999, 1, 1)),
         {"discharge_date"}),
        (Entry.HEALTH_VISITOR, BABY, set()),
        (Entry.HEALTH_VISITOR, EntryDetails(), {"baby", "money_worries"}),
        (Entry.HEALTH_VISITOR, EntryDetails(baby="expected", money_worries="no"), {"baby_month"}),
        (Entry.HEALTH_VISITOR, EntryDetails(baby="none", money_worries="not_asked"), set()),
        (Entry.HEALTH_VISITOR, EntryDetails(baby="none", baby_month=date(2026, 1, 1), money_worries="no"),
         {"baby_month"}),
        (Entry.HEALTH_VISITOR, EntryDetails(baby="born", baby_month=date(2026, 12, 1), money_worries="no"),
         {"baby_month"}),
        (Entry.HEALTH_VISITOR, EntryDetails(baby="born", baby_month=date(2026, 11, 1), money_worries="no"), set()),
        (Entry.HEALTH_VISITOR, EntryDetails(baby="expected", baby_month=date(2027, 10, 1), money_worries="no"),
         {"baby_month"}),
        (Entry.HEALTH_VISITOR, EntryDetails(baby="perhaps", money_worries="maybe"), {"baby", "money_worries"}),
        (Entry.COUNCIL, EntryDetails(department="Housing options"), set()),
        (Entry.COUNCIL, EntryDetails(department_reference="HX-1"), {"department"}),
        (Entry.COUNCIL, EntryDetails(department="x" * 201), {"department"}),
        (Entry.VOLUNTARY, EntryDetails(contact_person="Bea", contact_phone="020 7946 0002"), set()),
        (Entry.VOLUNTARY, EntryDetails(contact_person="Bea", contact_phone="ask me"), {"contact_phone"}),
        (Entry.CLINICIAN, EntryDetails(ward="Willow"), {"ward"}),
        (Entry.RECEPTION, EntryDetails(broad=("money",)), set()),
        (Entry.RECEPTION, EntryDetails(broad=("gold",)), {"broad"}),
    ],
)  # fmt: skip
def test_each_entry_says_what_is_missing_or_impossible(entry: Entry, details: EntryDetails, wrong: set[str]) -> None:
    assert set(faults(entry, details, TODAY)) == wrong


DAYS = st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1))
ANY_DETAILS = st.builds(
    EntryDetails,
    ward=st.text(max_size=5), discharge_date=DAYS, baby=st.sampled_from(["", *Baby.values]), baby_month=DAYS,
    money_worries=st.sampled_from(["", *Answer.values]), person_knows=st.sampled_from(["", *Answer.values]),
    contact_phone=st.text(max_size=20), broad=st.lists(st.sampled_from(list(Broad)), unique=True).map(tuple),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(details=ANY_DETAILS)
def test_what_is_kept_comes_back_as_it_was_and_can_be_read(details: EntryDetails) -> None:
    kept = details.to_json()
    assert EntryDetails.from_json(kept) == details
    assert all(kept.values())
    said = labelled(kept, TODAY)
    assert len(said) == len(set(kept) - {"baby_month"})
    assert all(each.label and each.text for each in said)


def test_every_detail_that_an_entry_asks_has_a_label() -> None:
    assert {name for asked in ASKED.values() for name in asked} - {"baby_month"} == set(LABELS) - {"code_not_known"}


def test_somebody_elses_json_is_a_fault_and_not_a_detail() -> None:
    with pytest.raises(ValueError, match="colour"):
        EntryDetails.from_json({"colour": "red"})


def test_the_receiving_team_reads_plain_words() -> None:
    ward, leaves, ring = labelled(WARD.to_json(), TODAY)
    assert (ward.label, ward.text) == ("Ward", "Willow")
    assert (leaves.label, leaves.text, leaves.soon) == ("Leaves hospital", "Thursday 26 November", True)
    assert ring.label == "Who to ring on the ward"
    assert [each.text for each in labelled(BABY.to_json(), TODAY)] == ["Due in February 2027", "Yes"]
    assert [each.text for each in labelled({"broad": ["money", "home"]}, TODAY)] == ["Money and bills, Home"]


@pytest.mark.parametrize(("days", "soon"), [(-1, False), (0, True), (7, True), (8, False)])
def test_leaving_hospital_within_seven_days_is_soon(days: int, soon: bool) -> None:
    kept = EntryDetails(ward="W", ward_contact="B", discharge_date=TODAY + timedelta(days=days)).to_json()
    assert leaves_hospital_soon(kept, TODAY) is soon
    [leaves] = [each for each in labelled(kept, TODAY) if "hospital" in each.label]
    assert (leaves.label, leaves.soon) == ("Left hospital" if days < 0 else "Leaves hospital", soon)


def test_the_broad_choices_leave_no_group_of_needs_out() -> None:
    named = frozenset[Need]().union(*(choice.needs for choice in Broad))
    assert {Need.BENEFITS, Need.DEBT, Need.HOUSING, Need.EMPLOYMENT, Need.LONELINESS, Need.OTHER} <= named


def test_nobody_repeats_their_story(world: World) -> None:
    check_entry(intake(entry=Entry.WORKER, told="Rent arrears since May"), world.link_worker)
    with pytest.raises(Refused) as refused:
        check_entry(intake(entry=Entry.WORKER, told="  "), world.link_worker)
    assert (refused.value.code, refused.value.field) == ("no_story", "told")


def test_reception_says_no_clinical_reason(world: World) -> None:
    clinical = intake(clinical_reason=ClinicalReason.CANCER)
    check_entry(clinical, world.clinician)
    with pytest.raises(Refused) as refused:
        check_entry(clinical, world.receptionist)
    assert refused.value.code == "not_clinical"


def test_a_pathway_without_the_entry_says_so(world: World) -> None:
    with acting_as(world.clinician):
        assert way_in(world.clinician, Entry.CLINICIAN).refused == ""
    publish(scheme=world.scheme, name="both-at-once", pathway=load("both-at-once"), at=NOW)
    Scheme.objects.filter(pk=world.scheme.pk).update(pathway_version=None)
    with acting_as(world.clinician):
        assert "has no pathway yet" in way_in(world.clinician, Entry.CLINICIAN).refused
