"""Every row of the demo, as all the organisations of its schemes see them together."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Model, QuerySet

from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.models import Membership, Scheme


def actors(slug: str = "") -> Iterator[Actor]:
    """One of each role in each organisation, of one scheme or of all."""
    rows = Membership.objects.filter(ended=None).select_related("user", "scheme").order_by("pk")
    rows = rows.filter(scheme__slug=slug) if slug else rows
    found = {(row.scheme_id, row.organisation_id, row.role): Actor.of(row) for row in rows}
    yield from found.values()


def rows(model: type[Model], slug: str = "", **wanted: object) -> list[Any]:
    """Those that somebody sees, each once."""
    found: dict[int, Any] = {}
    for actor in actors(slug):
        with acting_as(actor):
            manager: Any = model._default_manager
            seen: QuerySet[Any] = manager.visible_to(actor) if hasattr(manager.all(), "visible_to") else manager.all()
            found |= {row.pk: row for row in seen.filter(**wanted)}
    return list(found.values())


def slugs() -> list[str]:
    return list(Scheme.objects.order_by("pk").values_list("slug", flat=True))


def each_scheme(ask: Callable[[str], object]) -> dict[str, object]:
    """What is asked of each scheme, by its slug."""
    return {slug: ask(slug) for slug in slugs()}
