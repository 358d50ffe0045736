"""How to come to each action of advice: matters, time limits, and who may take what."""

from dataclasses import replace
from datetime import date, timedelta

from tests.advice.advising import ABOUT, RECONSIDERATION, Advised, advised, permit
from tests.factories import World, handover_agreed, member, partner
from tests.house.trial import Recipe, Trial
from wraparound.advice.competence import record_permission
from wraparound.advice.matters import close_matter
from wraparound.advice.models import Matter, Permission, TimeLimit
from wraparound.advice.reading import permissions
from wraparound.casework.models import Case
from wraparound.consent.agreed import AgreedHow
from wraparound.organisations.actor import acting_as, system
from wraparound.organisations.models import Organisation, Team
from wraparound.organisations.roles import Role
from wraparound.pathways.vocabulary import Nation, Service
from wraparound.time_limits.definition import Fact, Facts

DATED = date(2026, 11, 20)
FACTS = Facts({Fact.LETTER_DATED: DATED}, Nation.ENGLAND)


def advised_in(world: World) -> Advised:
    """Somebody whom the adviser has taken on in this world, with what casework needs."""
    by = world.adviser
    with acting_as(by):
        held = Case.objects.visible_to(by).filter(closed_at=None).order_by("pk").first()
        holds = {each.kind for each in permissions(by)}
    if Permission.Kind.INSURANCE not in holds:
        permit(world, Permission.Kind.INSURANCE)
    if held is None:
        return advised(world)
    return Advised(world, held)


def a_matter(world: World) -> Matter:
    return advised_in(world).matter()


def a_limit(world: World) -> TimeLimit:
    found = advised_in(world)
    return found.limit(found.matter(), DATED)


def a_permission(world: World) -> Permission:
    advised_in(world)
    with acting_as(world.advice_supervisor):
        return permissions(world.advice_supervisor)[0]


def a_specialist(world: World) -> Team:
    """A partner's team of advisers that may take casework, beside the world's own."""
    held = Team.objects.filter(scheme=world.scheme, name="Specialists").first()
    if held is not None:
        return held
    organisation = Organisation.objects.create(name="Eastmarsh Law Centre", kind=Organisation.Kind.ADVICE)
    partner(world.scheme, organisation)
    team = Team.objects.create(
        scheme=world.scheme, organisation=organisation, name="Specialists", service=Service.WELFARE_ADVICE
    )
    by = member(world.scheme, organisation, Role.SUPERVISOR, "Ife Adeyemi", team)
    with acting_as(by):
        record_permission(by=by, kind=Permission.Kind.INSURANCE, starts=by.today() - timedelta(days=400))
    return team


def _bring_in(world: World) -> Trial:
    said = {"told": "PIP refused in October", "agreed": handover_agreed(AgreedHow.BY_PHONE)}
    return Trial(world.adviser, {"matter": a_matter(world), "team": a_specialist(world), **said})


def _open(world: World) -> Trial:
    return Trial(world.adviser, {"case": advised_in(world).case, "about": ABOUT})


def _reopen(world: World) -> Trial:
    matter, by = a_matter(world), world.adviser
    with acting_as(by):
        close_matter(by=by, matter=matter, why="Won")
    return Trial(by, {"matter": matter})


def _join(world: World) -> Trial:
    found = advised_in(world)
    return Trial(world.adviser, {"matter": found.matter(), "to": found.matter(title="The other letter")})


def _remind(world: World) -> Trial:
    limit = a_limit(world)
    assert limit.last_day is not None
    by = system(world.scheme, world.advice.organisation).at(world.adviser.now() + timedelta(days=20))
    return Trial(by, {"limit": limit})


def _confirm(world: World) -> Trial:
    limit = a_limit(world)
    return Trial(world.adviser, {"limit": limit, "seen_day": limit.last_day})


def _record_permission(world: World) -> Trial:
    return Trial(world.advice_supervisor, {"kind": Permission.Kind.DEBT, "starts": DATED}, makes_its_own=True)


def _sign_off(world: World) -> Trial:
    return Trial(world.advice_supervisor, {"worker_id": world.adviser.user_id, "immigration_level": 1})


ADVICE: dict[str, Recipe] = {
    "wraparound.advice.matters.open_matter": _open,
    "wraparound.advice.matters.change_matter": lambda world: Trial(
        world.adviser, {"matter": a_matter(world), "about": replace(ABOUT, title="PIP stopped")}
    ),
    "wraparound.advice.matters.give_matter": lambda world: Trial(
        world.adviser, {"matter": a_matter(world), "worker_id": world.advice_supervisor.user_id}
    ),
    "wraparound.advice.matters.split_matter": lambda world: Trial(
        world.adviser, {"matter": a_matter(world), "about": replace(ABOUT, title="Overpayment")}
    ),
    "wraparound.advice.matters.join_matters": _join,
    "wraparound.advice.matters.move_matter": lambda world: Trial(
        world.adviser, {"matter": a_matter(world), "verb": "wait_for_person"}
    ),
    "wraparound.advice.matters.close_matter": lambda world: Trial(
        world.adviser, {"matter": a_matter(world), "why": "Award reinstated"}
    ),
    "wraparound.advice.matters.reopen_matter": _reopen,
    "wraparound.advice.limits.add_limit": lambda world: Trial(
        world.adviser, {"matter": a_matter(world), "rule": RECONSIDERATION, "facts": FACTS}
    ),
    "wraparound.advice.limits.add_day": lambda world: Trial(
        world.adviser, {"matter": a_matter(world), "what": "Hearing", "last_day": DATED, "why": "Letter"}
    ),
    "wraparound.advice.limits.confirm_limit": _confirm,
    "wraparound.advice.limits.set_day": lambda world: Trial(
        world.adviser, {"limit": a_limit(world), "last_day": DATED, "why": "Extended"}
    ),
    "wraparound.advice.limits.meet_limit": lambda world: Trial(
        world.adviser, {"limit": a_limit(world), "how": "Posted today"}
    ),
    "wraparound.advice.limits.set_limit_aside": lambda world: Trial(
        world.adviser, {"limit": a_limit(world), "why": "Decision withdrawn"}
    ),
    "wraparound.advice.specialists.bring_in_specialist": _bring_in,
    "wraparound.advice.reminding.remind": _remind,
    "wraparound.advice.competence.sign_off": _sign_off,
    "wraparound.advice.competence.record_permission": _record_permission,
    "wraparound.advice.competence.end_permission": lambda world: Trial(
        world.advice_supervisor, {"permission": a_permission(world)}
    ),
}
