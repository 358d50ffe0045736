"""A scheme's pathway versions: publishing one, and reading the one a journey is pinned to."""

from datetime import datetime
from functools import lru_cache

from wraparound.organisations.models import PathwayVersion, Scheme, User
from wraparound.pathways.calendar import Calendar, calendar_for
from wraparound.pathways.canonical import from_canonical_json, sha256, to_canonical_json
from wraparound.pathways.definition import Pathway
from wraparound.pathways.vocabulary import Nation


def publish(*, scheme: Scheme, name: str, pathway: Pathway, at: datetime, user: User | None = None) -> PathwayVersion:
    """Store `pathway` whole as the scheme's next version and make new journeys follow it."""
    latest = scheme.pathway_versions.order_by("-number").first()
    version = PathwayVersion.objects.create(
        scheme=scheme,
        name=name,
        number=latest.number + 1 if latest else 1,
        definition=to_canonical_json(pathway),
        sha256=sha256(pathway),
        published_at=at,
        published_by=user,
    )
    scheme.pathway_version = version
    scheme.save(update_fields=["pathway_version"])
    return version


@lru_cache(maxsize=256)
def pathway_of(version_id: int) -> Pathway:
    """The definition of a stored version, which never changes."""
    return from_canonical_json(PathwayVersion.objects.values_list("definition", flat=True).get(pk=version_id))


def calendar_of(pathway: Pathway) -> Calendar:
    return calendar_for(Nation(pathway.nation))
