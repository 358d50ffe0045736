"""From a right password to a session: what stands between, and what is remembered of the browser."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from wraparound.organisations.models import User
from wraparound.organisations.reading import user_numbered
from wraparound.signing_in import sessions
from wraparound.signing_in.devices import COOKIE, YEAR_SECONDS
from wraparound.signing_in.models import Happened
from wraparound.signing_in.recording import note
from wraparound.signing_in.second_factors import has_second_factor
from wraparound.web.door import device_of, door_of

PENDING = "pending"
PENDING_SECONDS = 10 * 60


@dataclass(frozen=True)
class Pending:
    """Somebody whose password was right and who has not shown their second factor yet."""

    user: int
    mark: str
    at: int
    how: str
    next: str


def next_of(request: HttpRequest) -> str:
    """Where the user was going, on this site alone."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    allowed = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if allowed else reverse("home")


def let_in(request: HttpRequest, user: User, *, how: str, onward: str, second: str = "") -> HttpResponse:
    """Sign them in, or ask for their second factor first, where they have one and have not shown it."""
    if second or not has_second_factor(user):
        return arrive(request, user, how=how, second=second, onward=onward)
    at = int(timezone.now().timestamp())
    request.session.cycle_key()
    request.session[PENDING] = asdict(Pending(user.pk, user.get_session_auth_hash(), at, how, onward))
    note(Happened.SECOND_FACTOR_ASKED, door_of(request, user), user, how)
    return redirect("second-factor")


def pending_of(request: HttpRequest, now: datetime) -> tuple[Pending, User] | None:
    """Who is between password and second factor in this browser, for ten minutes."""
    try:
        found = Pending(**request.session[PENDING])
    except (KeyError, TypeError):
        return None
    user = user_numbered(found.user)
    late = int(now.timestamp()) - found.at >= PENDING_SECONDS
    return None if late or user is None or user.get_session_auth_hash() != found.mark else (found, user)


def arrive(request: HttpRequest, user: User, *, how: str, second: str = "", onward: str = "") -> HttpResponse:
    """A session under a new key; and the browser is known from now on."""
    request.session.pop(PENDING, None)
    door = door_of(request, user)
    login(request, user)
    sessions.begin(request.session, user, door, how=how, second=second)
    return remember(request, HttpResponseRedirect(onward or reverse("home")), user)


def remember(request: HttpRequest, response: HttpResponse, user: User) -> HttpResponse:
    """Let the browser know that this user has signed in with it. The cookie tells nobody who that is."""
    response.set_cookie(
        COOKIE, device_of(request).with_user(user).cookie(), max_age=YEAR_SECONDS, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response
