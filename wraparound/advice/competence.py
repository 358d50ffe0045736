"""Who may take which matter here, and who could where somebody may not."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from django.db.models import Q

from wraparound.advice.models import Competence, Permission
from wraparound.advice.rules import Held, missing_in_organisation, missing_in_worker
from wraparound.advice.states import Level, Stage
from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.away import workers_of
from wraparound.organisations.models import Membership, Organisation, Team
from wraparound.organisations.roles import CAPABILITIES, Capability, Role
from wraparound.pathways.vocabulary import Service

MOST_NAMED = 5


class Work(Protocol):
    """What of a matter decides who may take it."""

    @property
    def category(self) -> str: ...
    @property
    def level(self) -> Level: ...
    @property
    def stage(self) -> Stage: ...


def require_competence(by: Actor, *, worker_id: int, about: Work, field: str = "level") -> None:
    """Refused, with who could take it, where the worker or their organisation may not."""
    permissions = permissions_of(by).get(by.organisation_id, frozenset())
    missing = missing_in_organisation(about.category, about.level, about.stage, permissions)
    if missing:
        raise Refused("beyond_organisation", f"This needs {missing}. {_who_could(by, about, inside=False)}", field)
    held = held_by(by, [worker_id]).get(worker_id)
    if held is None:
        raise Refused("no_adviser", "Choose somebody here who gives advice.", field)
    if missing := missing_in_worker(about.category, about.level, about.stage, held):
        raise Refused("beyond_competence", f"This needs {missing}. {_who_could(by, about, inside=True)}", field)


def held_by(by: Actor, users: Iterable[int]) -> dict[int, Held]:
    """What each of these users, who give advice in the actor's organisation, holds today."""
    wanted = set(users)
    rows = Competence.objects.visible_to(by).filter(user_id__in=wanted, ended_at=None)
    rows = rows.filter(Q(until=None) | Q(until__gte=by.today()))
    signed = {row.user_id: row for row in rows}
    return {
        member.user_id: _held(member, signed.get(member.user_id)) for member in advisers(by) if member.user_id in wanted
    }


def advisers(by: Actor) -> list[Membership]:
    """Those who give advice in the actor's organisation now, by name."""
    return [each for each in workers_of(by) if Capability.GIVE_ADVICE in CAPABILITIES[Role(each.role)]]


def permissions_of(by: Actor, on: date | None = None) -> dict[int, frozenset[str]]:
    """What each organisation of the scheme holds on a day (today when not given), by its id."""
    day = on or by.today()
    rows = Permission.objects.visible_to(by).filter(ended_at=None, starts__lte=day)
    rows = rows.filter(Q(ends=None) | Q(ends__gte=day))
    found: dict[int, set[str]] = {}
    for organisation, kind in rows.values_list("organisation_id", "kind"):
        found.setdefault(organisation, set()).add(kind)
    return {organisation: frozenset(kinds) for organisation, kinds in found.items()}


def could_take(by: Actor, about: Work) -> list[Membership]:
    """Colleagues who may take it."""
    members = advisers(by)
    held = held_by(by, [each.user_id for each in members])
    return [
        each for each in members if not missing_in_worker(about.category, about.level, about.stage, held[each.user_id])
    ]


def partners_for(by: Actor, about: Work) -> list[Organisation]:
    """Other organisations of the scheme that give advice and hold what the matter needs, by name."""
    fit = [
        organisation
        for organisation, kinds in permissions_of(by).items()
        if organisation != by.organisation_id
        and not missing_in_organisation(about.category, about.level, about.stage, kinds)
    ]
    advising = Team.objects.filter(scheme_id=by.scheme_id, service=Service.WELFARE_ADVICE, organisation_id__in=fit)
    return list(Organisation.objects.filter(pk__in=advising.values("organisation_id")).order_by("name"))


def _held(member: Membership, signed: Competence | None) -> Held:
    if signed is None:
        return Held(role=Role(member.role))
    return Held(
        role=Role(member.role),
        immigration_level=signed.immigration_level,
        categories=frozenset(signed.categories),
        beyond_basic=signed.beyond_basic,
        supervised=signed.supervised,
    )


