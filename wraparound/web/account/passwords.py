"""A forgotten password: a letter with a link, and the page that the link leads to."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from wraparound.messaging.tasks import send_link, send_notice
from wraparound.organisations.models import User
from wraparound.signing_in.allowances import in_words
from wraparound.signing_in.passwords import ask_for_link, new_password, with_link
from wraparound.web.access import everybody
from wraparound.web.account.arriving import remember
from wraparound.web.account.forms import ForgottenForm, NewPasswordForm
from wraparound.web.account.views import waiting
from wraparound.web.door import door_of
from wraparound.web.team.forms import posted

TOO_MANY = "Too many links were asked for from here. Wait {} and try again."


@everybody
@never_cache
@require_http_methods(["GET", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link by email. Whoever asks reads the same, whether there is an account or not."""
    form = ForgottenForm(posted(request))
    if form.is_bound and form.is_valid():
        who, wait = ask_for_link(form.cleaned_data["email"], door_of(request))
        if not wait:
            send_link(who)
            return render(request, "account/forgotten_sent.jinja", {"email": form.cleaned_data["email"]})
        form.add_error(None, TOO_MANY.format(in_words(wait)))
        return waiting(render(request, "account/forgotten.jinja", {"form": form}), wait)
    return render(request, "account/forgotten.jinja", {"form": form})


@everybody
@never_cache
@sensitive_variables("token")
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a new password by a link. Whoever does may sign in from this browser, but is not signed in by it."""
    if with_link(token) is None:
        return render(request, "account/link_not.jinja", status=404)
    form = NewPasswordForm(posted(request))
    changed: list[User] = []
    if form.done(lambda said: changed.append(new_password(token, said["password"], door_of(request)))):
        send_notice(changed[0].pk, "password")
        messages.success(request, "Your new password is set. Sign in with it.")
        return remember(request, redirect("sign-in"), changed[0])
    return render(request, "account/new_password.jinja", {"form": form})
