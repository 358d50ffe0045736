"""What the sender is told before sending is what then happens."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import NOW, World, make_world, referred
from tests.referrals.test_routing import another_team, change, model, sent, unmet
from wraparound.organisations.actor import acting_as
from wraparound.pathways.vocabulary import ClinicalReason, Entry, Need
from wraparound.referrals.preview import preview

pytestmark = pytest.mark.django_db


def said(world: World, **changes: object) -> str:
    facts: dict[str, object] = {
        "needs": frozenset({Need.BENEFITS}),
        "urgent_flags": frozenset(),
        "advice_ticked": True,
    }
    with acting_as(world.clinician):
        return " ".join(preview(world.clinician, **(facts | changes)).sentences)  # type: ignore[arg-type]


def test_each_team_is_named_with_what_it_does() -> None:
    world = make_world()
    assert "adviser at Welfare advisers will contact them by" in said(world)


def test_a_full_team_is_said_before_sending_with_the_longest_wait() -> None:
    world = make_world()
    change(world.advice, places=0)
    told = said(world)
    assert "Welfare advisers is full at present: they go on its waiting list. They are offered a place by" in told
    assert "adviser at Welfare advisers will contact" not in told
    assert sent(world, referred(world))["Welfare advisers"].status == "waiting"


def test_the_team_that_it_would_really_go_to_is_named_and_why() -> None:
    world = make_world()
    change(world.advice, places=0)
    another_team(world, "Advice Too")
    told = said(world)
    assert "Welfare advisers is full at present; Advice Too is the next nearest with a place." in told
    assert "adviser at Advice Too will contact them by" in told
    assert "Advice Too" in sent(world, referred(world))


def test_what_nobody_can_take_is_said_before_sending() -> None:
    world = make_world()
    change(world.advice, closed_until=NOW.date() + timedelta(days=3))
    told = said(world)
    assert "No service can take this now: welfare advice. Welfare advisers takes nobody new at present." in told
    assert unmet(world, referred(world))


def test_a_single_service_is_one_workers() -> None:
    world = make_world("single-service")
    model(world, "single")
    change(world.social, also=["welfare_advice"])
    assert "hybrid worker at Link workers will contact them by" in said(world)


def test_a_clinical_reason_and_an_entry_count() -> None:
    world = make_world("clinical-pathway")
    social = {"needs": frozenset({Need.LONELINESS}), "advice_ticked": False}
    assert "adviser" not in said(world, **social)
    assert "adviser" in said(world, **social, clinical_reason=ClinicalReason.CANCER)
    world = make_world("signpost-only")
    assert "nothing is sent" in said(world, entry=Entry.CLINICIAN)


def test_looking_ahead_holds_nobodys_place_and_writes_nothing() -> None:
    world = make_world()
    change(world.advice, places=1)
    with CaptureQueriesContext(connection) as captured:
        said(world)
    assert not [query["sql"] for query in captured if "INSERT" in query["sql"] or "UPDATE" in query["sql"]]
