"""The page that asks for a second factor, after the password or when a page needs to be sure."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wraparound.messaging.tasks import send_notice
from wraparound.organisations.models import User
from wraparound.signing_in import keys, sessions, tries
from wraparound.signing_in.allowances import in_words
from wraparound.signing_in.models import Happened
from wraparound.signing_in.passwords import try_second
from wraparound.signing_in.recording import Door, note
from wraparound.signing_in.second_factors import CODES, has_key, has_second_factor, use_code
from wraparound.web.access import Request, everybody
from wraparound.web.account.arriving import arrive, next_of, pending_of
from wraparound.web.account.forms import CodeForm
from wraparound.web.account.views import waiting
from wraparound.web.door import device_of, door_of
from wraparound.web.team.forms import posted

WRONG_CODE = "This code is not right, or it was used before. Wait for the next one that your app shows."
WRONG_KEY = "This key did not answer as it should. Try again, or use a code."
WAIT = "That did not work too many times. Wait {} and try again."


@everybody
@never_cache
@require_http_methods(["GET", "POST"])
def second_factor(request: Request) -> HttpResponse:
    """Ask whoever gave the right password, or is signed in without having shown a second factor, for one they have."""
    pending = pending_of(request, timezone.now())
    user = pending[1] if pending else request.user
    if pending is None and not (user.is_authenticated and has_second_factor(user)):
        return redirect("home" if user.is_authenticated else "sign-in")
    form = CodeForm(posted(request))
    if request.method == "POST":
        how = shown_second(request, user, form)
        if how:
            if pending:
                return arrive(request, user, how=pending[0].how, second=how, onward=pending[0].next)
            sessions.with_second_factor(request.session, how, timezone.now())
            return HttpResponseRedirect(next_of(request))
    return ask(request, user, form, "account/second_factor.jinja", {"pending": pending is not None})


def ask(request: HttpRequest, user: User, form: CodeForm, template: str, shown: dict[str, Any]) -> HttpResponse:
    """The page with a new challenge for the user's keys, if they have any."""
    options = json.dumps(keys.to_use(request, user)) if has_key(user) else ""
    wait = getattr(form, "wait", None)
    response = render(request, template, {**shown, "form": form, "options": options, "next": next_of(request)})
    return waiting(response, wait) if wait else response


def shown_second(request: HttpRequest, user: User, form: CodeForm) -> str:
    """Which second factor was shown; "" when none was, and the form says why."""
    credential = request.POST.get("credential", "")
    if credential:
        form.errors.clear()
    elif not form.is_valid():
        return ""
    door = door_of(request, user)
    counts, wait = try_second(user, device_of(request), door)
    if wait:
        form.wait = wait  # type: ignore[attr-defined]
        form.add_error(None, WAIT.format(in_words(wait)))
        return ""
    how = _by_key(request, user, credential, door) if credential else use_code(user, form.cleaned_data["code"], door)
    if how:
        tries.forget(counts)
        if how == CODES:
            send_notice(user.pk, "recovery_code_used")
        return how
    tries.count_one(counts, door.now)
    note(Happened.WRONG_SECOND_FACTOR, door, user, "webauthn" if credential else "code")
    form.add_error(None if credential else "code", WRONG_KEY if credential else WRONG_CODE)
    return ""


def _by_key(request: HttpRequest, user: User, credential: str, door: Door) -> str:
    answer = answer_of(credential)
    return "webauthn" if answer and keys.use(request, user, answer, door) else ""


def answer_of(credential: str) -> dict[str, Any] | None:
    """What the browser's script sent; None when it is no object at all."""
    try:
        found = json.loads(credential)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
