"""Four invented years: each model of operation is there, and everything that can happen has happened."""

import re
from datetime import UTC, datetime

import pytest

from tests.demo.conftest import MONDAY
from tests.demo.seen import each_scheme, rows, slugs
from wraparound.casework.models import ContactAttempt, ContactResult, Task
from wraparound.demo.schemes import SCHEMES
from wraparound.evidence.models import EvidenceRequest, SignedLetter
from wraparound.files.models import File
from wraparound.messaging.models import CodedEntry, DigestSent, MessageBack
from wraparound.organisations.away import WORKERS
from wraparound.organisations.models import (
    HelpNow,
    Invitation,
    Leave,
    Membership,
    Organisation,
    PathwayDraft,
    SafeguardingLead,
    Scheme,
    Team,
    User,
    WorkingTime,
)
from wraparound.pathways.vocabulary import Entry
from wraparound.people.models import Person
from wraparound.referrals.models import (
    Call,
    CallStatus,
    Journey,
    Question,
    Referral,
    SameDayAlert,
    Signpost,
    Transfer,
    UnmetNeed,
)
from wraparound.reporting.models import CohortDay
from wraparound.safeguarding.models import Concern
from wraparound.social_prescribing.models import Answer, Goal, Measured, Review, Step

pytestmark = pytest.mark.usefixtures("loaded")

RESERVED_PHONE = re.compile(r"07700 900\d{3}|020 7946 0\d{3}|0808 157 0\d{3}|999")


def test_there_is_a_scheme_for_each_model_with_at_least_400_people_in_all() -> None:
    models = dict(Scheme.objects.order_by("pk").values_list("slug", "model"))
    assert models == {
        "eastmarsh": "co_located", "northfold": "separate", "harbourside": "co_funded", "millbrook": "single",
    }  # fmt: skip
    assert sum(data.people for data in SCHEMES) >= 400


def test_each_scheme_is_open_to_the_public_and_complete() -> None:
    for scheme in Scheme.objects.all():
        assert scheme.invented and scheme.front_door and scheme.front_door.phone and scheme.pathway_version
        assert HelpNow.objects.filter(scheme=scheme, ended=None).count() == 6
        assert Invitation.objects.get(scheme=scheme, used_at=None).expires_at > datetime(2026, 11, 23, tzinfo=UTC)
        assert not Team.objects.filter(scheme=scheme, same_day_lead=None).exists()
        workers = Membership.objects.filter(scheme=scheme, role__in=WORKERS)
        assert workers.count() == WorkingTime.objects.filter(membership__in=workers).count()
    assert PathwayDraft.objects.get().scheme.slug == "eastmarsh"


def test_one_organisation_that_works_with_people_has_no_safeguarding_lead() -> None:
    with_teams = set(Team.objects.values_list("organisation__name", flat=True))
    named = set(SafeguardingLead.objects.values_list("organisation__name", flat=True))
    assert with_teams - named == {"Quayside Connections"}


def test_somebody_is_away_now_and_some_leave_has_no_cover() -> None:
    away = Leave.objects.filter(starts__lte=MONDAY, ends__gte=MONDAY)
    by_scheme = dict(away.values_list("membership__scheme__slug", "cover__user__name"))
    assert set(by_scheme) == set(slugs()) and None in by_scheme.values() and len(set(by_scheme.values())) > 2
    assert Leave.objects.filter(starts__gt=MONDAY, cover=None).count() >= 2


def test_everybody_comes_in_by_every_door() -> None:
    entries = {journey.entry for journey in rows(Journey)}
    assert entries >= {Entry.CLINICIAN, Entry.RECEPTION, Entry.SELF, Entry.VOLUNTARY, Entry.COUNCIL, Entry.CALL_LIST}


def test_statuses_and_placings_are_all_there() -> None:
    referrals = rows(Referral)
    assert {each.status for each in referrals} >= {
        "accepted", "in_progress", "closed", "asked", "paused", "waiting", "lost_contact",
    }  # fmt: skip
    assert {each.placed for each in referrals} >= {"first", "next_nearest", "spot_purchase", "chosen"}
    assert {each.kind for each in referrals} == {"referral", "handover", "rerouted"}
    assert any(each.joined for each in rows(Referral, "millbrook"))
    assert any(each.session for each in referrals)


