"""“Your account”: one's password, second factors, and where one is signed in."""

import functools
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from wraparound.messaging.tasks import send_notice
from wraparound.signing_in import keys, second_factors, sessions
from wraparound.signing_in.passwords import change_password, try_password
from wraparound.web.access import Request, View, signed_in
from wraparound.web.account import views
from wraparound.web.account.arriving import next_of, remember
from wraparound.web.account.forms import AppForm, CodeForm, KeyForm, NewPasswordForm, PasswordForm
from wraparound.web.account.second_factor import WRONG_CODE, answer_of, ask, shown_second
from wraparound.web.door import device_of, door_of
from wraparound.web.team.forms import posted

SECRET = "secret_of_app"
NOT_ADDED = "The key was not added: it did not answer as it should. Try again, or use another one."


def sure(view: View) -> View:
    """Only for somebody who showed a short time ago that it is they who sit there."""

    @functools.wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        found = sessions.standing(request.session)
        if found is None or not found.is_sure(timezone.now()):
            wanted = request.get_full_path() if request.method == "GET" else reverse("account")
            return HttpResponseRedirect(f"{reverse('sure')}?{urlencode({'next': wanted})}")
        return view(request, *args, **kwargs)  # type: ignore[return-value]

    return guarded


def own_page(*methods: str) -> Callable[[View], View]:
    def made(view: View) -> View:
        return signed_in(never_cache(require_http_methods(list(methods))(view)))

    return made


@own_page("GET")
def account(request: Request) -> HttpResponse:
    """Everything about how the user signs in, on one page."""
    now = timezone.now()
    shown = {
        "factors": [second_factors.shown(row) for row in second_factors.second_factors_of(request.user)],
        "codes_left": second_factors.codes_left(request.user),
        "sessions": sessions.sessions_of(request.user, now),
        "this": request.session.session_key,
        "required": request.membership is not None and request.membership.scheme.second_factor,
        "idle_minutes": settings.IDLE_MINUTES,
    }
    return render(request, "account/account.jinja", shown)


@own_page("GET", "POST")
@sensitive_post_parameters("password")
def is_it_you(request: Request) -> HttpResponse:
    """Ask again before how one signs in is changed: for the second factor, or without one for the password."""
    if second_factors.has_second_factor(request.user):
        code = CodeForm(posted(request))
        if request.method == "POST" and shown_second(request, request.user, code):
            return _is_sure(request)
        return ask(request, request.user, code, "account/sure.jinja", {"by": "code"})
    form = PasswordForm(posted(request))
    if form.is_bound and form.is_valid():
        door = door_of(request, request.user)
        tried = try_password(request, request.user.email, form.cleaned_data["password"], device_of(request), door)
        if tried.user is not None:
            return _is_sure(request)
        form.add_error("password", views.waits(tried.wait) if tried.wait else "This is not your password")
    return render(request, "account/sure.jinja", {"form": form, "by": "password", "next": next_of(request)})


def _is_sure(request: Request) -> HttpResponse:
    sessions.sure_now(request.session, timezone.now())
    return HttpResponseRedirect(next_of(request))


@own_page("GET", "POST")
@sensitive_post_parameters("password")
@sure
def password(request: Request) -> HttpResponse:
    """Change it, which ends one's sessions in all other browsers."""
    form = NewPasswordForm(posted(request))
    door = door_of(request, request.user)
    done = form.done(lambda said: change_password(request.user, said["password"], request.session.session_key, door))
    if not done:
        return render(request, "account/password.jinja", {"form": form})
    before = request.session.session_key
    update_session_auth_hash(request, request.user)
    sessions.followed(before, request.session)
    send_notice(request.user.pk, "password")
    messages.success(request, "Your password is changed. You are signed out everywhere else.")
    return remember(request, redirect("account"), request.user)


@own_page("GET")
def set_up(request: Request) -> HttpResponse:
    """Where somebody is led who has to have a second factor and has none."""
    if second_factors.has_second_factor(request.user):
        found = sessions.standing(request.session)
        if found is not None and found.second:
            return redirect("account")
        return HttpResponseRedirect(f"{reverse('second-factor')}?{urlencode({'next': next_of(request)})}")
    required = request.membership is not None and request.membership.scheme.second_factor
    return render(request, "account/set_up.jinja", {"required": required, "next": next_of(request)})


