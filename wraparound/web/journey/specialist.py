"""Asking a partner's advisers in, beside the worker who has the person in hand."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from wraparound.advice.reading import limits_on
from wraparound.advice.specialists import bring_in_specialist, draft_of, specialist_teams
from wraparound.consent.agreed import HANDOVER
from wraparound.consent.translating import spoken_by
from wraparound.organisations.roles import Capability
from wraparound.web.access import Request, needs
from wraparound.web.finding import matter_or_404
from wraparound.web.journey.forms import SpecialistForm
from wraparound.web.journey.working import answer
from wraparound.web.team.forms import posted


@needs(Capability.GIVE_ADVICE)
@require_http_methods(["GET", "POST"])
def specialist(request: Request, pk: int) -> HttpResponse:
    """Who could take it among the partners, what they are told, and that the person agreed."""
    matter = matter_or_404(request, pk)
    spoken = spoken_by(request.actor, matter.person.preferred_language)
    teams = {each.pk: each for each in specialist_teams(request.actor, matter)}
    draft = draft_of(matter, limits_on(request.actor, [matter]))
    usual = {"given_by": "person", "capacity": "no_doubt", "told": draft}
    form = SpecialistForm(posted(request), spoken=spoken, teams=teams.values(), initial=usual)
    return answer(
        request, matter.case, "specialist", form, "They are asked, and must accept it. The person stays yours.",
        lambda said: bring_in_specialist(
            by=request.actor, matter=matter, team=teams[int(said["team"])], **form.values()
        ),
        matter=matter, teams=teams, wording=HANDOVER, spoken=spoken,
    )  # fmt: skip
