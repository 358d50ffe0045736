"""Translations are the scheme's own, checked by somebody, and never changed."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import NOW, World, details, make_world, referred
from tests.house.consenting import ARABIC, a_mandate, a_translation, text_of
from wraparound.consent.agreed import MANDATE, REFERRAL, WORDINGS
from wraparound.consent.mandates import mandate_of
from wraparound.consent.mandates import text_of as mandate_text
from wraparound.consent.models import Translation
from wraparound.consent.signing import Name, sign
from wraparound.consent.translating import add_translation, spoken_by, translations_in, withdraw_translation
from wraparound.events.action import Refused
from wraparound.organisations.actor import acting_as
from wraparound.people.languages import LANGUAGES, language_called

SAID = {"wording": "referral-1", "language": "ar", "words": ARABIC, "checked_by": "Eastmarsh Language Service",
        "checked_on": NOW.date(), "checked": True}  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Arabic", "ar"), (" urdu ", "ur"), ("ur-PK", "ur"), ("العربية", "ar"), ("Farsi", "fa"), ("Sylheti", "bn"),
        ("zh-Hans", "zh-Hans"), ("Klingon", None), ("", None), ("Urdu and Punjabi", None), ("so-so", "so"),
    ],
)  # fmt: skip
def test_a_language_is_known_by_what_people_write(typed: str, code: str | None) -> None:
    found = language_called(typed)
    assert (found.code if found else None) == code


@given(st.text())
def test_no_text_is_a_fault(typed: str) -> None:
    found = language_called(typed)
    assert found is None or LANGUAGES[found.code] is found


def test_what_is_written_from_right_to_left_says_so() -> None:
    assert {each.code for each in LANGUAGES.values() if each.right_to_left} >= {"ar", "ur", "fa", "he", "ps"}
    assert not LANGUAGES["pl"].right_to_left


@pytest.mark.django_db
def test_nothing_ships_translated() -> None:
    make_world()
    assert not Translation.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"checked": False}, "nobody_checked"), ({"checked_by": " "}, "nobody_checked"),
        ({"words": " \n "}, "no_words"),
        ({"language": "tlh"}, "no_language"), ({"wording": "referral-0"}, "no_wording"),
        ({"checked_on": NOW.date() + timedelta(days=1)}, "not_yet"), ({"words": "x" * 5001}, "too_long"),
    ],
)  # fmt: skip
def test_refused(changes: dict[str, Any], code: str) -> None:
    world = make_world()
    with acting_as(world.administrator), pytest.raises(Refused) as refused:
        add_translation(by=world.administrator, **{**SAID, **changes})
    assert refused.value.code == code


def said_to(world: World, language: str) -> str | None:
    with acting_as(world.clinician):
        found = spoken_by(world.clinician, language).of(REFERRAL)
    return found.words if found else None


@pytest.mark.django_db
def test_another_one_ends_the_one_before_which_stays_as_it_was() -> None:
    world, elsewhere = make_world(), make_world()
    first = a_translation(world)
    second = a_translation(world, words="هل هذا مناسب؟")
    assert said_to(world, "Arabic") == second.words and said_to(world, "Urdu") is None
    assert said_to(elsewhere, "Arabic") is None
    with acting_as(world.administrator):
        kept = {each.pk: each.words for each in translations_in(world.administrator)}
        assert kept == {first.pk: ARABIC, second.pk: second.words}
        withdraw_translation(by=world.administrator, translation=second)
        with pytest.raises(Refused):
            withdraw_translation(by=world.administrator, translation=second)
    assert said_to(world, "Arabic") is None


@pytest.mark.django_db
def test_the_database_shows_no_other_schemes() -> None:
    world, elsewhere = make_world(), make_world()
    a_translation(world)
    with acting_as(elsewhere.administrator), connection.cursor() as cursor:
        assert cursor.execute("SELECT count(*) FROM consent_translation").fetchone() == (0,)


@pytest.mark.django_db
def test_a_translation_of_words_that_are_said_no_more_is_not_said(monkeypatch: pytest.MonkeyPatch) -> None:
    world = make_world()
    a_translation(world)
    monkeypatch.delitem(WORDINGS, "referral-1")
    assert said_to(world, "Arabic") is None


@pytest.mark.django_db
def test_a_mandate_stands_in_both_and_the_signature_is_to_both() -> None:
    world = make_world()
    consent, by = a_mandate(world, referred(world, person=details(preferred_language="Urdu"))), world.link_worker
    english = text_of(consent, by)
    a_translation(world, MANDATE.name, "ur", "میں کسی بھی دن اپنا ارادہ بدل سکتا ہوں۔")
    with acting_as(by):
        [section] = [each for each in mandate_text(by, mandate_of(by, consent.pk)) if each.language]
        assert section.right_to_left and section.heading.startswith("What I agree to, in Urdu")
        with pytest.raises(Refused) as refused:
            sign(by=by, consent=consent, name=Name(name="Rosa"), read=True, shown=english)
        assert refused.value.code == "changed"
    shown = text_of(consent, by)
    with acting_as(by):
        assert sign(by=by, consent=consent, name=Name(name="Rosa"), read=True, shown=shown).language == "ur"
