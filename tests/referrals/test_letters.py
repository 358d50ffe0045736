"""A letter that the referrer speaks of: it says how urgent they are, before any adviser has looked at it."""

from datetime import date, timedelta

import pytest

from tests.factories import NOW, World, make_world, referral_to, referred
from wraparound.casework.actions import accept
from wraparound.events.action import Refused
from wraparound.events.models import Event
from wraparound.organisations.actor import acting_as, system
from wraparound.pathways.vocabulary import UrgentFlag
from wraparound.referrals.actions import claim
from wraparound.referrals.intake import LetterSaid
from wraparound.referrals.letters import hurry, letter_of
from wraparound.referrals.models import Journey, Referral
from wraparound.referrals.preview import preview
from wraparound.time_limits.letters import Letter

pytestmark = pytest.mark.django_db

TODAY = NOW.date()
# A month after it is 20 December, four weeks from now.
LONG = LetterSaid(Letter.BENEFIT_DECISION, date(2026, 11, 20))
# A month after it is 3 December, ten days from now.
SOON = LetterSaid(Letter.BENEFIT_DECISION, date(2026, 11, 3))


def with_letter(world: World, letter: LetterSaid, **changes: object) -> Journey:
    return referred(world, letter=letter, **changes)


def later(world: World, days: int) -> None:
    """Hurry the adviser's referral so many days from now, as the clock does."""
    referral = the_advisers(world)
    by = system(world.scheme, world.advice.organisation).at(NOW + timedelta(days=days))
    with acting_as(by):
        hurry(by=by, referral=referral)


def the_advisers(world: World) -> Referral:
    with acting_as(world.adviser):
        return Referral.objects.visible_to(world.adviser).get(service="welfare_advice")


def test_a_letter_whose_day_is_near_is_urgent_and_reaches_the_adviser_at_once() -> None:
    world = make_world()
    journey = with_letter(world, SOON, advice_ticked=False)
    assert journey.letter_by == date(2026, 12, 3)
    referral = referral_to(journey, world.adviser)
    assert referral.urgent and referral.urgent_flags == [UrgentFlag.LEGAL_DEADLINE_NEAR]


def test_a_letter_whose_day_is_far_off_is_kept_and_hurries_nobody() -> None:
    world = make_world()
    journey = with_letter(world, LONG)
    assert (journey.letter, journey.letter_day, journey.letter_by) == ("benefit_decision", LONG.day, date(2026, 12, 20))
    referral = referral_to(journey, world.adviser)
    assert not referral.urgent and referral.urgent_flags == []


def test_a_letter_of_which_nobody_can_say_the_day_is_urgent() -> None:
    world = make_world()
    journey = with_letter(world, LetterSaid(Letter.JOB_ENDED, date(2026, 11, 20)), advice_ticked=False)
    assert journey.letter_by is None and referral_to(journey, world.adviser).urgent


def test_without_a_letter_nothing_is_kept() -> None:
    journey = referred(make_world())
    assert (journey.letter, journey.letter_day, journey.letter_by) == ("", None, None) and letter_of(journey) is None


def test_a_day_that_cannot_be_right_is_refused_and_nothing_is_left_behind() -> None:
    world = make_world()
    with pytest.raises(Refused) as refused:
        with_letter(world, LetterSaid(Letter.BENEFIT_DECISION, TODAY + timedelta(days=1)))
    assert (refused.value.code, refused.value.field) == ("wrong_day", "letter_day")
    with acting_as(world.clinician):
        assert not Journey.objects.exists()


def test_what_will_happen_says_by_when_and_who_checks_it() -> None:
    world = make_world()
    with acting_as(world.clinician):
        said = preview(
            world.clinician, needs=frozenset(), urgent_flags=frozenset(), advice_ticked=True, letter=SOON
        ).sentences
    assert said[0] == (
        "Ask for a mandatory reconsideration: by Thursday 3 December 2026, going by the day on the letter. "
        "An adviser checks this."
    )


def test_it_becomes_urgent_a_fortnight_before_while_nobody_has_taken_it_on() -> None:
    world = make_world()
    with_letter(world, LONG)
    with pytest.raises(Refused, match="Nothing is to be hurried"):
        later(world, 12)
    later(world, 13)
    referral = the_advisers(world)
    assert referral.urgent and referral.rank == 0
    with acting_as(world.adviser):
        event = Event.objects.get(name="letter_near")
    assert event.data == {} and event.referral_id == referral.pk
    with pytest.raises(Refused, match="Nothing is to be hurried"):
        later(world, 14)


def test_what_an_adviser_has_taken_on_is_theirs_to_work_out() -> None:
    world = make_world()
    with_letter(world, LONG)
    with acting_as(world.adviser):
        accept(by=world.adviser, referral=claim(by=world.adviser, referral=the_advisers(world)))
    with pytest.raises(Refused, match="Nothing is to be hurried"):
        later(world, 13)
