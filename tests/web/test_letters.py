"""A letter and its day on the referral page, on lists and at the adviser's: filled in, never taken for checked."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.advice.advising import ABOUT, permit
from tests.factories import World, referral_to, referred
from tests.web.conftest import SignIn
from tests.web.reading import errors, text
from wraparound.advice.matters import open_matter
from wraparound.advice.models import Matter, Permission
from wraparound.casework.actions import accept
from wraparound.organisations.actor import acting_as
from wraparound.referrals.actions import claim
from wraparound.referrals.intake import LetterSaid
from wraparound.referrals.models import Journey
from wraparound.time_limits.letters import Letter

WHO = {"given_names": "Ngozi", "family_name": "Adichie", "nhs_number_known": "not_known", "mobile": "07700 900456"}


def day(value: date) -> dict[str, Any]:
    return {"letter_day-day": value.day, "letter_day-month": value.month, "letter_day-year": value.year}


def answers(**changes: Any) -> dict[str, Any]:
    return {"needs": ["benefits"], "agreed_how": "in_person", "submission": str(uuid.uuid4()), **WHO, **changes}


def with_letter(world: World, dated: date) -> Journey:
    return referred(world, letter=LetterSaid(Letter.BENEFIT_DECISION, dated))


def a_matter(world: World, journey: Journey) -> Matter:
    permit(world, Permission.Kind.INSURANCE)
    by = world.adviser
    with acting_as(by):
        accept(by=by, referral=claim(by=by, referral=referral_to(journey, by)))
        case = referral_to(journey, by).case
        return open_matter(by=by, case=case, about=ABOUT)


def test_a_letter_is_sent_with_the_referral_and_makes_it_urgent(world: World, sign_in: SignIn) -> None:
    dated = timezone.localdate() - timedelta(days=25)
    sent = sign_in(world.clinician).post("/refer/new/", answers(letter="benefit_decision", **day(dated)))
    assert sent.status_code == 302
    with acting_as(world.clinician):
        journey = Journey.objects.visible_to(world.clinician).latest("pk")
    assert (journey.letter, journey.letter_day) == ("benefit_decision", dated)
    assert referral_to(journey, world.adviser).urgent
    page = text(sign_in(world.clinician).get(f"/referrals/{journey.reference}/"))
    assert "A benefit refused, stopped or cut, dated" in page and "An adviser checks this." in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"letter": "benefit_decision"}, "Enter the day on the letter, or the day that it names"),
        (day(date(2026, 3, 3)), "Select which letter it is"),
        ({"letter": "benefit_decision", **day(date(2019, 3, 3))}, "This day is more than 2 years ago. Check the year."),
    ],
)
def test_half_a_letter_is_said_beside_its_field_and_the_part_is_open(
    world: World, sign_in: SignIn, typed: dict[str, Any], said: str
) -> None:
    page = sign_in(world.clinician).post("/refer/new/", answers(reason="Lives alone", **typed))
    assert said in errors(page) and 'value="Lives alone"' in page.content.decode()
    part = page.content.decode().split("They have a letter that may run out")[0].rsplit("<details", 1)[1]
    assert " open" in part


def test_what_will_happen_says_by_when(world: World, sign_in: SignIn) -> None:
    typed = {
        "needs": ["benefits"],
        "advice": "yes",
        "letter": "notice",
        **day(timezone.localdate() + timedelta(days=40)),
    }
    page = text(sign_in(world.clinician).post("/refer/preview/", typed))
    assert "What the letter asks: by" in page and "An adviser checks this." in page


def test_reception_is_not_asked_for_a_letter(world: World, sign_in: SignIn) -> None:
    assert 'name="letter' not in sign_in(world.receptionist).get("/refer/new/", follow=True).content.decode()


def test_the_list_says_the_letters_day_until_a_time_limit_is_here(world: World, sign_in: SignIn) -> None:
    journey = with_letter(world, timezone.localdate() - timedelta(days=2))
    page = sign_in(world.adviser).get("/worklist/")
    assert "not checked" in text(page) and journey.person.name in text(page)


def test_the_adviser_finds_the_letter_filled_in(world: World, sign_in: SignIn) -> None:
    dated = timezone.localdate() - timedelta(days=2)
    journey = with_letter(world, dated)
    matter = a_matter(world, journey)
    client = sign_in(world.adviser)
    page = text(client.get(f"/matter/{matter.pk}/"))
    assert "The referral speaks of a letter." in page and "going by the day on the letter" in page
    form = client.get(f"/matter/{matter.pk}/time-limit/?rule=mandatory_reconsideration").content.decode()
    for part, value in (("day", dated.day), ("month", dated.month), ("year", dated.year)):
        assert f'name="letter_dated-{part}"' in form and f'value="{value}"' in form
    typed = {f"letter_dated-{part}": getattr(dated, part) for part in ("day", "month", "year")}
    client.post(f"/matter/{matter.pk}/time-limit/?rule=mandatory_reconsideration", typed)
    assert "The referral speaks of a letter." not in text(client.get(f"/matter/{matter.pk}/"))
