"""What the pages of figures show."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Membership
from wraparound.pathways.vocabulary import Status
from wraparound.people.models import Person
from wraparound.referrals.models import Referral
from wraparound.reporting.behind import STILL, may_look_behind
from wraparound.reporting.definitions import FIGURES
from wraparound.reporting.dropout import KINDS, Dropout, Step, Way
from wraparound.reporting.filters import Filters, Whose
from wraparound.reporting.models import SIGNPOST
from wraparound.reporting.telling import Share, Told
from wraparound.web.figures.drawing import picture
from wraparound.web.figures.forms import in_address
from wraparound.web.wording import STATUSES


@dataclass(frozen=True)
class Cell:
    """A number, and where its people are listed ("" where the reader may see none of them)."""

    label: str
    name: str
    text: str
    address: str


@dataclass(frozen=True)
class Row:
    """One step in the table."""

    step: Cell
    left: tuple[Cell, ...]
    still: Cell | None


@dataclass(frozen=True)
class Shown:
    """One way, drawn and written."""

    way: Way
    picture: SafeString
    rows: tuple[Row, ...]

    @property
    def ident(self) -> str:
        return f"{self.way.service}-{self.way.kind}-{self.way.pathway}"


def shown(found: Dropout, actor: Actor) -> list[Shown]:
    return [
        # Made of escaped text alone: nothing in it was typed by anybody.
        Shown(way, mark_safe(picture(way)), tuple(_row(step, way, found.filters, actor) for step in way.steps))
        for way in found.ways
    ]


def _row(step: Step, way: Way, filters: Filters, actor: Actor) -> Row:
    asked = replace(filters, service=way.service, kind=way.kind, pathway=way.pathway or filters.pathway)
    left = tuple(_cell(each.label, each.name, each.count, asked, actor) for each in step.left)
    still = (
        None if step.still is None else _cell(FIGURES["still"].label, f"{STILL}{step.name}", step.still, asked, actor)
    )
    return Row(_cell(step.label, step.name, step.count, asked, actor), left, still)


def _cell(label: str, name: str, count: Told, filters: Filters, actor: Actor) -> Cell:
    people = may_look_behind(actor) and count.about and filters.kind != SIGNPOST
    asked = {"figure": name, "service": filters.service, "kind": filters.kind, **in_address(filters)}
    return Cell(label, name, count.text, f"{reverse('figures-people')}?{urlencode(asked)}" if people else "")


def whose_said(of: Whose, membership: Membership) -> str:
    """Of whom the figures are, as the heading's caption."""
    return {
        Whose.TEAMS: f"Referrals to {membership.organisation.name}",
        Whose.PRACTICE: f"Referrals from {membership.organisation.name}",
        Whose.SCHEME: f"All of {membership.scheme.name}",
    }[of]


def in_days(days: float | None) -> str:
    """“2.5 days”; said in words where there is nothing to tell."""
    if days is None:
        return "Not told"
    said = f"{days:.1f}".removesuffix(".0")
    return f"{said} day" if said == "1" else f"{said} days"


def share_said(found: Share | None) -> str:
    """“29 in 100 (between 8 and 65)”."""
    if found is None:
        return "Too few to tell"
    return f"{found.of_a_hundred:.0f} in 100 (between {found.low:.0f} and {found.high:.0f})"


@dataclass(frozen=True)
class Behind:
    """One referral of those that a number counts. `person` is None where the record is not open any more."""

    referral: Referral
    person: Person | None
    status: str
    colour: str


def listed(rows: list[Referral], people: dict[int, Person]) -> list[Behind]:
    return [Behind(row, people.get(row.person_id), *STATUSES[Status(row.status)]) for row in rows]


def what_is_listed(figure: str, filters: Filters) -> str:
    """A heading for the people of one number."""
    if figure.startswith(STILL):
        label = f"{FIGURES['still'].label} after “{FIGURES[figure.removeprefix(STILL)].label.lower()}”"
    else:
        label = FIGURES[figure].label
    return f"{label}: {KINDS[filters.kind].lower()}" if filters.kind in KINDS else label
