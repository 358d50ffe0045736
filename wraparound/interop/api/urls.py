"""Routes under `/api/v1`."""

import functools
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path, re_path
from django.urls.resolvers import URLPattern
from django.views.decorators.csrf import csrf_exempt

from wraparound.interop.api import problems
from wraparound.interop.api.openapi import document
from wraparound.interop.api.operations import API

View = Callable[..., HttpResponse]


def described(request: HttpRequest) -> HttpResponse:
    """The description of the interface, for anybody."""
    if request.method not in ("GET", "HEAD"):
        return problems.not_allowed(request, "GET")
    response = JsonResponse(document())
    response["Cache-Control"] = "max-age=300"
    return response


@csrf_exempt
def elsewhere(request: HttpRequest) -> HttpResponse:
    return problems.answer(problems.NOT_FOUND)


def _machine(view: View) -> View:
    """The same, kept by nobody on the way; and another method than it has is told as every problem is."""

    @functools.wraps(view)
    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if _too_large(request):
            return problems.answer(problems.TOO_LARGE)
        response = view(request, *args, **kwargs)
        if response.status_code == 405:
            response = problems.not_allowed(request, response["Allow"])
        response["Cache-Control"] = "no-store"
        return response

    return answered


def _too_large(request: HttpRequest) -> bool:
    """By what it says of itself; a body that says less than it is is not read further than it says."""
    length = request.headers.get("Content-Length") or "0"
    return not length.isdecimal() or int(length) > (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0)


def _routes() -> list[URLPattern]:
    found, _, _ = API.urls
    named = [each for each in found if isinstance(each, URLPattern) and each.name != "api-root"]
    return [path(f"api/v1/{each.pattern}", _machine(each.callback), name=f"api-{each.name}") for each in named]


urlpatterns = [
    *_routes(),
    path("api/v1/openapi.json", described, name="api-described"),
    re_path(r"^api/", elsewhere),
]
