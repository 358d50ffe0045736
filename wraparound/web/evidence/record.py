"""The extract of a record: read inside the request, shown in passages, and forgotten. Only what is ticked is kept."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from wraparound.evidence import asking
from wraparound.evidence.drafting import Pick, picked
from wraparound.evidence.extract import Extract, Unreadable, read_extract
from wraparound.evidence.models import EvidenceRequest
from wraparound.evidence.resting import signed_mandate
from wraparound.evidence.searching import Passage, find
from wraparound.evidence.states import EvidenceStatus
from wraparound.organisations.roles import Capability
from wraparound.web.access import Request, needs
from wraparound.web.evidence.forms import ExtractForm
from wraparound.web.evidence.pages import own_or_404, render_own
from wraparound.web.team.forms import posted

# A passage goes to the browser and back signed: what comes back is what the record says, and was read of late.
_SALT, _GOOD_FOR = "evidence.passage", 4 * 60 * 60


@needs(Capability.GIVE_ADVICE)
@never_cache
@require_http_methods(["GET", "POST"])
def record(request: Request, pk: int) -> HttpResponse:
    """Give the extract; the answer shows what in it bears on each point."""
    found = own_or_404(request, pk)
    if found.status != EvidenceStatus.PREPARING:
        return redirect("evidence-request", pk=pk)
    signed_mandate(request.actor, found.person)
    form = ExtractForm(posted(request), request.FILES if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            return _passages(request, found, read_extract(form.extract()))
        except Unreadable as fault:
            form.add_error("file" if form.cleaned_data["file"] else "text", str(fault))
    return render_own(request, found, "record", "evidence-record", form=form)


def _passages(request: Request, found: EvidenceRequest, extract: Extract) -> HttpResponse:
    bearings = [
        (each.point, [("For", _signed(found, each.for_)), ("Against", _signed(found, each.against))])
        for each in find(extract.entries, found.asked_points)
    ]
    read = {"entries": len(extract.entries), "passed_over": extract.passed_over}
    return render_own(request, found, "passages", "evidence-record", bearings=bearings, **read)


def _signed(found: EvidenceRequest, passages: Any) -> list[tuple[str, Pick, Passage]]:
    return [(signing.dumps([found.pk, asdict(pick)], salt=_SALT, compress=True), pick, each)
            for each in passages for pick in [picked(each)]]  # fmt: skip


@needs(Capability.GIVE_ADVICE)
@require_POST
def picks(request: Request, pk: int) -> HttpResponse:
    """Keep the ticked passages, and draft the letter around them."""
    found = own_or_404(request, pk)
    try:
        chosen = [_read_back(found, each) for each in request.POST.getlist("pick")]
    except signing.BadSignature:
        messages.error(request, "Too long ago, or not of this record. Give the extract again.")
        return redirect("evidence-record", pk=pk)
    asking.pick(by=request.actor, request=found, picks=chosen)
    messages.success(request, "The letter is drafted around what you chose.")
    return redirect("evidence-request", pk=pk)


def _read_back(found: EvidenceRequest, token: str) -> Pick:
    of, held = signing.loads(token, salt=_SALT, max_age=_GOOD_FOR)
    if of != found.pk:
        raise signing.BadSignature
    return Pick(**held)
