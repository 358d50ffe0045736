"""The scheme's teams, and the numbers that referrers are shown at once."""

from dataclasses import asdict

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wraparound.events.action import Refused
from wraparound.organisations.models import HelpNow, Team
from wraparound.organisations.roles import Capability
from wraparound.organisations.scheme_reading import help_now_in, organisations_in, practices_in, teams_in
from wraparound.organisations.setting_up_contacts import add_help_now, end_help_now
from wraparound.organisations.setting_up_teams import add_team, change_team, leads_of, seen_team, team_details
from wraparound.pathways.vocabulary import Service, UrgentFlag
from wraparound.web.access import Request, needs
from wraparound.web.scheme.forms import NumberForm, TeamForm
from wraparound.web.team.forms import posted
from wraparound.web.wording import FLAGS


@needs(Capability.MANAGE_SCHEME)
@require_GET
def listed(request: Request) -> HttpResponse:
    names = dict(practices_in(request.actor).values_list("pk", "name"))
    rows = [
        (team, _services(team), [names[each] for each in team.serves if each in names])
        for team in teams_in(request.actor)
    ]  # fmt: skip
    return render(request, "scheme/teams.jinja", {"rows": rows})


def _services(team: Team) -> str:
    return ", ".join(Service(each).label for each in [team.service, *team.also])


@needs(Capability.MANAGE_SCHEME)
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    actor = request.actor
    form = TeamForm(
        list(practices_in(actor)), leads_of(actor), organisations_in(actor), posted(request)
    )  # fmt: skip
    if form.done(lambda said: add_team(by=actor, organisation_id=int(said["organisation_id"]), details=form.details())):
        messages.success(request, f"{form.cleaned_data['name']} can be sent referrals now.")
        return redirect("scheme-teams")
    return render(request, "scheme/team.jinja", {"form": form, "team": None})


@needs(Capability.MANAGE_SCHEME)
@require_http_methods(["GET", "POST"])
def change(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    try:
        team = teams_in(actor).get(pk=pk)
    except Team.DoesNotExist:
        raise Http404 from None
    practices = list(practices_in(actor))
    form = TeamForm(
        practices, leads_of(actor, team.organisation_id), None, posted(request),
        initial=_initial(team, {each.pk: each.ods_code for each in practices}),
    )  # fmt: skip
    if form.done(lambda said: change_team(by=actor, team=team, details=form.details(), seen=said["seen"])):
        messages.success(request, "Saved. New referrals go by it; those the team has stay with it.")
        return redirect("scheme-teams")
    return render(request, "scheme/team.jinja", {"form": form, "team": team})


def _initial(team: Team, codes: dict[int, str]) -> dict[str, object]:
    held = asdict(team_details(team))
    serves = sorted(held["serves"])
    return {
        **held,
        "also": sorted(held["also"]),
        "serves": serves,
        "codes": " ".join(codes[each] for each in serves if each in codes),
        "same_day_lead": team.same_day_lead_id,
        "seen": seen_team(team),
    }


@needs(Capability.MANAGE_SCHEME)
@require_GET
def numbers(request: Request) -> HttpResponse:
    """Numbers to ring now, by what they are for."""
    held = list(help_now_in(request.actor))
    groups = [(said, [each for each in held if each.flag == flag]) for flag, said in FLAGS.items()]
    return render(request, "scheme/numbers.jinja", {"groups": groups})


@needs(Capability.MANAGE_SCHEME)
@require_http_methods(["GET", "POST"])
def number_new(request: Request) -> HttpResponse:
    form = NumberForm(posted(request))
    if form.done(lambda said: add_help_now(by=request.actor, **said)):
        messages.success(request, "Referrers are shown this number from now on.")
        return redirect("scheme-numbers")
    return render(request, "scheme/number_new.jinja", {"form": form})


@needs(Capability.MANAGE_SCHEME)
@require_POST
def number_end(request: Request, pk: int) -> HttpResponse:
    try:
        held = help_now_in(request.actor).get(pk=pk)
    except HelpNow.DoesNotExist:
        raise Http404 from None
    try:
        end_help_now(by=request.actor, help_now=held)
        messages.success(request, f"{held.name} is not shown any more for: {FLAGS[UrgentFlag(held.flag)].lower()}.")
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("scheme-numbers")
