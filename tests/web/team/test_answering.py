"""Answering a referral from the journey page: buttons by the table, each pressed once or twice, by whom it may be."""

import pytest

from tests.factories import handover_agreed, referral_to, referred
from tests.web.reading import errors, text
from tests.web.working import taken_on
from wraparound.casework.actions import hand_over
from wraparound.consent.agreed import AgreedHow
from wraparound.organisations.actor import acting_as
from wraparound.pathways.vocabulary import Need, Service
from wraparound.referrals.actions import decline
from wraparound.referrals.models import Referral
from wraparound.referrals.reading import answers_to_read
from wraparound.referrals.states import DeclineReason

pytestmark = pytest.mark.django_db


def status(referral: Referral, actor) -> str:
    with acting_as(actor):
        return Referral.objects.get(pk=referral.pk).status


def test_a_referral_leads_to_its_place_on_the_journey(world, sign_in) -> None:
    journey = referred(world)
    referral = referral_to(journey, world.link_worker)
    answer = sign_in(world.link_worker).get(f"/referral/{referral.pk}/")
    assert answer.url == f"/journey/{journey.reference}/#referral-{referral.pk}"


def test_before_acceptance_the_team_reads_what_it_needs_to_answer(world, sign_in) -> None:
    journey = referred(world, reason="Behind with rent", advice_ticked=False)
    shown = text(sign_in(world.link_worker).get(f"/journey/{journey.reference}/"))
    assert "Reason Behind with rent" in shown
    assert "Agreed in person on Monday 23 November." in shown
    assert "Answer by Wednesday 25 November, first contact by Monday 30 November." in shown
    assert "Claim the referral" in shown and "Accept the referral" in shown and "Decline the referral" in shown
    assert "Your work" not in shown


def test_a_receptionist_reads_no_reason(world, sign_in) -> None:
    journey = referred(world, reason="Behind with rent")
    answer = sign_in(world.receptionist).get(f"/journey/{journey.reference}/")
    assert answer.status_code == 200 and "Behind with rent" not in text(answer)


def test_an_exception_is_shown_with_its_reason(world, sign_in) -> None:
    journey = referred(world, agreed_how=AgreedHow.SAFEGUARDING, exception_reason="Not safe to ask")
    shown = text(sign_in(world.link_worker).get(f"/journey/{journey.reference}/"))
    assert "Made without their agreement. Safeguarding concern. Not safe to ask" in shown


def test_claim_put_back_accept(world, sign_in) -> None:
    referral = referral_to(referred(world), world.link_worker)
    browser = sign_in(world.link_worker)
    browser.post(f"/referral/{referral.pk}/claim/")
    assert status(referral, world.link_worker) == "claimed"
    browser.post(f"/referral/{referral.pk}/release/")
    assert status(referral, world.link_worker) == "sent"
    answer = browser.post(f"/referral/{referral.pk}/accept/", follow=True)
    assert "Accepted. Make first contact by Monday 30 November." in text(answer)
    assert "Your work: social prescribing" in text(answer)


def test_what_another_has_claimed_offers_no_buttons_but_to_a_supervisor(world, sign_in) -> None:
    journey = referred(world, advice_ticked=False)
    referral = referral_to(journey, world.link_worker)
    sign_in(world.link_worker).post(f"/referral/{referral.pk}/claim/")
    page = f"/journey/{journey.reference}/"
    assert "Accept the referral" not in text(sign_in(world.second_link_worker).get(page))
    assert "Leila Haddad: accept or decline it" in text(sign_in(world.second_link_worker).get(page))
    assert "Accept the referral" in text(sign_in(world.link_supervisor).get(page))
    refused = sign_in(world.second_link_worker).post(f"/referral/{referral.pk}/accept/", follow=True)
    assert "Leila Haddad has taken this on. Ask them or a supervisor." in text(refused)


def test_declining_asks_why_and_says_who_acts_next(world, sign_in) -> None:
    referral = referral_to(referred(world), world.link_worker)
    browser = sign_in(world.link_worker)
    page = f"/referral/{referral.pk}/decline/"
    assert "Goes back to the referrer. Refer to the service where they live." in text(browser.get(page))
    assert errors(browser.post(page)) == ["Select why your team does not take this on"]
    assert errors(browser.post(page, {"reason": "nonsense"})) != []
    done = browser.post(page, {"reason": "out_of_area"}, follow=True)
    assert "Declined. The referrer is told: Refer to the service where they live." in text(done)
    assert status(referral, world.link_worker) == "declined"
    assert "This has already been declined." in " ".join(errors(browser.post(page, {"reason": "out_of_area"})))


@pytest.mark.parametrize("verb", ["claim", "release", "accept", "decline", "withdraw", "seen"])
def test_another_teams_or_another_schemes_referral_is_not_answered(world, sign_in, verb) -> None:
    journey = referred(world, advice_ticked=False)
    referral = referral_to(journey, world.link_worker)
    stranger = sign_in(world.adviser).post(f"/referral/{referral.pk}/{verb}/", {"reason": "out_of_area"})
    assert stranger.status_code == 404
    assert sign_in(world.clinician).post(f"/referral/{referral.pk}/{verb}/").status_code == 403
    assert status(referral, world.link_worker) == "sent"


def test_a_declined_handover_is_read_by_the_team_that_made_it(world, sign_in) -> None:
    journey, case = taken_on(world, advice_ticked=False)
    with acting_as(world.link_worker):
        handover = hand_over(
            by=world.link_worker, case=case, service=Service.WELFARE_ADVICE, needs=frozenset({Need.DEBT}),
            told="Owes rent since June", agreed=handover_agreed(AgreedHow.IN_PERSON),
        )  # fmt: skip
    assert "Owes rent since June" in text(sign_in(world.adviser).get(f"/journey/{journey.reference}/"))
    with acting_as(world.adviser):
        decline(by=world.adviser, referral=Referral.objects.get(pk=handover.pk), reason=DeclineReason.NO_CAPACITY)
    browser = sign_in(world.link_worker)
    assert "Sent to others, and ended without help" in text(browser.get("/worklist/"))
    assert "I have seen this" in text(browser.get(f"/journey/{journey.reference}/"))
    again = f"/case/{case.pk}/handover/"
    assert "Say this to them" in text(browser.get(again))
    browser.post(f"/referral/{handover.pk}/seen/")
    with acting_as(world.link_worker):
        assert not answers_to_read(world.link_worker)
