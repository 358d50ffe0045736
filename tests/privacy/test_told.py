"""What a person is shown of whom their data reached: every organisation, in plain words, nobody's name, no concern."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.credentials import a_credential
from tests.factories import NOW, World, details, make_world, referral_to, referred
from tests.people.test_kept_from_some import NUMBER, restricted
from tests.privacy.test_joining import joined, two_records
from tests.referrals.test_emergency import Why as OpenedBecause
from tests.referrals.test_emergency import opens
from wraparound.audit.models import Access, What, Why
from wraparound.casework.actions import accept
from wraparound.consent.agreed import AgreedHow
from wraparound.messaging.tasks import write_message_back
from wraparound.organisations.actor import Actor, acting_as, system
from wraparound.organisations.credentials import actor_for
from wraparound.organisations.models import User
from wraparound.organisations.roles import Role
from wraparound.people.disclosing import note_disclosure, why_of
from wraparound.people.models import Involvement, Person
from wraparound.people.reading import note_access
from wraparound.privacy.collecting import Whose, everything
from wraparound.privacy.investigating import Asked, looks
from wraparound.privacy.keeping import place_hold
from wraparound.privacy.marks import Mark
from wraparound.privacy.models import LegalHold, SubjectAccessRequest
from wraparound.privacy.models.subject_access import AskedHow
from wraparound.privacy.plainly import ROLES
from wraparound.privacy.subject_access import take_request
from wraparound.privacy.told import Told, told
from wraparound.referrals.actions import claim
from wraparound.referrals.asking import answer, ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def look(by: Actor, person: Person, page: str = "journey", **later: int) -> None:
    by = by.at(NOW + timedelta(**later))
    with acting_as(by):
        note_access(by, person, page)


def rows(by: Actor, **of: object) -> list[Access]:
    """Of the actor's own organisation."""
    with acting_as(by):
        return list(Access.objects.filter(**of).order_by("pk"))


def lines(by: Actor, person: Person, most: int = 100) -> list[Told]:
    with acting_as(by):
        return list(told(by, person, most=most).rows)


def said(by: Actor, person: Person) -> list[tuple[str, str, str, str]]:
    return [(each.organisation, each.role, each.what, each.why) for each in lines(by, person)]


def test_what_every_organisation_saw_is_told_to_whoever_shows_it_to_the_person(world: World) -> None:
    journey = referred(world, advice_ticked=False)
    look(world.clinician, journey.person, minutes=1)
    look(world.link_worker, journey.person, minutes=2)
    expected = [
        ("Neighbourly", "A link worker", "They looked at your record", "They were asked to help you"),
        ("Elm Street Surgery", "A doctor, nurse or other health worker", "They looked at your record",
         "They asked others to help you, and need to know how it goes"),
        ("Neighbourly", "", "They were asked to help you", "You agreed to it"),
    ]  # fmt: skip
    assert said(world.clinician, journey.person) == said(world.link_worker, journey.person) == expected


def test_it_names_nobody_who_works_there(world: World) -> None:
    person = referred(world).person
    for chair in ("clinician", "link_worker", "adviser", "practice_lead"):
        look(world.actors[chair], person)
    everything = repr(said(world.clinician, person))
    for name in User.objects.values_list("name", flat=True):
        assert name not in everything
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM privacy_told(0, NULL, NULL, 1)")
        assert {each.name for each in cursor.description or ()} == set(
            "organisation role what why first_at first_id times".split()
        )


def test_what_was_alike_on_one_day_is_one_line_with_its_number(world: World) -> None:
    person = referred(world, advice_ticked=False).person
    for hours in (1, 2, 3, 26):
        look(world.clinician, person, hours=hours)
    looks = [(each.day, each.times) for each in lines(world.clinician, person) if each.what == What.LOOK.label]
    assert looks == [(date(2026, 11, 24), 1), (date(2026, 11, 23), 3)]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(hours=st.lists(st.integers(0, 80), max_size=12), size=st.integers(1, 5))
