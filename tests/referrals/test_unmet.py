"""Unmet needs: read by the referrer, listed for the manager, and ended with words."""

from datetime import timedelta

import pytest

from tests.factories import NOW, World, details, make_world, referred
from tests.referrals.test_routing import change
from wraparound.events.action import Refused
from wraparound.events.models import Event
from wraparound.organisations.actor import Actor, acting_as
from wraparound.referrals.models import UnmetNeed
from wraparound.referrals.unmet import (
    end_unmet_need,
    may_end,
    names_of,
    see_unmet_need,
    unmet_of,
    unmet_to_manage,
    unmet_to_read,
)

pytestmark = pytest.mark.django_db


def some(world: World, people: int = 1) -> list[UnmetNeed]:
    """Needs that the advisers, who are closed, could not meet."""
    change(world.advice, closed_until=NOW.date() + timedelta(days=30))
    for number in range(people):
        by = world.clinician.at(NOW + timedelta(minutes=number))
        referred(world, by=by, person=details(family_name=f"Duarte{number}", date_of_birth=None, postcode=""))
    with acting_as(world.clinician):
        return list(UnmetNeed.objects.visible_to(world.clinician).order_by("pk"))


def ended(by: Actor, need: UnmetNeed, words: str = "The food bank helped") -> UnmetNeed:
    with acting_as(by):
        return end_unmet_need(by=by, unmet=need, ending=words)


def test_the_referrer_reads_it_once_and_the_manager_learns_of_that() -> None:
    world = make_world()
    [need] = some(world)
    with acting_as(world.receptionist):
        seen = see_unmet_need(by=world.receptionist, unmet=need)
        assert (seen.seen_at, seen.seen_by_id) == (NOW, world.receptionist.user_id)
        with pytest.raises(Refused, match="already been read"):
            see_unmet_need(by=world.receptionist, unmet=need)
    with acting_as(world.advice_supervisor):
        assert Event.objects.filter(name="unmet_need_seen").exists()
        with pytest.raises(Refused) as refused:
            see_unmet_need(by=world.advice_supervisor, unmet=need)
    assert refused.value.code == "not_yours"


@pytest.mark.parametrize("who", ["clinician", "advice_supervisor"])
def test_referrer_or_manager_says_how_it_ended(who: str) -> None:
    world = make_world()
    [need] = some(world)
    done = ended(world.actors[who], need, "  The food bank helped ")
    assert (done.ending, done.ended_by_id) == ("The food bank helped", world.actors[who].user_id)
    with pytest.raises(Refused) as refused:
        ended(world.clinician, need)
    assert refused.value.code == "too_late"


@pytest.mark.parametrize(("words", "code"), [("  ", "no_words"), ("x" * 501, "too_long")])
def test_it_ends_with_words_that_fit(words: str, code: str) -> None:
    world = make_world()
    [need] = some(world)
    with pytest.raises(Refused) as refused:
        ended(world.clinician, need, words)
    assert (refused.value.code, refused.value.field) == (code, "ending")


@pytest.mark.parametrize("who", ["adviser", "link_supervisor", "other_clinician", "commissioner"])
def test_nobody_else_ends_it(who: str) -> None:
    world = make_world()
    [need] = some(world)
    assert not may_end(world.actors[who], need)
    with pytest.raises(Refused) as refused:
        ended(world.actors[who], need)
    assert refused.value.code == "not_allowed"


def test_the_manager_has_the_longest_unmet_first_page_by_page_without_names() -> None:
    world = make_world()
    needs = some(world, 5)
    ended(world.clinician, needs.pop(1))
    seen: list[int] = []
    after = ""
    with acting_as(world.advice_supervisor):
        for _ in range(2):
            page = unmet_to_manage(world.advice_supervisor, after=after, size=2)
            seen += [row.pk for row in page.rows]
            after = page.after
            assert names_of(world.advice_supervisor, page.rows) == {}
    assert seen == [need.pk for need in needs] and not after


def test_who_works_with_the_person_anyway_reads_the_name() -> None:
    world = make_world()
    [need] = some(world)
    change(world.advice, closed_until=None)
    with acting_as(world.clinician):
        person = need.person
    referred(world, person=None, person_id=person.pk)
    with acting_as(world.advice_supervisor):
        assert names_of(world.advice_supervisor, [need]) == {person.pk: person.name}


def test_another_services_manager_and_a_worker_have_no_list() -> None:
    world = make_world()
    [need] = some(world)
    for actor in (world.link_supervisor, world.adviser, world.clinician):
        with acting_as(actor):
            assert not unmet_to_manage(actor).rows
    with acting_as(world.link_supervisor), pytest.raises(UnmetNeed.DoesNotExist):
        unmet_of(world.link_supervisor, need.pk)


def test_the_practice_has_its_own_until_somebody_has_read_them() -> None:
    world = make_world()
    first, second, third = some(world, 3)
    with acting_as(world.receptionist):
        see_unmet_need(by=world.receptionist, unmet=second)
    with acting_as(world.clinician):
        assert unmet_to_read(world.clinician) == [first, third]
        assert unmet_to_read(world.clinician, most=1) == [first]
    for other in (world.other_clinician, world.link_worker, world.commissioner):
        with acting_as(other):
            assert not unmet_to_read(other)
