"""Every request acts as one membership of its user, in one transaction that shows what that membership may see."""

import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import Resolver404, resolve, reverse
from django.utils.cache import add_never_cache_headers
from django_htmx.http import HttpResponseClientRedirect

from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.models import Membership
from wraparound.organisations.reading import memberships_of
from wraparound.web import errors, gate
from wraparound.web.access import For

log = logging.getLogger(__name__)
CHOSEN = "membership"
NUL = "%00"
# These answer machines, which bring a token of their own and no session.
ACT_FOR_THEMSELVES = ("/fhir/", "/launch/", "/api/", "/oauth/")


class ActingMiddleware:
    """Puts `request.actor` and `request.membership` (both None for strangers) and runs the rest as that actor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = request.membership = None  # type: ignore[attr-defined]
        request.signed_in = request.may_change = False  # type: ignore[attr-defined]
        _without_nul(request)
        try:
            return self._answer(request)
        except (OperationalError, InterfaceError):
            log.exception("The database could not be reached.")
            return errors.database_away(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return errors.refused(request, exception)
        if isinstance(exception, OperationalError | InterfaceError):
            log.error("The database failed a request.", exc_info=exception)
            return errors.database_away(request)
        return None

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(ACT_FOR_THEMSELVES):
            return self.get_response(request)
        view = _view(request)
        open_for = For.EVERYBODY if view is None else getattr(view, "open_for", For.ACTORS)
        gate.look(request, view)
        # Templates read this and never `user`, which may need the very database that is away.
        request.signed_in = request.user.is_authenticated  # type: ignore[attr-defined]
        if not request.user.is_authenticated:
            return self._as(None, request) if open_for is For.EVERYBODY else _go(request, "sign-in")
        held = {membership.pk: membership for membership in memberships_of(request.user)}
        if not gate.has_a_role(request, bool(held)):
            request.signed_in = False  # type: ignore[attr-defined]
            return self._as(None, request) if open_for is For.EVERYBODY else _go(request, "sign-in")
        request.may_change = len(held) > 1  # type: ignore[attr-defined]
        membership = _chosen(request, held)
        if membership is None:
            return _go(request, "choose") if open_for is For.ACTORS else self._as(None, request)
        if open_for is For.ACTORS and gate.needs_second_factor(request, membership):
            return _go(request, "second-factor-set-up")
        request.membership = membership  # type: ignore[attr-defined]
        request.actor = Actor.of(membership)  # type: ignore[attr-defined]
        response = self._as(request.actor, request)  # type: ignore[attr-defined]
        # Practice computers are shared: nothing of a record stays in the browser after signing out.
        add_never_cache_headers(response)
        return response

    def _as(self, actor: Actor | None, request: HttpRequest) -> HttpResponse:
        """The answer, made in the actor's transaction; a failed answer leaves nothing behind."""
        try:
            with acting_as(actor):
                response = self.get_response(request)
                if response.status_code >= 500:
                    raise _Failed
        except _Failed:
            pass
        return response


def _without_nul(request: HttpRequest) -> None:
    """No text in the database holds this byte, and asked for one that does it refuses to look."""
    asked = request.META.get("QUERY_STRING", "")
    if NUL in asked:
        while NUL in asked:
            asked = asked.replace(NUL, "")
        request.GET = QueryDict(asked)


class _Failed(Exception):
    """Takes a transaction down with it."""


def _view(request: HttpRequest) -> Callable[..., Any] | None:
    """What the address leads to; None for one that leads nowhere, which may be told to anybody."""
    try:
        return resolve(request.path_info).func
    except Resolver404:
        return None


def _chosen(request: HttpRequest, held: dict[int, Membership]) -> Membership | None:
    """The membership that the user chose, or their only one. An ended one is not chosen any more."""
    chosen = request.session.get(CHOSEN)
    if chosen in held:
        return held[chosen]
    return next(iter(held.values())) if len(held) == 1 else None


def _go(request: HttpRequest, route: str) -> HttpResponse:
    """Send the browser elsewhere, to come back to the page it wanted."""
    address = f"{reverse(route)}?{urlencode({'next': _wanted(request)})}"
    return HttpResponseClientRedirect(address) if request.htmx else HttpResponseRedirect(address)  # type: ignore[attr-defined]


def _wanted(request: HttpRequest) -> str:
    """The page itself; for what was sent from a page, that page."""
    if request.method == "GET" and not request.htmx:  # type: ignore[attr-defined]
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    here = came_from.netloc == request.get_host()
    return f"{came_from.path}?{came_from.query}".rstrip("?") if here else reverse("home")
