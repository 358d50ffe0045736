"""Call lists as callers see them: made, filled, called, and counted."""

import re
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.factories import World, details, referred
from tests.web.conftest import SignIn
from tests.web.reading import errors, text
from tests.web.working import an_hour_later, questions
from wraparound.audit.models import Access
from wraparound.organisations.actor import acting_as
from wraparound.organisations.models import Scheme
from wraparound.organisations.pathways import publish
from wraparound.pathways.library import load
from wraparound.people.actions import change_contact
from wraparound.people.models import Person
from wraparound.referrals.calling import add_people_to_call_list, make_call_list, take_call
from wraparound.referrals.models import Call, CallList, Journey

__all__ = ["an_hour_later"]

GOOD = "name,birth date,NHS number,phone,language\nNgozi Adichie,3/7/1968,,07700 900456,Igbo\n"
BAD = "Nobody,,,,\nRosa Duarte,31/2/1980,,07700900123,\n"


def a_list(world: World, people: int = 1) -> CallList:
    by = world.receptionist
    with acting_as(by):
        made = make_call_list(by=by, name="Winter", why="We ring people before winter.")
        rows = [details(family_name=f"Silva{n}", date_of_birth=None, postcode="") for n in range(people)]
        add_people_to_call_list(by=by, call_list=made, people=rows)
    return made


def call_of(world: World, made: CallList) -> Call:
    with acting_as(world.receptionist):
        return Call.objects.select_related("person").filter(call_list=made).earliest("pk")


def sent_file(client: Client, made: CallList, content: str) -> object:
    return client.post(f"/call-lists/{made.pk}/file/", {"people": SimpleUploadedFile("p.csv", content.encode())})


def test_a_list_is_made_and_found_again(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.receptionist)
    assert "There are no call lists yet" in text(client.get("/call-lists/"))
    made = client.post("/call-lists/new/", {"name": "Winter", "why": "Before winter"})
    page = text(client.get(made["Location"]))
    assert "Nobody is on this list yet" in page and "Now put people on it" in page
    assert "Winter" in text(sign_in(world.clinician).get("/call-lists/"))
    assert "Winter" not in text(sign_in(world.other_clinician).get("/call-lists/"))


def test_what_is_missing_is_said(world: World, sign_in: SignIn) -> None:
    page = sign_in(world.receptionist).post("/call-lists/new/", {"name": "Winter"})
    assert errors(page) == ["Enter why you are calling, in words that a caller can read out"]
    assert 'value="Winter"' in page.content.decode()


