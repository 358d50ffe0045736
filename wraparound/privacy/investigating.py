"""Who read and who changed records: what the information governance lead of an organisation may look into."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import connection

from wraparound.audit.models import Access
from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Membership, Organisation, User
from wraparound.organisations.roles import Capability, Role
from wraparound.people.models import Person
from wraparound.privacy.holdings import HOLDINGS
from wraparound.privacy.marks import Mark
from wraparound.privacy.models import LookedInto
from wraparound.privacy.same_person import all_records_of
from wraparound.privacy.saying import Said, said_from
from wraparound.referrals.paging import PAGE, Page, moment, page_of, past

BY_TIME = ("at", "pk")


@dataclass(frozen=True)
class Asked:
    """What is looked into: about one person, by one user, from a moment up to another; each may be left open."""

    person_id: int | None = None
    user_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None


def looks(actor: Actor, asked: Asked, after: str = "") -> Page:
    """What reached somebody by users and systems of the actor's organisation, the newest first."""
    actor.require(Capability.INVESTIGATE)
    rows = Access.objects.filter(scheme_id=actor.scheme_id, organisation_id=actor.organisation_id)
    if asked.person_id:
        rows = rows.filter(person_id__in=all_records_of(asked.person_id))
    if asked.user_id:
        rows = rows.filter(user_id=asked.user_id)
    if asked.since:
        rows = rows.filter(at__gte=asked.since)
    if asked.until:
        rows = rows.filter(at__lt=asked.until)
    rows = rows.select_related("user", "credential", "to_organisation").order_by("-at", "-pk")
    rows = past(rows, BY_TIME, after, moment, int, newest_first=True)
    return page_of(list(rows[: PAGE + 1]), PAGE, BY_TIME)


def names_of(actor: Actor, person_ids: Iterable[int]) -> dict[int, str]:
    """Names of those whose record is open to the actor's organisation; of others there is none."""
    rows = Person.objects.visible_to(actor).filter(pk__in=set(person_ids))
    return {person.pk: person.name for person in rows}


def users_of(actor: Actor) -> list[User]:
    """Whoever is or was a member of the actor's organisation, by name."""
    members = Membership.objects.filter(scheme_id=actor.scheme_id, organisation_id=actor.organisation_id)
    return list(User.objects.filter(pk__in=members.values("user_id")).order_by("name", "pk")[:2000])


@dataclass(frozen=True)
class Change:
    """One version of a row: what was said anew, by whom in which role for which organisation.

    `why` is the action that wrote it, "" where none did.
    """

    heading: str
    row: int
    version: int
    at: datetime
    made: bool
    user: str
    organisation: str
    role: str
    why: str
    said: list[tuple[str, str, str]]
    key: str


_CHANGES = """
    SELECT table_name, version, row_key, at, made, who::text, held::text, was::text
    FROM privacy_changes(%s, %s, %s, %s, %s, %s, %s, %s)
"""


def changes(actor: Actor, asked: Asked, after: str = "") -> tuple[list[Change], str]:
    """Changes of rows that the actor's organisation could read, the newest first, and the key of those after them."""
    actor.require(Capability.INVESTIGATE)
    at, table, version = _key(after)
    persons = all_records_of(asked.person_id) if asked.person_id else None
    with connection.cursor() as cursor:
        rows = cursor.execute(
            _CHANGES, [persons, asked.user_id, asked.since, asked.until, at, table, version, PAGE + 1]
        ).fetchall()
    names = _names([json.loads(who or "{}") for *_, who, _, _ in rows], {row for _, _, row, *_ in rows})
    found = [_change(names, *row) for row in rows[:PAGE]]
    return found, found[-1].key if len(rows) > PAGE else ""


def _key(after: str) -> tuple[datetime | None, str | None, int | None]:
    try:
        at, table, version = after.split("~")
        return moment(at), table, int(version)
    except (ValueError, OverflowError):
        return None, None, None


@dataclass(frozen=True)
class _Names:
    """Of whoever changed something and for whom, by id; and which persons' addresses are withheld now."""

    users: dict[int, str]
    organisations: dict[int, str]
    withheld: set[int]