def test_pages_of_any_size_are_the_whole_list_once(world: World, hours: list[int], size: int) -> None:
    person = referred(world).person
    for each in hours:
        look(world.clinician if each % 2 else world.link_worker, person, hours=each)
    whole, paged, after = lines(world.clinician, person), [], ""
    with acting_as(world.clinician):
        while True:
            page = told(world.clinician, person, after, most=size)
            paged += page.rows
            if not (after := page.after):
                break
    assert paged == whole and len(whole) == len(set(whole))
    assert sum(each.times for each in whole) == sum(
        len(rows(by, person=person)) for by in (world.clinician, world.link_worker)
    )


def test_a_page_asks_one_question_however_long_the_record_is(world: World, django_assert_num_queries) -> None:
    person = referred(world).person
    for days in range(40):
        look(world.clinician, person, days=days)
    with acting_as(world.clinician), django_assert_num_queries(1):
        assert len(told(world.clinician, person).rows) == 25


def test_another_practice_is_told_nothing(world: World) -> None:
    person = referred(world).person
    assert lines(world.other_clinician, person) == []
    other_scheme = make_world()
    assert lines(other_scheme.clinician, person) == []
    assert lines(world.commissioner, person) == []


def test_from_whom_the_record_is_kept_it_is_not_there(world: World) -> None:
    journey = referred(world, advice_ticked=False)
    assert lines(world.second_link_worker, journey.person)
    restricted(world, world.link_worker, journey)
    assert lines(world.second_link_worker, journey.person) == []


def test_nothing_of_safeguarding_is_told(world: World) -> None:
    person = referred(world).person
    before = said(world.clinician, person)
    look(world.link_supervisor, person, "concern")
    look(world.link_supervisor, person, "raise-about-colleague")
    with acting_as(world.clinician):
        note_disclosure(world.clinician, [person.pk], What.LOOK, "journey", why=Why.SAFEGUARDING)
    assert said(world.clinician, person) == before


def test_an_organisation_that_knows_the_person_by_a_concern_alone_is_not_told_of(world: World) -> None:
    person = referred(world).person
    by = world.other_clinician
    with acting_as(world.clinician):
        Involvement.objects.create(
            scheme=world.scheme, person=person, organisation=world.other_practice, opened_by=world.practice,
            reason=Involvement.Reason.SAFETY,
        )  # fmt: skip
    look(by, person)
    assert [each.why for each in rows(by)] == [Why.SAFEGUARDING]
    assert "Oak Road Surgery" not in repr(said(world.clinician, person))


def test_a_referral_without_agreement_for_somebodys_safety_is_not_told(world: World) -> None:
    """Nor what follows from it, until the person agrees to a referral there."""
    journey = referred(
        world, advice_ticked=False, agreed_how=AgreedHow.SAFEGUARDING, exception_reason="In danger at home"
    )
    by = world.link_worker
    for each in (by, world.clinician):
        look(each, journey.person)
    with acting_as(by):
        taken = referral_to(journey, by)
        accept(by=by, referral=taken)
    look(by, journey.person, minutes=1)
    write_message_back.now(by=system(world.scheme, world.practice), referral_id=taken.pk, occasion="accepted")
    assert said(world.clinician, journey.person) == []
    referred(world, person=None, person_id=journey.person_id, advice_ticked=False)
    look(by, journey.person, minutes=2)
    assert [each[0] for each in said(world.clinician, journey.person)] == ["Neighbourly", "Neighbourly"]


def test_why_is_what_opened_the_record_then(world: World) -> None:
    journey = referred(world, advice_ticked=False)
    look(world.link_worker, journey.person)
    with acting_as(world.link_worker):
        accept(by=world.link_worker, referral=referral_to(journey, world.link_worker))
    look(world.link_worker, journey.person, minutes=1)
    assert [each.why for each in rows(world.link_worker, what=What.LOOK)] == [Why.ASKED, Why.WORKING]


