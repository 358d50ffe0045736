"""The one page of a referral: short for somebody known, complete for somebody new, and never sent twice."""

import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from tests.factories import World, details, referral_to, referred
from tests.house.consenting import a_translation
from tests.web.conftest import SignIn
from tests.web.reading import errors, ids, text
from wraparound.audit.models import Access
from wraparound.consent.agreed import REFERRAL
from wraparound.consent.models import Agreement
from wraparound.events.models import Event
from wraparound.organisations.actor import acting_as
from wraparound.people.models import Person
from wraparound.referrals.models import Journey, Referral

ANSWERS = {"needs": ["benefits", "loneliness"], "advice": "yes", "agreed_how": "in_person", "reason": "Lives alone"}
NEW = {
    "given_names": "Ngozi", "family_name": "Adichie-Fernández", "nhs_number_known": "not_known",
    "mobile": "07700 900456",
    "date_of_birth-day": "3", "date_of_birth-month": "7", "date_of_birth-year": "1968",
}  # fmt: skip


@pytest.fixture
def known(world: World) -> Person:
    """Somebody whom the practice has referred before."""
    journey = referred(world)
    with acting_as(world.clinician):
        return Person.objects.get(pk=journey.person_id)


def _answers(**changes: Any) -> dict[str, Any]:
    return {**ANSWERS, "submission": str(uuid.uuid4()), **changes}


def _journeys(world: World, person: Person | None = None) -> list[Journey]:
    with acting_as(world.clinician):
        rows = Journey.objects.visible_to(world.clinician).order_by("-pk")
        return list(rows.filter(person=person) if person else rows)


DECIDES = {"given_by": "person", "capacity": "no_doubt"}
CLOSED = re.compile(r'<details class="nhsuk-details">\s*<summary[^>]*><span[^>]*>Somebody else agreed')


def agreement_of(world: World, person: Person) -> Agreement:
    with acting_as(world.clinician):
        return Agreement.objects.filter(person=person).latest("pk")


def test_who_agreed_for_them_is_asked_in_a_part_that_is_closed(world: World, known: Person, sign_in: SignIn) -> None:
    client, address = sign_in(world.clinician), f"/refer/person/{known.pk}/"
    assert CLOSED.search(client.get(address, follow=True).content.decode())
    said = {"given_by": "attorney", "representative": "Ann Lee, deed seen", "capacity": "cannot_decide",
            "capacity_note": "Forgets at once"}  # fmt: skip
    assert client.post(address, _answers(**said)).status_code == 302
    kept = agreement_of(world, known)
    assert {name: getattr(kept, name) for name in said} == said


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"given_by": "attorney"}, "Write who agreed, and how you know that they may."),
        ({"capacity": "can_decide"}, "Write what the doubt was and what came of it."),
        ({"given_by": "attorney", "agreed_how": "best_interests", "best_interests_reason": "Asleep"},
         "Write who agreed, and how you know that they may."),
        ({"given_by": "parent", "representative": "Ana <Duarte>"}, "They are 46: from 16 on they decide this"),
        ({"capacity": "cannot_decide", "capacity_note": "Forgets"}, "Who cannot decide this cannot agree to it."),
    ],
)  # fmt: skip
def test_what_stands_against_it_opens_that_part_and_loses_nothing(
    world: World, known: Person, sign_in: SignIn, said: dict[str, str], sentence: str
) -> None:
    client, address = sign_in(world.clinician), f"/refer/person/{known.pk}/"
    page = client.post(address, _answers(**DECIDES | said))
    [error] = errors(page)
    assert error.startswith(sentence)
    shown = page.content.decode()
    assert not CLOSED.search(shown) and "Lives alone" in shown
    assert all(escape(value) in shown for value in said.values())
    assert len(_journeys(world, known)) == 1


def test_of_who_is_under_sixteen_somebody_says_why_they_can_decide(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.clinician)
    young = {**NEW, "date_of_birth-year": str(timezone.localdate().year - 12)}
    page = client.post("/refer/new/", _answers(**young))
    assert "Say that they understand and can decide this" in errors(page)[0]
    assert not CLOSED.search(page.content.decode())
    page = client.post("/refer/new/", _answers(**young, given_by="parent", representative="Ada, seen", do="preview"))
    assert not CLOSED.search(page.content.decode()) and "Ada, seen" in page.content.decode()
    answers = _answers(**young, given_by="parent", representative="Ada, her mother")
    assert client.post("/refer/new/", answers).status_code == 302


