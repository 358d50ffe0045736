"""What a connected system may ask: each operation reads or does one thing, as the actor of its credential."""

import hashlib
import json
from collections.abc import Iterable
from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Header, NinjaAPI, Path, Query, Schema, Status
from pydantic import Field

from wraparound.audit.models import What
from wraparound.interop.api import asked as sent
from wraparound.interop.api import told
from wraparound.interop.api.cursors import After, Cursor, Moment, after, since
from wraparound.interop.api.problems import Problem, tell_problems
from wraparound.interop.api.senders import System, given
from wraparound.messaging.models import MessageBack
from wraparound.messaging.reading import messages_of, messages_to
from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability, Role
from wraparound.organisations.scheme_reading import organisation_in, scheme_of_actor, teams_in
from wraparound.people.disclosing import note_disclosure
from wraparound.referrals.actions import refer
from wraparound.referrals.changes import IN_ORDER, changes, settled_until
from wraparound.referrals.entries import entry_of, way_in
from wraparound.referrals.models import Journey, Referral
from wraparound.referrals.paging import moment, past
from wraparound.referrals.reading import journey_of
from wraparound.referrals.signposting import signposts_on
from wraparound.referrals.unmet import unmet_on

API = NinjaAPI(
    title="Wraparound",
    version="1",
    description="Making referrals for an organisation, and reading what came of them.",
    urls_namespace="api-1",
    openapi_url=None,
    docs_url=None,
    auth=System(),
)
tell_problems(API)

_ALWAYS = {code: Problem for code in (401, 403, 429, 500, 503)}
Key = Annotated[
    str,
    Header(alias="Idempotency-Key", pattern=r"^[!-~]{8,200}$", description="Your own name for this referral: the same "
           "again gives the referral that it made. A UUID is good. It must say nothing about the person."),
]  # fmt: skip
Reference = Annotated[str, Path(pattern=r"^[0-9A-Z]{4}-[0-9A-Z]{4}$", description="A referral's reference")]


class Page(Schema):
    """Which part of a list is wanted."""

    begin: Cursor = Field("", alias="cursor", description="`next` of the part before")
    changed_since: Moment = Field("", description="Begin here; of no use with a cursor")
    limit: int = Field(50, ge=1, le=200)


@API.post(
    "/referrals",
    summary="Make a referral",
    operation_id="make_referral",
    response={
        200: told.Referral,
        201: told.Referral,
        400: Problem,
        409: Problem,
        413: Problem,
        422: Problem,
        **_ALWAYS,
    },
)
@given(Capability.REFER)
def make_referral(request: HttpRequest, response: HttpResponse, key: Key, asked: sent.NewReferral) -> Any:
    """201 with the referral that was made; 200 where the same key made it before. 409 where the rules of the scheme
    refuse it, with the sentence why."""
    by = _actor(request)
    digest = hashlib.sha256(json.dumps(asked.model_dump(mode="json"), sort_keys=True).encode()).hexdigest()
    journey = refer(by=by, intake=sent.intake_of(asked, key, digest, by))
    response["Location"] = f"/api/v1/referrals/{journey.reference}"
    # The clock of this request stands still, so a journey opened at another moment was made before.
    made = journey.opened_at == by.now()
    return Status(201 if made else 200, _told(by, journey_of(by, journey.reference), "make_referral"))


@API.get(
    "/referrals/{str:reference}",
    summary="Read where a referral is",
    operation_id="read_referral",
    response={200: told.Referral, 404: Problem, 422: Problem, **_ALWAYS},
)
@given(Capability.SEE_PRACTICE_REFERRALS)
def read_referral(request: HttpRequest, reference: Reference) -> Any:
    """A referral that your organisation made."""
    by = _actor(request)
    return _told(by, _own(by, reference), "read_referral")


