"""How far people come, how long they wait, what nobody could give; what each number means, and the people behind it."""

from dataclasses import replace
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from wraparound.organisations.roles import Capability
from wraparound.reporting.behind import CONDITIONS, behind, may_look_behind, people_of
from wraparound.reporting.choices import to_choose_from
from wraparound.reporting.definitions import COUNTED, SHOWN
from wraparound.reporting.dropout import dropout
from wraparound.reporting.filters import Filters, Whose, lately
from wraparound.reporting.rows import unmet_needs, waits
from wraparound.web.access import Request, needs
from wraparound.web.figures import pages
from wraparound.web.figures.forms import FilterForm, in_address


@needs(Capability.SEE_FIGURES)
@require_GET
def figures(request: Request) -> HttpResponse:
    """Drop-out, waits and unmet needs of what the actor may see."""
    form, filters = _asked(request)
    found = dropout(request.actor, filters, by_pathway=True)
    assert found is not None
    several = len({way.pathway for way in found.ways}) > 1
    page = {
        "form": form,
        "found": found,
        "filters": found.filters,
        "ways": pages.shown(found, request.actor),
        "several": several,
        "whose": pages.whose_said(found.whose, request.membership),
        "scheme_wide": found.whose is Whose.SCHEME,
        "waits": waits(request.actor),
        "unmet": unmet_needs(request.actor, filters),
        "in_days": pages.in_days,
        "share_said": pages.share_said,
        "asked": urlencode(in_address(found.filters)),
    }
    return render(request, "figures/figures.jinja", page)


@needs(Capability.SEE_FIGURES)
@require_GET
def meaning(request: Request) -> HttpResponse:
    """What each figure is, and what it may not be used for."""
    return render(request, "figures/meaning.jinja", {"counted": COUNTED, "shown": SHOWN})


@needs(Capability.SEE_FIGURES)
@require_GET
def people(request: Request) -> HttpResponse:
    """The journeys behind one number, for those who may see people: their own organisation's alone."""
    figure = request.GET.get("figure", "referred")
    if figure not in CONDITIONS or not may_look_behind(request.actor):
        raise Http404
    _, filters = _asked(request)
    filters = replace(filters, service=request.GET.get("service", ""), kind=request.GET.get("kind", ""))
    page = behind(request.actor, figure, filters, after=request.GET.get("after", ""))
    address = {"figure": figure, "service": filters.service, "kind": filters.kind, **in_address(filters)}
    shown = {
        "rows": pages.listed(list(page.rows), people_of(request.actor, page.rows)),
        "heading": pages.what_is_listed(figure, filters),
        "filters": filters,
        "back": urlencode(in_address(filters)),
        "next": urlencode({**address, "after": page.after}) if page.after else "",
        "first": urlencode(address) if request.GET.get("after") else "",
    }
    return render(request, "figures/people.jinja", shown)


def _asked(request: Request) -> tuple[FilterForm, Filters]:
    """The form as it was sent, or with what is shown when nothing was."""
    usual = lately(timezone.localdate())
    sent = request.GET if "first-year" in request.GET else None
    form = FilterForm(to_choose_from(request.actor), sent, initial={"first": usual.first, "last": usual.last})
    return form, form.filters(usual)
