"""What makes a function an action: one transaction, at least one event, and a refusal that a person may read."""

import functools
import inspect
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import transaction


class Refused(Exception):
    """An action that may not be done. `sentence` is fit to be read by the person who tried; `field` names the input."""

    def __init__(self, code: str, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.field = field


class NoEvent(Exception):
    """An action changed something and said nothing of it: a fault in the action."""


recorded: ContextVar[int] = ContextVar("events_recorded", default=0)
ACTIONS: dict[str, Callable[..., Any]] = {}
F = TypeVar("F", bound=Callable[..., Any])


def action(function: F) -> F:
    """Make `function` an action: keyword-only with `by`, atomic, and standing or falling with its events."""
    parameters = inspect.signature(function).parameters
    if "by" not in parameters or any(p.kind is not p.KEYWORD_ONLY for p in parameters.values()):
        raise TypeError(f"{function.__qualname__}: an action takes keywords only, `by` among them")

    @functools.wraps(function)
    def acted(**arguments: Any) -> Any:
        before = recorded.get()
        with transaction.atomic():
            result = function(**arguments)
            if recorded.get() == before:
                raise NoEvent(function.__qualname__)
        return result

    ACTIONS[f"{function.__module__}.{function.__qualname__}"] = acted
    return acted  # type: ignore[return-value]
