"""What every FHIR route does: who sends, what may be sent, and every refusal as an OperationOutcome."""

import functools
import logging
from collections.abc import Callable, Iterable
from traceback import format_tb
from typing import Any

import msgspec
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from wraparound.interop.fhir import operation_outcome
from wraparound.interop.fhir.operation_outcome import Issue, IssueCode, Malformed, NotAcceptable
from wraparound.organisations.actor import Actor
from wraparound.organisations.credentials import actor_for
from wraparound.organisations.roles import Capability

log = logging.getLogger(__name__)
LARGEST_BODY = 1024 * 1024
FHIR_JSON = "application/fhir+json"
_TAKEN = (FHIR_JSON, "application/json")


class Answered(Exception):
    """The request is answered before it is understood: with `status` and one issue."""

    def __init__(self, status: int, reason: str, code: IssueCode) -> None:
        super().__init__(reason)
        self.status = status
        self.issue = Issue("", reason, code)


def _log(fault: Exception) -> None:
    """Where it failed, without its message: the database's messages hold the values of the row."""
    log.error("A FHIR request failed: %s\n%s", type(fault).__qualname__, "".join(format_tb(fault.__traceback__)))


View = Callable[[HttpRequest], HttpResponse]


def in_fhir(view: View) -> View:
    """Every refusal is an OperationOutcome, whatever went wrong."""

    @functools.wraps(view)
    def answered(request: HttpRequest) -> HttpResponse:
        try:
            return view(request)
        except Answered as fault:
            return outcome(fault.status, [fault.issue])
        except NotAcceptable as fault:
            return outcome(422, fault.issues)
        except Malformed as fault:
            return outcome(400, fault.issues)
        except (OperationalError, InterfaceError) as fault:
            _log(fault)
            return outcome(503, [Issue("", "The database failed; nothing was stored, so send it again", "transient")])
        except Exception as fault:
            _log(fault)
            return outcome(500, [Issue("", "This failed here, and nothing was stored", "exception")])

    return answered


def sender(request: HttpRequest, capability: Capability = Capability.REFER) -> Actor:
    """The system that sends, at this moment. Answers 401 without a credential in force, 403 without the capability."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    actor = actor_for(token.strip(), timezone.now()) if scheme.lower() == "bearer" and token.strip() else None
    if actor is None:
        raise Answered(401, "Send Authorization: Bearer and the token of the sending organisation", "login")
    if not actor.can(capability):
        reason = f"This credential was not given {capability}: ask an administrator of the organisation for one that is"
        raise Answered(403, reason, "forbidden")
    return actor


def check_headers(request: HttpRequest) -> None:
    if request.content_type not in _TAKEN:
        raise Answered(415, f"The Content-Type must be {FHIR_JSON}", "not-supported")
    parameters = request.content_params or {}
    if parameters.get("charset", "utf-8").lower() not in ("utf-8", "utf8"):
        raise Answered(415, "The charset must be utf-8", "not-supported")
    if parameters.get("fhirversion", "4.0").partition(".")[0] != "4":
        raise Answered(415, "The fhirVersion must be 4.0", "not-supported")
    # `accepts` would take the parameter fhirVersion for another type.
    accepted = {f"{kind.main_type}/{kind.sub_type}" for kind in request.accepted_types}
    if not accepted & {*_TAKEN, "application/*", "*/*"}:
        raise Answered(406, f"Only {FHIR_JSON} is given", "not-supported")


def body_of(request: HttpRequest) -> bytes:
    """The body, unless it says it is too large: then it is not even read."""
    length = request.headers.get("Content-Length") or ""
    try:
        if length.isdecimal() and int(length) <= LARGEST_BODY:
            return request.body
    except RequestDataTooBig:
        pass
    raise Answered(413, f"The Content-Length must be given, and be {LARGEST_BODY} bytes at most", "too-long")


def not_allowed(method: str) -> HttpResponse:
    response = outcome(405, [Issue("", f"Use {method} here", "not-supported")])
    response["Allow"] = method
    return response


def outcome(status: int, issues: Iterable[Issue]) -> HttpResponse:
    response = response_with(status, operation_outcome.to_fhir(issues))
    if status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="fhir"'
    return response


def response_with(status: int, resource: Any) -> HttpResponse:
    response = HttpResponse(msgspec.json.encode(resource, enc_hook=str), status=status, content_type=FHIR_JSON)
    response["Cache-Control"] = "no-store"
    return response
