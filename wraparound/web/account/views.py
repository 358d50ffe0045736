"""Signing in and out, choosing for whom to act, and where that leads."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Protocol

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wraparound.files.reading import scanner_answers
from wraparound.organisations.reading import memberships_of, user_with_email
from wraparound.signing_in import sessions
from wraparound.signing_in.allowances import in_words
from wraparound.signing_in.models import Happened
from wraparound.signing_in.passwords import try_password
from wraparound.web.access import Request, everybody, signed_in
from wraparound.web.account.arriving import arrive, let_in, next_of
from wraparound.web.account.forms import SignInForm
from wraparound.web.acting import CHOSEN
from wraparound.web.door import device_of, door_of
from wraparound.web.team.forms import posted

WRONG = "The email address and password do not belong together. Check both and try again."
WAIT = (
    "That did not work too many times. Wait {} and try again. If you do not know your password, choose a new one by "
    "email: that works at once."
)


class DemoUser(Protocol):
    """Somebody invented, whom a visitor may be with one press."""

    role: str
    name: str
    email: str
    organisation: str


class DemoGroup(Protocol):
    """The invented people of one scheme; `model` says how its services stand to each other."""

    name: str
    model: str
    slug: str
    users: Sequence[DemoUser]


DemoUsers = Callable[[], Sequence[DemoGroup]] | None


def sign_in(demo_users: DemoUsers) -> Callable[..., HttpResponseBase]:
    """`demo_users` gives groups of people, and is None where nobody is invented."""

    @everybody
    @never_cache
    @sensitive_post_parameters("password")
    @require_http_methods(["GET", "POST"])
    def page(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            return HttpResponseRedirect(next_of(request))
        form = SignInForm(posted(request))
        if form.is_bound and form.is_valid():
            said = form.cleaned_data
            device = device_of(request)
            door = door_of(request, user_with_email(said["username"]))
            tried = try_password(request, said["username"], said["password"], device, door)
            if tried.user is not None:
                return let_in(request, tried.user, how="password", onward=next_of(request))
            form.add_error(None, waits(tried.wait) if tried.wait else WRONG)
            return _sign_in_page(request, form, demo_users, tried.wait)
        return _sign_in_page(request, form, demo_users)

    return page


def _sign_in_page(
    request: HttpRequest, form: SignInForm, demo_users: DemoUsers, wait: timedelta = timedelta()
) -> HttpResponse:
    shown = {
        "form": form,
        "next": request.POST.get("next") or request.GET.get("next") or "",
        "demo_users": demo_users() if demo_users else [],
        "providers": settings.SINGLE_SIGN_ON,
    }
    return waiting(render(request, "account/sign_in.jinja", shown), wait)


def waits(wait: timedelta) -> str:
    """What somebody reads who has to wait."""
    return WAIT.format(in_words(wait))


def waiting(response: HttpResponse, wait: timedelta) -> HttpResponse:
    """The same answer, to which programs are told how long to wait, where there is something to wait for."""
    if wait:
        response.status_code = 429
        response["Retry-After"] = str(-(-wait // timedelta(seconds=1)))
    return response


@everybody
@never_cache
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session of this browser; pressed twice, it does no harm."""
    if request.user.is_authenticated:
        sessions.end_this(request.session, request.user, door_of(request), Happened.SIGNED_OUT)
    return redirect("sign-in")


@everybody
@require_POST
def sign_in_as(request: HttpRequest, demo_users: DemoUsers) -> HttpResponse:
    """Be one of the invented people; nobody else can be chosen. They are asked for no second factor."""
    allowed = {user.email for group in demo_users() for user in group.users} if demo_users else set()
    email = request.POST.get("email", "")
    user = user_with_email(email) if email in allowed else None
    if user is None:
        raise Http404
    return arrive(request, user, how="demo", second="demo", onward=next_of(request))


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def choose(request: Request) -> HttpResponse:
    """For which organisation, and as what, the user acts from now on."""
    held = list(memberships_of(request.user))
    if request.method == "POST":
        chosen = request.POST.get("membership", "")
        if chosen not in {str(membership.pk) for membership in held}:
            raise Http404
        request.session[CHOSEN] = int(chosen)
        return HttpResponseRedirect(next_of(request))
    return render(request, "account/choose.jinja", {"memberships": held, "next": next_of(request)})


@require_GET
def home(request: Request) -> HttpResponse:
    """What to do now: the first page after signing in."""
    return redirect("now")


@everybody
@never_cache
@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """For a load balancer: this process answers and reaches the database. Whoever watches reads of the scanner too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    told = "ok" if scanner_answers() else "ok\nmalware scanner: does not answer"
    return HttpResponse(told, content_type="text/plain")
