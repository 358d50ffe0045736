"""A team's waiting list, and offering somebody on it a place."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from wraparound.events.action import Refused
from wraparound.organisations.pathways import calendar_of, pathway_of
from wraparound.organisations.roles import Capability
from wraparound.pathways import words
from wraparound.referrals.capacity import rooms
from wraparound.referrals.models import Referral
from wraparound.referrals.reading import referral_of
from wraparound.referrals.waiting import offer_place, teams_of, waiting_list
from wraparound.web.access import Request, needs
from wraparound.web.waiting.pages import needs_said, room_of, services_said


@needs(Capability.SEE_WORKLIST)
@require_GET
def waiting(request: Request) -> HttpResponse:
    """Who waits for a place, in the order in which places are offered."""
    actor = request.actor
    page = waiting_list(actor, after=request.GET.get("after", ""))
    teams = teams_of(actor)
    room = rooms(teams, actor.today(), unlimited_too=True)
    rows = [
        {
            "referral": referral,
            "services": services_said(referral),
            "needs": needs_said(referral.needs),
            "waited": calendar_of(pathway_of(referral.journey.pathway_version_id)).working_days_between(
                referral.status_since, actor.now()
            ),
        }
        for referral in page.rows
    ]
    shown = {
        "rows": rows,
        "after": page.after,
        "first": not request.GET.get("after"),
        "rooms": [room_of(team, room[team.pk]) for team in teams],
        "several": len(teams) > 1,
        "may_offer": actor.can(Capability.SHARE_OUT),
    }
    return render(request, "waiting/waiting_list.jinja", shown)


@needs(Capability.SHARE_OUT)
@require_POST
def offer(request: Request, pk: int) -> HttpResponse:
    """Offer somebody a place now, in turn or not."""
    try:
        found = referral_of(request.actor, pk)
        offered = offer_place(by=request.actor, referral=found)
    except Referral.DoesNotExist:
        raise Http404 from None
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    else:
        due = f" An answer is due by {words.by(offered.due_at)}." if offered.due_at else ""
        messages.success(request, f"{found.person.name} is offered a place at {found.to_team.name}.{due}")
    return redirect("waiting-list")
