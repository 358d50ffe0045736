"""Who may open a page: everybody, whoever signed in, or (unless said otherwise) an actor with a capability."""

import functools
from collections.abc import Callable
from enum import Enum
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Membership, User
from wraparound.organisations.roles import REFUSALS, Capability

View = Callable[..., HttpResponseBase]


class Request(HttpRequest):
    """A request as views get it from `ActingMiddleware`."""

    user: User
    actor: Actor
    membership: Membership
    signed_in: bool
    may_change: bool


class For(Enum):
    """Whom a view is for. A view without one is for actors alone."""

    EVERYBODY = "everybody"
    SIGNED_IN = "signed_in"
    ACTORS = "actors"


def everybody(view: View) -> View:
    """Open without signing in."""
    view.open_for = For.EVERYBODY  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Open to a user who has not chosen for whom to act."""
    view.open_for = For.SIGNED_IN  # type: ignore[attr-defined]
    return view


def needs(capability: Capability) -> Callable[[View], View]:
    """Refuse, with the sentence for it, an actor whose role lacks the capability."""

    def guard(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.actor.can(capability):
                raise PermissionDenied(REFUSALS[capability])
            return view(request, *args, **kwargs)

        return guarded

    return guard
