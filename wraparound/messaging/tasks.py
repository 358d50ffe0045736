"""The jobs that write messages back and make their PDFs."""

from dataclasses import replace
from typing import Any

from wraparound.documents.message_back import MessageBackContent
from wraparound.documents.pdf import message_back_pdf
from wraparound.events.models import Event
from wraparound.messaging.content import write_content
from wraparound.messaging.models import MessageBack, Occasion
from wraparound.organisations.actor import Actor, system
from wraparound.organisations.jobs import job
from wraparound.pathways.vocabulary import Status
from wraparound.referrals.models import Referral

OCCASIONS = {
    Status.ACCEPTED: Occasion.ACCEPTED,
    Status.DECLINED: Occasion.DECLINED,
    Status.LOST_CONTACT: Occasion.LOST_CONTACT,
    Status.NOT_ANSWERED: Occasion.NOT_ANSWERED,
    Status.CLOSED: Occasion.CLOSED,
}


def tell_referrer(event: Event, by: Any) -> None:
    """Handler: a move that came to one of the occasions is told to the referrer by a job."""
    was, moved_to = Status(event.data["from"]), Status(event.data["to"])
    answered_before = was not in (Status.SENT, Status.CLAIMED, Status.ACCEPTED, Status.IN_PROGRESS)
    if was != moved_to and moved_to in OCCASIONS and not answered_before:
        write_message_back.later(
            # For the reader, whose record stays open to it whatever the service does next.
            by=replace(system(event.scheme_id, event.data["sender"]), moment=by.moment),
            referral_id=event.referral_id,
            occasion=OCCASIONS[moved_to],
        )


@job(queue="messages")
def write_message_back(*, by: Actor, referral_id: int, occasion: str) -> None:
    """Write the message once per occasion, with its PDF. Run again, it changes nothing.

    The person and the case stay with the organisations that may see them: the row carries what is told.
    """
    if MessageBack.objects.visible_to(by).filter(referral_id=referral_id, occasion=occasion).exists():
        return
    referral = (
        Referral.objects.visible_to(by)
        .select_related("person__practice", "journey", "to_team__organisation", "from_organisation", "from_user")
        .get(pk=referral_id)
    )
    content = write_content(referral, Occasion(occasion))
    MessageBack.objects.create(
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
