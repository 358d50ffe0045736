"""Who asks: a connected system, made an actor from its credential, in one transaction that shows what it may see."""

import functools
import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from wraparound.interop.api.problems import Stopped, too_many
from wraparound.interop.api.rate import Allowances
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.credentials import actor_for
from wraparound.organisations.roles import Capability

F = TypeVar("F", bound=Callable[..., Any])
ALLOWANCES = Allowances()


class System(HttpBearer):
    """The bearer token of a credential, or an access token."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """The actor, or None where the token opens nothing. Stopped when it asks too often."""
        actor = actor_for(token.strip(), timezone.now())
        if actor is None or actor.credential_id is None:
            return None
        wait = ALLOWANCES.wait(actor.credential_id, time.monotonic(), settings.API_REQUESTS_A_MINUTE)
        if wait:
            raise too_many(wait)
        return actor


def given(capability: Capability | None) -> Callable[[F], F]:
    """Answer 403 to a credential that was not given `capability`; else run as its actor, and all of it or nothing."""

    def guard(operation: F) -> F:
        @functools.wraps(operation)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> Any:
            actor: Actor = request.auth
            if capability is not None and (actor.granted is None or not _holds(actor, capability)):
                raise Stopped(
                    403, "not_given", "Not given to this credential",
                    f"This needs “{capability}”. Ask an administrator of your organisation for a credential with it.",
                )  # fmt: skip
            with acting_as(actor), transaction.atomic():
                return operation(request, *args, **kwargs)

        return guarded  # type: ignore[return-value]

    return guard


def _holds(actor: Actor, capability: Capability) -> bool:
    """What a grant needs besides itself, such as finding the person who is referred, is no grant of its own."""
    reads = capability is Capability.SEE_PRACTICE_REFERRALS
    return capability in (actor.granted or ()) or (reads and actor.can(capability))