def test_a_file_is_looked_at_before_anybody_is_added(world: World, sign_in: SignIn) -> None:
    made, client = a_list(world, 0), sign_in(world.receptionist)
    page = sent_file(client, made, GOOD + BAD)
    said = text(page)
    assert "Nothing is added yet. 1 row can be used, 2 rows cannot." in said
    assert "There is no phone number. There is no birth date and no NHS number." in said
    assert "The birth date must be like 27/03/1980." in said
    with acting_as(world.receptionist):
        assert not Person.objects.exists()
    kept = re.search(r'name="text" value="([^"]*)"', page.content.decode())  # type: ignore[attr-defined]
    assert kept
    added = client.post(f"/call-lists/{made.pk}/file/", {"text": GOOD + BAD, "do": "add"}, follow=True)
    assert "1 person put on the list." in text(added)
    assert "Ngozi Adichie" in text(added) and "Igbo" in text(added)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("who,when\n", "The first line must name the columns"),
        ("", "The file is empty"),
        ("x" * 500_001, "smaller than"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(world: World, sign_in: SignIn, content: str, said: str) -> None:
    [error] = errors(sent_file(sign_in(world.receptionist), a_list(world, 0), content))
    assert said in error


def test_no_file_at_all_is_asked_for(world: World, sign_in: SignIn) -> None:
    page = sign_in(world.receptionist).post(f"/call-lists/{a_list(world, 0).pk}/file/", {})
    assert errors(page) == ["Choose a file"]


def test_somebody_known_is_searched_for_and_added(world: World, sign_in: SignIn) -> None:
    journey, made, client = referred(world), a_list(world, 0), sign_in(world.receptionist)
    assert "Rosa Duarte" not in text(client.get(f"/call-lists/{made.pk}/add/?words=rosa"))
    asked = {"words": "rosa", "born-day": "29", "born-month": "2", "born-year": "1980"}
    assert "Rosa Duarte" in text(client.post(f"/call-lists/{made.pk}/add/", asked))
    page = client.post(f"/call-lists/{made.pk}/add/", {"person": [journey.person_id, "x", "9" * 30]}, follow=True)
    assert "1 person put on the list." in text(page)
    assert "1 was on it already" in text(
        client.post(f"/call-lists/{made.pk}/add/", {"person": journey.person_id}, follow=True)
    )


def test_whoever_selects_nobody_has_found_them_still(world: World, sign_in: SignIn) -> None:
    journey, made, client = referred(world), a_list(world, 0), sign_in(world.receptionist)
    address = f"/call-lists/{made.pk}/add/"
    page = client.post(address, {"words": "rosa", "do": "add"})
    assert errors(page) == ["Select at least one person"]
    assert 'id="person-error"' in page.content.decode()
    assert f'id="person-{journey.person_id}"' in page.content.decode()
    assert '<input type="hidden" name="words" value="rosa">' in page.content.decode()


def test_the_call_page_begins_with_how_to_call_safely(world: World, sign_in: SignIn) -> None:
    made, client = a_list(world), sign_in(world.receptionist)
    person = call_of(world, made).person
    with acting_as(world.receptionist):
        care = {"contact_notes": "Her partner answers", "preferred_language": "Igbo", "interpreter_needed": True}
        change_contact(by=world.receptionist, person=person, changes=care)
    page = text(client.post(f"/call-lists/{made.pk}/next/", follow=True))
    care, language = page.index("Her partner answers"), page.index("Needs an interpreter")
    number, script = page.index("07700 900123"), page.index("Do you have any money worries")
    assert care < language < number < script
    assert "I am calling from Elm Street Surgery. We ring people before winter." in page
    with acting_as(world.receptionist):
        assert Access.objects.filter(person=person, page="call").exists()


def test_another_caller_reads_who_has_it_and_no_number(world: World, sign_in: SignIn) -> None:
    made = a_list(world)
    call = call_of(world, made)
    sign_in(world.receptionist).post(f"/calls/{call.pk}/take/")
    other = sign_in(world.clinician)
    page = text(other.get(f"/calls/{call.pk}/"))
    assert "Sam Reed is calling them now" in page and "07700 900123" not in page
    assert "There is nobody left to call" in text(other.post(f"/call-lists/{made.pk}/next/", follow=True))


@pytest.mark.parametrize(
    ("result", "said"),
    [("no_need", "needs nothing at present"), ("declined", "does not want to be called"), ("no_answer", "another day")],
)
def test_each_answer_is_counted(world: World, sign_in: SignIn, result: str, said: str) -> None:
    made, client = a_list(world), sign_in(world.receptionist)
    call = call_of(world, made)
    client.post(f"/calls/{call.pk}/take/")
    page = text(client.post(f"/calls/{call.pk}/answer/", {"result": result}, follow=True))
    assert said in page
    assert f"To call (0) Try another day ({int(result == 'no_answer')}) Done ({int(result != 'no_answer')})" in page


def test_an_answer_that_is_none_is_not_found(world: World, sign_in: SignIn) -> None:
    call = call_of(world, a_list(world))
    client = sign_in(world.receptionist)
    assert client.post(f"/calls/{call.pk}/answer/", {"result": "referred"}).status_code == 404


def test_who_wants_help_is_referred_with_agreement_by_phone_filled_in(world: World, sign_in: SignIn) -> None:
    made, client = a_list(world), sign_in(world.receptionist)
    call = call_of(world, made)
    client.post(f"/calls/{call.pk}/take/")
    page = client.get(f"/calls/{call.pk}/refer/").content.decode()
    assert re.search(r'value="by_phone"\s+checked', page)
    assert "Money and bills" in page
    answers = {"broad": "money", "agreed_how": "by_phone", "submission": "one"}
    first = client.post(f"/calls/{call.pk}/refer/", answers)
    second = client.post(f"/calls/{call.pk}/refer/", answers)
    assert first["Location"] == second["Location"]
    with acting_as(world.receptionist):
        [journey] = Journey.objects.filter(person=call.person)
        assert (journey.entry, journey.entry_details) == ("call_list", {"broad": ["money"]})
    assert "Wanted help: referred" in text(client.get(f"/calls/{call.pk}/"))


def test_a_closed_list_offers_no_calls(world: World, sign_in: SignIn) -> None:
    made, client = a_list(world), sign_in(world.receptionist)
    assert "1 person is still to be called" in text(client.get(f"/call-lists/{made.pk}/close/"))
    page = client.post(f"/call-lists/{made.pk}/close/", follow=True).content.decode()
    assert "Call the next person" not in page and "Closed" in page
    assert "This list is closed" in text(client.get(f"/calls/{call_of(world, made).pk}/"))


def test_a_pathway_without_call_lists_says_so_before_a_list_is_made(world: World, sign_in: SignIn) -> None:
    whole = load("both-at-once")
    without = replace(whole, entries=tuple(each for each in whole.entries if each[0] != "call_list"))
    scheme = Scheme.objects.get(pk=world.scheme.pk)
    publish(scheme=scheme, name="both-at-once", pathway=without, at=world.clinician.now())
    client = sign_in(world.receptionist)
    assert "takes no referrals from call lists" in text(client.get("/call-lists/"))
    assert "takes no referrals from call lists" in text(client.get("/call-lists/new/"))


def test_500_people_are_read_page_by_page_and_each_page_asks_as_much_as_for_one(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.receptionist)
    few, many = a_list(world, 1), a_list(world, 500)
    assert questions(client, f"/call-lists/{many.pk}/") == questions(client, f"/call-lists/{few.pk}/")
    seen: list[str] = []
    address = f"/call-lists/{many.pk}/"
    while address:
        page = client.get(address).content.decode()
        seen += re.findall(r'href="/calls/(\d+)/"', page)
        following = re.search(r'href="(\?[^"]*)" rel="next"', page)
        address = f"/call-lists/{many.pk}/{following[1].replace('&amp;', '&')}" if following else ""
    assert len(seen) == len(set(seen)) == 500


def test_nobody_of_another_practice_comes_near_a_call(world: World, sign_in: SignIn) -> None:
    made = a_list(world)
    call, stranger = call_of(world, made), sign_in(world.other_clinician)
    with acting_as(world.receptionist):
        take_call(by=world.receptionist, call=call)
    for address in (f"/calls/{call.pk}/", f"/calls/{call.pk}/refer/", f"/call-lists/{made.pk}/"):
        assert stranger.get(address).status_code == 404
    assert sign_in(world.link_worker).get(f"/call-lists/{made.pk}/").status_code == 403
