"""Raising a concern from a person's page, and reading it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wraparound.events.action import Refused
from wraparound.organisations.roles import Capability
from wraparound.people.models import Person
from wraparound.people.reading import note_access, person_of
from wraparound.referrals.models import Journey, as_reference
from wraparound.safeguarding import reading
from wraparound.safeguarding.actions import raise_concern, write_said
from wraparound.safeguarding.circumstances import already_raised
from wraparound.safeguarding.leads import answerers
from wraparound.safeguarding.models import Concern
from wraparound.safeguarding.states import ConcernKind
from wraparound.web.access import Request, needs
from wraparound.web.finding import journey_or_404
from wraparound.web.safeguarding import pages
from wraparound.web.safeguarding.forms import ColleagueForm, SaidForm
from wraparound.web.team.forms import posted


@require_GET
def concerns(request: Request) -> HttpResponse:
    """What the reader may see, what is open first; of one person, where one is named."""
    asked, actor = request.GET.get("person", ""), request.actor
    if asked:
        found = reading.concerns_of(actor, _person(request, int(asked) if asked.isdecimal() else 0))
    else:
        found = reading.listed(actor)
    rows = [pages.row(each, actor) for each in found]
    waiting = {each.concern.pk: pages.said(each) for each in reading.waiting_for(actor)}
    return render(request, "safeguarding/concerns.jinja", {"rows": rows, "waiting": waiting, "of_one": bool(asked)})


@needs(Capability.RAISE_CONCERN)
@require_POST
def raise_now(request: Request, pk: int) -> HttpResponse:
    """One press raises it; what was said is asked for afterwards."""
    person = _person(request, pk)
    kind = request.POST.get("kind", "")
    if kind not in set(ConcernKind):
        raise Http404
    try:
        raised = raise_concern(by=request.actor, person=person, kind=ConcernKind(kind), journey=_journey(request))
    except Refused as refusal:
        first = already_raised(request.actor, person, ConcernKind(kind))
        if refusal.code != "already_saved" or first is None:
            raise
        raised = first
    return redirect("concern", pk=raised.pk)


@needs(Capability.RAISE_CONCERN)
@require_http_methods(["GET", "POST"])
def raise_about_colleague(request: Request, pk: int) -> HttpResponse:
    """Raise one that some of those who answer concerns here must not see."""
    person = _person(request, pk)
    form = ColleagueForm(posted(request), colleagues=reading.colleagues(request.actor))
    if form.is_bound and form.is_valid():
        raised = raise_concern(by=request.actor, person=person, journey=_journey(request), **form.values())
        return redirect("concern", pk=raised.pk)
    note_access(request.actor, person, "raise-about-colleague")
    shown = {"person": person, "form": form, "journey": request.GET.get("journey", "")}
    return render(request, "safeguarding/colleague.jinja", shown)


@require_http_methods(["GET", "POST"])
def concern(request: Request, pk: int) -> HttpResponse:
    """One concern: what to do now, what was said, and where it has got to."""
    found = concern_or_404(request, pk)
    form = SaidForm(posted(request))
    if form.done(lambda said: write_said(by=request.actor, concern=found, **said)):
        messages.success(request, "Saved.")
        return redirect("concern", pk=pk)
    note_access(request.actor, found.person, "concern")
    may_answer = answerers(found)
    left = reading.left_why(request.actor, found)
    status, colour = pages.STATUS[found.status]  # type: ignore[index]
    shown = {
        "concern": found,
        "form": form,
        "offered": reading.offered(request.actor, found, left),
        "read_by": reading.read_by(request.actor, found),
        "asked": pages.who_is_asked(found, may_answer),
        "do_now": pages.DO_NOW[ConcernKind(found.kind)],
        "ring": pages.ring_now(request.actor, request.membership.scheme.nation),
        "late": left is not None or reading.is_late(found, request.actor),
        "left": pages.LEFT.get(left, "") if left else "",
        "status": status,
        "colour": colour,
        "not_reached": reading.practice_not_reached(found),
        "kind": ConcernKind(found.kind).label,
    }
    return render(request, "safeguarding/concern.jinja", shown)


def concern_or_404(request: Request, pk: int) -> Concern:
    try:
        return reading.concern_of(request.actor, pk)
    except Concern.DoesNotExist:
        raise Http404 from None


def _person(request: Request, pk: int) -> Person:
    try:
        return person_of(request.actor, pk)
    except Person.DoesNotExist:
        raise Http404 from None


def _journey(request: Request) -> Journey | None:
    """The journey whose page it was raised from, where there was one."""
    reference = request.POST.get("journey") or request.GET.get("journey")
    if not reference:
        return None
    return journey_or_404(request, as_reference(reference))
