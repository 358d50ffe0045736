"""Changing how somebody may be reached, and how they describe themselves."""

import re
from html import unescape

import pytest

from tests.factories import referred
from tests.web.reading import errors, text
from tests.web.working import taken_on
from wraparound.events.models import Event
from wraparound.organisations.actor import acting_as
from wraparound.people.actions import change_contact
from wraparound.people.models import Person, SelfDescription

pytestmark = pytest.mark.django_db


def filled(browser, page: str, **changes: str) -> dict[str, str]:
    """What a browser sends when the form is opened and some answers are changed."""
    html = browser.get(page).content.decode()
    sent: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", html):
        name, kind = re.search(r'name="([^"]*)"', tag), re.search(r'type="([^"]*)"', tag)
        if not name or (kind and kind[1] in ("radio", "checkbox") and " checked" not in tag):
            continue
        value = re.search(r'value="([^"]*)"', tag)
        sent[name[1]] = unescape(value[1]) if value else ""
    for name, value in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', html, flags=re.DOTALL):
        sent[name] = unescape(value)
    return sent | changes


def person_of(actor, journey) -> Person:
    with acting_as(actor):
        return Person.objects.get(pk=journey.person_id)


def test_a_change_is_saved_and_the_event_names_fields_never_values(world, sign_in) -> None:
    journey, _ = taken_on(world)
    browser = sign_in(world.link_worker)
    page = f"/journey/{journey.reference}/contact/"
    done = browser.post(page, filled(browser, page, mobile="07700 900999", voicemail="no", postcode="e14ab"))
    assert done.status_code == 302
    person = person_of(world.link_worker, journey)
    assert (person.mobile, person.voicemail, person.postcode) == ("07700 900999", "no", "E1 4AB")
    with acting_as(world.adviser):
        event = Event.objects.get(name="contact_changed")
    assert event.data == {"fields": ["mobile", "postcode", "voicemail"]}
    shown = text(browser.get(done.url))
    assert "Leila Haddad changed mobile, postcode and voicemail." in shown


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"postcode": "nowhere"}, "Enter a full UK postcode, like E3 4QX."),
        ({"mobile": "none"}, "Mobile number must be a phone number, like 07700 900123"),
        ({"email": "at home"}, "Email address must be like name@example.com"),
        ({"voicemail": "perhaps"}, "Select"),
    ],
)
def test_what_cannot_be_stays_typed_beside_its_sentence(world, sign_in, wrong, said) -> None:
    journey, _ = taken_on(world)
    browser = sign_in(world.link_worker)
    page = f"/journey/{journey.reference}/contact/"
    answer = browser.post(page, filled(browser, page, contact_notes="Ring twice", **wrong))
    assert errors(answer)[0].startswith(said)
    assert "Ring twice" in answer.content.decode()
    assert person_of(world.link_worker, journey).contact_notes == ""


def test_two_at_once_the_second_reads_what_changed_and_loses_nothing(world, sign_in) -> None:
    journey, _ = taken_on(world)
    browser = sign_in(world.link_worker)
    page = f"/journey/{journey.reference}/contact/"
    typed = filled(browser, page, safe_times="Mornings")
    with acting_as(world.clinician):
        change_contact(
            by=world.clinician, person=person_of(world.clinician, journey), changes={"mobile": "07700 900555"}
        )
    answer = browser.post(page, typed)
    assert "Somebody else changed these details after you opened this page." in errors(answer)[0]
    assert "Mobile number 07700 900555" in text(answer)
    assert 'value="Mornings"' in answer.content.decode()
    assert person_of(world.link_worker, journey).safe_times == ""
    mark = answer.content.decode().split('name="opened_with"')[1].split('value="')[1].split('"')[0]
    assert browser.post(page, typed | {"opened_with": mark, "mobile": "07700 900555"}).status_code == 302
    person = person_of(world.link_worker, journey)
    assert (person.safe_times, person.mobile) == ("Mornings", "07700 900555")


def test_a_withheld_address_is_not_on_the_form_of_those_who_may_not_know_it(world, sign_in) -> None:
    journey = referred(world)
    with acting_as(world.clinician):
        change_contact(
            by=world.clinician,
            person=person_of(world.clinician, journey),
            changes={"address_withheld": True, "address": "1 High Street"},
        )
    browser = sign_in(world.link_worker)
    page = f"/journey/{journey.reference}/contact/"
    assert "1 High Street" not in browser.get(page).content.decode()
    sent = filled(browser, page, address="Found out", address_withheld="", safe_times="Mornings")
    assert browser.post(page, sent).status_code == 302
    person = person_of(world.link_worker, journey)
    assert (person.address, person.address_withheld, person.safe_times) == ("", True, "Mornings")
    assert "1 High Street" in sign_in(world.clinician).get(page).content.decode()


def test_how_they_describe_themselves_is_kept_apart_and_optional(world, sign_in) -> None:
    journey, _ = taken_on(world)
    browser = sign_in(world.link_worker)
    page = f"/journey/{journey.reference}/self-description/"
    assert browser.post(page, {}).status_code == 302
    browser.post(page, {"ethnicity": "Madeiran", "gender": "", "disability": "Deaf in one ear"})
    with acting_as(world.link_worker):
        described = SelfDescription.objects.get()
        assert described.organisation_ids == person_of(world.link_worker, journey).organisation_ids
        assert Event.objects.filter(name="self_described").last().data == {"fields": ["disability", "ethnicity"]}
    assert "Madeiran" in text(browser.get(f"/journey/{journey.reference}/"))
    assert "Madeiran" not in text(sign_in(world.clinician).get(f"/journey/{journey.reference}/"))
    assert sign_in(world.clinician).get(page).status_code == 403
