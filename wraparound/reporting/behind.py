"""The journeys behind a figure, for those who may see people: a page at a time, wherever in the years they are.

The days on which there are any are read from the figures themselves, so that a page looks at the rows of a few days
however rare they are.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from django.db.models import F, IntegerField, Q, QuerySet, Sum
from django.db.models.expressions import Combinable, ExpressionWrapper

from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability
from wraparound.pathways.calendar import LONDON
from wraparound.people.models import Person
from wraparound.referrals.models import Referral
from wraparound.referrals.paging import PAGE, Page, moment, page_of, past
from wraparound.reporting.definitions import LEAVING, STEPS
from wraparound.reporting.filters import Filters, Whose, cohorts, whose
from wraparound.reporting.models import SIGNPOST

ORDER = ("sent_at", "id")
STILL = "still_"

_ENDED = Q(status__in=["declined", "lost_contact", "not_answered", "closed", "withdrawn"])
_SENT_ON = Q(outcome="sent_on")
_FINISHED = Q(status="closed", outcome__in=["helped", "partly_helped", "information_given", "passed_on"])
_ATTENDED = _FINISHED | Q(attended_at__isnull=False)
_REACHED = _ATTENDED | Q(reached_at__isnull=False)
_ACCEPTED = _REACHED | Q(accepted_at__isnull=False)
_ANSWERED = _ACCEPTED | (_ENDED & (_SENT_ON | ~Q(decline_reason="")))
_WITHDRAWN = Q(status="withdrawn")
# The same conditions as the database counts by; a test holds the two to each other.
CONDITIONS: dict[str, Q] = {
    "referred": Q(),
    "urgent": Q(rank=0),
    "answered": _ANSWERED,
    "accepted": _ACCEPTED,
    "reached": _REACHED,
    "attended": _ATTENDED,
    "finished": _FINISHED,
    "left_unanswered": _ENDED & ~_ANSWERED & ~_WITHDRAWN,
    "left_withdrawn": _ENDED & ~_ANSWERED & _WITHDRAWN,
    "left_declined": _ENDED & _ANSWERED & ~_ACCEPTED & ~_SENT_ON,
    "left_sent_on": _ENDED & _ANSWERED & ~_ACCEPTED & _SENT_ON,
    "left_unreached": _ENDED & _ACCEPTED & ~_REACHED,
    "left_unattended": _ENDED & _REACHED & ~_ATTENDED,
    "left_unfinished": _ENDED & _ATTENDED & ~_FINISHED,
    "still_referred": ~_ENDED & ~_ANSWERED,
    "still_answered": ~_ENDED & _ANSWERED & ~_REACHED,
    "still_reached": ~_ENDED & _REACHED & ~_ATTENDED,
    "still_attended": ~_ENDED & _ATTENDED,
}


def may_look_behind(actor: Actor) -> bool:
    """Whether the actor may see the people whom the figures count."""
    return actor.can(Capability.SEE_PEOPLE) and whose(actor) in (Whose.TEAMS, Whose.PRACTICE)


def behind(actor: Actor, figure: str, filters: Filters, *, after: str = "", size: int = PAGE) -> Page:
    """The referrals that `figure` counts among `filters`, newest first, with their journeys and teams.

    `figure` is a key of `CONDITIONS`; KeyError for another. Empty for who may not look, and for signposts, which nobody
    but who gave them sees.
    """
    condition = CONDITIONS[figure]
    if not may_look_behind(actor) or filters.kind == SIGNPOST:
        return Page([], "")
    reached = _day_of(after)
    asked = replace(filters, last=min(filters.last, reached or filters.last))
    days, more = _days(actor, figure, asked, size, reached)
    if not days:
        return Page([], "")
    rows = past(_of(actor, filters).filter(condition, _on(days)), ORDER, after, moment, int, newest_first=True)
    found = list(
        Referral.objects.visible_to(actor)
        .filter(pk__in=rows.order_by("-sent_at", "-id").values("pk")[: size + 1])
        # Not the person: a record that has closed again would take its referral with it.
        .select_related("journey", "to_team", "from_organisation", "worker")
        .order_by("-sent_at", "-id")
    )
    page = page_of(found, size, ORDER)
    # Some have moved on since they were counted: what is older is still to be looked at.
    return page if page.after or not more else Page(page.rows, f"{_begins(days[-1]).isoformat()}~0")


def people_of(actor: Actor, rows: Iterable[Referral]) -> dict[int, Person]:
    """Those of the rows' people whose records are open to the actor, by their ids."""
    people = Person.objects.visible_to(actor).filter(pk__in=[row.person_id for row in rows])
    return {person.pk: person for person in people}


def _days(actor: Actor, figure: str, filters: Filters, size: int, reached: date | None) -> tuple[list[date], bool]:
    """The newest days that have more than a page between them; whether there may be others.

    Of the day `reached` by the page before, nobody may be left to show.
    """
    rows = cohorts(actor, filters).exclude(kind__in=[SIGNPOST, "unmet"]).annotate(n=_amount(figure)).filter(n__gt=0)
    newest = list(rows.values("day").annotate(total=Sum("n")).order_by("-day").values_list("day", "total")[: size + 2])
    found, total = [], 0
    for day, number in newest:
        found.append(day)
        total += 0 if day == reached else number
        if total > size:
            break
    return found, len(found) < len(newest) or len(newest) > size + 1 or total > size


def _amount(figure: str) -> Combinable:
    if not figure.startswith(STILL):
        return F(figure)
    step = figure.removeprefix(STILL)
    amount: Combinable = F(step) - F(STEPS[STEPS.index(step) + 1])
    for left in LEAVING[step]:
        amount = amount - F(left)
    return ExpressionWrapper(amount, IntegerField())


def _of(actor: Actor, filters: Filters) -> QuerySet[Referral]:
    """Rows of the actor's own organisation alone, to find keys among; they are shown through `visible_to`."""
    end = "to_organisation_id" if whose(actor) is Whose.TEAMS else "from_organisation_id"
    chosen = {
        "to_team_id": filters.team,
        "from_organisation_id": filters.practice,
        "journey__entry": filters.entry,
        "journey__pathway_version__name": filters.pathway,
        "service": filters.service,
        "kind": filters.kind,
    }
    rows = Referral.objects.filter(scheme_id=actor.scheme_id, **{end: actor.organisation_id})
    return rows.filter(**{name: value for name, value in chosen.items() if value})


def _on(days: list[date]) -> Q:
    on = Q()
    for day in days:
        on |= Q(sent_at__gte=_begins(day), sent_at__lt=_begins(day + timedelta(days=1)))
    return on


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)


def _day_of(after: str) -> date | None:
    """The day of a page's key; None when it is none of ours."""
    try:
        return moment(after.partition("~")[0]).astimezone(LONDON).date()
    except (ValueError, OverflowError):
        return None
