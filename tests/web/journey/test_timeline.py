"""The timeline has words for whatever can happen on a journey."""

import ast

import pytest

from tests.house.finding import trees
from wraparound.referrals.states import MOVES
from wraparound.web.journey.timeline import SENTENCES

# That somebody is marked for safeguarding is told to nobody who looks at a timeline.
ELSEWHERE = {"referral_mark"}


def of_a_journey() -> set[str]:
    """Names of the events that are recorded with a journey, written out where they are recorded."""
    found = {f"referral_{verb}" for verb in MOVES}
    for _, tree in trees():
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "record":
                name = call.args[0] if call.args else None
                on_a_journey = any(keyword.arg == "journey_id" for keyword in call.keywords)
                if on_a_journey and isinstance(name, ast.Constant):
                    found.add(str(name.value))
    return found


def test_there_are_events() -> None:
    assert len(of_a_journey()) > 35


@pytest.mark.parametrize("name", sorted(of_a_journey() - ELSEWHERE))
def test_it_is_said_on_the_timeline(name: str) -> None:
    assert SENTENCES[name].endswith(".")
