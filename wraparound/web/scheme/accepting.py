"""The page that an invitation's link leads to, for somebody who may have no account yet."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wraparound.organisations.actor import acting_as
from wraparound.organisations.invitations import Standing, accept_invitation, holder, standing, with_token
from wraparound.organisations.models import Invitation, Membership
from wraparound.organisations.reading import user_with_email
from wraparound.organisations.roles import Role
from wraparound.web.access import Request, everybody
from wraparound.web.account.arriving import arrive
from wraparound.web.acting import CHOSEN
from wraparound.web.scheme.people_forms import AcceptForm
from wraparound.web.team.forms import ActionForm, posted


@everybody
@never_cache
@require_http_methods(["GET", "POST"])
def invitation(request: Request, token: str) -> HttpResponse:
    """Accept an invitation: once, by the user whose address it names, or by somebody new with that address."""
    found = with_token(token)
    if found is None:
        return render(request, "scheme/accept_not.jinja", {"standing": "unknown"}, status=404)
    by = holder(found, request.user if request.user.is_authenticated else None)
    reached = standing(found, by.now())
    if reached is not Standing.OPEN:
        return render(request, "scheme/accept_not.jinja", {"standing": reached.value, "invitation": found})
    if by.user_id is None and user_with_email(found.email) is not None:
        return _page(request, found, "sign_in", None)
    if by.user_id is not None and request.user.email.casefold() != found.email.casefold():
        return _page(request, found, "somebody_else", None)
    return _accept(request, found, token)


def _accept(request: Request, found: Invitation, token: str) -> HttpResponse:
    known = request.user if request.user.is_authenticated else None
    sent, by = posted(request), holder(found, known)
    form = ActionForm(sent) if known else AcceptForm(sent, initial={"name": found.name})
    accepted: list[Membership] = []
    with acting_as(by):
        done = form.done(lambda said: accepted.append(accept_invitation(by=by, token=token, **said)))
    if not done:
        return _page(request, found, "accept" if known else "new", form)
    if known is not None:
        request.session[CHOSEN] = accepted[0].pk
        return redirect("home")
    response = arrive(request, accepted[0].user, how="invitation")
    request.session[CHOSEN] = accepted[0].pk
    return response


def _page(request: Request, found: Invitation, how: str, form: ActionForm | None) -> HttpResponse:
    shown = {"invitation": found, "role": Role(found.role).label, "how": how, "form": form}
    return render(request, "scheme/accept.jinja", shown)
