"""A row in words: each field with its label, its value as a person reads it, and the mark that it carries."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import models

from wraparound.organisations.models import Organisation, User
from wraparound.pathways.calendar import local
from wraparound.privacy.holdings import HOLDINGS, NOT_TOLD, Holding
from wraparound.privacy.marks import Mark
from wraparound.privacy.plainly import role_said

_PLAIN_FIELDS = {"by": "How", "at": "When", "said": "What was said or seen", "told": "What you had already told"}


class Said(NamedTuple):
    """One value. `mark` is a `Mark`, or "" where nobody has to look."""

    field: str
    label: str
    text: str
    mark: str = ""


def said_of(row: models.Model, label: str) -> list[Said]:
    """Everything that the row holds and that is more than the product's bookkeeping. Blanks are left out."""
    values = {each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields}
    return said_from(type(row), label, values)


def said_from(model: type[models.Model], label: str, values: Mapping[str, Any]) -> list[Said]:
    """The same of values by their columns, as an old version holds them."""
    holding = HOLDINGS[label]
    whole = _whole(holding, values)
    told = []
    for each in model._meta.concrete_fields:
        if not _told(each) or each.name in holding.not_told or each.attname not in values:
            continue
        text = _text(each, values[each.attname])
        if text:
            told.append(Said(each.name, _label(each), text, _mark(each, holding, whole)))
    return told


def _told(each: Any) -> bool:
    return each.name not in NOT_TOLD and not isinstance(each, models.BinaryField) and not each.primary_key


def _whole(holding: Holding, values: Mapping[str, Any]) -> Mark | None:
    """The mark that every field of this row carries."""
    if holding.whole:
        return holding.whole
    for name, beginnings in holding.whole_where.items():
        if str(values.get(name) or "").startswith(beginnings):
            return Mark.SAFEGUARDING
    return None


def _mark(each: Any, holding: Holding, whole: Mark | None) -> str:
    if whole:
        return whole
    if each.name in holding.marked:
        return holding.marked[each.name]
    return Mark.WORKER if each.related_model is User else ""


def _label(each: Any) -> str:
    said = _PLAIN_FIELDS.get(each.name) or str(each.verbose_name)
    return said[:1].upper() + said[1:]


def _text(each: Any, value: Any) -> str:
    if value in (None, "", [], {}):
        return ""
    if each.related_model is not None:
        return _row(each.related_model, value)
    if each.choices:
        return str(dict(each.flatchoices).get(value, value)).replace("_", " ")
    if each.name == "role":
        return role_said(value)
    if each.name in ("kept_from", "reader_ids"):
        return ", ".join(_row(User, pk) for pk in value)
    if each.name.endswith("organisation_ids"):
        return ", ".join(_row(Organisation, pk) for pk in value)
    return plain(value)


def _row(model: type[models.Model], key: Any) -> str:
    """Another row as it is called. A row about a person is called by its number: it is told of itself."""
    if model._meta.label_lower in HOLDINGS:
        return "" if model._meta.label_lower == "people.person" else f"number {key}"
    found = model._base_manager.filter(pk=key).first()
    return str(getattr(found, "name", found)) if found else f"number {key}"


def plain(value: Any) -> str:
    """Any value as words: no quotes, no brackets, “yes” for true."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        here = local(value)
        return f"{here.day} {here:%B %Y}, {here:%H:%M}"
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, Mapping):
        return "; ".join(
            f"{_words(key)}: {plain(held)}" for key, held in value.items() if held not in (None, "", [], {})
        )
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ", ".join(plain(held) for held in value)
    return str(value)


def _words(key: object) -> str:
    return str(key).replace("_", " ")
