"""Writing an event, and telling those who subscribed to it, inside the action's transaction."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from wraparound.events.action import recorded
from wraparound.events.models import Event


class Author(Protocol):
    """Who an event is by: an `organisations.actor.Actor` is one."""

    @property
    def user_id(self) -> int | None: ...
    @property
    def organisation_id(self) -> int: ...
    @property
    def scheme_id(self) -> int: ...
    @property
    def credential_id(self) -> int | None: ...
    def now(self) -> datetime: ...


Handler = Callable[[Event, Any], None]


@cache
def subscriptions() -> Mapping[str, Sequence[Handler]]:
    """The table event name → handlers, which the top layer declares so that no domain knows another's senders."""
    table: Mapping[str, Sequence[Handler]] = import_string(settings.EVENT_SUBSCRIPTIONS)
    return table


def record(
    name: str,
    *,
    by: Author,
    told: Sequence[int] = (),
    person_id: int | None = None,
    journey_id: int | None = None,
    referral_id: int | None = None,
    data: Mapping[str, Any] | None = None,
    occurred_at: datetime | None = None,
) -> Event:
    """Write one event, seen by the actor's organisation and those in `told`, and run its subscribers.

    Where a connected system did it, `data` says with which credential.
    """
    by_system = {} if by.credential_id is None else {"credential": by.credential_id}
    event = Event.objects.create(
        scheme_id=by.scheme_id,
        organisation_ids=sorted({by.organisation_id, *told}),
        name=name,
        person_id=person_id,
        journey_id=journey_id,
        referral_id=referral_id,
        data={**(data or {}), **by_system},
        by_user_id=by.user_id,
        by_organisation_id=by.organisation_id,
        occurred_at=occurred_at or by.now(),
    )
    recorded.set(recorded.get() + 1)
    for handler in subscriptions().get(name, ()):
        handler(event, by)
    return event