def test_an_emergency_is_told_and_one_for_somebodys_safety_is_not(world: World) -> None:
    person = referred(world, person=details(nhs_number=NUMBER, date_of_birth=date(1980, 2, 29))).person
    opens(world.other_clinician)
    look(world.other_clinician, person)
    assert ("Oak Road Surgery", "A doctor, nurse or other health worker", "They looked at your record",
            "It was an emergency") in said(world.clinician, person)  # fmt: skip
    opens(world.health_visitor, why=OpenedBecause.SAFETY)
    look(world.health_visitor, person)
    assert "Health Visiting" not in repr(said(world.clinician, person))


def test_questions_and_answers_are_messages_to_the_other_organisation(world: World) -> None:
    journey = referred(world, advice_ticked=False)
    by = world.link_worker
    with acting_as(by):
        asked = ask(by=by, referral=claim(by=by, referral=referral_to(journey, by)), question="Which language?")
    with acting_as(world.clinician):
        answer(by=world.clinician, question=asked, answer="Portuguese")
    sent = [each[0] for each in said(world.clinician, journey.person) if each[2] == What.MESSAGE.label]
    assert sorted(sent) == ["Elm Street Surgery", "Neighbourly"]


def test_whoever_got_it_outside_the_scheme_is_named_as_they_were(world: World) -> None:
    person = referred(world).person
    with acting_as(world.link_worker):
        note_disclosure(
            world.link_worker, [person.pk], What.SHOWN_ONCE, "once", why=Why.AGREED, to_named="Eastmarsh Gardeners"
        )
    assert ("Eastmarsh Gardeners", "", "They were shown some of your record, once", "You agreed to it") in said(
        world.clinician, person
    )


def test_what_reached_a_record_that_was_joined_is_told_with_the_one_that_is_kept(world: World) -> None:
    kept, gone = two_records(world)
    look(world.receptionist, gone, hours=1)
    joined(world, kept, gone)
    assert "Somebody at reception" in repr(said(world.link_worker, kept))


@pytest.mark.parametrize(
    ("page", "role", "why"),
    [
        ("concern-own", Role.SUPERVISOR, Why.SAFEGUARDING),
        ("raise-about-colleague", Role.CLINICIAN, Why.SAFEGUARDING),
        ("abuse-marker", Role.LINK_WORKER, Why.SAFEGUARDING),
        ("concern", Role.INFORMATION_GOVERNANCE_LEAD, Why.SAFEGUARDING),
        ("investigation-odd", Role.INFORMATION_GOVERNANCE_LEAD, Why.CHECKING),
        ("access-take", Role.INFORMATION_GOVERNANCE_LEAD, Why.RIGHTS),
        ("journey", Role.INFORMATION_GOVERNANCE_LEAD, Why.RIGHTS),
        ("journey", Role.CLINICIAN, None),
    ],
)
def test_a_page_says_why_or_leaves_it_to_what_opens_the_record(page: str, role: Role, why: Why | None) -> None:
    assert why_of(page, role) is why


def test_every_role_is_said_in_words_of_its_own() -> None:
    assert set(ROLES) == set(Role) and len(set(ROLES.values())) == len(ROLES)


def test_who_may_read_rows_of_a_record_that_is_kept_from_some(world: World) -> None:
    """By SQL alone: staff from whom it is kept read none, who investigates reads on, unless it is kept from them."""
    journey = referred(world)
    look(world.clinician, journey.person)

    def reads(by: Actor) -> bool:
        with acting_as(by):
            return Access.objects.filter(person_id=journey.person_id, user_id=world.clinician.user_id).exists()

    assert reads(world.receptionist) and reads(world.practice_lead) and reads(world.second_practice_lead)
    restricted(world, world.clinician, journey, kept_from=[world.second_practice_lead.user()])
    assert reads(world.clinician) and reads(world.practice_lead)
    assert not reads(world.receptionist) and not reads(world.second_practice_lead)
    assert not reads(world.other_clinician) and not reads(world.links_lead)


