"""Whom a scheme names for what cannot wait: numbers to ring now, and who answers a safeguarding concern."""

from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.administering import partner, plain, scheme_of
from wraparound.organisations.asking_once import forget_answers
from wraparound.organisations.codes import phone
from wraparound.organisations.models import HelpNow, Membership, Organisation, SafeguardingLead
from wraparound.organisations.roles import MEETING
from wraparound.pathways.vocabulary import UrgentFlag


@action
def add_help_now(*, by: Actor, flag: UrgentFlag, when: HelpNow.When, name: str, number: str) -> HelpNow:
    """A number that referrers are shown at once when `flag` is raised."""
    scheme = scheme_of(by)
    said = plain(name, "whom the number reaches", "name")
    try:
        checked = phone(number)
    except ValueError as fault:
        raise Refused("phone", str(fault), "number") from None
    held = {"scheme": scheme, "flag": flag, "when": when, "ended": None}
    if HelpNow.objects.filter(name__iexact=said, **held).exists():
        raise Refused("known", f"{said} is on the list for this already. Take that number away first.", "name")
    made = HelpNow.objects.create(name=said, phone=checked, **held)
    record("help_now_added", by=by, data={"help_now": made.pk, "flag": flag, "when": when})
    return made


@action
def end_help_now(*, by: Actor, help_now: HelpNow) -> HelpNow:
    """Take a number off the list."""
    scheme_of(by)
    held = HelpNow.objects.get(pk=help_now.pk, scheme_id=by.scheme_id)
    if held.ended is not None:
        raise Refused("too_late", "Another administrator has already taken this number away.")
    held.ended = by.now()
    held.save(update_fields=["ended"])
    record("help_now_ended", by=by, data={"help_now": held.pk, "flag": held.flag})
    return held


@action
def name_safeguarding_lead(
    *, by: Actor, organisation: Organisation, user_id: int, deputy_id: int | None = None
) -> SafeguardingLead:
    """Say who must acknowledge a safeguarding concern raised in an organisation, and who when they are away."""
    scheme = scheme_of(by)
    held = partner(by, organisation.pk)
    if user_id == deputy_id:
        raise Refused("same", "Choose another person as deputy.", "deputy")
    meeting = Membership.objects.filter(scheme=scheme, organisation=held, ended=None, role__in=MEETING)
    here = set(meeting.values_list("user_id", flat=True))
    for field, each in (("lead", user_id), ("deputy", deputy_id)):
        if each is not None and each not in here:
            raise Refused("not_here", f"Choose somebody who works with people in {held.name}.", field)
    lead, _ = SafeguardingLead.objects.update_or_create(
        scheme=scheme, organisation=held, defaults={"user_id": user_id, "deputy_id": deputy_id}
    )
    forget_answers()
    data = {"organisation": held.pk, "user": user_id, "deputy": deputy_id}
    record("safeguarding_lead_named", by=by, told=[held.pk], data=data)
    return lead
