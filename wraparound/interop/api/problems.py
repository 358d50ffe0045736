"""What went wrong, told as RFC 9457 says: what kind of problem, in a sentence, and where in what was sent."""

import logging
import math
from collections.abc import Mapping, Sequence
from traceback import format_tb
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import Field

from wraparound.events.action import Refused

log = logging.getLogger(__name__)
PROBLEM_JSON = "application/problem+json"
_KIND = "urn:wraparound:problem:"


class Fault(Schema):
    """One thing that is wrong with what was sent."""

    pointer: str = Field(description="Where, as a JSON pointer into the body, or the name of the parameter or header")
    detail: str = Field(description="What is wrong there")


class Problem(Schema):
    """Why a request was not done. Nothing was stored."""

    type: str = Field(description="A name for the kind of problem, which programs may go by")
    title: str = Field(description="The kind of problem in words")
    status: int
    detail: str = Field(description="What to do about it. Never holds what was sent")
    errors: list[Fault] = Field(default_factory=list, description="What is wrong where, if that is known")


class Stopped(Exception):
    """The request ends here, with a problem."""

    def __init__(
        self, status: int, code: str, title: str, detail: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(code)
        self.status, self.code, self.title, self.detail = status, code, title, detail
        self.headers = headers or {}


NOT_FOUND = Stopped(404, "not_found", "Not found", "There is nothing here that this credential may see.")
NOBODY = Stopped(
    401, "no_credential", "No credential in force",
    "Send “Authorization: Bearer” and the token of your organisation, or one from /oauth/token. It may have ended.",
    {"WWW-Authenticate": 'Bearer realm="api"'},
)  # fmt: skip
TOO_LARGE = Stopped(413, "too_large", "Too large", "The body must be 1 MiB at most.")
TITLES = {
    "already_sent_changed": "The same key with other content",
    "not_allowed": "Not given to this credential",
}


def answer(stopped: Stopped, errors: Sequence[Mapping[str, str]] = ()) -> HttpResponse:
    said = {
        "type": _KIND + stopped.code,
        "title": stopped.title,
        "status": stopped.status,
        "detail": stopped.detail,
        "errors": list(errors),
    }
    response = JsonResponse(said, status=stopped.status, content_type=PROBLEM_JSON)
    for name, value in stopped.headers.items():
        response[name] = value
    return response


def too_many(wait: float) -> Stopped:
    seconds = max(1, math.ceil(wait))
    said = f"Wait {seconds} seconds, and send less often: the header Retry-After says for how long."
    return Stopped(429, "too_many", "Too many requests", said, {"Retry-After": str(seconds)})


# Where the action's own words for a field stand in what was sent.
_OF_AGREEMENT = {"agreed_how": "agreement.how", "exception_reason": "agreement.because"} | {
    name: f"agreement.{name}" for name in ("permits", "given_by", "representative", "capacity", "capacity_note")
}


def of_refusal(refused: Refused) -> HttpResponse:
    """What the scheme's rules refuse, with the sentence that a page would show."""
    status = 403 if refused.code == "not_allowed" else 409
    title = TITLES.get(refused.code, "Refused by the rules of the scheme")
    field = _OF_AGREEMENT.get(refused.field, refused.field).replace(".", "/")
    errors = [{"pointer": f"/{field}", "detail": refused.sentence}] if field else []
    return answer(Stopped(status, refused.code, title, refused.sentence), errors)


def of_shape(fault: ValidationError) -> HttpResponse:
    """What is not as the document of the interface says. Says no value, which logs of the sender may keep."""
    errors = [{"pointer": _pointer(each["loc"]), "detail": _said(each)} for each in fault.errors]
    said = "What was sent is not as the description of the interface says. The errors say where."
    return answer(Stopped(422, "not_as_described", "Not as described", said), errors)


def _pointer(place: Sequence[Any]) -> str:
    """`("body", "asked", "person", "postcode")` is `/person/postcode`; a query parameter or header is its name."""
    where, *rest = place
    if where == "body":
        return "".join(f"/{part}" for part in rest[1:])
    return str(rest[-1]) if rest else str(where)


def _said(error: Mapping[str, Any]) -> str:
    message = str(error["msg"]).removeprefix("Value error, ")
    return message if message.endswith(".") else f"{message}."


def _of_http(fault: HttpError) -> Stopped:
    if fault.status_code == 400:
        return Stopped(400, "not_json", "Not JSON", "The body must be JSON in UTF-8.")
    return Stopped(fault.status_code, "not_done", "Not done", "This was not done.")


def _log(fault: Exception) -> None:
    """Where it failed, without its message: the database's messages hold the values of the row."""
    log.error("A request of the API failed: %s\n%s", type(fault).__qualname__, "".join(format_tb(fault.__traceback__)))


def _of_fault(fault: Exception) -> HttpResponse:
    _log(fault)
    if isinstance(fault, OperationalError | InterfaceError):
        said = "The database failed; nothing was stored, so send it again."
        return answer(Stopped(503, "away", "The database is away", said, {"Retry-After": "10"}))
    return answer(Stopped(500, "failed", "This failed here", "Nothing was stored. Tell whoever runs the server."))


def tell_problems(api: NinjaAPI) -> None:
    """Whatever goes wrong in the interface is told as a problem."""

    def told(kind: type[Exception], tell: Any) -> None:
        api.add_exception_handler(kind, lambda request, fault: tell(fault))

    told(Stopped, answer)
    told(Refused, of_refusal)
    told(ValidationError, of_shape)
    told(AuthenticationError, lambda fault: answer(NOBODY))
    told(HttpError, lambda fault: answer(_of_http(fault)))
    told(Http404, lambda fault: answer(NOT_FOUND))
    told(RequestDataTooBig, lambda fault: answer(TOO_LARGE))
    told(Exception, _of_fault)


def not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    said = f"Use {allowed} here."
    return answer(Stopped(405, "method", "Another method", said, {"Allow": allowed}))
