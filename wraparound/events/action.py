"""What makes a function an action: one transaction, at least one event, and a refusal that a person may read."""

import functools
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import connection, transaction


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
# Whether an action is being done already, which another is a part of.
_doing: ContextVar[bool] = ContextVar("action_doing", default=False)
# Every version of a row that the action writes says which it was: why it changed.
_SAY_WHY = """
    SELECT set_config('pghistory.context_metadata', (
        coalesce(nullif(current_setting('pghistory.context_metadata', true), ''), '{}')::jsonb
        || jsonb_build_object('action', %s::text))::text, true)
"""
ACTIONS: dict[str, Callable[..., Any]] = {}
F = TypeVar("F", bound=Callable[..., Any])


@contextmanager
def _why(name: str) -> Iterator[None]:
    """The outermost action is what was done; what it is made of is not."""
    if _doing.get():
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(_SAY_WHY, [name])
    token = _doing.set(True)
    try:
        yield
    finally:
        _doing.reset(token)


def action(function: F) -> F:
    """Make `function` an action: keyword-only with `by`, atomic, and standing or falling with its events."""
    parameters = inspect.signature(function).parameters
    if "by" not in parameters or any(p.kind is not p.KEYWORD_ONLY for p in parameters.values()):
        raise TypeError(f"{function.__qualname__}: an action takes keywords only, `by` among them")

    @functools.wraps(function)
    def acted(**arguments: Any) -> Any:
        before = recorded.get()
        with transaction.atomic(), _why(function.__name__):
            result = function(**arguments)
            if recorded.get() == before:
                raise NoEvent(function.__qualname__)
        return result

    ACTIONS[f"{function.__module__}.{function.__qualname__}"] = acted
    return acted  # type: ignore[return-value]
