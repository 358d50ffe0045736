"""Systems that act for the actor's organisation: connecting one, and shutting it out."""

from datetime import datetime, time, timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from wraparound.events.action import Refused
from wraparound.organisations.credentials import (
    Issued,
    NewCredential,
    credentials_here,
    end_credential,
    make_credential,
)
from wraparound.organisations.models import Credential
from wraparound.organisations.roles import Capability
from wraparound.pathways.calendar import LONDON
from wraparound.web.access import Request, needs
from wraparound.web.members.forms import MAY, SystemForm
from wraparound.web.team.forms import posted


@needs(Capability.MANAGE_MEMBERS)
@require_GET
def listed(request: Request) -> HttpResponse:
    rows = [_row(each, request.actor.now()) for each in credentials_here(request.actor)[:100]]
    return render(request, "members/systems.jinja", {"rows": rows})


def _row(held: Credential, now: datetime) -> tuple[Credential, list[str], bool, datetime | None]:
    """A credential, what it may do in words, whether it has run out, and a moment of its last day."""
    may = [MAY[Capability(name)] for name in held.capabilities]
    ends = held.expires_at
    return held, may, bool(ends and ends <= now), ends and ends - timedelta(seconds=1)


@needs(Capability.MANAGE_MEMBERS)
@never_cache
@require_http_methods(["GET", "POST"])
def connect(request: Request) -> HttpResponse:
    """Make a credential. The answer shows its secret, this once: no address leads to it again."""
    form = SystemForm(posted(request))
    made: list[Issued] = []
    if form.done(lambda _: made.append(make_credential(by=request.actor, credential=_wanted(form)))):
        return render(request, "members/system_made.jinja", {"made": made[0], "address": request.build_absolute_uri})
    return render(request, "members/system_new.jinja", {"form": form})


def _wanted(form: SystemForm) -> NewCredential:
    said = form.cleaned_data
    last = said["expires"]
    return NewCredential(
        name=said["name"],
        kind=Credential.Kind(said["kind"]),
        capabilities=frozenset(map(Capability, said["capabilities"])),
        # The whole of the last day, as it is here.
        expires_at=datetime.combine(last + timedelta(days=1), time(), LONDON) if last else None,
    )


@needs(Capability.MANAGE_MEMBERS)
@require_http_methods(["GET", "POST"])
def end(request: Request, pk: int) -> HttpResponse:
    """Say what ending does, then shut the system out."""
    try:
        held = credentials_here(request.actor).get(pk=pk)
    except Credential.DoesNotExist:
        raise Http404 from None
    refused = ""
    if request.method == "POST":
        try:
            end_credential(by=request.actor, credential=held)
        except Refused as refusal:
            refused = refusal.sentence
        else:
            messages.success(request, f"{held.name} can do nothing more for {held.organisation.name}.")
            return redirect("systems")
    return render(request, "members/system_end.jinja", {"held": held, "refused": refused})
