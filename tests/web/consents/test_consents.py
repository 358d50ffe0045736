"""The pages of what a person has agreed to: read, asked apart, confirmed again, taken back."""

from datetime import timedelta

import pytest

from tests.factories import World
from tests.house.consenting import shared
from tests.web.reading import errors, text
from tests.web.working import taken_on
from wraparound.consent.agreed import ASKED_APART
from wraparound.consent.models import Consent
from wraparound.organisations.actor import acting_as
from wraparound.pathways.vocabulary import ConsentFor
from wraparound.referrals.models import Journey

pytestmark = pytest.mark.django_db

ANSWERS = {"agreed_how": "by_phone", "given_by": "person", "capacity": "no_doubt"}


def the_one(world: World, purpose: ConsentFor) -> Consent:
    with acting_as(world.link_worker):
        return Consent.objects.get(purpose=purpose)


def test_a_referral_shows_what_was_agreed_with_it_to_whom_and_about_what(world, sign_in) -> None:
    journey, _ = taken_on(world)
    browser = sign_in(world.link_worker)
    assert f"/journey/{journey.reference}/consents/" in browser.get(f"/journey/{journey.reference}/").content.decode()
    shown = text(browser.get(f"/journey/{journey.reference}/consents/"))
    for words in ("Share between the services In force", "Tell the referrer how it went In force",
                  "your name, contact details", "As long as the case is open", "Written down by"):  # fmt: skip
        assert words in shown


def test_taking_back_says_what_follows_and_what_one_no_longer_sees(world, sign_in) -> None:
    consent = shared(world)
    adviser = sign_in(world.adviser)
    with acting_as(world.adviser):
        reference = Journey.objects.get(person_id=consent.person_id).reference
    asked = text(adviser.get(f"/consents/{consent.pk}/take-back/"))
    assert "Each service then reads only its own part" in asked and "You need no reason" in asked
    assert errors(adviser.post(f"/consents/{consent.pk}/take-back/")) == ["Select how they told you"]
    adviser.post(f"/consents/{consent.pk}/take-back/", {"how": "by_phone"})
    shown = text(sign_in(world.link_worker).get(f"/journey/{reference}/"))
    assert "They do not want the services to share what they know." in shown
    assert "The person took back what they had agreed to: share between the services." in shown
    assert world.advice.name not in shown
    assert "Taken back" in text(adviser.get(f"/journey/{reference}/consents/"))


def test_the_referrer_reads_that_they_are_told_no_more(world, sign_in) -> None:
    journey, _ = taken_on(world)
    consent = the_one(world, ConsentFor.TELL_REFERRER_OUTCOME)
    sign_in(world.link_worker).post(f"/consents/{consent.pk}/take-back/", {"how": "in_person"})
    shown = text(sign_in(world.clinician).get(f"/referrals/{journey.reference}/"))
    assert "They do not want whoever referred them to be told more." in shown
    assert "Accepted" not in shown


def test_half_a_year_on_it_is_asked_again_and_stands_meanwhile(world, sign_in) -> None:
    journey, _ = taken_on(world)
    consent, browser = the_one(world, ConsentFor.SHARE_BETWEEN_SERVICES), sign_in(world.link_worker)
    with acting_as(world.link_worker):
        Consent.objects.filter(pk=consent.pk).update(ask_again_on=world.link_worker.today() - timedelta(days=1))
    assert "Ask whether they still agree: share between the services" in text(browser.get("/home/"))
    shown = text(browser.get(f"/journey/{journey.reference}/consents/"))
    assert "In force, to be confirmed again" in shown
    said = text(browser.post(f"/consents/{consent.pk}/confirm/", follow=True))
    assert "Confirmed. You are asked again in half a year." in said and "to be confirmed again" not in said
    assert "Ask whether they still agree" not in text(browser.get("/home/"))


@pytest.mark.parametrize("purpose", ["contact_for_feedback", "use_in_research", "read_health_record"])
def test_something_else_is_asked_in_its_own_words_and_written_down(world, sign_in, purpose: str) -> None:
    journey, _ = taken_on(world)
    browser, address = sign_in(world.link_worker), f"/journey/{journey.reference}/consents/ask/{purpose}/"
    assert ASKED_APART[ConsentFor(purpose)].words in text(browser.get(address))
    to = {"to": str(world.advice.organisation_id)} if purpose == "read_health_record" else {}
    assert (f'<option value="{world.advice.organisation_id}"' in browser.get(address).content.decode()) == bool(to)
    assert browser.post(address, {**ANSWERS, **to}).status_code == 302
    consent = the_one(world, ConsentFor(purpose))
    assert consent.to_organisation_ids == [world.advice.organisation_id if to else world.link_worker.organisation_id]


def test_bad_answers_are_said_beside_their_fields_and_nothing_is_written(world, sign_in) -> None:
    journey, _ = taken_on(world)
    browser, address = sign_in(world.link_worker), f"/journey/{journey.reference}/consents/ask/onward_referral/"
    assert errors(browser.post(address, {})) == [
        "Select the organisation", "Select how they agreed", "Select who agreed",
        "Select whether they can decide this themselves",
    ]  # fmt: skip
    assert errors(browser.post(address, {**ANSWERS, "to": "outside"})) == ["Enter the name of the organisation"]
    past = {"until-day": "1", "until-month": "1", "until-year": "2020"}
    over = errors(browser.post(address, {**ANSWERS, **past, "to": "outside", "to_named": "Food bank, Bow Road"}))
    assert len(over) == 1
    cannot = {**ANSWERS, "capacity": "cannot_decide", "capacity_note": "Forgets", "to": "outside", "to_named": "Bank"}
    assert errors(browser.post(address, cannot)) == [
        "Who cannot decide this cannot agree to it. Choose an attorney or deputy, or a best-interests decision."
    ]
    with acting_as(world.link_worker):
        assert not Consent.objects.filter(purpose=ConsentFor.ONWARD_REFERRAL).exists()


def test_what_is_not_asked_apart_has_no_page(world, sign_in) -> None:
    journey, _ = taken_on(world)
    for purpose in ("share_between_services", "everything"):
        assert sign_in(world.link_worker).get(
            f"/journey/{journey.reference}/consents/ask/{purpose}/"
        ).status_code == 404  # fmt: skip
