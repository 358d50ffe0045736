"""One request, found for the end that looks at it, and as the pages show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from wraparound.evidence.drafting import HOW, Pick, picks_of, question
from wraparound.evidence.models import EvidenceRequest
from wraparound.evidence.points import Benefit, PointList, list_for
from wraparound.evidence.reading import asked_request, is_late, letters_of, own_request
from wraparound.evidence.states import OPEN, WITH_CLINICIAN, EvidenceStatus
from wraparound.organisations.actor import Actor
from wraparound.people.reading import note_access
from wraparound.web.access import Request

COLOURS = {
    EvidenceStatus.PREPARING: "grey",
    EvidenceStatus.ASKED: "blue",
    EvidenceStatus.DRAFTED: "blue",
    EvidenceStatus.SENT_BACK: "orange",
    EvidenceStatus.SIGNED: "purple",
    EvidenceStatus.AGREED: "purple",
    EvidenceStatus.USED: "green",
    EvidenceStatus.ENDED: "grey",
    EvidenceStatus.UNLIKELY: "grey",
    EvidenceStatus.WITHDRAWN: "grey",
}


@dataclass(frozen=True)
class Row:
    """One line of a list."""

    request: EvidenceRequest
    status: str
    colour: str
    late: bool
    asked_here: bool


def row(request: EvidenceRequest, actor: Actor) -> Row:
    status = EvidenceStatus(request.status)
    here = request.to_organisation_id == actor.organisation_id and request.organisation_id != actor.organisation_id
    return Row(request, status.label, COLOURS[status], is_late(request, actor), here)


def own_or_404(request: Request, pk: int) -> EvidenceRequest:
    """One that the reader's organisation asks."""
    try:
        return own_request(request.actor, pk)
    except EvidenceRequest.DoesNotExist:
        raise Http404 from None


def asked_or_404(request: Request, pk: int) -> EvidenceRequest:
    """One that the reader's organisation is asked."""
    try:
        return asked_request(request.actor, pk)
    except EvidenceRequest.DoesNotExist:
        raise Http404 from None


def list_of(found: EvidenceRequest) -> PointList:
    return list_for(Benefit(found.benefit))


def numbered_picks(found: EvidenceRequest) -> Sequence[tuple[str, list[tuple[int, Pick]]]]:
    """The picked passages by point, each with its place."""
    picks = list(enumerate(picks_of(found.picks)))
    by_point = ((point.title, [each for each in picks if each[1].point == point.code]) for point in found.asked_points)
    return [(title, on) for title, on in by_point if on]


def shown(request: Request, found: EvidenceRequest) -> dict[str, Any]:
    """What every page about one request is given."""
    return {
        "evidence": found,
        "row": row(found, request.actor),
        "person": found.person,
        "letters": letters_of(request.actor, found),
        "picks": numbered_picks(found),
        "questions": [question(point) for point in found.asked_points],
        "how": HOW,
        "list": list_of(found),
        "open": found.status in OPEN,
        "waits": found.status in WITH_CLINICIAN,
    }


def render_own(request: Request, found: EvidenceRequest, name: str, page: str, **more: Any) -> HttpResponse:
    """A page of the adviser's; the look is written down under `page`."""
    note_access(request.actor, found.person, page)
    context = {**shown(request, found), "case": found.case, **more}
    return render(request, f"evidence/{name}.jinja", context)
