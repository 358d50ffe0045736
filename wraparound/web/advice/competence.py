"""Who may take what: what each adviser is signed off for, and what the organisation holds."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wraparound.advice import competence as actions
from wraparound.advice.matter_types import CATEGORIES
from wraparound.advice.models import Permission
from wraparound.advice.reading import competences as competences_of
from wraparound.advice.reading import permission_of, permissions
from wraparound.events.action import Refused
from wraparound.organisations.roles import Capability
from wraparound.web.access import Request, needs
from wraparound.web.advice.forms import PermissionForm, SignOffForm
from wraparound.web.team.forms import posted


@needs(Capability.GIVE_ADVICE)
@require_GET
def competences(request: Request) -> HttpResponse:
    """Every adviser here with what they are signed off for, and what the organisation holds."""
    actor = request.actor
    signed = competences_of(actor)
    shown = {
        "advisers": [(each, signed.get(each.user_id)) for each in actions.advisers(actor)],
        "permissions": permissions(actor), "categories": {code: each.name for code, each in CATEGORIES.items()},
        "today": actor.today(),
    }  # fmt: skip
    return render(request, "advice/competences.jinja", shown)


@needs(Capability.SUPERVISE)
@require_http_methods(["GET", "POST"])
def sign_off(request: Request, pk: int) -> HttpResponse:
    """Say what a colleague (the id of a user) may take on."""
    actor = request.actor
    member = next((each for each in actions.advisers(actor) if each.user_id == pk), None)
    if member is None or not actor.can(Capability.GIVE_ADVICE):
        raise Http404
    form = SignOffForm(posted(request), held=competences_of(actor).get(pk))
    if form.done(lambda _: actions.sign_off(by=actor, worker_id=pk, **form.values())):
        messages.success(request, f"Saved what {member.user.name} may take on.")
        return redirect("competences")
    return render(request, "advice/sign_off.jinja", {"form": form, "member": member})


@needs(Capability.SUPERVISE)
@require_http_methods(["GET", "POST"])
def add_permission(request: Request) -> HttpResponse:
    """Write down what the organisation holds, and until when."""
    form = PermissionForm(posted(request))
    if form.done(lambda said: actions.record_permission(by=request.actor, **said)):
        messages.success(request, "Saved.")
        return redirect("competences")
    return render(request, "advice/permission.jinja", {"form": form})


@needs(Capability.SUPERVISE)
@require_POST
def end_permission(request: Request, pk: int) -> HttpResponse:
    """It does not hold any more."""
    try:
        actions.end_permission(by=request.actor, permission=permission_of(request.actor, pk))
        messages.success(request, "It does not hold any more.")
    except Permission.DoesNotExist:
        raise Http404 from None
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("competences")
