"""What a connected system is told: of referrals, of messages back, and of what the scheme offers. Names nobody."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

from ninja import Schema
from pydantic import Field

from wraparound.documents.message_back import MessageBackContent
from wraparound.messaging.models import MessageBack, Occasion
from wraparound.organisations.models import Team
from wraparound.pathways.vocabulary import Entry, Service, Status, Turn
from wraparound.referrals import models
from wraparound.referrals.states import DeclineReason, Outcome


class SentTo(Schema):
    """Where the person was sent: one service, and how it goes there."""

    reference: str = Field(description="The referral that this is part of", pattern="^[0-9A-Z]{4}-[0-9A-Z]{4}$")
    service: Service
    team: str
    organisation: str
    status: Status
    whose_turn: Turn = Field(description="Who has to do the next thing")
    changed_at: datetime = Field(description="When the status was reached")
    sent_at: datetime
    due_at: datetime | None = Field(description="By when whoever's turn it is has promised the next thing")
    decline_reason: DeclineReason | None
    outcome: Outcome | None


class Referral(Schema):
    """A referral that your organisation made, and where it has got to."""

    reference: str = Field(description="Its public name, which says nothing about the person")
    key: str = Field(description="The Idempotency-Key that it was sent with; empty where it was sent otherwise")
    opened_at: datetime
    entry: Entry
    sent_to: list[SentTo]
    not_met: list[Service] = Field(description="Services that could not take the person. Your organisation acts next")
    told_of: list[Service] = Field(description="Services that the person was told of, and was not sent to")


class Changes(Schema):
    """Some of what changed, the earliest first."""

    items: list[SentTo]
    next: str = Field(description="Ask with this as `cursor` for what comes after, now or later")
    more: bool = Field(description="There is more already")


class Code(Schema):
    """A coded entry for the clinical record."""

    system: Literal["http://snomed.info/sct"] = "http://snomed.info/sct"
    code: str
    term: str


class Message(Schema):
    """A message back: status and broad category, never the detail."""

    id: int
    reference: str
    service: Service
    occasion: Occasion
    written_on: date
    written_at: datetime
    categories: list[str] = Field(description="What it was about, broadly")
    support: list[str] = Field(description="Whole sentences: what was offered")
    outcome: str
    next_step: str
    codes: list[Code]
    hide_from_online_view: bool = Field(description="Not for the person's online record: somebody else may read it")


class Messages(Schema):
    """Some of the messages, the earliest first."""

    items: list[Message]
    next: str = Field(description="Ask with this as `cursor` for what comes after, now or later")
    more: bool = Field(description="There is more already")


class TeamTold(Schema):
    """A team, as somebody is told of it."""

    name: str
    organisation: str
    services: list[Service]
    phone: str
    opening: str = Field(description="When people may come or ring, in plain words")
    closed_until: date | None = Field(description="Takes nobody new before this day")


class Offered(Schema):
    """What the scheme of your organisation offers, and whether your organisation may refer to it."""

    scheme: str
    entry: Entry = Field(description="Where referrals of your organisation come in")
    may_refer: bool
    why_not: str
    teams: list[TeamTold]


def sent_to(referral: models.Referral) -> SentTo:
    return SentTo(
        reference=referral.journey.reference,
        service=Service(referral.service),
        team=referral.to_team.name,
        organisation=referral.to_organisation.name,
        status=Status(referral.status),
        whose_turn=Turn(referral.whose_turn),
        changed_at=referral.status_since,
        sent_at=referral.sent_at,
        due_at=referral.due_at,
        decline_reason=DeclineReason(referral.decline_reason) if referral.decline_reason else None,
        outcome=Outcome(referral.outcome) if referral.outcome else None,
    )


def referral(
    journey: models.Journey, unmet: Sequence[models.UnmetNeed], signposts: Sequence[models.Signpost]
) -> Referral:
    of_the_api = journey.sender_system == f"api/{journey.scheme_id}"
    return Referral(
        reference=journey.reference,
        key=journey.sender_identifier if of_the_api else "",
        opened_at=journey.opened_at,
        entry=Entry(journey.entry),
        sent_to=[sent_to(each) for each in journey.referrals.all()],
        not_met=[Service(each.service) for each in unmet],
        told_of=[Service(each.service) for each in signposts],
    )


def message(held: MessageBack) -> Message:
    said = MessageBackContent.from_json(held.content)
    return Message(
        id=held.pk,
        reference=held.journey.reference,
        service=Service(held.referral.service),
        occasion=Occasion(held.occasion),
        written_on=said.written_on,
        written_at=held.written_at,
        categories=[str(need) for need in said.needs],
        support=list(said.support),
        outcome=said.outcome,
        next_step=said.next_step,
        codes=[Code(code=each.code, term=each.term) for each in said.codes],
        hide_from_online_view=held.hide_from_online_view,
    )


def team(held: Team) -> TeamTold:
    return TeamTold(
        name=held.name,
        organisation=held.organisation.name,
        services=[Service(held.service), *(Service(each) for each in held.also if each != held.service)],
        phone=held.phone,
        opening=held.opening,
        closed_until=held.closed_until,
    )
