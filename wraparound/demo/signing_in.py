"""Whom a visitor of the demo may be with one press: the people of each scheme, each role once."""

from dataclasses import dataclass, replace

from wraparound.demo.people import Worker
from wraparound.demo.place import SchemeData
from wraparound.demo.schemes import SCHEMES
from wraparound.organisations.roles import Role


@dataclass(frozen=True)
class Group:
    """One scheme's people, under its name and how it works."""

    name: str
    model: str
    slug: str
    users: tuple[Worker, ...]


def sign_in_as() -> tuple[Group, ...]:
    """The first of each role in every scheme, in the order of its data."""
    return tuple(Group(data.name, data.model_name, data.slug, _each_role(data)) for data in SCHEMES)


def sign_in_at() -> tuple[Group, ...]:
    """The same, each where they are a member: a practice of the data may be called otherwise there."""
    from wraparound.organisations.models import Membership

    emails = [worker.email for data in SCHEMES for worker in data.workers]
    rows = Membership.objects.filter(user__email__in=emails, ended=None).order_by("-pk")
    places = dict(rows.values_list("user__email", "organisation__name"))
    return tuple(
        replace(group, users=tuple(user._replace(organisation=places[user.email]) for user in group.users))
        for group in sign_in_as()
        if all(user.email in places for user in group.users)
    )


def _each_role(data: SchemeData) -> tuple[Worker, ...]:
    """Whoever refers from outside is there for each place that does."""
    found: dict[tuple[Role, str], Worker] = {}
    for worker in data.users:
        apart = worker.organisation if worker.role_ is Role.REFERRING_WORKER else ""
        found.setdefault((worker.role_, apart), worker)
    return tuple(found.values())
