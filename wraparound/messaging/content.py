"""What a message back says of one referral: where it has got to, in broad words only."""

from dataclasses import replace
from datetime import datetime

from django.db.models import QuerySet

from wraparound.documents.message_back import MessageBackContent, SnomedCode, broad_category
from wraparound.events.models import Event
from wraparound.messaging.models import Occasion
from wraparound.organisations.models import Scheme
from wraparound.organisations.pathways import calendar_of, pathway_of
from wraparound.pathways import words
from wraparound.pathways.calendar import local
from wraparound.pathways.engine import first_contact_due
from wraparound.pathways.vocabulary import Service, Turn, UrgentFlag
from wraparound.referrals.elsewhere import sent_on_from
from wraparound.referrals.models import Referral
from wraparound.referrals.states import DECLINES, DeclineReason, Outcome

TURNS = {
    Turn.RECEIVING_TEAM: "the team",
    Turn.WORKER: "the worker",
    Turn.SUPERVISOR: "the team's supervisor",
    Turn.REFERRER: "you, the referrer",
    Turn.OTHER_TEAM: "the other team",
    Turn.NOBODY: "nobody’s, it is finished",
}
# Events of which each says that somebody of the service was in contact with the person.
CONTACTS = ("referral_reach", "referral_attend")
# Whose turn each occasion leaves it.
TURN_AFTER = {
    Occasion.ACCEPTED: Turn.WORKER,
    Occasion.DECLINED: Turn.REFERRER,
    Occasion.LOST_CONTACT: Turn.REFERRER,
    Occasion.NOT_ANSWERED: Turn.REFERRER,
    Occasion.CLOSED: Turn.NOBODY,
    Occasion.IN_CONTACT: Turn.WORKER,
}


def reopened_before(referral_id: int, event_id: int) -> list[Event]:
    """Each time that work on a referral was opened again before an event of its, the oldest first."""
    rows = Event.objects.filter(referral_id=referral_id, name="referral_reopen", pk__lt=event_id)
    return list(rows.order_by("pk"))


def write_content(
    referral: Referral, occasion: Occasion, code: SnomedCode | None = None, *, reopened: Event | None = None
) -> MessageBackContent:
    """The message about `referral` as it is now (person, journey, teams and organisations are read).

    `reopened` is when work was last opened again: what was done before that was told before.
    """
    person, journey, scheme = referral.person, referral.journey, Scheme.objects.get(pk=referral.scheme_id)
    team = referral.to_team
    told = MessageBackContent(
        reference=journey.reference,
        occasion=occasion.label,
        person_name=person.name,
        date_of_birth=person.date_of_birth,
        nhs_number=person.nhs_number,
        practice_name=person.practice.name if person.practice else referral.from_organisation.name,
        practice_ods=person.practice.ods_code if person.practice else referral.from_organisation.ods_code,
        referrer_name=referral.from_user.name if referral.from_user else "",
        referrer_organisation=referral.from_organisation.name,
        sent_on=local(referral.sent_at).date(),
        service=_services(referral),
        team=team.name,
        needs=tuple(broad_category(need) for need in referral.needs),
        support=_support(referral, occasion, reopened),
        outcome=_outcome(referral, occasion),
        next_step=_next_step(referral, occasion),
        whose_turn=TURNS[TURN_AFTER[occasion]],
        written_on=local(referral.status_since).date(),
        contact=f"{team.name}, {team.organisation.name}" + (f", {team.phone}" if team.phone else "") + ".",
        hide_from_online_view=journey.hide_from_online_view,
        invented=scheme.invented,
        codes=(code,) if code else (),
    )
    if not scheme.codes_only:
        return told
    return replace(told, needs=(), support=(), outcome="", next_step="", whose_turn="", codes_only=True)


def services_of(referral: Referral) -> tuple[str, ...]:
    """The service that it is for, and those that the same worker gives with it."""
    return (referral.service, *referral.joined)


def _services(referral: Referral) -> str:
    first, *also = (Service(each).label for each in services_of(referral))
    return words.listed([first, *(label.lower() for label in also)])


def _support(referral: Referral, occasion: Occasion, reopened: Event | None) -> tuple[str, ...]:
    """What the service has done, as whole sentences without any detail of the problem."""
    worker = words.ONE_WORKER[Service(referral.service)]
    happened = Event.objects.filter(referral=referral, pk__gt=reopened.pk if reopened else 0)
    said = []
    if referral.accepted_at:
        said.append(f"Taken on by {worker} on {words.day(referral.accepted_at)}.")
    if reopened:
        said.append(f"The work was opened again on {words.day(reopened.occurred_at)}.")
    if happened.filter(name__in=CONTACTS).exists():
        said.append("They were in contact with the person.")
    if occasion is Occasion.LOST_CONTACT and (tries := _tries(happened)):
        said.append(f"They tried to reach the person {tries} {'time' if tries == 1 else 'times'}.")
    passed_on = referral.journey.referrals.filter(
        kind=Referral.Kind.HANDOVER, from_organisation=referral.to_organisation
    )
    if reopened:
        passed_on = passed_on.filter(sent_at__gte=reopened.occurred_at)
    said.extend(f"The person was introduced to {Service(each.service).label.lower()}." for each in passed_on)
    return tuple(said)


def _tries(happened: QuerySet[Event]) -> int:
    """How often the person was tried: an appointment to which they did not come is no try."""
    return happened.filter(name="referral_try_contact").exclude(data__result="did_not_come").count()


def _outcome(referral: Referral, occasion: Occasion) -> str:
    if occasion is Occasion.DECLINED:
        return f"{DECLINES[DeclineReason(referral.decline_reason)].label}."
    if occasion is Occasion.CLOSED:
        return f"{Outcome(referral.outcome or Outcome.NOT_RECORDED).label}."
    return {
        Occasion.ACCEPTED: "The service has accepted the referral and will contact the person.",
        Occasion.IN_CONTACT: "The service is in contact with the person.",
        Occasion.LOST_CONTACT: "The service could not reach the person and has stopped trying.",
        Occasion.NOT_ANSWERED: "The service did not act in the time it promised, so this has come back to you.",
    }[occasion]


def _next_step(referral: Referral, occasion: Occasion) -> str:
    """What follows from the occasion itself: the referral may have moved on before the message is written."""
    if occasion is Occasion.DECLINED:
        if sent_on := sent_on_from(referral):
            return f"It was sent on to {sent_on.to_team.name}, which will answer you."
        return DECLINES[DeclineReason(referral.decline_reason)].next
    if occasion is Occasion.ACCEPTED:
        return f"First contact is due by {words.by(_contact_due(referral))}."
    return {
        Occasion.IN_CONTACT: "The service goes on working with them, and tells you when it has finished.",
        Occasion.LOST_CONTACT: "If you see the person, ask whether they still want help, and refer them again.",
        Occasion.NOT_ANSWERED: "Find another way to help the person, or refer them again.",
        Occasion.CLOSED: "Nothing more is to be done.",
    }[occasion]


def _contact_due(referral: Referral) -> datetime:
    pathway = pathway_of(referral.journey.pathway_version_id)
    flags = frozenset(UrgentFlag(flag) for flag in referral.urgent_flags)
    service, *joined = (Service(each) for each in services_of(referral))
    counted_from = referral.counted_from or referral.sent_at
    return first_contact_due(pathway, service, flags, calendar_of(pathway), counted_from, tuple(joined))
