"""How long the session still lasts: asked by the page's script, and made longer by a button."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wraparound.signing_in import sessions
from wraparound.web.access import everybody
from wraparound.web.templating import mark_of


@everybody
@never_cache
@require_http_methods(["GET", "POST"])
def session(request: HttpRequest) -> HttpResponse:
    """Seconds left, and who it is in a mark that names nobody; a POST makes it longer. Asking alone does not.

    `csrf` lets a page that was open while somebody signed in again send what was typed on it.
    """
    found = sessions.standing(request.session) if request.user.is_authenticated else None
    if found is None:
        return JsonResponse({"left": 0, "who": "", "csrf": ""})
    now = timezone.now()
    if request.method == "POST":
        found = sessions.longer(request.session, found, now)
    left = {"left": found.left(now), "more": found.may_be_longer(now)}
    return JsonResponse({**left, "who": mark_of(request), "csrf": get_token(request)})


session.only_asks = True  # type: ignore[attr-defined]
