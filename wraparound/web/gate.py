"""What stands before every page: a session that is over ends, and whoever must have a second factor has shown one."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import timezone

from wraparound.organisations.models import Membership
from wraparound.signing_in import sessions
from wraparound.signing_in.models import Happened
from wraparound.signing_in.sessions import Ended
from wraparound.web.door import door_of

# What a page sends by itself, and nobody pressed: it makes no session longer.
BY_ITSELF = "Sent-By-Itself"
SAID = {
    Ended.IDLE: "You were signed out because nothing was done for a while. Sign in to come back to where you were.",
    Ended.LONG: "You were signed out because you had been signed in for 12 hours. Sign in to come back to your page.",
}
SHUT_OUT = "You were signed out because you have no role here any more. If that is wrong, ask your manager."


def look(request: HttpRequest, view: Callable[..., Any] | None) -> None:
    """End the session where it is over, and note that somebody does something. Asks nothing of the database."""
    if SESSION_KEY not in request.session:
        return
    user = request.user
    if not user.is_authenticated:
        _end(request, Happened.SHUT_OUT, SHUT_OUT)
        return
    found = sessions.standing(request.session)
    if found is None:
        found = sessions.begin(request.session, user, door_of(request, user), how="")
    now = timezone.now()
    over = found.over(now)
    if over:
        _end(request, Happened.RAN_OUT, SAID[over])
    elif not _by_itself(request, view):
        sessions.touched(request.session, found, now)


def has_a_role(request: HttpRequest, held: bool) -> bool:
    """False, and the session is over, where somebody who had a role has none any more."""
    found = sessions.standing(request.session)
    if held and found is not None and not found.had_a_role:
        sessions.keep(request.session, replace(found, had_a_role=True))
    if held or found is None or not found.had_a_role:
        return True
    _end(request, Happened.SHUT_OUT, SHUT_OUT)
    return False


def needs_second_factor(request: HttpRequest, membership: Membership) -> bool:
    """Whether the scheme asks for a second factor and this session has shown none."""
    found = sessions.standing(request.session)
    return membership.scheme.second_factor and not (found and found.second)


def _by_itself(request: HttpRequest, view: Callable[..., Any] | None) -> bool:
    return BY_ITSELF in request.headers or (request.method == "GET" and getattr(view, "only_asks", False))


def _end(request: HttpRequest, why: Happened, said: str) -> None:
    user = request.user if request.user.is_authenticated else None
    sessions.end_this(request.session, user, door_of(request), why)
    request.user = AnonymousUser()
    messages.info(request, said)
