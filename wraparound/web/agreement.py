"""How every page asks for the person's agreement: the ways, and the reason for each exception."""

from typing import Any

from wraparound.consent.agreed import ASKED_BY_A_WORKER, AgreedHow
from wraparound.web.nhsuk import LongTextField, RadiosField

_REASONS = {AgreedHow.BEST_INTERESTS: "best_interests_reason", AgreedHow.SAFEGUARDING: "safeguarding_reason"}


def how_field(*, missing: str, small: bool = False) -> RadiosField:
    """The question, for a form's `agreed_how`; it reveals the two fields below."""
    return RadiosField(
        "How did they agree?",
        choices=[(how.value, how.label) for how in ASKED_BY_A_WORKER],
        reveals={how.value: field for how, field in _REASONS.items()},
        dividers={AgreedHow.BEST_INTERESTS.value: "or, only when they could not be asked"},
        missing=missing,
        small=small,
        size="s",
    )


def best_interests_field() -> LongTextField:
    """For a form's `best_interests_reason`."""
    return LongTextField(
        "Why they cannot decide this, and why it is best for them",
        required=False,
        rows=2,
        missing="Enter why they cannot decide this and why it is best for them",
    )


def safeguarding_field() -> LongTextField:
    """For a form's `safeguarding_reason`."""
    return LongTextField(
        "What the concern is, and why they were not asked",
        required=False,
        rows=2,
        missing="Enter what the concern is and why they were not asked",
    )


def agreement(said: dict[str, Any]) -> dict[str, Any]:
    """What an action takes of the answers: `agreed_how` and `exception_reason`."""
    how = AgreedHow(said["agreed_how"])
    return {"agreed_how": how, "exception_reason": said[_REASONS[how]] if how in _REASONS else ""}
