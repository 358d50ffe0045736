"""What pages read of outcomes: each begins at `visible_to`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from wraparound.advice.models import Matter
from wraparound.advice.sums import NOTHING
from wraparound.casework.models import Case
from wraparound.organisations.actor import Actor
from wraparound.outcomes.kinds import Kind, Money, kinds
from wraparound.outcomes.models import Outcome, WhatChanged
from wraparound.outcomes.worth import RULES

MOST = 200
# Kinds of which two of one case are the same thing, though they have no money.
_ONCE = ("homelessness_prevented", "homelessness_relieved", "possession_stopped", "award_reinstated", "immigration")


@dataclass(frozen=True)
class Summed:
    """Pounds of one sort of money, summed apart from every other; and the rule by which each counts."""

    money: Money
    confirmed: Decimal
    expected: Decimal
    rule: str


@dataclass(frozen=True)
class Summary:
    """What came of a case: the sums of each sort of money, and how often each kind without money came about."""

    sums: Sequence[Summed]
    counted: Sequence[tuple[Kind, int]]


def in_force(actor: Actor, matters: Iterable[Matter]) -> list[Outcome]:
    """The outcomes of these matters that nothing stands in place of, as they were written down."""
    return list(_in_force(actor).filter(matter__in=[each.pk for each in matters]).order_by("pk")[:MOST])


def history_of(actor: Actor, matter: Matter) -> list[Outcome]:
    """Every outcome of a matter that was replaced or taken out, with what stands in its place."""
    rows = Outcome.objects.visible_to(actor).filter(matter=matter).filter(Q(replaced_by__isnull=False))
    return list(rows.select_related("replaced_by__recorded_by", "recorded_by").order_by("-pk")[:MOST])


def outcome_of(actor: Actor, pk: int) -> Outcome:
    """One outcome. Outcome.DoesNotExist when it is not the actor's to see."""
    rows = Outcome.objects.visible_to(actor).select_related("matter__case__referral", "matter__case__journey", "person")
    found: Outcome = rows.get(pk=pk)
    return found


def said_of(actor: Actor, matter: Matter) -> list[WhatChanged]:
    """What the person said changed, the newest first."""
    rows = WhatChanged.objects.visible_to(actor).filter(matter=matter).select_related("recorded_by")
    return list(rows.order_by("-pk")[:20])


def summary_of(actor: Actor, case: Case) -> Summary:
    """Summed over the matters of a case. Nothing is added across sorts of money, and what is expected stands apart."""
    rows = _in_force(actor).filter(case=case)
    sums: dict[tuple[Money, bool], Decimal] = {}
    for kind, confirmed, pounds in rows.exclude(counted=None).values_list("kind", "confirmed", "counted"):
        key = (kinds()[kind].money, confirmed)
        sums[key] = sums.get(key, NOTHING) + (pounds or NOTHING)
    times = dict(rows.filter(counted=None).values_list("kind").annotate(Count("pk")))
    found = [Summed(each, sums.get((each, True), NOTHING), sums.get((each, False), NOTHING), rule)
             for each, rule in RULES.items() if {(each, True), (each, False)} & sums.keys()]  # fmt: skip
    return Summary(found, [(kind, times[key]) for key, kind in kinds().items() if key in times])


def alike(
    actor: Actor, matter: Matter, kind: str, counted: Decimal | None, replaces: Outcome | None = None
) -> Outcome | None:
    """An outcome in force of another matter of the case that may be the same one: the same money of the same sort, or
    something of which there is mostly one. In the matter itself, only the same money counts as alike."""
    money = kinds()[kind].money
    rows = _in_force(actor).filter(case=matter.case_id)
    if replaces is not None:
        rows = rows.exclude(pk=replaces.pk)
    if counted is not None:
        sorts = [each.key for each in kinds().values() if each.money == money or (each.money.gain and money.gain)]
        return rows.filter(kind__in=sorts, counted=counted).first()
    return rows.filter(kind=kind).exclude(matter=matter).first() if kind in _ONCE else None


def _in_force(actor: Actor) -> QuerySet[Outcome]:
    rows = Outcome.objects.visible_to(actor).filter(replaced_by=None, withdrawn=False)
    return rows.select_related("matter", "recorded_by")