def test_the_words_stand_in_the_persons_language_beside_the_english(
    world: World, known: Person, sign_in: SignIn
) -> None:
    client, address = sign_in(world.clinician), f"/refer/person/{known.pk}/"
    with acting_as(world.clinician):
        Person.objects.filter(pk=known.pk).update(preferred_language="arabic")
    page = text(client.get(address, follow=True))
    assert "They prefer arabic, and there is no checked translation of this." in page and "interpreter" in page
    a_translation(world)
    page = client.get(address, follow=True)
    assert REFERRAL.words in text(page)
    assert '<blockquote class="wr-say" lang="ar" dir="rtl">هل توافق' in page.content.decode()
    assert "Checked by Eastmarsh Language Service" in text(page)
    assert errors(client.post(address, _answers())) == ["Select the language"]
    assert client.post(address, _answers(language="ar")).status_code == 302
    assert agreement_of(world, known).language == "ar"


def test_somebody_known_is_referred_with_a_few_answers(world: World, known: Person, sign_in: SignIn) -> None:
    client, address = sign_in(world.clinician), f"/refer/person/{known.pk}/"
    page = client.get(address, follow=True)
    assert "Rosa Duarte" in text(page)
    assert REFERRAL.words in text(page)
    assert "given_names" not in ids(page)
    sent = client.post(address, _answers())
    journey = _journeys(world, known)[0]
    assert sent["Location"] == f"/referrals/{journey.reference}/sent/"
    with acting_as(world.clinician):
        made = Referral.objects.get(journey=journey, service="welfare_advice")
        assert made.needs == ["benefits", "loneliness"]
        assert made.reason == "Lives alone"
        assert Access.objects.filter(person=known, page="refer-person").exists()


def test_sent_twice_makes_one(world: World, known: Person, sign_in: SignIn) -> None:
    client, address, answers = sign_in(world.clinician), f"/refer/person/{known.pk}/", _answers()
    first, second = client.post(address, answers), client.post(address, answers)
    assert first["Location"] == second["Location"]
    assert len(_journeys(world, known)) == 2


def test_sent_then_changed_is_not_lost_silently(world: World, known: Person, sign_in: SignIn) -> None:
    client, address, answers = sign_in(world.clinician), f"/refer/person/{known.pk}/", _answers()
    client.post(address, answers)
    page = client.post(address, {**answers, "reason": "Something else"})
    assert "The first one stands" in errors(page)[0]
    assert "Something else" in page.content.decode()


def test_what_is_missing_is_said_at_once_and_nothing_typed_is_lost(
    world: World, known: Person, sign_in: SignIn
) -> None:
    page = sign_in(world.clinician).post(f"/refer/person/{known.pk}/", {"reason": "Lives alone", "submission": "one"})
    assert errors(page) == [
        "Select at least one thing that they would like help with",
        "Select how they agreed. Ask them first; without that the referral cannot be sent",
    ]
    assert 'value="Lives alone"' in page.content.decode()
    assert 'value="one"' in page.content.decode()
    assert page.content.decode().count("<title>Error: ") == 1


@pytest.mark.parametrize("how", ["best_interests", "safeguarding"])
def test_an_exception_needs_its_reason(world: World, known: Person, sign_in: SignIn, how: str) -> None:
    client, address = sign_in(world.clinician), f"/refer/person/{known.pk}/"
    assert len(errors(client.post(address, _answers(agreed_how=how)))) == 1
    client.post(address, _answers(agreed_how=how, **{f"{how}_reason": "Cannot weigh it up today"}))
    with acting_as(world.clinician):
        agreement = _journeys(world, known)[0].referrals.select_related("agreement")[0].agreement
        assert (agreement.how, agreement.exception_reason) == (how, "Cannot weigh it up today")


def test_somebody_new_is_written_down_once(world: World, sign_in: SignIn) -> None:
    answers = {**_answers(), **NEW, "nhs_number_known": "has_number", "nhs_number": "943 476 5919", "postcode": "e34qx"}
    sign_in(world.clinician).post("/refer/new/", answers)
    with acting_as(world.clinician):
        person = Person.objects.get()
    assert (person.given_names, person.family_name) == ("Ngozi", "Adichie-Fernández")
    assert (person.nhs_number, person.postcode) == ("9434765919", "E3 4QX")
    assert person.practice_id == world.practice.pk


