"""How you hear from us, the news of what you sent, and (in development) the letters that would have been sent."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from wraparound.messaging.digests import choose_digest, follows_all
from wraparound.messaging.models import DigestSent
from wraparound.messaging.post import the_post
from wraparound.messaging.reading import digest_of, digests_of, journeys_in, mark_digest_read
from wraparound.organisations.roles import Capability
from wraparound.web.access import Request, needs
from wraparound.web.hearing.forms import HearingForm
from wraparound.web.hearing.pages import news_of
from wraparound.web.origins import from_this_machine
from wraparound.web.team.forms import posted


@needs(Capability.SEE_PRACTICE_REFERRALS)
@require_http_methods(["GET", "POST"])
def hearing(request: Request) -> HttpResponse:
    """Choose how often to be told what happened to what one sent."""
    form = HearingForm(posted(request), initial={"digest": request.membership.digest})
    if form.done(lambda said: choose_digest(by=request.actor, **said)):
        messages.success(request, "Saved.")
        return redirect("hearing")
    shown = {
        "form": form,
        "follows_all": follows_all(request.actor),
        "digests": digests_of(request.actor),
        "no_post": not the_post().ready,
    }
    return render(request, "hearing/hearing.jinja", shown)


@needs(Capability.SEE_PRACTICE_REFERRALS)
@require_GET
def digest(request: Request, pk: int) -> HttpResponse:
    """One digest, with names: what happened to each, where it is now, and what waits for the reader."""
    try:
        found = digest_of(request.actor, pk)
    except DigestSent.DoesNotExist:
        raise Http404 from None
    mark_digest_read(request.actor, found)
    journeys = journeys_in(request.actor, found)
    shown = {"digest": found, "rows": [news_of(request.actor, found, each) for each in journeys]}
    return render(request, "hearing/digest.jinja", shown)


@require_GET
def letters(request: Request) -> HttpResponse:
    """The stand-in for a mail server: letters as they would have been sent. In production there is no such page.

    Whoever reads them could accept every invitation, so that only a browser on the machine itself is shown them.
    """
    post = the_post()
    if settings.PRODUCTION or post.folder is None:
        raise Http404
    if not from_this_machine(request):
        raise PermissionDenied("Letters are shown only to a browser on the machine itself, at http://localhost.")
    return render(request, "hearing/letters.jinja", {"letters": post.kept(), "sent": bool(post.address)})