def _names(who: Sequence[dict[str, Any]], keys: set[int]) -> _Names:
    users = User.objects.filter(pk__in={each["user"] for each in who if each.get("user")})
    places = Organisation.objects.filter(pk__in={each["organisation"] for each in who if each.get("organisation")})
    withheld = Person.objects.filter(pk__in=keys, address_withheld=True).values_list("pk", flat=True)
    return _Names(dict(users.values_list("pk", "name")), dict(places.values_list("pk", "name")), set(withheld))


def _change(
    names: _Names,
    table: str,
    version: int,
    row: int,
    at: datetime,
    made: bool,
    who: str | None,
    held: str,
    was: str | None,
) -> Change:
    history: Any = next(m for m in apps.get_models() if m._meta.db_table == table)
    label = history.pgh_tracked_model._meta.label_lower
    now, before, by = json.loads(held), json.loads(was or "{}"), json.loads(who or "{}")
    differs = [name for name in now if now[name] != before.get(name)]
    new = {each.field: each for each in _said(label, {name: now[name] for name in differs})}
    old = {each.field: each for each in _said(label, {name: before[name] for name in differs if name in before})}
    holding = HOLDINGS[label]
    hidden = holding.confidential
    if label == "people.person" and row in names.withheld:
        hidden += ("address", "postcode")
    whole = holding.whole is Mark.SAFEGUARDING
    said = [
        (each.label, *_words(old.get(name), new.get(name), hidden=whole or name in hidden))
        for name, each in {**old, **new}.items()
    ]
    role = Role(by["role"]).label if by.get("role") in set(Role) else ""
    why = by.get("action", "").replace("_", " ")
    called = (names.users.get(by.get("user"), "Wraparound"), names.organisations.get(by.get("organisation"), ""))
    return Change(
        holding.heading, row, version, at, made, *called, role, why, said, f"{at.isoformat()}~{table}~{version}"
    )


NOT_HERE = "Not shown here"


def _words(was: Said | None, now: Said | None, *, hidden: bool) -> tuple[str, str]:
    """What it was and what it is; of what is confidential, only that there was or is something."""
    before, after = ((NOT_HERE if hidden else each.text) if each else "" for each in (was, now))
    return before, after


def _said(label: str, values: dict[str, Any]) -> list[Said]:
    model = apps.get_model(label)
    for each in model._meta.concrete_fields:
        value = values.get(each.attname)
        if isinstance(value, str) and each.get_internal_type() in ("DateField", "DateTimeField"):
            values[each.attname] = each.to_python(value)
    return said_from(model, label, values)


def look_of(actor: Actor, pk: int) -> Access:
    """Access.DoesNotExist when it was not made for the actor's organisation."""
    rows = Access.objects.filter(scheme_id=actor.scheme_id, organisation_id=actor.organisation_id)
    return rows.select_related("user", "credential", "to_organisation").get(pk=pk)


def notes_on(actor: Actor, access_ids: Iterable[int]) -> dict[int, list[LookedInto]]:
    found: dict[int, list[LookedInto]] = {}
    rows = LookedInto.objects.visible_to(actor).filter(access_id__in=set(access_ids)).select_related("by")
    for each in rows.order_by("pk"):
        found.setdefault(each.access_id, []).append(each)
    return found


@action
def write_looked_into(*, by: Actor, look: Access, note: str) -> LookedInto:
    """Say what came of looking into a look that stood out. Refused `no_note`, `own_look`."""
    by.require(Capability.INVESTIGATE)
    held = look_of(by, look.pk)
    if not note.strip():
        raise Refused("no_note", "Enter what you found.", "note")
    if held.user_id == by.user():
        raise Refused("own_look", "This look is your own. Somebody else looks into it.")
    made = LookedInto.objects.create(
        scheme_id=by.scheme_id,
        organisation_id=by.organisation_id,
        access=held,
        note=note.strip(),
        by_id=by.user(),
        at=by.now(),
    )
    record("look_looked_into", by=by, data={"look": held.pk})
    return made
