"""Who is in the scheme: members, invitations, roles, and the end of a membership."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from wraparound.events.action import Refused
from wraparound.organisations.invitations import Made, invite, standing, withdraw_invitation
from wraparound.organisations.members import Left, change_role, end_membership, seen_membership
from wraparound.organisations.models import Invitation, Membership
from wraparound.organisations.roles import Capability, Role
from wraparound.organisations.scheme_reading import (
    invitation_in,
    invitations_in,
    members_in,
    organisations_in,
    teams_in,
    workplaces_in,
)
from wraparound.referrals.paging import PAGE, page_of, past
from wraparound.web.access import Request, needs
from wraparound.web.scheme.people_forms import ROLES, InviteForm, RoleForm
from wraparound.web.team.forms import posted

BY_NAME = ("who", "pk")
FILTERS = ("q", "organisation", "role")


@needs(Capability.MANAGE_SCHEME)
@require_http_methods(["GET", "POST"])
def listed(request: Request) -> HttpResponse:
    """Members by name, a page at a time, narrowed by what is asked.

    All of it is posted, the key of a page too, which is a name: an address is kept by browsers, proxies and logs.
    """
    asked = {name: request.POST.get(name, "") for name in FILTERS}
    place = int(asked["organisation"]) if asked["organisation"].isdecimal() else None
    found = members_in(request.actor, asked=asked["q"], organisation=place, role=asked["role"])
    page = page_of(list(past(found, BY_NAME, request.POST.get("after", ""), str, int)[: PAGE + 1]), PAGE, BY_NAME)
    now = request.actor.now()
    shown = {
        "page": page,
        "asked": asked,
        "narrowed": any(asked.values()),
        "roles": ROLES[1:],
        "organisations": workplaces_in(request.actor),
        "later": bool(request.POST.get("after")),
        "invitations": [
            (each, Role(each.role).label, standing(each, now)) for each in invitations_in(request.actor)[:100]
        ],
    }
    return render(request, "scheme/people.jinja", shown)


@needs(Capability.MANAGE_SCHEME)
@never_cache
@require_http_methods(["GET", "POST"])
def invite_member(request: Request) -> HttpResponse:
    """Invite somebody. The answer shows the link, this once: no address leads to it again."""
    actor = request.actor
    form = InviteForm(organisations_in(actor), teams_in(actor), posted(request))
    made: list[Made] = []
    if form.done(lambda _: made.append(invite(by=actor, offer=form.offer()))):
        return render(request, "scheme/invited.jinja", {"links": [link_to(request, each) for each in made]})
    return render(request, "scheme/invite.jinja", {"form": form})


def link_to(request: Request, made: Made) -> tuple[Invitation, str]:
    """An invitation and the whole address that accepts it."""
    return made.invitation, request.build_absolute_uri(reverse("invitation", kwargs={"token": made.token}))


@needs(Capability.MANAGE_SCHEME)
@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    try:
        held = invitation_in(request.actor, pk)
    except Invitation.DoesNotExist:
        raise Http404 from None
    try:
        withdraw_invitation(by=request.actor, invitation=held)
        messages.success(request, f"Withdrawn. The link that {held.name} has is good for nothing now.")
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("scheme-people")


@needs(Capability.MANAGE_SCHEME)
@require_http_methods(["GET", "POST"])
def member(request: Request, pk: int) -> HttpResponse:
    """One membership: its role and team may be changed here, and its end begins here."""
    held = _membership(request, pk)
    teams = teams_in(request.actor).filter(organisation=held.organisation_id)
    initial = {"role": held.role, "team": held.team_id, "seen": seen_membership(held)}
    form = RoleForm(teams, posted(request), initial=initial)
    left: list[Left] = []
    if form.done(
        lambda said: left.append(
            change_role(
                by=request.actor, membership=held, role=Role(said["role"]), seen=said["seen"],
                team_id=int(said["team"]) if said["team"] else None,
            )
        )
    ):  # fmt: skip
        messages.success(request, f"{held.user.name} is {Role(form.cleaned_data['role']).label.lower()} from now on.")
        _say_what_is_left(request, left[0])
        return redirect("scheme-people")
    return render(request, "scheme/member.jinja", {"form": form, "held": held})


@needs(Capability.MANAGE_SCHEME)
@require_http_methods(["GET", "POST"])
def end(request: Request, pk: int) -> HttpResponse:
    """Say what ending does, then end the membership."""
    held = _membership(request, pk)
    refused = ""
    if request.method == "POST":
        try:
            left = end_membership(by=request.actor, membership=held)
        except Refused as refusal:
            refused = refusal.sentence
        else:
            held = left.membership
            messages.success(request, f"{held.user.name} can do nothing more for {held.organisation.name}.")
            _say_what_is_left(request, left)
            return redirect("scheme-people")
    return render(request, "scheme/member_end.jinja", {"held": held, "refused": refused})


def _say_what_is_left(request: Request, left: Left) -> None:
    for team in left.teams:
        messages.warning(request, f"{team.name} has no same-day lead now. Name one on the page Teams.")
    if left.safeguarding:
        messages.warning(request, f"Look who is the safeguarding lead of {left.membership.organisation.name} now.")
    if left.administrator:
        place = left.membership.organisation.name
        messages.warning(request, f"{place} has no administrator of its own now. Invite one.")


def _membership(request: Request, pk: int) -> Membership:
    try:
        return members_in(request.actor).get(pk=pk)
    except Membership.DoesNotExist:
        raise Http404 from None
