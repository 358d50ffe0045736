"""The first page of those who manage: a service, a practice, or a scheme; and of those who pay for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse

from wraparound.messaging.reading import messages_between
from wraparound.organisations.actor import Actor
from wraparound.organisations.drafting import Drafted, draft_of
from wraparound.organisations.models import Membership, PathwayVersion, Team
from wraparound.organisations.reading import new_roles
from wraparound.organisations.roles import Capability, Role
from wraparound.organisations.scheme_reading import (
    Missing,
    invitations_in,
    missing,
    new_administrators_in,
    scheme_of_actor,
    teams_in,
)
from wraparound.pathways.calendar import local
from wraparound.referrals.at_hand import longest_waiting
from wraparound.referrals.capacity import limit_of, with_limit
from wraparound.referrals.teams_now import TeamNow, teams_now
from wraparound.reporting.counting import counted_at
from wraparound.reporting.definitions import FIGURES, LEAVING
from wraparound.reporting.dropout import Dropout, by_month, dropout
from wraparound.reporting.filters import lately
from wraparound.reporting.practice import PracticeMonths, practice_months
from wraparound.reporting.rows import Unmet, unmet_needs
from wraparound.web.figures.forms import pathway_name
from wraparound.web.formats import counted, day
from wraparound.web.home.lines import Line, Section

MOST = 10
NEW_FOR = timedelta(days=14)
WITHOUT_LIMIT = "Referrals are sent to it however many it has. Its supervisor or service manager sets a number."
TELL_SOMEBODY = "If you do not know somebody, or a role is not theirs, tell an administrator of the scheme at once."
LEFT = [name for names in LEAVING.values() for name in names]


@dataclass(frozen=True)
class Number:
    """One number with its name; `meaning` is the figure that its definition is under."""

    label: str
    text: str
    meaning: str
    address: str = ""


@dataclass(frozen=True)
class Month:
    """What was sent in a month, and how many of those left before the end, in each manner that there was."""

    first: date
    referred: int
    left: int
    how: Sequence[tuple[str, int]]

    @property
    def share(self) -> str:
        return f"{round(100 * self.left / self.referred)} in 100" if self.referred else ""


@dataclass(frozen=True)
class Service:
    """The service manager's page."""

    teams: Sequence[TeamNow]
    longest_wait: str
    unmet: Sequence[Unmet]
    months: Sequence[Month]
    counted_at: datetime | None


def service(actor: Actor) -> Service:
    today = actor.today()
    since = longest_waiting(actor)
    filters = lately(today, months=1)
    sums = by_month(actor, filters)
    return Service(
        teams=teams_now(actor),
        longest_wait=counted((today - local(since).date()).days, "day") if since else "Nobody waits",
        unmet=unmet_needs(actor, lately(today)),
        months=[_month(first, sums.get(first, {})) for first in (filters.first, today.replace(day=1))],
        counted_at=counted_at(),
    )


def _month(first: date, sums: dict[str, int]) -> Month:
    how = [(FIGURES[name].label, sums[name]) for name in LEFT if sums.get(name)]
    return Month(first, sums.get("referred", 0), sum(number for _, number in how), how)


@dataclass(frozen=True)
class Practice:
    """The practice manager's page."""

    months: PracticeMonths
    numbers: Sequence[Number]
    saved: Sequence[Number]


def practice(actor: Actor) -> Practice:
    found = practice_months(actor, lately(actor.today()))
    messages = messages_between(actor, found.filters.first, found.filters.last)
    names = ("referred", "reached", "attended", "finished")
    return Practice(
        months=found,
        numbers=[Number(FIGURES[name].label, f"{getattr(found, name):,}", name) for name in names],
        saved=[
            Number("Messages back received", f"{messages:,}", "messages_back"),
            Number("Referrals that needed no chasing", f"{found.not_chased:,}", "not_chased"),
        ],
    )


def roles_here(actor: Actor) -> Section:
    """Who was let in, or into another role: an administrator of the scheme does that, who may be from elsewhere."""
    found = list(new_roles(actor, actor.now() - NEW_FOR)[: MOST + 1])
    note = TELL_SOMEBODY
    if actor.can(Capability.MANAGE_MEMBERS):
        note = "If you do not know somebody, or a role is not theirs, end it now, on the page Members."
    if len(found) > MOST:
        note = f"These are the latest {MOST}; there are more. {note}"
    return Section("roles", "New or changed roles here", [_role(held) for held in found[:MOST]], note=note)


def _role(held: Membership) -> Line:
    what = Role(held.role).label + (f", {held.team.name}" if held.team else "")
    how = "changed on" if held.changed else "since"
    return Line(held.user.name, "", f"{what}, {how} {day(held.changed or held.started)}. {held.user.email}")


@dataclass(frozen=True)
class Administering:
    """The scheme administrator's page."""

    in_force: PathwayVersion | None
    draft: Drafted | None
    missing: Missing
    without_limit: Sequence[Team]
    invitations: int
    new_administrators: Sequence[Membership]

    @property
    def in_force_said(self) -> str:
        held = self.in_force
        return f"{pathway_name(held.name)}, version {held.number}" if held else ""

    @property
    def sections(self) -> list[Section]:
        """What a scheme that works would have, and this one has not."""
        teams = (reverse("scheme-teams"), "All teams")
        places = (reverse("scheme-organisations"), "All organisations")
        found = [
            Section("lead", "Teams that nobody leads on the same day",
                    [_team(each, "") for each in self.missing.teams_without_lead[:MOST]], teams),
            Section("limit", "Teams without a number of places",
                    [_team(each, WITHOUT_LIMIT)
                     for each in self.without_limit[:MOST]], teams),
            Section("safeguarding", "Organisations without a safeguarding lead",
                    [Line(each.name, reverse("scheme-lead", kwargs={"pk": each.pk}))
                     for each in self.missing.without_safeguarding[:MOST]], places),
        ]  # fmt: skip
        if self.missing.numbers:
            line = Line("Add a number to ring", reverse("scheme-numbers"), "There is none for a same-day need.")
            found.append(Section("numbers", "Numbers to ring now", [line]))
        lines = [_administrator(held) for held in self.new_administrators[:MOST]]
        note = "If you do not know somebody here, ring their organisation, and end it on the page People."
        found.append(Section("administrators", "New administrators of organisations", lines, note=note))
        return [each for each in found if each.lines]


def _administrator(held: Membership) -> Line:
    how = "changed on" if held.changed else "since"
    said = f"{held.organisation.name}, {how} {day(held.changed or held.started)}. {held.user.email}"
    return Line(held.user.name, reverse("scheme-member", kwargs={"pk": held.pk}), said)


def _team(team: Team, said: str) -> Line:
    return Line(team.name, reverse("scheme-team", kwargs={"pk": team.pk}), said)


def administering(actor: Actor) -> Administering:
    scheme = scheme_of_actor(actor)
    return Administering(
        in_force=scheme.pathway_version,
        draft=draft_of(scheme),
        missing=missing(actor),
        without_limit=[team for team in with_limit(teams_in(actor)) if limit_of(team) is None],
        invitations=invitations_in(actor).count(),
        new_administrators=list(new_administrators_in(actor, actor.now() - NEW_FOR)),
    )


def commissioning(actor: Actor) -> Dropout | None:
    return dropout(actor, lately(actor.today()))