def test_a_look_at_somebody_kept_from_the_looker_is_written_all_the_same(world: World) -> None:
    """What is written need not be readable by whoever writes it: a part of an answer may be theirs to give."""
    journey = referred(world)
    restricted(world, world.clinician, journey, kept_from=[world.practice_lead.user()])
    look(world.practice_lead, journey.person, "access-part")
    assert len(rows(world.second_practice_lead, page="access-part")) == 1


def test_an_answer_to_a_request_says_it_in_the_same_words_without_names_and_marks_safeguarding(world: World) -> None:
    person = referred(world, advice_ticked=False).person
    look(world.clinician, person)
    look(world.clinician, person, "concern")
    by = system(world.scheme, world.practice)
    with acting_as(by):
        whose = Whose(world.scheme.pk, world.practice.pk, took=True)
        found = [
            each
            for each in everything([person.pk], scheme_id=world.scheme.pk, whose=whose)
            if each.kind == "audit.access"
        ]
    sent, looked, concern = ({each.label: each.text for each in one.said} for one in found)
    assert (sent["What"], sent["Why"], sent["Sent to"]) == (What.REFERRAL.label, Why.AGREED.label, "Neighbourly")
    assert (looked["What"], looked["Role"]) == (What.LOOK.label, ROLES[Role.CLINICIAN])
    assert "Okafor" not in repr(found) and "journey" not in repr(looked)
    assert {each.mark for each in found[2].said} == {Mark.SAFEGUARDING} and concern
    assert {each.mark for one in found[:2] for each in one.said} == {""}


def test_what_is_asked_about_a_kept_record_is_for_whoever_answers_for_it(world: World) -> None:
    """In plain SQL: the lead goes on answering; whoever it is kept from by name, and everybody else, finds nothing."""
    journey = referred(world)
    by = world.practice_lead
    with acting_as(by):
        take_request(by=by, person=journey.person, asked_on=by.today(), asked_how=AskedHow.IN_PERSON)
        place_hold(by=by, person=journey.person, reason="A claim was announced")
    restricted(world, world.clinician, journey, kept_from=[world.second_practice_lead.user()])

    def reads(who: Actor) -> list[bool]:
        with acting_as(who):
            return [
                model.objects.filter(person=journey.person_id).exists() for model in (SubjectAccessRequest, LegalHold)
            ]

    assert reads(by) == [True, True]
    assert (
        reads(world.second_practice_lead) == reads(world.receptionist) == reads(world.other_clinician) == [False, False]
    )
    assert reads(system(world.scheme, world.practice)) == [True, True]


def test_only_a_user_looks_and_only_a_system_reads(world: World) -> None:
    person = referred(world).person
    by = system(world.scheme, world.practice)
    for what in (What.LOOK, What.SYSTEM, What.SHOWN_ONCE):
        with acting_as(by), pytest.raises(IntegrityError), transaction.atomic():
            note_disclosure(by, [person.pk], what, "journey")


def test_an_investigator_reads_what_systems_read_and_jobs_sent(world: World) -> None:
    person = referred(world).person
    issued = a_credential(world.scheme, world.practice)
    read = actor_for(issued.secret, NOW)
    assert read is not None
    for by, what in ((read, What.SYSTEM), (system(world.scheme, world.practice), What.MESSAGE)):
        with acting_as(by):
            note_disclosure(by, [person.pk], what, "list_changes", to_organisation_ids=[world.practice.pk])
    with acting_as(world.practice_lead):
        found = looks(world.practice_lead, Asked(person_id=person.pk)).rows
    assert [each.who for each in found if each.user_id is None] == [
        "Wraparound, by itself", f"{issued.credential.name}, a connected system",
    ]  # fmt: skip
