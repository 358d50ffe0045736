"""An administrator takes away second factors that a colleague has lost."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from wraparound.events.action import Refused
from wraparound.messaging.tasks import send_notice
from wraparound.organisations.member_reading import members_here
from wraparound.organisations.models import Membership
from wraparound.organisations.roles import REFUSALS, Capability
from wraparound.organisations.scheme_reading import members_in
from wraparound.signing_in.actions import forget_second_factors
from wraparound.web.access import Request


@require_http_methods(["GET", "POST"])
def forget(request: Request, pk: int) -> HttpResponse:
    """Say what it means and whom to have rung first, then do it. They are told by letter."""
    actor = request.actor
    of_the_scheme = actor.can(Capability.MANAGE_SCHEME)
    if not of_the_scheme and not actor.can(Capability.MANAGE_MEMBERS):
        raise PermissionDenied(REFUSALS[Capability.MANAGE_MEMBERS])
    try:
        held = (members_in(actor) if of_the_scheme else members_here(actor)).get(pk=pk)
    except Membership.DoesNotExist:
        raise Http404 from None
    refused = ""
    if request.method == "POST":
        try:
            forget_second_factors(by=actor, membership=held)
        except Refused as refusal:
            refused = refusal.sentence
        else:
            send_notice(held.user_id, "second_factors_forgotten")
            messages.success(request, f"{held.user.name} sets up a new second factor when they next sign in.")
            return redirect("scheme-people" if of_the_scheme else "members")
    back = "scheme-member" if of_the_scheme else "member"
    return render(request, "account/forget.jinja", {"held": held, "refused": refused, "back": back})
