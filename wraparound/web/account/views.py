"""Signing in and out, choosing for whom to act, and where that leads."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from django.contrib.auth import login
from django.contrib.auth.views import LoginView, LogoutView
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wraparound.organisations.reading import memberships_of, user_with_email
from wraparound.web.access import Request, everybody, signed_in
from wraparound.web.account.forms import SignInForm
from wraparound.web.acting import CHOSEN


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


class SignIn(LoginView):
    """`demo_users` gives groups of people, and is None where nobody is invented."""

    template_name = "account/sign_in.jinja"
    authentication_form = SignInForm
    redirect_authenticated_user = True
    demo_users: Callable[[], Sequence[DemoGroup]] | None = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        demo = self.demo_users() if self.demo_users else []
        return {**super().get_context_data(**kwargs), "demo_users": demo}


def sign_in(demo_users: Callable[[], Sequence[DemoGroup]] | None) -> Callable[..., HttpResponseBase]:
    return everybody(SignIn.as_view(demo_users=staticmethod(demo_users) if demo_users else None))


sign_out = everybody(LogoutView.as_view())


@everybody
@require_POST
def sign_in_as(request: HttpRequest, demo_users: Callable[[], Sequence[DemoGroup]] | None) -> HttpResponse:
    """Be one of the invented people; nobody else can be chosen."""
    allowed = {user.email for group in demo_users() for user in group.users} if demo_users else set()
    email = request.POST.get("email", "")
    user = user_with_email(email) if email in allowed else None
    if user is None:
        raise Http404
    login(request, user)
    return HttpResponseRedirect(_next(request))


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
        return HttpResponseRedirect(_next(request))
    return render(request, "account/choose.jinja", {"memberships": held, "next": _next(request)})


@require_GET
def home(request: Request) -> HttpResponse:
    """What to do now: the first page after signing in."""
    return redirect("now")


@everybody
@never_cache
@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """For a load balancer: this process answers and reaches the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


def _next(request: HttpRequest) -> str:
    """Where the user was going, on this site alone."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    allowed = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if allowed else reverse("home")
