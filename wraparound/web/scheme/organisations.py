"""Which organisations are in the scheme, and who answers for safeguarding in each."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from wraparound.events.action import Refused
from wraparound.organisations.models import Organisation
from wraparound.organisations.roles import Capability
from wraparound.organisations.scheme_reading import (
    administrators_in,
    could_lead_in,
    leads_in,
    organisation_in,
    organisations_in,
    to_add,
    to_add_one,
)
from wraparound.organisations.setting_up import add_organisation, make_organisation, remove_organisation
from wraparound.organisations.setting_up_contacts import name_safeguarding_lead
from wraparound.referrals.paging import page_of, past
from wraparound.web.access import Request, needs
from wraparound.web.scheme.forms import LeadForm, OrganisationForm, number
from wraparound.web.team.forms import posted

PAGE = 50
BY_KIND = ("kind", "name", "pk")
MOST_FOUND = 20


@needs(Capability.MANAGE_SCHEME)
@require_GET
def listed(request: Request) -> HttpResponse:
    """The scheme's organisations, by kind and name, a page at a time."""
    found = past(organisations_in(request.actor), BY_KIND, request.GET.get("after", ""), str, str, int)
    page = page_of(list(found[: PAGE + 1]), PAGE, BY_KIND)
    shown = {
        "page": page,
        "leads": leads_in(request.actor),
        "administrators": administrators_in(request.actor, [each.pk for each in page.rows]),
        "first": bool(request.GET.get("after")),
    }
    return render(request, "scheme/organisations.jinja", shown)


@needs(Capability.MANAGE_SCHEME)
@require_http_methods(["GET", "POST"])
def add(request: Request) -> HttpResponse:
    """Find an organisation that is known already, and let it be part of the scheme."""
    if request.method == "POST":
        return _added(request)
    asked = request.GET.get("q", "")
    found = to_add(request.actor, asked, MOST_FOUND)
    shown = {"asked": asked, "found": found[:MOST_FOUND], "more": len(found) > MOST_FOUND}
    return render(request, "scheme/organisation_add.jinja", shown)


def _added(request: Request) -> HttpResponse:
    chosen = request.POST.get("organisation", "")
    try:
        organisation = to_add_one(int(chosen) if chosen.isdecimal() else 0)
    except (Organisation.DoesNotExist, OverflowError):
        raise Http404 from None
    try:
        add_organisation(by=request.actor, organisation=organisation)
        messages.success(request, f"{organisation.name} is in the scheme now.")
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("scheme-organisations")


@needs(Capability.MANAGE_SCHEME)
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Write down an organisation that no register names."""
    form = OrganisationForm(posted(request))
    if form.done(lambda _: make_organisation(by=request.actor, organisation=form.organisation())):
        messages.success(request, f"{form.cleaned_data['name']} is in the scheme now.")
        return redirect("scheme-organisations")
    return render(request, "scheme/organisation_new.jinja", {"form": form})


@needs(Capability.MANAGE_SCHEME)
@require_http_methods(["GET", "POST"])
def remove(request: Request, pk: int) -> HttpResponse:
    """Say what removing does, then end the organisation's part in the scheme."""
    organisation = _organisation(request, pk)
    refused = ""
    if request.method == "POST":
        try:
            remove_organisation(by=request.actor, organisation=organisation)
        except Refused as refusal:
            refused = refusal.sentence
        else:
            messages.success(request, f"{organisation.name} is not in the scheme any more.")
            return redirect("scheme-organisations")
    shown = {"organisation": organisation, "refused": refused}
    return render(request, "scheme/organisation_remove.jinja", shown)


@needs(Capability.MANAGE_SCHEME)
@require_http_methods(["GET", "POST"])
def lead(request: Request, pk: int) -> HttpResponse:
    """Name who answers a safeguarding concern raised in one organisation."""
    organisation = _organisation(request, pk)
    now = leads_in(request.actor).get(pk)
    initial = {"lead": now.user_id, "deputy": now.deputy_id} if now else {}
    form = LeadForm(could_lead_in(request.actor, pk), posted(request), initial=initial)
    if form.done(
        lambda said: name_safeguarding_lead(
            by=request.actor, organisation=organisation, user_id=int(said["lead"]), deputy_id=number(said["deputy"])
        )
    ):
        messages.success(request, f"Saved. Concerns raised at {organisation.name} come to them.")
        return redirect("scheme-organisations")
    return render(request, "scheme/lead.jinja", {"form": form, "organisation": organisation, "now": now})


def _organisation(request: Request, pk: int) -> Organisation:
    try:
        return organisation_in(request.actor, pk)
    except Organisation.DoesNotExist:
        raise Http404 from None
