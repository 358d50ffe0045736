"""How far people come on each way of each pathway, how many leave between the steps, and how."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Sum
from django.db.models.functions import TruncMonth

from wraparound.organisations.actor import Actor
from wraparound.pathways.vocabulary import Service
from wraparound.referrals.models import Referral
from wraparound.reporting.counting import counted_at
from wraparound.reporting.definitions import COUNTED, FIGURES, LEAVING, SIGNPOST_STEPS, STEPS
from wraparound.reporting.filters import Filters, Whose, cohorts, whose
from wraparound.reporting.models import SIGNPOST, UNMET
from wraparound.reporting.telling import Share, Told, mean, share, summed, told

KINDS: Mapping[str, str] = {
    Referral.Kind.REFERRAL.value: "Referral",
    Referral.Kind.HANDOVER.value: "Warm handover",
    Referral.Kind.REROUTED.value: "Sent on by another team",
    SIGNPOST: "Signpost",
}
_COLUMNS = tuple(figure.name for figure in COUNTED)


@dataclass(frozen=True)
class Left:
    """How many left after a step in one manner."""

    name: str
    label: str
    count: Told


@dataclass(frozen=True)
class Step:
    """How many came as far as this, how many left after it and short of the next, and who is still between."""

    name: str
    label: str
    count: Told
    left: tuple[Left, ...]
    still: Told | None


@dataclass(frozen=True)
class Way:
    """One step of a pathway: referrals of one kind to one service, or signposts to it. Means are in days."""

    pathway: str
    service: Service
    kind: str
    steps: tuple[Step, ...]
    urgent: Told
    accepted: Told
    days_to_answer: float | None
    days_to_contact: float | None
    share: Share | None

    @property
    def name(self) -> str:
        return f"{self.service.label}: {KINDS[self.kind].lower()}"


@dataclass(frozen=True)
class Dropout:
    """What was asked for, by whom, and when it was counted; ways without anybody are left out."""

    whose: Whose
    filters: Filters
    ways: tuple[Way, ...]
    counted_at: datetime | None

    @property
    def exactly(self) -> bool:
        return self.whose is not Whose.SCHEME

    @property
    def conversions(self) -> dict[Service, tuple[Way | None, Way | None]]:
        """Of each service that somebody was signposted to or referred to: both ways, beside each other."""
        found = {}
        for service in Service:
            both = [
                next((way for way in self.ways if way.service is service and way.kind == kind), None)
                for kind in (Referral.Kind.REFERRAL.value, SIGNPOST)
            ]
            if any(both):
                found[service] = (both[0], both[1])
        return found


def dropout(actor: Actor, filters: Filters, *, by_pathway: bool = False) -> Dropout | None:
    """The ways that the actor may see, in one question to the database; None for who may see no figures.

    Ways of different pathways are added up unless `by_pathway`. Refers to `reporting.definitions` for every number.
    """
    of = whose(actor)
    if of is None:
        return None
    asked = filters.for_reader(actor)
    keys = ["service", "kind"] + (["pathway_version__name"] if by_pathway else [])
    rows = cohorts(actor, asked).exclude(kind=UNMET).values(*keys).annotate(**{n: Sum(n) for n in _COLUMNS})
    order = list(KINDS)
    ways = sorted(
        (
            way_of(row, exactly=of is not Whose.SCHEME, pathway=row.get("pathway_version__name", ""))
            for row in rows.order_by()
            if row["referred"]
        ),
        key=lambda way: (way.pathway, list(Service).index(way.service), order.index(way.kind)),
    )
    return Dropout(of, asked, tuple(ways), counted_at())


def way_of(row: Mapping[str, int | str], *, exactly: bool, pathway: str = "") -> Way:
    """What one row of sums tells."""
    counts = {name: int(row[name] or 0) for name in _COLUMNS}
    kind = str(row["kind"])
    steps = steps_of(counts, SIGNPOST_STEPS if kind == SIGNPOST else STEPS, exactly=exactly)
    of_referred, of_reached = (told(counts[name], exactly=exactly) for name in ("referred", "reached"))
    return Way(
        pathway=pathway,
        service=Service(str(row["service"])),
        kind=kind,
        steps=steps,
        urgent=told(counts["urgent"], exactly=exactly),
        accepted=told(counts["accepted"], exactly=exactly),
        days_to_answer=mean(counts["days_to_answer"], counts["answered"], exactly=exactly),
        days_to_contact=mean(counts["days_to_contact"], counts["reached"], exactly=exactly),
        share=None if of_reached.hidden or of_referred.hidden else share(of_reached.about, of_referred.about),
    )


def steps_of(counts: Mapping[str, int], names: tuple[str, ...], *, exactly: bool) -> tuple[Step, ...]:
    """The steps of one way. A signpost's have nobody between: whether somebody is still coming nobody knows."""
    made = []
    for name, following in zip(names, (*names[1:], None), strict=True):
        left = () if names is SIGNPOST_STEPS else LEAVING[name]
        still = None
        if following and left:
            still = told(counts[name] - counts[following] - sum(counts[each] for each in left), exactly=exactly)
        made.append(
            Step(
                name=name,
                label=label_of(name, signpost=names is SIGNPOST_STEPS),
                count=told(counts[name], exactly=exactly),
                left=tuple(Left(each, FIGURES[each].label, told(counts[each], exactly=exactly)) for each in left),
                still=still,
            )
        )
    return tuple(made)


def label_of(name: str, *, signpost: bool) -> str:
    """What a step is called on a page."""
    if signpost:
        return {"referred": "Told where to go", "reached": "Came with the code"}[name]
    return FIGURES[name].label


def totals(actor: Actor, filters: Filters) -> dict[str, int]:
    """The same figures added up over every way but signposts: for those who may be told them exactly."""
    if whose(actor) in (None, Whose.SCHEME):
        return dict.fromkeys(_COLUMNS, 0)
    rows = cohorts(actor, filters).exclude(kind__in=[UNMET, SIGNPOST])
    return summed([{n: v or 0 for n, v in rows.aggregate(**{n: Sum(n) for n in _COLUMNS}).items()}], _COLUMNS)


def by_month(actor: Actor, filters: Filters) -> dict[date, dict[str, int]]:
    """As `totals`, for the first day of each month; months in which nothing was sent are left out."""
    if whose(actor) in (None, Whose.SCHEME):
        return {}
    rows = cohorts(actor, filters).exclude(kind__in=[UNMET, SIGNPOST]).annotate(month=TruncMonth("day"))
    sums = (Sum(name) for name in _COLUMNS)
    found = rows.order_by("month").values_list("month").annotate(*sums)
    return {month: dict(zip(_COLUMNS, numbers, strict=True)) for month, *numbers in found}