@API.get(
    "/changes",
    summary="List what changed",
    operation_id="list_changes",
    response={200: told.Changes, 422: Problem, **_ALWAYS},
)
@given(Capability.SEE_PRACTICE_REFERRALS)
def list_changes(request: HttpRequest, page: Query[Page]) -> Any:
    """Where your organisation's referrals have got to, the earliest change first. Keep `next`, and ask with it again
    after a while: nothing is passed over. What changed in the last five seconds comes with a later request."""
    by = _actor(request)
    rows, more = _part(changes(by), IN_ORDER, page)
    _note(by, rows, "list_changes")
    last = [After(rows[-1].status_since, rows[-1].pk)] if rows else []
    return told.Changes(items=[told.sent_to(each) for each in rows], next=_next(by, page, last), more=more)


@API.get(
    "/messages",
    summary="List messages back",
    operation_id="list_messages",
    response={200: told.Messages, 422: Problem, **_ALWAYS},
)
@given(Capability.FOLLOW_REFERRALS)
def list_messages(request: HttpRequest, page: Query[Page]) -> Any:
    """Messages to your organisation, the earliest first; paged as changes are."""
    by = _actor(request)
    rows, more = _part(messages_to(by, settled_until(by)), ("written_at", "pk"), page)
    _note(by, rows, "list_messages")
    last = [After(rows[-1].written_at, rows[-1].pk)] if rows else []
    return told.Messages(items=[told.message(each) for each in rows], next=_next(by, page, last), more=more)


@API.get(
    "/referrals/{str:reference}/messages",
    summary="Read the messages back of a referral",
    operation_id="read_messages",
    response={200: list[told.Message], 404: Problem, 422: Problem, **_ALWAYS},
)
@given(Capability.FOLLOW_REFERRALS)
def read_messages(request: HttpRequest, reference: Reference) -> Any:
    """What the services told your organisation about it, the earliest first."""
    by = _actor(request)
    held = [each for each in messages_of(by, _own(by, reference)) if each.to_organisation_id == by.organisation_id]
    _note(by, held, "read_messages")
    return [told.message(each) for each in held]


@API.get(
    "/services",
    summary="Read what the scheme offers",
    operation_id="read_services",
    response={200: told.Offered, **_ALWAYS},
)
@given(None)
def read_services(request: HttpRequest) -> Any:
    """The teams of the scheme, and whether your organisation may refer to it. Any credential may ask."""
    by = _actor(request)
    entry = entry_of(Role.REFERRING_WORKER, organisation_in(by, by.organisation_id).kind)
    why_not = way_in(by, entry).refused
    return told.Offered(
        scheme=scheme_of_actor(by).name,
        entry=entry,
        may_refer=not why_not,
        why_not=why_not,
        teams=[told.team(each) for each in teams_in(by)],
    )


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.auth  # type: ignore[attr-defined]
    return actor


def _own(by: Actor, reference: str) -> Journey:
    """A journey that the organisation began. Http404 for any other."""
    try:
        found = journey_of(by, reference)
    except Journey.DoesNotExist:
        raise Http404 from None
    if found.from_organisation_id != by.organisation_id:
        raise Http404
    return found


def _note(by: Actor, rows: Iterable[Journey | Referral | MessageBack], operation: str) -> None:
    """Write down of whom this request tells."""
    note_disclosure(by, (each.person_id for each in rows), What.SYSTEM, operation)


def _told(by: Actor, journey: Journey, operation: str) -> told.Referral:
    _note(by, [journey], operation)
    unmet, signposts = unmet_on(by, [journey]), signposts_on(by, [journey])
    return told.referral(journey, unmet.get(journey.pk, []), signposts.get(journey.pk, []))


def _part(rows: Any, columns: tuple[str, str], page: Page) -> tuple[list[Any], bool]:
    """The rows of a page, and whether there are more."""
    if page.begin:
        rows = past(rows, columns, after(page.begin).key, moment, int)
    elif page.changed_since:
        rows = rows.filter(**{f"{columns[0]}__gte": since(page.changed_since)})
    found = list(rows[: page.limit + 1])
    return found[: page.limit], len(found) > page.limit


def _next(by: Actor, page: Page, last: list[After]) -> str:
    """Where to go on: after the last row, or else where it was asked from."""
    if last:
        return last[0].text()
    return page.begin or After(settled_until(by), 0).text()
