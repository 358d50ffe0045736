"""The scheme as a whole: what is set up, what is missing, and what it is."""

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from wraparound.organisations.roles import Capability
from wraparound.organisations.scheme_reading import counts_in, missing, organisations_in, scheme_of_actor
from wraparound.organisations.setting_up import change_scheme, details_of, seen_scheme
from wraparound.web.access import Request, needs
from wraparound.web.scheme.forms import SchemeForm
from wraparound.web.scheme.wording import MODELS
from wraparound.web.team.forms import posted


@needs(Capability.MANAGE_SCHEME)
@require_GET
def overview(request: Request) -> HttpResponse:
    scheme = scheme_of_actor(request.actor)
    shown = {
        "scheme": scheme,
        "model_says": MODELS[scheme.Model(scheme.model)],
        "counts": counts_in(request.actor),
        "missing": missing(request.actor),
    }
    return render(request, "scheme/overview.jinja", shown)


@needs(Capability.MANAGE_SCHEME)
@require_http_methods(["GET", "POST"])
def settings(request: Request) -> HttpResponse:
    """What the scheme is: its name, its model of operation, its nation, its front door."""
    scheme = scheme_of_actor(request.actor)
    initial = {**asdict(details_of(scheme)), "seen": seen_scheme(scheme)}
    form = SchemeForm(organisations_in(request.actor), posted(request), initial=initial)
    if form.done(lambda said: change_scheme(by=request.actor, details=form.details(), seen=said["seen"])):
        messages.success(request, "Saved. New referrals go by it; what is under way is not touched.")
        return redirect("scheme")
    return render(request, "scheme/settings.jinja", {"form": form, "scheme": scheme})