def test_somebody_new_with_impossible_details_is_told_each(world: World, sign_in: SignIn) -> None:
    wrong = {
        "given_names": "", "family_name": "", "date_of_birth-day": "32", "nhs_number_known": "has_number",
        "nhs_number": "9434765918", "mobile": "ring me", "email": "me", "postcode": "nowhere",
    }  # fmt: skip
    page = sign_in(world.clinician).post("/refer/new/", {**_answers(), **NEW, **wrong})
    assert errors(page) == [
        "Enter at least one name",
        "Date of birth must be a real date",
        "This is not a valid NHS number. Check each digit.",
        "Enter a phone number, like 07700 900123",
        "Email address must be like name@example.com",
        "Enter a full UK postcode, like E3 4QX.",
    ]
    assert "ring me" in page.content.decode()


def test_nobody_of_another_practice_can_be_found_or_referred(world: World, known: Person, sign_in: SignIn) -> None:
    client = sign_in(world.other_clinician)
    assert client.get(f"/refer/person/{known.pk}/").status_code == 404
    assert client.post(f"/refer/person/{known.pk}/", _answers()).status_code == 404
    assert "Nobody found" in text(client.post("/refer/", {"words": "Rosa"}))


@pytest.mark.parametrize(
    "asked",
    [
        {"words": "duarte"},
        {"words": "Rosa Duarte"},
        {"born-day": "29", "born-month": "2", "born-year": "1980"},
        {"words": "ROSA", "born-day": "29", "born-month": "2", "born-year": "1980"},
    ],
)
def test_somebody_known_is_found(world: World, known: Person, sign_in: SignIn, asked: dict[str, str]) -> None:
    assert f"/refer/person/{known.pk}/" in sign_in(world.clinician).post("/refer/", asked).content.decode()


def test_a_name_in_the_address_is_not_looked_for(world: World, known: Person, sign_in: SignIn) -> None:
    assert f"/refer/person/{known.pk}/" not in sign_in(world.clinician).get("/refer/?words=duarte").content.decode()


def test_finding_needs_something_to_go_by(world: World, sign_in: SignIn) -> None:
    assert errors(sign_in(world.clinician).post("/refer/", {"words": " "})) == [
        "Enter a name, an NHS number or a date of birth"
    ]


def test_what_will_happen_is_shown_without_scripts_and_keeps_what_was_typed(
    world: World, known: Person, sign_in: SignIn
) -> None:
    answers = {**_answers(agreed_how=""), "do": "preview"}
    page = sign_in(world.clinician).post(f"/refer/person/{known.pk}/", answers)
    assert "at Welfare advisers will contact them by" in text(page)
    assert "<svg" in page.content.decode()
    assert errors(page) == []
    assert 'value="Lives alone"' in page.content.decode()
    assert len(_journeys(world, known)) == 1


def test_what_will_happen_is_a_fragment_for_the_page(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.clinician)
    page = client.post("/refer/preview/", {"needs": ["debt", "made up"], "urgent_flags": "homeless_tonight"})
    assert "<html" not in page.content.decode()
    assert "020 7946 0001" in text(page)
    assert "Same day: the adviser" in text(page)
    assert "Select what they would like help with" in text(client.post("/refer/preview/", {}))


def test_a_same_day_need_puts_the_numbers_first(world: World, known: Person, sign_in: SignIn) -> None:
    client = sign_in(world.clinician)
    sent = client.post(f"/refer/person/{known.pk}/", _answers(urgent_flags=["homeless_tonight"]))
    page = text(client.get(sent["Location"]))
    assert page.index("020 7946 0001") < page.index("Referral sent")
    assert "Joy Mensah at Welfare advisers must take this on" in page


def test_the_receiving_team_gets_what_the_page_sent(world: World, known: Person, sign_in: SignIn) -> None:
    sign_in(world.clinician).post(f"/refer/person/{known.pk}/", _answers(hide_from_online_view="yes"))
    journey = _journeys(world, known)[0]
    assert journey.hide_from_online_view
    assert referral_to(journey, world.adviser).reason == "Lives alone"


def test_a_name_of_one_word_and_no_number_is_enough(world: World, sign_in: SignIn) -> None:
    answers = _answers(given_names="", family_name="Suharto", nhs_number_known="not_given")
    assert sign_in(world.clinician).post("/refer/new/", answers).status_code == 302
    with acting_as(world.clinician):
        assert Event.objects.filter(name="referral_made").count() == 1


def test_marks_in_a_name_stay_a_name(world: World, sign_in: SignIn) -> None:
    journey = referred(world, person=details(given_names="<b>Rosa", family_name="O'Neil & Sons"))
    client: Client = sign_in(world.clinician)
    shown = [client.get(address) for address in (f"/referrals/{journey.reference}/", "/referrals/")]
    for answer in [*shown, client.post("/refer/", {"words": "rosa"})]:
        page = answer.content.decode()
        assert "<b>Rosa" not in page
        assert "&lt;b&gt;Rosa" in page
