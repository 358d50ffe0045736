"""Pages for what went wrong: each says what happened and what to do next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wraparound.events.action import Refused


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(
        request, 400, "That did not work",
        "The browser sent something that Wraparound could not read. Go back and try again.",
    )  # fmt: skip


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    sentence = str(exception) or "Your role cannot do this."
    return _page(request, 403, "You cannot do this", f"{sentence} If you should be able to, ask your manager.")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(
        request, 404, "Page not found",
        "There is nothing at this address that you can see. If you followed a link or typed a reference, check it; "
        "if you act for more than one organisation, you may need to change to the other.",
    )  # fmt: skip


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """A refusal that no form could show beside a field."""
    status = 403 if refusal.code == "not_allowed" else 409
    return _page(request, status, "This was not done", refusal.sentence)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(
        request, 403, "This page was open too long",
        "Nothing was sent. Go back, reload the page and send it again. Cookies must be allowed for this site.",
    )  # fmt: skip


def server_error(request: HttpRequest) -> HttpResponse:
    return _page(
        request, 500, "Something went wrong",
        "This is a fault in Wraparound and not something you did. Nothing you sent was kept; try again in a minute.",
    )  # fmt: skip


def database_away(request: HttpRequest) -> HttpResponse:
    response = _page(
        request, 503, "Try again in a minute",
        "Wraparound cannot reach its database just now. Nothing you sent was kept; try again in a minute.",
    )  # fmt: skip
    response["Retry-After"] = "60"
    return response


def _page(request: HttpRequest, status: int, heading: str, sentence: str) -> HttpResponse:
    return render(request, "errors/page.jinja", {"heading": heading, "sentence": sentence}, status=status)
