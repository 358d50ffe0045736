"""Evidence is asked with a signed mandate, reaches both ends alone, and goes nowhere before the person agrees."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import Error, connection, transaction

from tests.factories import NOW, World, make_world, member
from tests.house.consenting import a_mandate
from tests.house.evidence import (
    LETTER,
    PICK,
    a_letter,
    a_request,
    an_advice_case,
    asked_for,
    let_use,
    on_paper,
    picked,
    prepared,
    sent_with_pick,
)
from wraparound.audit.models import Access, Why
from wraparound.consent.actions import take_back
from wraparound.consent.agreed import AgreedHow
from wraparound.consent.models import Consent, TakenBackHow
from wraparound.events.action import Refused
from wraparound.evidence.answering import leave_out, send_back, sign
from wraparound.evidence.asking import ask, send
from wraparound.evidence.drafting import TO_WRITE
from wraparound.evidence.ending import withdraw
from wraparound.evidence.models import EvidenceRequest, LetterPaper, SignedLetter
from wraparound.evidence.points import Benefit
from wraparound.evidence.reading import asked_request, own_request, to_answer, to_follow
from wraparound.evidence.states import EvidenceStatus, Fee, UsedFor
from wraparound.evidence.tasks import end_what_rested, set_paper
from wraparound.evidence.using import use, write_down_paper
from wraparound.organisations.actor import Actor, acting_as, system
from wraparound.organisations.models import Organisation
from wraparound.organisations.roles import Role
from wraparound.people.models import Person, Restriction
from wraparound.referrals.models import Journey
from wraparound.referrals.restricting import restrict

pytestmark = pytest.mark.django_db


def now(request: EvidenceRequest, by: Actor) -> EvidenceRequest:
    with acting_as(by):
        return EvidenceRequest.objects.visible_to(by).get(pk=request.pk)


def refused(code: str) -> pytest.RaisesExc[Refused]:
    return pytest.raises(Refused, check=lambda each: each.code == code)


def asks(world: World, **changes: object) -> EvidenceRequest:
    case = an_advice_case(world)
    with acting_as(world.adviser):
        return ask(by=world.adviser, case=case, asked=asked_for(world, **changes))


def test_without_a_mandate_nobody_is_asked() -> None:
    with refused("no_mandate"):
        asks(make_world())


def test_with_one_that_nobody_signed_nobody_is_asked() -> None:
    world = make_world()
    case = an_advice_case(world)
    with acting_as(world.adviser):
        journey = Journey.objects.select_related("person").get(pk=case.journey_id)
    a_mandate(world, journey, world.adviser)
    with acting_as(world.adviser), refused("not_signed"):
        ask(by=world.adviser, case=case, asked=asked_for(world))


def test_one_that_was_taken_back_is_none() -> None:
    world = make_world()
    request = a_request(world)
    with acting_as(world.adviser):
        take_back(by=world.adviser, consent=Consent.objects.get(pk=request.consent_id), how=TakenBackHow.BY_PHONE)
        with refused("no_mandate"):
            ask(by=world.adviser, case=request.case, asked=asked_for(world, benefit=Benefit.UC, points=["wca-1"]))


def test_taken_back_it_ends_what_waits_and_keeps_what_was_signed() -> None:
    world = make_world()
    signed = a_letter(world).request
    waits = a_request(world)
    assert now(waits, world.clinician).status == EvidenceStatus.ASKED
    clock = system(world.scheme, world.advice.organisation_id).at(NOW)
    end_what_rested.now(by=clock, consents=[signed.consent_id, waits.consent_id])
    assert now(waits, world.adviser).status == EvidenceStatus.WITHDRAWN
    assert now(signed, world.adviser).status == EvidenceStatus.SIGNED


def test_what_is_asked_reaches_the_practice_and_the_person_can_be_shown_that() -> None:
    world = make_world()
    request = a_request(world)
    with acting_as(world.clinician):
        assert [each.pk for each in to_answer(world.clinician)] == [request.pk]
        assert request.draft.count(TO_WRITE) == 2
    with acting_as(world.adviser):
        told = Access.objects.get(page="evidence-asked")
    assert (told.person_id, told.to_organisation_id, told.why) == (request.person_id, world.practice.pk, Why.AUTHORITY)


def test_what_is_being_prepared_is_the_advisers_own() -> None:
    world = make_world()
    request = picked(world)
    with acting_as(world.clinician):
        assert not to_answer(world.clinician)
        with pytest.raises(EvidenceRequest.DoesNotExist):
            asked_request(world.clinician, request.pk)
    with acting_as(world.adviser):
        assert own_request(world.adviser, request.pk).picks[0]["quote"] == PICK.quote in request.draft
        send(by=world.adviser, request=request, words="")
    with acting_as(world.clinician):
        assert asked_request(world.clinician, request.pk)


def test_a_hospital_that_has_nothing_to_do_with_them_yet_can_open_the_person_for_it() -> None:
    world = make_world()
    hospital = Organisation.objects.get(pk=world.ward.organisation_id)
    consultant = member(world.scheme, hospital, Role.CLINICIAN, "Dr Bea Lindqvist")
    request = a_request(world, to=hospital)
    with acting_as(consultant):
        assert [each.person.name for each in to_answer(consultant)] == ["Rosa Duarte"]
    with acting_as(world.adviser):
        withdraw(by=world.adviser, request=request, why="The claim was awarded.")
    with acting_as(consultant):
        assert not Person.objects.visible_to(consultant).exists()


@pytest.mark.parametrize("chair", ["receptionist", "link_worker", "other_clinician", "commissioner", "practice_lead"])
def test_nobody_else_sees_it_by_the_filter_or_in_sql(chair: str) -> None:
    world = make_world()
    a_letter(world)
    by = world.actors[chair]
    with acting_as(by), connection.cursor() as cursor:
        assert not EvidenceRequest.objects.visible_to(by).exists()
        for table in ("evidencerequest", "signedletter", "letterpaper"):
            assert cursor.execute(f"SELECT count(*) FROM evidence_{table}").fetchone() == (0,)


def test_a_restricted_record_keeps_it_from_who_may_not_read() -> None:
    world = make_world()
    request = a_request(world)
    with acting_as(world.link_supervisor):
        restrict(by=world.link_supervisor, person=request.person, why=Restriction.Why.STAFF, readers=[], kept_from=[])
    with acting_as(world.clinician):
        assert not EvidenceRequest.objects.exists() and not to_answer(world.clinician)


def test_a_letter_with_a_heading_that_nobody_wrote_under_is_not_signed() -> None:
    world = make_world()
    request = a_request(world)
    with acting_as(world.clinician), refused("not_written"):
        sign(by=world.clinician, request=request, text=request.draft, name="Dr Okafor", fee=Fee.NONE)


def test_what_was_signed_never_changes() -> None:
    world = make_world()
    letter = a_letter(world)
    assert (letter.version, letter.said["text"], letter.name) == (1, LETTER, "Dr Amara Okafor, GP")
    with acting_as(world.clinician):
        for statement in ("UPDATE evidence_signedletter SET name = 'Somebody'", "DELETE FROM evidence_signedletter"):
            with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
        with refused("too_late"):
            sign(by=world.clinician, request=letter.request, text="Another", name="Dr Okafor", fee=Fee.NONE)
    assert "Dr Amara Okafor, GP, for Elm Street Surgery" in letter.said["signed"]


def test_it_goes_nowhere_before_the_person_agrees() -> None:
    world = make_world()
    request = a_letter(world).request
    with acting_as(world.adviser), refused("too_late"):
        use(by=world.adviser, request=request, used_for=UsedFor.TRIBUNAL, on=NOW.date())
    assert let_use(world).agreed_how == AgreedHow.BY_PHONE


def test_a_fee_has_a_sum() -> None:
    world = make_world()
    request = a_request(world)
    with acting_as(world.clinician), refused("no_sum"):
        sign(by=world.clinician, request=request, text=LETTER, name="Dr Okafor", fee=Fee.ASKED)


def test_a_passage_that_is_left_out_is_gone_for_both_ends() -> None:
    world = make_world()
    request = sent_with_pick(world)
    assert PICK.quote in request.draft
    with acting_as(world.clinician):
        left = leave_out(by=world.clinician, request=request, number=0, why="others")
        assert PICK.quote not in left.draft and left.picks[0]["quote"] == ""
        with refused("no_such_passage"):
            leave_out(by=world.clinician, request=request, number=5, why="others")


def test_sent_back_it_is_the_advisers_turn_and_can_be_asked_again() -> None:
    world = make_world()
    request = a_request(world)
    with acting_as(world.clinician):
        send_back(by=world.clinician, request=request, why="Which decision is it?")
        assert not to_answer(world.clinician)
    with acting_as(world.adviser):
        [waiting] = to_follow(world.adviser)
        assert waiting.sent_back_why == "Which decision is it?"
        send(by=world.adviser, request=waiting, words="The one of 1 October")
    with acting_as(world.clinician):
        [again] = to_answer(world.clinician)
        assert "1 October" in again.draft


def test_special_rules_come_first() -> None:
    world = make_world()
    ordinary = a_request(world)
    fast = a_request(world, ordinary.case, special_rules=True, points=["pip-2"])
    assert fast.due_at and ordinary.due_at and fast.due_at < ordinary.due_at
    with acting_as(world.clinician):
        assert [each.pk for each in to_answer(world.clinician)] == [fast.pk, ordinary.pk]


def test_what_is_late_comes_back_to_the_adviser() -> None:
    world = make_world()
    request = a_request(world)
    later = world.adviser.at(NOW + timedelta(days=30))
    with acting_as(world.adviser):
        assert not to_follow(world.adviser)
    with acting_as(later):
        assert [each.pk for each in to_follow(later)] == [request.pk]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"to": None}, "nobody"),
        ({"points": ["wca-1"]}, "no_such_point"),
        ({"points": []}, "nothing_asked"),
        ({"words": "x" * 2001}, "too_long"),
        ({"deadline_on": NOW.date()}, "too_early"),
    ],
)
def test_what_cannot_be_asked(changes: dict[str, object], code: str) -> None:
    with refused(code):
        a_request(make_world(), **changes)


def test_somebody_outside_gets_a_paper_and_theirs_is_written_down() -> None:
    world = make_world()
    request = on_paper(world)
    said = {"name": "Dr Lee, consultant", "on": NOW.date(), "kept_at": "Room 4", "text": LETTER}
    with acting_as(world.adviser):
        letter = write_down_paper(by=world.adviser, request=request, **said)
    assert letter.kept_at == "Room 4" and "Ward 7, Eastmarsh Hospital" in letter.said["signed"]


def test_a_signed_letter_is_set_as_an_accessible_document() -> None:
    world = make_world()
    letter = a_letter(world)
    by = world.clinician
    with acting_as(by):
        paper = LetterPaper.objects.get(letter=letter)
    set_paper.now(by=by, paper_id=paper.pk)
    with acting_as(world.adviser):
        made = LetterPaper.objects.visible_to(world.adviser).get(pk=paper.pk)
    assert made.pdf and bytes(made.pdf).startswith(b"%PDF") and b"pdfuaid" in bytes(made.pdf)


def test_the_asking_end_cannot_sign_and_the_other_cannot_ask() -> None:
    world = make_world()
    request = prepared(world)
    with acting_as(world.clinician), pytest.raises((Refused, EvidenceRequest.DoesNotExist)):
        send(by=world.clinician, request=request, words="")
    sent = a_request(world)
    both = replace(world.adviser, role=Role.CLINICIAN)
    with acting_as(both), refused("not_yours"):
        sign(by=both, request=sent, text=LETTER, name="Dr Okafor", fee=Fee.NONE)
    with acting_as(world.adviser):
        assert not SignedLetter.objects.visible_to(world.adviser).exists()
