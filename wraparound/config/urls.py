"""Every route of the product."""

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from wraparound.interop.fhir.launch import launch
from wraparound.interop.oauth.views import token
from wraparound.web.urls import routes

handler400 = "wraparound.web.errors.bad_request"
handler403 = "wraparound.web.errors.forbidden"
handler404 = "wraparound.web.errors.not_found"
handler500 = "wraparound.web.errors.server_error"


def _demo_users() -> Callable[[], Any] | None:
    """The invented people that anybody may be: never in production."""
    if settings.PRODUCTION or not find_spec("wraparound.demo.signing_in"):
        return None
    from wraparound.demo.signing_in import sign_in_at

    return sign_in_at


urlpatterns: list[URLPattern | URLResolver] = [
    *routes(_demo_users()),
    path("launch/", launch, name="launch"),
    path("oauth/token", token, name="oauth-token"),
    path("", include("wraparound.interop.fhir.urls")),
    path("", include("wraparound.interop.api.urls")),
]
