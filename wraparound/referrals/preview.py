"""What would happen to a referral, before it is sent: for the sender to see and to tell the person."""

from dataclasses import dataclass
from datetime import time

from wraparound.organisations.actor import Actor
from wraparound.organisations.models import HelpNow, Scheme, Team
from wraparound.organisations.pathways import calendar_of, pathway_of
from wraparound.pathways.calendar import Calendar, local
from wraparound.pathways.engine import Facts, Plan, plan
from wraparound.pathways.vocabulary import ClinicalReason, Entry, Need, Service, UrgentFlag


@dataclass(frozen=True)
class Preview:
    """`sentences` in order; `drawing` and `narrow_drawing` are SVG; `help_now` whom to ring at this moment."""

    sentences: tuple[str, ...]
    drawing: str
    narrow_drawing: str
    help_now: tuple[HelpNow, ...]


def preview(
    actor: Actor,
    *,
    needs: frozenset[Need],
    urgent_flags: frozenset[UrgentFlag],
    advice_ticked: bool,
    entry: Entry = Entry.CLINICIAN,
    clinical_reason: ClinicalReason | None = None,
) -> Preview:
    """What the scheme's pathway does with these facts now. LookupError when the scheme has no pathway or no entry."""
    from wraparound.pathways.drawing import draw

    version_id = Scheme.objects.values_list("pathway_version_id", flat=True).get(pk=actor.scheme_id)
    if version_id is None:
        raise LookupError("This scheme has no pathway yet.")
    pathway = pathway_of(version_id)
    calendar = calendar_of(pathway)
    decided = plan(pathway, Facts(entry, needs, urgent_flags, advice_ticked, clinical_reason), calendar, actor.now())
    return Preview(
        sentences=decided.sentences(team_names(actor.scheme_id)),
        drawing=draw(pathway, decided),
        narrow_drawing=draw(pathway, decided, narrow=True),
        help_now=help_now(actor, decided, calendar),
    )


def team_names(scheme_id: int) -> dict[Service, str]:
    """The name of the team that takes each service's referrals."""
    return {Service(team.service): team.name for team in Team.objects.filter(scheme_id=scheme_id).order_by("-pk")}


def help_now(actor: Actor, decided: Plan, calendar: Calendar) -> tuple[HelpNow, ...]:
    """The scheme's numbers for the plan's same-day flags at this hour, the most dangerous need first."""
    flags = list(decided.same_day_flags)
    when = HelpNow.When.OFFICE if _office_hours(actor, calendar) else HelpNow.When.OUT_OF_HOURS
    rows = HelpNow.objects.filter(
        scheme_id=actor.scheme_id, flag__in=flags, when__in=[when, HelpNow.When.ALWAYS], ended=None
    )
    return tuple(sorted(rows, key=lambda row: (flags.index(UrgentFlag(row.flag)), row.pk)))


def _office_hours(actor: Actor, calendar: Calendar) -> bool:
    now = local(actor.now())
    return calendar.is_working_day(now.date()) and time(9) <= now.time() < time(17)
