"""Pages put end to end are the whole list, also while others add to it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.factories import NOW, World, details, make_world, referred
from wraparound.organisations.actor import Actor, acting_as
from wraparound.pathways.vocabulary import UrgentFlag
from wraparound.referrals.models import Journey, Referral
from wraparound.referrals.reading import Page, sent_journeys, worklist

pytestmark = pytest.mark.django_db

Read = Callable[..., Page]
NOBODY = {"date_of_birth": None, "postcode": ""}


def sent(world: World, number: int) -> Journey:
    """Referrals on three days, some at the same moment, some urgent: ties in every part of the key but the last."""
    by = world.clinician.at(NOW - timedelta(days=number % 3))
    flags = frozenset({UrgentFlag.BAILIFFS_DUE}) if number % 4 == 0 else frozenset()
    return referred(world, by=by, urgent_flags=flags, person=details(family_name=f"Person {number}", **NOBODY))


def worklist_of(by: Actor, **how: object) -> Page:
    return worklist(by, **how)  # type: ignore[arg-type]


def sent_by(by: Actor, **how: object) -> Page:
    return sent_journeys(by, mine=False, **how)  # type: ignore[arg-type]


LISTS = {"worklist": (worklist_of, "adviser"), "sent": (sent_by, "clinician")}


def whole(world: World, name: str) -> list[int]:
    """The list as the database sorts it, in one go."""
    by = world.actors[LISTS[name][1]]
    with acting_as(by):
        if name == "sent":
            return list(Journey.objects.order_by("-opened_at", "-pk").values_list("pk", flat=True))
        rows = Referral.objects.filter(to_team_id=by.team_id)
        return list(rows.order_by("rank", "due_at", "pk").values_list("pk", flat=True))


def pages(world: World, name: str, size: int, between: Callable[[], object] = lambda: None) -> list[int]:
    read, role = LISTS[name]
    by = world.actors[role]
    seen: list[int] = []
    after = ""
    while True:
        with acting_as(by):
            page = read(by, after=after, size=size)
        assert len(page.rows) <= size
        seen += [row.pk for row in page.rows]
        after = page.after
        if not after:
            return seen
        between()


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("size", [1, 5, 24, 25])
def test_pages_end_to_end_are_the_whole_list(name: str, size: int) -> None:
    world = make_world()
    for number in range(24):
        sent(world, number)
    assert pages(world, name, size) == whole(world, name)


@pytest.mark.parametrize("name", LISTS)
def test_rows_there_at_the_start_come_once_each_while_others_are_added(name: str) -> None:
    world = make_world()
    for number in range(12):
        sent(world, number)
    before, added = whole(world, name), iter(range(12, 100))
    seen = pages(world, name, 4, between=lambda: [sent(world, next(added)) for _ in range(2)])
    assert [pk for pk in seen if pk in set(before)] == before
    assert len(seen) == len(set(seen))


WHEN = "2026-11-23T10:00:00+00:00"
WRONG_KEYS = ["", "x", "~~", "0~never~1", f"1~{WHEN}~x", f"0~{WHEN}~1~2", "'~'~'"]
FAR_KEYS = [
    f"9~{WHEN}~{'9' * 30}",
    f"{'9' * 30}~{WHEN}~1",
    f"{WHEN}~-{'9' * 30}",
    "-1~0001-01-01T00:00:00~-1",
    "1~9999-12-31~1",
    "1~9999-12-31T23:59:59-23:59~1",
    "1~2026-11-23T10:00:00+23:59~1",
]


@pytest.mark.parametrize("key", WRONG_KEYS)
@pytest.mark.parametrize("name", LISTS)
def test_a_key_that_makes_no_sense_gives_the_first_page(name: str, key: str) -> None:
    world = make_world()
    journey = sent(world, 0)
    read, role = LISTS[name]
    with acting_as(world.actors[role]):
        rows = read(world.actors[role], after=key).rows
    assert [getattr(row, "journey_id", row.pk) for row in rows] == [journey.pk]


def test_a_filter_holds_on_every_page() -> None:
    world = make_world()
    for number in range(9):
        sent(world, number)
    with acting_as(world.adviser):
        first = worklist(world.adviser, urgent=True, size=2)
        rest = worklist(world.adviser, urgent=True, size=9, after=first.after)
        assert [row.rank for row in (*first.rows, *rest.rows)] == [0, 0, 0]


@pytest.mark.parametrize("key", FAR_KEYS)
@pytest.mark.parametrize("name", LISTS)
def test_a_key_beyond_every_row_is_no_fault(name: str, key: str) -> None:
    world = make_world()
    sent(world, 0)
    read, role = LISTS[name]
    with acting_as(world.actors[role]):
        assert len(read(world.actors[role], after=key).rows) <= 1
