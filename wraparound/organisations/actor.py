"""Who is acting, for whom, and when: handed to every action, and set on every transaction by one wrapper."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from wraparound.events.action import Refused
from wraparound.organisations.asking_once import remembering
from wraparound.organisations.models import Membership, Organisation, Scheme
from wraparound.organisations.roles import ADMINISTERING, CAPABILITIES, GRANTS, REFUSALS, Capability, Role
from wraparound.pathways.calendar import local


@dataclass(frozen=True, kw_only=True)
class Actor:
    """One user in one role for one organisation of one scheme; or a system, when `user_id` is None.

    `granted` is what a credential was given, of which the actor may do no more; `credential_id` says which one it was.
    `administers` says that they let people into their organisation, besides what their role may.
    `moment` stands for "now" where it is set, so that history can be made and tested.
    """

    scheme_id: int
    organisation_id: int
    role: Role
    user_id: int | None = None
    team_id: int | None = None
    membership_id: int | None = None
    administers: bool = False
    credential_id: int | None = None
    granted: frozenset[Capability] | None = None
    name: str = ""
    moment: datetime | None = None

    def now(self) -> datetime:
        return self.moment or timezone.now()

    def today(self) -> date:
        """The day it is in London."""
        return local(self.now()).date()

    def user(self) -> int:
        """The id of the user who acts; Refused when it is the system or a sending system."""
        if self.user_id is None:
            raise Refused("nobody", "Somebody has to do this: it cannot be done automatically.")
        return self.user_id

    def can(self, capability: Capability) -> bool:
        if self.granted is not None and not any(capability in GRANTS[each] for each in self.granted):
            return False
        return capability in CAPABILITIES[self.role] or (self.administers and capability in ADMINISTERING)

    def require(self, capability: Capability) -> None:
        """Raise `Refused("not_allowed")` with the sentence for `capability` unless the actor has it."""
        if not self.can(capability):
            raise Refused("not_allowed", REFUSALS[capability])

    def at(self, moment: datetime) -> "Actor":
        """The same actor at another time."""
        return replace(self, moment=moment)

    def as_json(self) -> dict[str, Any]:
        """What a job carries: ids and no name, since a worker logs it with what failed."""
        kept = {name: value for name, value in asdict(self).items() if name != "name"}
        granted = None if self.granted is None else sorted(self.granted)
        return {**kept, "granted": granted, "moment": self.moment and self.moment.isoformat()}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> "Actor":
        moment = values["moment"] and datetime.fromisoformat(values["moment"])
        granted = values.get("granted")
        granted = None if granted is None else frozenset(map(Capability, granted))
        return cls(**{**values, "role": Role(values["role"]), "granted": granted, "moment": moment})

    @classmethod
    def of(cls, membership: Membership) -> "Actor":
        """The actor that a membership makes of its user (`membership.user` is read)."""
        return cls(
            scheme_id=membership.scheme_id,
            organisation_id=membership.organisation_id,
            role=Role(membership.role),
            user_id=membership.user_id,
            team_id=membership.team_id,
            membership_id=membership.pk,
            administers=membership.administers,
            name=membership.user.name,
        )


def system(scheme: Scheme | int, organisation: Organisation | int) -> Actor:
    """The product itself, acting for one organisation: clocks and jobs."""
    scheme_id = scheme if isinstance(scheme, int) else scheme.pk
    organisation_id = organisation if isinstance(organisation, int) else organisation.pk
    return Actor(scheme_id=scheme_id, organisation_id=organisation_id, role=Role.SYSTEM, name="Wraparound")


# What the policies read. `app.hidden` are the people whose records are kept from this user: asked for once here, not by
# each policy again.
_SET = """
    SELECT set_config('app.scheme', %(scheme)s, true), set_config('app.organisation', %(organisation)s, true),
           set_config('app.user', %(user)s, true), set_config('app.can', %(can)s, true),
           set_config('app.moment', %(moment)s, true), set_config('pghistory.context_metadata', %(context)s, true),
           set_config('app.hidden', CASE %(scheme)s WHEN '' THEN '{}' ELSE people_hidden(
               nullif(%(scheme)s, '')::bigint, nullif(%(organisation)s, '')::bigint, nullif(%(user)s, '')::bigint,
               %(can)s, nullif(%(moment)s, '')::timestamptz)::text END, true)
"""
_NAMES = ("scheme", "organisation", "user", "can", "moment", "context")
_READ = f"""
    SELECT {", ".join(f"coalesce(current_setting('app.{name}', true), '')" for name in _NAMES[:-1])},
           coalesce(current_setting('pghistory.context_metadata', true), '')
"""


def _settings(actor: Actor | None) -> dict[str, str]:
    if actor is None:
        return dict.fromkeys(_NAMES, "")
    who = {"user": actor.user_id, "organisation": actor.organisation_id, "role": actor.role.value}
    if actor.credential_id is not None:
        who["credential"] = actor.credential_id
    return {
        "scheme": str(actor.scheme_id),
        "organisation": str(actor.organisation_id),
        "user": str(actor.user_id or ""),
        "can": _can(actor.role, actor.administers, actor.granted),
        "moment": actor.now().isoformat(),
        "context": json.dumps(who),
    }


@cache
def _can(role: Role, administers: bool, granted: frozenset[Capability] | None) -> str:
    """The capabilities by name, each with a space on both sides."""
    actor = Actor(scheme_id=0, organisation_id=0, role=role, administers=administers, granted=granted)
    return f" {' '.join(each.value for each in Capability if actor.can(each))} "


@contextmanager
def acting_as(actor: Actor | None) -> Iterator[None]:
    """Open a transaction in which the database shows what `actor` may see; None sees nobody's rows.

    Requests, jobs and commands all come through here. Inside another's transaction the outer actor is back at the end.
    """
    nested = connection.in_atomic_block
    with remembering(), transaction.atomic(), connection.cursor() as cursor:
        outer = cursor.execute(_READ).fetchone() if nested else None
        cursor.execute(_SET, _settings(actor))
        yield
        if outer:
            cursor.execute(_SET, dict(zip(_NAMES, outer, strict=True)))


def see_anew(actor: Actor) -> None:
    """Within the actor's own transaction: what has just been opened to them is there from here on."""
    with connection.cursor() as cursor:
        cursor.execute(_SET, _settings(actor))
