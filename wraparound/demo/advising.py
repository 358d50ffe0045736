"""What advisers of the demo do something about: matters, and the time limits of letters."""

from datetime import timedelta
from functools import partial
from itertools import cycle
from typing import Any

from wraparound.advice.competence import advisers, record_permission, sign_off
from wraparound.advice.limits import add_limit, confirm_limit, meet_limit
from wraparound.advice.matters import About, open_matter
from wraparound.advice.models import Permission
from wraparound.advice.states import Level, Stage
from wraparound.casework.models import Case
from wraparound.demo.money import on_money
from wraparound.demo.year import Year
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.roles import Role
from wraparound.pathways.vocabulary import Nation, Service
from wraparound.time_limits.definition import Fact, Facts

# What it is, and the letter of so many days ago that a rule counts from.
_PIP = About(
    title="PIP stopped after a review", category="benefits", level=Level.CASEWORK,
    stage=Stage.MANDATORY_RECONSIDERATION, first_type="WBPI", second_type="WREA",
    opponent="Department for Work and Pensions",
)  # fmt: skip
_COUNCIL_TAX = About(
    title="Council tax arrears", category="debt", level=Level.CASEWORK, stage=Stage.CREDITORS, first_type="DTOT",
    second_type="DSCH", opponent="Eastmarsh Council",
)  # fmt: skip
_RENT = About(
    title="Rent arrears, letter before a notice", category="housing", level=Level.CASEWORK, stage=Stage.ADVICE,
    first_type="HRAR", second_type="HHAC", opponent="Harbour Homes",
)  # fmt: skip
_UNIVERSAL_CREDIT = About(
    title="Universal Credit sanction", category="benefits", level=Level.CASEWORK,
    stage=Stage.MANDATORY_RECONSIDERATION, first_type="WOTH", second_type="WREV",
    opponent="Department for Work and Pensions",
)  # fmt: skip
RECONSIDERATION = "mandatory_reconsideration"
# Matter, days since the letter, whether it is confirmed, and whether it has been done.
MATTERS: tuple[tuple[About, int | None, bool, bool], ...] = (
    (_PIP, 27, True, False),
    (_COUNCIL_TAX, None, False, False),
    (_UNIVERSAL_CREDIT, 6, False, False),
    (_PIP, 35, True, False),
    (_RENT, None, False, False),
    (_UNIVERSAL_CREDIT, 20, True, True),
    (_PIP, 18, True, False),
)  # fmt: skip
HELD = (Permission.Kind.INSURANCE, Permission.Kind.DEBT, Permission.Kind.IMMIGRATION_1, Permission.Kind.QUALITY)


MOST_EACH = 4


def advice(year: Year) -> None:
    """What each organisation holds and has signed off, and the matters of its advisers' people now."""
    for supervisor in _of(year, Role.SUPERVISOR):
        _held(year, supervisor)
    told = cycle(MATTERS)
    for adviser in [*_of(year, Role.ADVISER), *_of(year, Role.HYBRID_WORKER)]:
        with acting_as(adviser):
            mine = Case.objects.visible_to(adviser).filter(referral__worker_id=adviser.user_id, closed_at=None)
            mine = mine.filter(referral__status__in=("accepted", "in_progress")).select_related("referral", "journey")
            cases = [case for case in mine.order_by("pk") if Service.WELFARE_ADVICE in _services(case)][:MOST_EACH]
        for minutes, case in enumerate(reversed(cases), 5):
            year.tried(adviser, year.now - timedelta(minutes=minutes), partial(_matter, case, next(told)))


def _of(year: Year, role: Role) -> list[Actor]:
    return [actor for actor in year.actors.values() if actor.role is role]


def _services(case: Case) -> tuple[str, ...]:
    return (case.referral.service, *case.referral.joined)


def _held(year: Year, supervisor: Actor) -> None:
    """Only where somebody gives advice. One adviser of each is signed off for tribunals."""
    with acting_as(supervisor):
        others = [each.user_id for each in advisers(supervisor) if each.user_id != supervisor.user_id]
    if not others:
        return
    at = year.now - timedelta(days=200)
    for kind in HELD:
        number = "DEMO" if kind != Permission.Kind.INSURANCE else "DEMO-PI"
        said = {"kind": kind, "starts": year.day(-300), "ends": year.day(120), "number": number}
        year.tried(supervisor, at, partial(_record, said))
    year.tried(supervisor, at, partial(_sign_off, others[0]))


def _record(said: dict[str, Any], by: Actor) -> None:
    record_permission(by=by, **said)


def _sign_off(worker_id: int, by: Actor) -> None:
    sign_off(by=by, worker_id=worker_id, categories=frozenset({"benefits", "housing"}), immigration_level=1)


def _matter(case: Case, told: tuple[About, int | None, bool, bool], by: Actor) -> None:
    about, days_ago, confirmed, done = told
    matter = open_matter(by=by, case=case, about=about)
    if days_ago is None:
        on_money(matter, by)
        return
    facts = Facts({Fact.LETTER_DATED: by.today() - timedelta(days=days_ago)}, Nation.ENGLAND)
    limit = add_limit(by=by, matter=matter, rule=RECONSIDERATION, facts=facts)
    if confirmed and limit.last_day:
        confirm_limit(by=by, limit=limit, seen_day=limit.last_day)
    if done:
        meet_limit(by=by, limit=limit, how="Request sent by post, with proof of posting.")
    on_money(matter, by)
