"""The jobs that write messages back and make their PDFs."""

from dataclasses import replace
from typing import Any

from django.db import connection

from wraparound.documents.message_back import MessageBackContent, SnomedCode
from wraparound.documents.pdf import message_back_pdf
from wraparound.events.models import Event
from wraparound.messaging.coding import Told, code_for
from wraparound.messaging.content import services_of, write_content
from wraparound.messaging.models import CodedEntry, MessageBack, Occasion
from wraparound.organisations.actor import Actor, system
from wraparound.organisations.jobs import job
from wraparound.pathways.vocabulary import Service, Status
from wraparound.referrals.models import WITH_A_TEAM, Referral

OCCASIONS = {
    Status.ACCEPTED: Occasion.ACCEPTED,
    Status.DECLINED: Occasion.DECLINED,
    Status.LOST_CONTACT: Occasion.LOST_CONTACT,
    Status.NOT_ANSWERED: Occasion.NOT_ANSWERED,
    Status.CLOSED: Occasion.CLOSED,
    # Come to from `accepted` it is the first contact; a pause that ends is nothing to tell.
    Status.IN_PROGRESS: Occasion.IN_CONTACT,
}
WITH_THE_SERVICE = frozenset(Status(each) for each in WITH_A_TEAM)


def tell_referrer(event: Event, by: Any) -> None:
    """Handler: a move that came to one of the occasions is told to the referrer by a job."""
    was, moved_to = Status(event.data["from"]), Status(event.data["to"])
    answered_before = was not in WITH_THE_SERVICE
    if was != moved_to and moved_to in OCCASIONS and not answered_before:
        write_message_back.later(
            # For the reader, whose record stays open to it whatever the service does next.
            by=replace(system(event.scheme_id, event.data["sender"]), moment=by.moment),
            referral_id=event.referral_id,
            occasion=OCCASIONS[moved_to],
        )


@job(queue="messages")
def write_message_back(*, by: Actor, referral_id: int, occasion: str) -> None:
    """Write the message once per occasion, with its code and its PDF. Run again, it changes nothing.

    The person and the case stay with the organisations that may see them: the row carries what is told.
    """
    if MessageBack.objects.visible_to(by).filter(referral_id=referral_id, occasion=occasion).exists():
        return
    referral = (
        Referral.objects.visible_to(by)
        .select_related("person__practice", "journey", "to_team__organisation", "from_organisation", "from_user")
        .get(pk=referral_id)
    )
    if occasion == Occasion.IN_CONTACT and Service.SOCIAL_PRESCRIBING not in services_of(referral):
        return
    code = _code(referral, Occasion(occasion))
    content = write_content(referral, Occasion(occasion), code)
    message = MessageBack.objects.create(
        scheme_id=referral.scheme_id,
        organisation_ids=sorted({referral.from_organisation_id, referral.to_organisation_id}),
        journey_id=referral.journey_id,
        referral=referral,
        person_id=referral.person_id,
        to_organisation_id=referral.from_organisation_id,
        to_user_id=referral.from_user_id,
        occasion=occasion,
        content=content.to_json(),
        hide_from_online_view=content.hide_from_online_view,
        written_at=by.now(),
        pdf=message_back_pdf(MessageBackContent.from_json(content.to_json())),
    )
    if code is not None:
        _enter(code, message, by)


def _code(referral: Referral, occasion: Occasion) -> SnomedCode | None:
    """The code that this message gives. One message of a person's is written at a time, so that two do not both."""
    told = Told(occasion, services_of(referral), referral.decline_reason)
    if code_for(told, given=()) is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"codes of {referral.person_id}"])
        given = cursor.execute(
            "SELECT code FROM messaging_codes_given(%s, %s)", [referral.person_id, referral.sent_at]
        ).fetchall()
    return code_for(told, {code for (code,) in given})


def _enter(code: SnomedCode, message: MessageBack, by: Actor) -> None:
    CodedEntry.objects.create(
        scheme_id=message.scheme_id,
        organisation_ids=message.organisation_ids,
        person_id=message.person_id,
        referral_id=message.referral_id,
        message=message,
        code=code.code,
        term=code.term,
        entered_at=by.now(),
    )
