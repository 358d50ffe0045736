"""The token endpoint: a client shows its id and secret, and gets a token for ten minutes (RFC 6749, section 4.4)."""

import base64
import binascii
import json
import logging
from traceback import format_tb
from typing import Any
from urllib.parse import unquote_plus

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from oauthlib.common import Request
from oauthlib.oauth2 import BackendApplicationServer, OAuth2Error, RequestValidator

from wraparound.organisations.credentials import GOOD_FOR, client_with, give_access
from wraparound.organisations.models import Credential
from wraparound.organisations.roles import Capability

log = logging.getLogger(__name__)
FORM = "application/x-www-form-urlencoded"
LARGEST_BODY = 16 * 1024


class Clients(RequestValidator):
    """What oauthlib asks about clients: who they are, and what they may be given."""

    def client_authentication_required(self, request: Request, *args: Any, **kwargs: Any) -> bool:
        return True

    def authenticate_client(self, request: Request, *args: Any, **kwargs: Any) -> bool:
        """By the header or by the body, not by both (RFC 6749, section 2.3)."""
        header = request.headers.get("Authorization", "")
        in_body = request.client_id, request.client_secret
        if header and in_body[1]:
            return False
        client_id, secret = _basic(header) if header else in_body
        if not client_id or not secret or "\x00" in client_id:
            return False
        request.client = client_with(client_id, secret, timezone.now())
        return request.client is not None

    def validate_grant_type(
        self, client_id: str, grant_type: str, client: Any, request: Request, *args: Any, **kwargs: Any
    ) -> bool:
        return grant_type == "client_credentials"

    def get_default_scopes(self, client_id: str, request: Request, *args: Any, **kwargs: Any) -> list[str]:
        return list(_client(request).capabilities)

    def validate_scopes(
        self, client_id: str, scopes: list[str], client: Any, request: Request, *args: Any, **kwargs: Any
    ) -> bool:
        return set(scopes) <= set(client.capabilities)

    def save_bearer_token(self, token: Any, request: Request, *args: Any, **kwargs: Any) -> None:
        """It was kept when it was made, as its hash."""


def _basic(header: str) -> tuple[str, str]:
    """The id and the secret of a Basic header, each form-encoded as OAuth says; blank when it is none."""
    kind, _, coded = header.partition(" ")
    try:
        said = base64.b64decode(coded, validate=True).decode() if kind.lower() == "basic" else ""
    except (binascii.Error, ValueError):
        said = ""
    client_id, _, secret = said.partition(":")
    return unquote_plus(client_id), unquote_plus(secret)


def _client(request: Request) -> Credential:
    client: Credential = request.client  # type: ignore[assignment]
    return client


def _access(request: Request, refresh_token: bool = False) -> str:
    wanted = [Capability(scope) for scope in request.scopes or ()]
    return give_access(_client(request), wanted, timezone.now()).token


SERVER = BackendApplicationServer(
    Clients(), token_generator=_access, token_expires_in=int(GOOD_FOR.total_seconds())
)  # fmt: skip


@csrf_exempt  # A secret is not sent by a browser on its own.
def token(request: HttpRequest) -> HttpResponse:
    """POST the grant: 200 with the token, or 400 and 401 with the `error` that the standard has for it."""
    try:
        return _kept_nowhere(_answer(request))
    except (OperationalError, InterfaceError) as fault:
        _log(fault)
        return _kept_nowhere(_refused(503, "temporarily_unavailable", "The database failed. Ask again."))
    except Exception as fault:
        _log(fault)
        return _kept_nowhere(_refused(500, "server_error", "This failed here."))


def _answer(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        refused = _refused(405, "invalid_request", "Use POST here.")
        refused["Allow"] = "POST"
        return refused
    if request.content_type not in (FORM, ""):
        return _refused(415, "invalid_request", f"The Content-Type must be {FORM}.")
    body = _body(request)
    if body is None:
        return _refused(413, "invalid_request", f"The body must be {LARGEST_BODY} bytes at most.")
    headers = {"Authorization": request.headers.get("Authorization", ""), "Content-Type": FORM}
    try:
        _, said, status = SERVER.create_token_response(request.get_full_path(), "POST", body, headers)
    except OAuth2Error as fault:
        return _refused(fault.status_code, fault.error or "invalid_request", fault.description or "")
    return _response(status, json.loads(said))


def _body(request: HttpRequest) -> str | None:
    """The body as text; None when it is too large to be a grant."""
    try:
        return request.body.decode("latin-1") if len(request.body) <= LARGEST_BODY else None
    except RequestDataTooBig:
        return None


def _refused(status: int, error: str, sentence: str) -> HttpResponse:
    return _response(status, {"error": error, "error_description": sentence})


def _response(status: int, said: dict[str, Any]) -> HttpResponse:
    response = JsonResponse(said, status=status)
    if status == 401:
        response["WWW-Authenticate"] = 'Basic realm="oauth"'
    return response


def _kept_nowhere(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["Pragma"] = "no-cache"
    return response


def _log(fault: Exception) -> None:
    """Where it failed, without its message, which may hold what was sent."""
    log.error("The token endpoint failed: %s\n%s", type(fault).__qualname__, "".join(format_tb(fault.__traceback__)))
