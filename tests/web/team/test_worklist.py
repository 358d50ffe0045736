"""The worklist: what is on it, in which order, and who claims."""

import re

import pytest

from tests.factories import details, referral_to, referred
from tests.web.reading import text
from tests.web.working import questions
from wraparound.organisations.actor import acting_as
from wraparound.pathways.vocabulary import Need, UrgentFlag
from wraparound.people.models import Person
from wraparound.referrals.actions import claim
from wraparound.referrals.models import Referral

pytestmark = pytest.mark.django_db
BAILIFFS = frozenset({UrgentFlag.BAILIFFS_DUE})


def people(number: int):
    strangers = {"family_name": "Test", "date_of_birth": None, "postcode": ""}
    return [details(given_names=f"Person{number:02}", **strangers) for number in range(number)]


def names(html: str) -> list[str]:
    return re.findall(r'class="wr-worklist__name"[^>]*>([^<]+)<', html)


def test_a_row_says_who_what_from_whom_whose_turn_and_by_when(world, sign_in) -> None:
    referred(world, needs=frozenset({Need.BENEFITS, Need.LONELINESS}))
    shown = text(sign_in(world.link_worker).get("/worklist/"))
    assert "Rosa Duarte 46" in shown
    assert "Benefits, Loneliness" in shown
    assert "Referral from Elm Street Surgery" in shown
    assert "Your team’s: claim and answer it by Wednesday 25 November" in shown
    assert "Since today" in shown


def test_urgent_comes_first_and_filters_stay_in_the_address(world, sign_in) -> None:
    ordinary, urgent = people(2)
    referred(world, person=ordinary)
    referred(world, person=urgent, urgent_flags=BAILIFFS)
    browser = sign_in(world.adviser)
    assert names(browser.get("/worklist/").content.decode()) == ["Person01 Test", "Person00 Test"]
    html = browser.get("/worklist/?urgent=yes").content.decode()
    assert names(html) == ["Person01 Test"]
    assert "?whose=mine&amp;urgent=yes" in html
    assert names(browser.get("/worklist/?whose=mine").content.decode()) == []


def test_contact_with_care_is_marked_and_leads_to_the_instructions(world, sign_in) -> None:
    journey = referred(world)
    with acting_as(world.clinician):
        Person.objects.filter(pk=journey.person_id).update(voicemail="no")
    assert (
        f'/journey/{journey.reference}/#safe-contact"' in sign_in(world.link_worker).get("/worklist/").content.decode()
    )


def test_pages_follow_each_other_by_key_without_a_gap(world, sign_in) -> None:
    for person in people(30):
        referred(world, person=person)
    browser = sign_in(world.link_worker)
    first = browser.get("/worklist/").content.decode()
    following = re.search(r'href="(\?[^"]*after=[^"]*)" rel="next"', first)[1].replace("&amp;", "&")
    second = browser.get("/worklist/" + following).content.decode()
    assert len(names(first)) == 25 and len(names(second)) == 5
    assert not set(names(first)) & set(names(second))


def test_claiming_in_the_row_comes_back_to_the_same_list_and_twice_does_no_harm(world, sign_in) -> None:
    referral = referral_to(referred(world), world.link_worker)
    browser = sign_in(world.link_worker)
    sent = browser.post(f"/referral/{referral.pk}/claim/", {"worklist": "whose=unclaimed"})
    assert sent.url == "/worklist/?whose=unclaimed"
    assert "Claimed. It is yours to accept or decline by Wednesday 25 November." in text(browser.get(sent.url))
    again = browser.post(f"/referral/{referral.pk}/claim/", {"worklist": ""}, follow=True)
    assert "You have already done this." in text(again)


def test_who_comes_second_reads_who_was_first(world, sign_in) -> None:
    referral = referral_to(referred(world), world.link_worker)
    with acting_as(world.link_worker):
        claim(by=world.link_worker, referral=referral)
    answer = sign_in(world.second_link_worker).post(f"/referral/{referral.pk}/claim/", {"worklist": ""}, follow=True)
    assert "Leila Haddad has already claimed this." in text(answer)
    with acting_as(world.link_worker):
        assert Referral.objects.get(pk=referral.pk).worker_id == world.link_worker.user_id


def test_an_empty_worklist_says_what_will_come(world, sign_in) -> None:
    assert "Nothing is waiting." in text(sign_in(world.link_worker).get("/worklist/"))
    assert "Nothing here matches" in text(sign_in(world.link_worker).get("/worklist/?whose=mine"))


def test_a_role_without_a_worklist_is_refused_with_its_sentence(world, sign_in) -> None:
    answer = sign_in(world.clinician).get("/worklist/")
    assert answer.status_code == 403 and "Your role has no worklist." in text(answer)


def test_the_database_is_asked_as_often_for_50_rows_as_for_5(world, sign_in) -> None:
    browser = sign_in(world.link_worker)
    everybody = people(50)
    for person in everybody[:5]:
        referred(world, person=person)
    few = questions(browser, "/worklist/")
    for person in everybody[5:]:
        referred(world, person=person)
    assert questions(browser, "/worklist/") == few < 25


@pytest.mark.parametrize(
    "query", ["after=nonsense", "after=1~2~3", "after=~~", "status=nonsense", "whose=%00", "after=9~2026-11-23~1"]
)
def test_an_address_that_makes_no_sense_still_answers(world, sign_in, query) -> None:
    referred(world)
    assert sign_in(world.link_worker).get(f"/worklist/?{query}").status_code == 200
