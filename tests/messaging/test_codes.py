"""Which code a message carries: once in an episode of social prescribing, and what is not coded at all."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from tests.factories import NOW, World, intake, make_world, referral_to, referred
from tests.messaging.test_messages_back import messages, write_all
from wraparound.casework.actions import accept, close, record_contact
from wraparound.casework.models import Case, ContactBy, ContactResult
from wraparound.documents.message_back import (
    REFERRED_TO_SOCIAL_PRESCRIBING,
    SOCIAL_PRESCRIBING_DECLINED,
    MessageBackContent,
    SnomedCode,
)
from wraparound.documents.pdf import message_back_pdf
from wraparound.messaging.coding import Told, code_for
from wraparound.messaging.models import CodedEntry, MessageBack, Occasion
from wraparound.organisations.actor import Actor, acting_as
from wraparound.pathways.vocabulary import Service
from wraparound.referrals.actions import decline, refer
from wraparound.referrals.models import Journey, Referral
from wraparound.referrals.states import DeclineReason, Outcome

REFERRED, DECLINED = REFERRED_TO_SOCIAL_PRESCRIBING, SOCIAL_PRESCRIBING_DECLINED
SOCIAL, ADVICE = (Service.SOCIAL_PRESCRIBING,), (Service.WELFARE_ADVICE,)
BOTH, JOINED = (*SOCIAL, *ADVICE), (*ADVICE, *SOCIAL)
NO = DeclineReason.PERSON_SAID_NO


@pytest.mark.parametrize("services", [SOCIAL, BOTH, JOINED])
@pytest.mark.parametrize(
    ("occasion", "reason", "given", "code"),
    [
        (Occasion.IN_CONTACT, "", (), REFERRED),
        (Occasion.IN_CONTACT, "", (REFERRED.code,), None),
        (Occasion.IN_CONTACT, "", (DECLINED.code,), REFERRED),
        (Occasion.IN_CONTACT, "", (DECLINED.code, REFERRED.code), None),
        (Occasion.DECLINED, NO, (), DECLINED),
        (Occasion.DECLINED, NO, (DECLINED.code,), None),
        (Occasion.DECLINED, NO, (REFERRED.code,), None),
    ],
)
def test_social_prescribing_is_coded_once(
    services: tuple[str, ...], occasion: Occasion, reason: str, given: tuple[str, ...], code: SnomedCode | None
) -> None:
    assert code_for(Told(occasion, services, reason), given) == code


@pytest.mark.parametrize(("occasion", "reason"), list(product(Occasion, ["", *DeclineReason])))
def test_advice_alone_is_never_coded(occasion: Occasion, reason: str) -> None:
    assert code_for(Told(occasion, ADVICE, reason), given=()) is None


@pytest.mark.parametrize(("occasion", "reason"), list(product(Occasion, ["", *DeclineReason])))
def test_nothing_else_is_coded(occasion: Occasion, reason: str) -> None:
    """A service's own no is not the person's, and neither silence nor an ending is a first interaction."""
    coded = code_for(Told(occasion, SOCIAL, reason), given=())
    assert (coded is None) == (occasion != Occasion.IN_CONTACT and (occasion, reason) != (Occasion.DECLINED, NO))


def reached(world: World, journey: Journey, by: Actor, times: int = 1) -> Case:
    with acting_as(by):
        case = accept(by=by, referral=referral_to(journey, by))
        for time in range(times):
            later = replace(by, moment=by.now() + timedelta(days=time))
            record_contact(by=later, case=case, channel=ContactBy.PHONE, result=ContactResult.SPOKE)
    return case


def again(world: World, journey: Journey, at: timedelta, by: Actor | None = None) -> Journey:
    """Another referral of the same person to social prescribing."""
    actor = (by or world.clinician).at(NOW + at)
    with acting_as(actor):
        return refer(by=actor, intake=intake(person=None, person_id=journey.person_id, advice_ticked=False))


def codes(world: World) -> list[str]:
    with acting_as(world.clinician):
        return list(CodedEntry.objects.visible_to(world.clinician).order_by("pk").values_list("code", flat=True))


pytestmark_db = pytest.mark.django_db


@pytestmark_db
def test_the_first_contact_is_told_with_the_code_and_the_second_is_not_told() -> None:
    world = make_world()
    journey = referred(world, advice_ticked=False)
    reached(world, journey, world.link_worker, times=3)
    write_all()
    told = messages(world, journey)
    assert [message.occasion for message in told] == [Occasion.ACCEPTED, Occasion.IN_CONTACT]
    assert [message.content["codes"] for message in told] == [[], [{"code": REFERRED.code, "term": REFERRED.term}]]
    assert codes(world) == [REFERRED.code]


@pytestmark_db
def test_an_adviser_in_contact_codes_nothing_and_writes_no_message_of_it() -> None:
    world = make_world()
    journey = referred(world)
    reached(world, journey, world.adviser)
    write_all()
    assert [message.occasion for message in messages(world, journey)] == [Occasion.ACCEPTED]
    assert codes(world) == []


@pytestmark_db
def test_an_advisers_contact_that_is_also_social_prescribing_is_coded() -> None:
    world = make_world()
    journey = referred(world)
    with acting_as(world.adviser):
        Referral.objects.filter(journey=journey, service="welfare_advice").update(joined=["social_prescribing"])
    reached(world, journey, world.adviser)
    write_all()
    message = messages(world, journey)[-1]
    assert codes(world) == [REFERRED.code]
    assert message.content["service"] == "Welfare advice and social prescribing"


@pytestmark_db
@pytest.mark.parametrize(
    ("reason", "code"), [(NO, [DECLINED.code]), (DeclineReason.NO_CAPACITY, []), (DeclineReason.NOT_FOR_US, [])]
)
def test_what_the_person_declined_is_coded_and_what_the_service_declined_is_not(
    reason: DeclineReason, code: list[str]
) -> None:
    world = make_world()
    journey = referred(world)
    for by in (world.link_worker, world.adviser):
        with acting_as(by):
            decline(by=by, referral=referral_to(journey, by), reason=reason)
    write_all()
    assert codes(world) == code
    assert len(messages(world, journey)) == 2


@pytestmark_db
def test_a_second_referral_in_the_same_episode_is_not_coded_again() -> None:
    world = make_world()
    journey = referred(world, advice_ticked=False)
    case = reached(world, journey, world.link_worker)
    write_all()
    with acting_as(world.link_worker):
        later = world.link_worker.at(NOW + timedelta(days=30))
        close(by=later, case=Case.objects.get(pk=case.pk), outcome=Outcome.HELPED)
    second = again(world, journey, timedelta(days=20))
    reached(world, second, world.second_link_worker.at(NOW + timedelta(days=41)))
    write_all()
    assert codes(world) == [REFERRED.code]
    assert [message.occasion for message in messages(world, second)] == [Occasion.ACCEPTED, Occasion.IN_CONTACT]


@pytestmark_db
def test_a_new_episode_is_coded_again() -> None:
    world = make_world()
    journey = referred(world, advice_ticked=False)
    case = reached(world, journey, world.link_worker)
    write_all()
    with acting_as(world.link_worker):
        close(by=world.link_worker, case=Case.objects.get(pk=case.pk), outcome=Outcome.HELPED)
    reached(world, again(world, journey, timedelta(days=40)), world.link_worker.at(NOW + timedelta(days=41)))
    write_all()
    assert codes(world) == [REFERRED.code, REFERRED.code]


@pytestmark_db
def test_another_senders_episode_counts_though_its_entry_is_not_seen() -> None:
    world = make_world()
    journey = referred(world, advice_ticked=False)
    reached(world, journey, world.link_worker)
    write_all()
    theirs = referred(world, by=world.other_clinician.at(NOW + timedelta(days=2)), advice_ticked=False)
    assert theirs.person_id == journey.person_id
    reached(world, theirs, world.link_worker.at(NOW + timedelta(days=3)))
    write_all()
    with acting_as(world.other_clinician):
        assert not CodedEntry.objects.exists()
        message = MessageBack.objects.get(journey=theirs, occasion=Occasion.IN_CONTACT)
        assert message.content["codes"] == []


@pytestmark_db
def test_in_a_scheme_of_codes_only_a_message_says_nothing_of_the_work() -> None:
    world = make_world()
    world.scheme.codes_only = True
    world.scheme.save(update_fields=["codes_only"])
    journey = referred(world, advice_ticked=False)
    reached(world, journey, world.link_worker)
    write_all()
    message = messages(world, journey)[-1]
    content = MessageBackContent.from_json(message.content)
    assert (content.reference, content.occasion, content.codes) == (
        journey.reference,
        "In contact with the person",
        (REFERRED,),
    )
    assert not (content.needs or content.support or content.outcome or content.next_step or content.whose_turn)
    with acting_as(world.clinician):
        assert bytes(message.pdf or b"") == message_back_pdf(content)