@pytest.mark.parametrize("slug", [data.slug for data in SCHEMES])
def test_each_scheme_has_something_of_everything(slug: str) -> None:
    assert {bool(each.answered_at) for each in rows(Question, slug)} == {True, False}
    assert {each.status for each in rows(Transfer, slug)} >= {"offered", "taken"}
    assert {each.status for each in rows(Concern, slug)} == {"raised", "owned", "ended"}
    assert {each.status for each in rows(SameDayAlert, slug)} >= {"raised"}
    results = {each.result for each in rows(ContactAttempt, slug)}
    assert results >= {ContactResult.SPOKE, ContactResult.CAME, ContactResult.DID_NOT_COME, ContactResult.NO_ANSWER}
    tasks = rows(Task, slug)
    assert any(each.due_on == MONDAY and each.done_at is None for each in tasks)
    assert any(each.done_at for each in tasks)
    assert rows(Referral, slug, status="paused") and rows(CodedEntry, slug) and rows(MessageBack, slug, read_at=None)
    assert rows(CohortDay, slug, scheme__slug=slug)


def test_what_only_some_schemes_have() -> None:
    unmet = rows(UnmetNeed)
    assert any(each.ended_at for each in unmet) and any(not each.ended_at for each in unmet)
    signposts = rows(Signpost, "northfold")
    assert any(each.followed_at for each in signposts) and any(not each.followed_at for each in signposts)
    calls = [each.status for each in rows(Call, "millbrook")]
    assert {CallStatus.TO_CALL, CallStatus.REFERRED, CallStatus.NO_ANSWER} <= set(calls)
    assert rows(Referral, "northfold", status="waiting")
    assert any(each.kind != Task.Kind.OWN and not each.done_at for each in rows(Task))
    assert any(rows(DigestSent, slug) for slug in slugs())


def test_somebody_was_taken_on_again() -> None:
    again = each_scheme(lambda slug: [each for each in rows(Referral, slug) if each.counted_from and each.accepted_at])
    assert all(again.values())


def test_nobody_is_real() -> None:
    people = rows(Person)
    for person in people:
        numbers = [number for number in (person.mobile, person.landline) if number]
        assert all(RESERVED_PHONE.fullmatch(number) for number in numbers), numbers
        assert person.email == "" or person.email.endswith(".example")
        assert person.nhs_number == "" or person.nhs_number.startswith("999")
        assert person.address_withheld or person.postcode.startswith("ZZ")
    assert len({person.nhs_number for person in people if person.nhs_number}) == len(
        [person for person in people if person.nhs_number]
    )
    assert all(user.email.endswith(".example") for user in User.objects.all())
    phones = [*Organisation.objects.values_list("phone", flat=True), *Team.objects.values_list("phone", flat=True)]
    phones += HelpNow.objects.values_list("phone", flat=True)
    assert all(RESERVED_PHONE.fullmatch(phone) for phone in phones if phone)


def test_the_product_refuses_next_to_nothing_of_the_stories(loaded: list[str]) -> None:
    assert len(loaded) <= 8, loaded


def test_evidence_waits_for_a_practice_and_for_a_person_and_one_letter_was_used() -> None:
    statuses = {request.status for request in rows(EvidenceRequest)}
    assert {"asked", "signed", "used"} <= statuses
    assert all(letter.name.startswith("Dr ") for letter in rows(SignedLetter))


def test_some_people_of_link_workers_have_a_conversation_and_a_plan() -> None:
    for slug in slugs():
        assert len({answer.case_id for answer in rows(Answer, slug)}) >= 1, slug
    goals = rows(Goal)
    assert {goal.status for goal in goals} == {"open"} and len(rows(Step)) > len(goals) > 4
    assert rows(Review) and {taken.measure for taken in rows(Measured)} == {"ons4"}


def test_letters_that_people_brought_can_be_looked_at() -> None:
    brought = rows(File)
    assert {each.title for each in brought} == {"PIP decision", "Bank statement, October"}
    assert {each.status for each in brought} == {"ready"} and all(each.pages for each in brought)
