"""Asking the database once in a transaction for what each row of a page would ask again."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")
_answers: ContextVar[dict[Hashable, Any] | None] = ContextVar("asked_once", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Remember answers until the end of this block, or of the one around it: `acting_as` is such a block."""
    token = _answers.set({}) if _answers.get() is None else None
    try:
        yield
    finally:
        if token:
            _answers.reset(token)


def once(key: Hashable, ask: Callable[[], T]) -> T:
    """What `ask()` gives, asked at most once for `key` while answers are remembered."""
    answers = _answers.get()
    if answers is None:
        return ask()
    if key not in answers:
        answers[key] = ask()
    answer: T = answers[key]
    return answer


def forget_answers() -> None:
    """Called by whatever changes something that is asked in this way."""
    answers = _answers.get()
    if answers is not None:
        answers.clear()
