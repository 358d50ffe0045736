"""People of the actor's organisation: who is let in, as what, and the end of it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from wraparound.events.action import Refused
from wraparound.organisations.invitations import Made, invite, standing, withdraw_invitation
from wraparound.organisations.member_reading import (
    invitations_here,
    members_here,
    other_administrators,
    roles_here,
    teams_here,
)
from wraparound.organisations.members import Left, change_role, end_membership, seen_membership
from wraparound.organisations.models import Invitation, Membership
from wraparound.organisations.roles import Capability, Role
from wraparound.referrals.loads import loads, people_by_worker
from wraparound.referrals.paging import PAGE, page_of, past
from wraparound.signing_in.second_factors import who_have_one
from wraparound.web.access import Request, needs
from wraparound.web.members.forms import InviteForm, MemberForm
from wraparound.web.scheme.people import link_to
from wraparound.web.team.forms import posted

BY_NAME = ("who", "pk")


@needs(Capability.MANAGE_MEMBERS)
@require_http_methods(["GET", "POST"])
def listed(request: Request) -> HttpResponse:
    """Members by name, a page at a time, and who is invited. A page's key is a name, so it is posted."""
    actor = request.actor
    after = request.POST.get("after", "")
    page = page_of(list(past(members_here(actor), BY_NAME, after, str, int)[: PAGE + 1]), PAGE, BY_NAME)
    now = actor.now()
    shown = {
        "page": page,
        "later": bool(after),
        "with_second_factor": who_have_one(each.user_id for each in page.rows),
        "invitations": [(each, Role(each.role).label, standing(each, now)) for each in invitations_here(actor)[:100]],
        "alone": not other_administrators(actor),
    }
    return render(request, "members/members.jinja", shown)


@needs(Capability.MANAGE_MEMBERS)
@never_cache
@require_http_methods(["GET", "POST"])
def invite_member(request: Request) -> HttpResponse:
    """Invite somebody. The answer shows the link, this once: no address leads to it again."""
    actor = request.actor
    form = InviteForm(roles_here(actor), teams_here(actor), posted(request))
    made: list[Made] = []
    if form.done(lambda _: made.append(invite(by=actor, offer=form.offer(actor.organisation_id)))):
        return render(request, "members/invited.jinja", {"links": [link_to(request, each) for each in made]})
    return render(request, "members/invite.jinja", {"form": form})


@needs(Capability.MANAGE_MEMBERS)
@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    try:
        held = invitations_here(request.actor).get(pk=pk)
    except Invitation.DoesNotExist:
        raise Http404 from None
    withdraw_invitation(by=request.actor, invitation=held)
    messages.success(request, f"Withdrawn. The link that {held.name} has is good for nothing now.")
    return redirect("members")


@needs(Capability.MANAGE_MEMBERS)
@require_http_methods(["GET", "POST"])
def member(request: Request, pk: int) -> HttpResponse:
    """One membership: what they are may be changed here, and its end begins here. One's own is only shown."""
    actor, held = request.actor, _membership(request, pk)
    initial = {
        "role": held.role, "team": held.team_id, "administers": held.administers, "seen": seen_membership(held)
    }  # fmt: skip
    form = MemberForm(roles_here(actor), teams_here(actor), posted(request), initial=initial)
    left: list[Left] = []
    if form.done(
        lambda said: left.append(
            change_role(
                by=actor, membership=held, role=Role(said["role"]), team_id=form.team_id,
                administers=said["administers"], seen=said["seen"],
            )
        )
    ):  # fmt: skip
        messages.success(request, f"{held.user.name} is {Role(form.cleaned_data['role']).label.lower()} from now on.")
        _say_what_is_left(request, left[0])
        return redirect("members")
    theirs = held.user_id != actor.user_id and held.role != Role.SCHEME_ADMINISTRATOR
    shown = {"form": form, "held": held, "theirs": theirs, "own": held.user_id == actor.user_id}
    return render(request, "members/member.jinja", shown)


@needs(Capability.MANAGE_MEMBERS)
@require_http_methods(["GET", "POST"])
def end(request: Request, pk: int) -> HttpResponse:
    """Say what ending does and what the leaver has in hand, then end the membership."""
    actor, held = request.actor, _membership(request, pk)
    refused = ""
    in_hand = people_by_worker(loads(actor)).get(held.user_id, 0)
    if request.method == "POST":
        try:
            left = end_membership(by=actor, membership=held)
        except Refused as refusal:
            refused = refusal.sentence
        else:
            messages.success(request, f"{held.user.name} can do nothing more for {held.organisation.name}.")
            _say_what_is_left(request, left)
            return redirect("members")
    shown = {"held": held, "refused": refused, "in_hand": in_hand}
    return render(request, "members/end.jinja", shown)


def _say_what_is_left(request: Request, left: Left) -> None:
    for team in left.teams:
        messages.warning(request, f"{team.name} has no same-day lead now. Ask an administrator of the scheme.")
    if left.safeguarding:
        messages.warning(request, "Look who is your safeguarding lead now. An administrator of the scheme names one.")


def _membership(request: Request, pk: int) -> Membership:
    try:
        return members_here(request.actor).get(pk=pk)
    except Membership.DoesNotExist:
        raise Http404 from None
