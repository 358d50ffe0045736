"""Finding what an organisation holds about a person: every table that the models know, each row in words."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, models
from django.db.models import Q

from wraparound.privacy.holdings import FIRST, HOLDINGS, LEFT_OUT, Holding, about, person_models
from wraparound.privacy.saying import Said, said_from, said_of


@dataclass(frozen=True)
class Record:
    """One row about the person, or an old version of it (`version` is its key; 0: as it is now)."""

    kind: str
    row: int
    version: int
    at: datetime | None
    said: list[Said]


@dataclass(frozen=True)
class Whose:
    """Whose part is collected. `took` it: the shared record is in it too."""

    scheme_id: int
    organisation_id: int
    took: bool


def everything(
    person_ids: list[int], *, scheme_id: int, whose: Whose | None = None, all_versions: bool = False
) -> Iterator[Record]:
    """Each row that reaches one of the persons: of one organisation's part, or all that the connection may see.

    `all_versions` for whom row-level security hides nothing; to others old versions come as their organisation may.
    """
    for label, model in person_models().items():
        if label in LEFT_OUT:
            continue
        holding = HOLDINGS[label]
        rows = model._base_manager.filter(about(label, person_ids), scheme_id=scheme_id).distinct()
        if whose:
            rows = rows.filter(_of(holding, whose))
        yield from _records(label, holding, rows.order_by("pk"), _ALL_VERSIONS if all_versions else _VERSIONS)


def _of(holding: Holding, whose: Whose) -> Q:
    if not holding.whose:
        return Q() if whose.took else Q(pk__in=[])
    column = holding.whose if holding.whose == FIRST else f"{holding.whose}_id"
    own = Q(**{column: whose.organisation_id})
    # What the product itself did for nobody in particular goes with the shared record.
    return own | Q(**{f"{holding.whose}__isnull": True}) if whose.took else own


def _records(label: str, holding: Holding, rows: Iterable[models.Model], versions: str) -> Iterator[Record]:
    keys = []
    model: type[models.Model] | None = None
    for row in rows:
        model = type(row)
        keys.append(row.pk)
        at = getattr(row, holding.at, None) if holding.at else None
        yield Record(label, row.pk, 0, at if isinstance(at, datetime) else None, said_of(row, label))
    if model is not None and hasattr(model, "history"):
        yield from _old_versions(model, label, keys, versions)


# What the acting organisation could read when it stood; or all, to whom no row is hidden.
_VERSIONS = "SELECT version, row_key, at, held::text FROM privacy_old_versions(%s, %s) ORDER BY row_key, version DESC"
_ALL_VERSIONS = _VERSIONS.replace("privacy_old_versions", "privacy_versions")


def _old_versions(model: type[models.Model], label: str, keys: list[int], versions: str) -> Iterator[Record]:
    """What each row held before: of every version, what the next one says differently."""
    with connection.cursor() as cursor:
        rows = cursor.execute(versions, [model.history.rel.related_model._meta.db_table, keys]).fetchall()  # type: ignore[attr-defined]
    later: dict[str, Any] = {}
    of = None
    for version, key, at, text in rows:
        held = json.loads(text)
        if of == key and (differs := {name: held[name] for name in held if later.get(name) != held[name]}):
            said = said_from(model, label, {name: _read(model, name, value) for name, value in differs.items()})
            if said:
                yield Record(label, key, version, at, said)
        of, later = key, held


def _read(model: type[models.Model], column: str, value: Any) -> Any:
    """A value of an old version, which comes as JSON, as its field has it."""
    for each in model._meta.concrete_fields:
        if each.attname == column and value is not None and isinstance(each, models.DateField):
            return each.to_python(value)
    return value