def _who_could(by: Actor, about: Work, *, inside: bool) -> str:
    inside_names = [each.user.name for each in could_take(by, about)] if inside else []
    if inside_names:
        return f"Here it could be taken by {_listed(inside_names)}."
    partners = [each.name for each in partners_for(by, about)]
    if partners:
        return f"Among the partners, {_listed(partners)} could take it: hand the person over to them."
    return "Nobody in the scheme is known to be able to take it. Ask your supervisor where to send them."


def _listed(names: list[str]) -> str:
    return ", ".join(names[:MOST_NAMED]) + (f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else "")


@action
def sign_off(
    *,
    by: Actor,
    worker_id: int,
    immigration_level: int = 0,
    categories: frozenset[str] = frozenset(),
    beyond_basic: bool = False,
    supervised: bool = False,
    until: date | None = None,
) -> Competence:
    """Say what a colleague may take on; what was said before ends. By a supervisor, and nobody for themselves."""
    by.require(Capability.SUPERVISE)
    by.require(Capability.GIVE_ADVICE)
    if worker_id == by.user():
        raise Refused("oneself", "Another supervisor signs you off.", "worker")
    if worker_id not in {each.user_id for each in advisers(by)}:
        raise Refused("no_adviser", "Choose somebody here who gives advice.", "worker")
    if not 0 <= immigration_level <= 3:
        raise Refused("wrong_level", "Choose a level from 1 to 3, or none.", "immigration_level")
    if until is not None and until < by.today():
        raise Refused("past", "This day is over. Choose a later one, or none.", "until")
    # Whoever signs off the same worker at once waits here, so that one is in force.
    Membership.objects.select_for_update(of=("self",)).filter(
        scheme_id=by.scheme_id, organisation_id=by.organisation_id, user_id=worker_id, ended=None
    ).first()
    Competence.objects.visible_to(by).filter(user_id=worker_id, ended_at=None).update(ended_at=by.now())
    signed = Competence.objects.create(
        scheme_id=by.scheme_id,
        organisation_id=by.organisation_id,
        user_id=worker_id,
        immigration_level=immigration_level,
        categories=sorted(categories),
        beyond_basic=beyond_basic,
        supervised=supervised,
        signed_off_by_id=by.user(),
        signed_off_at=by.now(),
        until=until,
    )
    record("competence_signed_off", by=by, data={"user": worker_id, "competence": signed.pk})
    return signed


@action
def record_permission(
    *, by: Actor, kind: Permission.Kind, starts: date, ends: date | None = None, number: str = ""
) -> Permission:
    """Write down what the organisation holds, and until when."""
    by.require(Capability.SUPERVISE)
    if ends is not None and ends < starts:
        raise Refused("wrong_days", "The last day is before the first.", "ends")
    if len(number) > 60:
        raise Refused("too_long", "Use 60 characters or fewer.", "number")
    row = Permission.objects.create(
        scheme_id=by.scheme_id,
        organisation_id=by.organisation_id,
        kind=kind,
        number=number.strip(),
        starts=starts,
        ends=ends,
        recorded_by_id=by.user(),
        recorded_at=by.now(),
    )
    record("permission_recorded", by=by, data={"permission": row.pk, "kind": kind})
    return row


@action
def end_permission(*, by: Actor, permission: Permission) -> Permission:
    """It does not hold any more, or was written down wrongly."""
    by.require(Capability.SUPERVISE)
    rows = Permission.objects.visible_to(by).filter(organisation_id=by.organisation_id)
    held: Permission = rows.select_for_update(of=("self",)).get(pk=permission.pk)
    if held.ended_at:
        raise Refused("too_late", "It has ended already.")
    held.ended_at = by.now()
    held.save(update_fields=["ended_at"])
    record("permission_ended", by=by, data={"permission": held.pk, "kind": held.kind})
    return held
