"""What a recipe gives: who does an action, and with what."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.factories import World
from wraparound.organisations.actor import Actor


@dataclass(frozen=True)
class Trial:
    """`makes_its_own`: the action touches nothing that was there before, so that nobody is a stranger to it."""

    by: Actor
    arguments: dict[str, Any] = field(default_factory=dict)
    makes_its_own: bool = False


Recipe = Callable[[World], Trial]
