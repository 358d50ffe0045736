"""Closing a matter asks what came of it."""

from typing import Any

from wraparound.advice.models import Matter
from wraparound.outcomes.reading import in_force
from wraparound.outcomes.recording import Close, close_with_outcome
from wraparound.web.access import Request
from wraparound.web.money.found import keep_how_long
from wraparound.web.money.outcome_forms import ClosingForm
from wraparound.web.team.forms import posted


def closing_form(request: Request, matter: Matter) -> ClosingForm:
    """What came of it: the outcomes that it has, or one of those that need no sum."""
    return ClosingForm(posted(request), standing=in_force(request.actor, [matter]))


def close_as_said(request: Request, matter: Matter, form: ClosingForm, said: dict[str, Any], close: Close) -> Matter:
    """Close it by `close`, with what the form says came of it."""
    kind = said.get("kind", "")
    closed: Matter = close_with_outcome(by=request.actor, matter=matter, why=said["why"], kind=kind, close=close)
    keep_how_long(request, matter.case, form)
    return closed