@own_page("GET", "POST")
@sure
def app(request: Request) -> HttpResponse:
    """Set an app up that shows codes: in place of the one before, if there is one."""
    secret = request.session.get(SECRET) or second_factors.new_secret()
    request.session[SECRET] = secret
    form = AppForm(posted(request))
    if form.is_bound and form.is_valid():
        if second_factors.add_app(request.user, secret, form.cleaned_data["code"], door_of(request, request.user)):
            del request.session[SECRET]
            return _added(request, "totp")
        form.add_error("code", WRONG_CODE)
    shown = {
        "form": form,
        "secret": second_factors.in_fours(secret),
        "picture": second_factors.picture_of(request.user, secret),
        "next": _onward(request),
    }
    return render(request, "account/app.jinja", shown)


@own_page("GET", "POST")
@sure
def key(request: Request) -> HttpResponse:
    """Add a security key or passkey. The browser's part is a script's; without it the page leads to an app."""
    form = KeyForm(posted(request))
    if form.is_bound and form.is_valid():
        answer = answer_of(form.cleaned_data["credential"])
        door = door_of(request, request.user)
        if answer and keys.add(request, request.user, form.cleaned_data["name"], answer, door):
            return _added(request, "webauthn")
        form.add_error(None, NOT_ADDED)
    shown = {"form": form, "options": json.dumps(keys.to_add(request, request.user)), "next": _onward(request)}
    return render(request, "account/key.jinja", shown)


def _onward(request: Request) -> str:
    """Where they were going when they were led here; else back to the page about their account."""
    return next_of(request) if request.POST.get("next") or request.GET.get("next") else reverse("account")


def _added(request: Request, kind: str) -> HttpResponse:
    """The session has a second factor from here on; whoever has no recovery codes yet gets them now."""
    sessions.with_second_factor(request.session, kind, timezone.now())
    send_notice(request.user.pk, "second_factor_added")
    if second_factors.codes_left(request.user) is None:
        return _codes(request)
    messages.success(request, "The second factor is added.")
    return HttpResponseRedirect(_onward(request))


@own_page("GET", "POST")
@sure
def recovery_codes(request: Request) -> HttpResponse:
    """Make new ones, in place of all before."""
    if not second_factors.has_second_factor(request.user):
        return redirect("second-factor-set-up")
    if request.method == "POST":
        return _codes(request)
    return render(request, "account/codes_new.jinja", {"left": second_factors.codes_left(request.user)})


def _codes(request: Request) -> HttpResponse:
    """The one time that they are shown."""
    codes = second_factors.make_recovery_codes(request.user, door_of(request, request.user))
    return render(request, "account/codes.jinja", {"codes": codes, "next": _onward(request)})


@own_page("GET", "POST")
@sure
def remove(request: Request, pk: int) -> HttpResponse:
    """Take a second factor away; one that is needed, only once there is another."""
    rows = list(second_factors.second_factors_of(request.user))
    found = next((row for row in rows if row.pk == pk), None)
    if found is None:
        raise Http404
    needed = len(rows) == 1 and request.membership is not None and request.membership.scheme.second_factor
    if request.method == "POST" and not needed:
        second_factors.remove(request.user, pk, door_of(request, request.user))
        send_notice(request.user.pk, "second_factor_removed")
        messages.success(request, "The second factor is removed.")
        return redirect("account")
    return render(request, "account/remove.jinja", {"factor": second_factors.shown(found), "needed": needed})


@signed_in
@never_cache
@require_POST
def end_sessions(request: Request) -> HttpResponse:
    """End one other session of the user's, or all others."""
    one = request.POST.get("session", "")
    only = [int(one)] if one.isdecimal() and len(one) < 19 else None if one == "all" else []
    ended = sessions.end_others(request.user, request.session.session_key, door_of(request, request.user), only)
    messages.success(request, "You are signed out there." if ended else "You were signed out there already.")
    return redirect("account")
