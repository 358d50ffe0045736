"""A case holds matters: each has a way of its own, and only those who advise in the organisation see any of it."""

from dataclasses import replace

import pytest

from tests.advice.advising import ABOUT, Advised
from wraparound.advice.matter_types import CATEGORIES
from wraparound.advice.matters import (
    about_of,
    change_matter,
    close_matter,
    give_matter,
    join_matters,
    move_matter,
    open_matter,
    reopen_matter,
    split_matter,
)
from wraparound.advice.models import Matter
from wraparound.advice.reading import matters_on
from wraparound.advice.states import MATTER_MOVES, Level, MatterStatus, Stage, stages_of
from wraparound.casework.actions import close
from wraparound.events.action import Refused
from wraparound.events.models import Event
from wraparound.organisations.actor import Actor, acting_as
from wraparound.referrals.states import Outcome

pytestmark = pytest.mark.django_db


def seen_by(found: Advised, actor: Actor) -> list[str]:
    with acting_as(actor):
        return [each.title for each in matters_on(actor, [found.case])]


def test_a_matter_is_seen_by_those_who_advise_there_and_nobody_else(found: Advised) -> None:
    found.matter()
    assert seen_by(found, found.world.advice_supervisor) == ["PIP refused"]
    for name in ("clinician", "link_worker", "link_supervisor", "advice_lead"):
        assert seen_by(found, getattr(found.world, name)) == [], name


def test_a_person_has_several_matters_the_live_ones_first(found: Advised) -> None:
    first = found.matter()
    found.matter(title="Council tax arrears", category="debt", level=Level.INFORMATION, stage=Stage.ADVICE,
                 first_type="", second_type="")  # fmt: skip
    with acting_as(found.adviser):
        close_matter(by=found.adviser, matter=first, why="Award reinstated on 1 October.")
    assert seen_by(found, found.adviser) == ["Council tax arrears", "PIP refused"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"category": "nothing"}, "category"),
        ({"first_type": "HRNT"}, "first_type"),
        ({"stage": Stage.EVICTION}, "stage"),
        ({"opponent": "y" * 121}, "opponent"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(
    found: Advised, changes: dict[str, object], field: str
) -> None:
    with acting_as(found.adviser), pytest.raises(Refused) as refused:
        open_matter(by=found.adviser, case=found.case, about=replace(ABOUT, **changes))
    assert refused.value.field == field


def test_each_verb_of_the_table_is_taken_only_from_its_statuses(found: Advised) -> None:
    matter = found.matter()
    by = found.adviser
    with acting_as(by):
        waits = move_matter(by=by, matter=matter, verb="wait_for_decision")
        assert waits.status == MatterStatus.WAITS_FOR_DECISION
        with pytest.raises(Refused, match="waits for a decision"):
            move_matter(by=by, matter=matter, verb="wait_for_decision")
        assert move_matter(by=by, matter=matter, verb="go_on").status == MatterStatus.OPEN
        close_matter(by=by, matter=matter, why="Won.")
        for verb in MATTER_MOVES.keys() & {"wait_for_person", "wait_for_decision", "go_on"}:
            with pytest.raises(Refused, match="closed"):
                move_matter(by=by, matter=matter, verb=verb)
        assert reopen_matter(by=by, matter=matter).status == MatterStatus.OPEN


def test_a_matter_is_closed_with_what_came_of_it_and_its_type(found: Advised) -> None:
    matter = found.matter(first_type="", second_type="")
    by = found.adviser
    with acting_as(by):
        with pytest.raises(Refused) as no_words:
            close_matter(by=by, matter=matter, why=" ")
        with pytest.raises(Refused) as no_type:
            close_matter(by=by, matter=matter, why="Won.")
        change_matter(by=by, matter=matter, about=ABOUT)
        closed = close_matter(by=by, matter=matter, why="Won.")
    assert (no_words.value.field, no_type.value.field) == ("why", "first_type")
    assert closed.closed_at and closed.closed_why == "Won."


def test_a_part_goes_its_own_way_and_can_be_joined_again(found: Advised) -> None:
    matter = found.matter()
    by = found.adviser
    with acting_as(by):
        part = split_matter(by=by, matter=matter, about=replace(ABOUT, title="Overpayment", second_type="WOVE"))
        assert part.split_from_id == matter.pk
        with pytest.raises(Refused, match="another matter"):
            join_matters(by=by, matter=part, to=part)
        kept = join_matters(by=by, matter=part, to=matter)
        part.refresh_from_db()
    assert kept.pk == matter.pk and part.status == MatterStatus.JOINED and part.joined_to_id == matter.pk


def test_a_matter_is_given_to_a_colleague_who_advises(found: Advised) -> None:
    matter = found.matter()
    by, other = found.adviser, found.world.advice_supervisor
    with acting_as(by):
        with pytest.raises(Refused, match="has it already"):
            give_matter(by=by, matter=matter, worker_id=by.user())
        with pytest.raises(Refused, match="your organisation"):
            give_matter(by=by, matter=matter, worker_id=found.world.link_worker.user())
        assert give_matter(by=by, matter=matter, worker_id=other.user()).worker_id == other.user_id


def test_advice_is_for_advice_work_and_for_those_who_give_it(found: Advised) -> None:
    with acting_as(found.world.link_worker), pytest.raises(Refused, match="an adviser gives the advice"):
        open_matter(by=found.world.link_worker, case=found.case, about=ABOUT)


def test_nothing_is_opened_on_closed_work(found: Advised) -> None:
    by = found.adviser
    with acting_as(by):
        close(by=by, case=found.case, outcome=Outcome.HELPED)
        with pytest.raises(Refused, match="closed"):
            open_matter(by=by, case=found.case, about=ABOUT)


def test_an_event_of_a_matter_is_the_organisations_own_and_does_not_say_what_it_is(found: Advised) -> None:
    matter = found.matter()
    with acting_as(found.adviser):
        event = Event.objects.get(name="matter_opened")
    assert event.organisation_ids == [found.adviser.organisation_id]
    assert event.data == {"matter": matter.pk}


def test_what_is_said_of_a_matter_comes_back_as_it_was_said(found: Advised) -> None:
    assert about_of(found.matter()) == ABOUT


def test_every_category_has_stages_and_its_types_are_its_own() -> None:
    for category in CATEGORIES.values():
        assert stages_of(category.code)[0] is Stage.ADVICE
        assert category.says("") == ""
    assert sum(len(each.first) + len(each.second) for each in CATEGORIES.values()) == 144
    assert CATEGORIES["benefits"].says("WBPI") == "Personal Independence Payments"


def test_a_matters_row_is_kept_from_the_link_worker_in_sql_too(found: Advised) -> None:
    found.matter()
    with acting_as(found.world.link_worker):
        assert not Matter.objects.exists()
    with acting_as(found.world.advice_supervisor):
        assert Matter.objects.exists()
