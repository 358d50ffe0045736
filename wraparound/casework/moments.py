"""The moments at which a pathway asks about the other service: each makes a task by itself, once."""

from collections.abc import Iterator

from wraparound.casework.models import Case, ContactResult, Task
from wraparound.casework.to_do import new_task
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Team
from wraparound.organisations.pathways import calendar_of, pathway_of
from wraparound.pathways import words
from wraparound.pathways.calendar import local
from wraparound.pathways.conditions import Facts, holds
from wraparound.pathways.definition import Handover
from wraparound.pathways.vocabulary import ClinicalReason, Entry, HandoverAt, Need, Service, UrgentFlag
from wraparound.referrals.models import WITH_A_TEAM, Journey, Referral

# A first appointment that nobody wrote down is asked about at closing too.
AT_CLOSING = (HandoverAt.ISSUE_RESOLVED, HandoverAt.FIRST_APPOINTMENT_DONE)
# Asked about within so many working days of the moment.
ASK_WITHIN = 2


def after_contact(case: Case, referral: Referral, result: ContactResult, *, first: bool, by: Actor) -> None:
    """What the pathway asks after a contact. `first`: nobody was in contact with the person before."""
    if first and result in (ContactResult.SPOKE, ContactResult.CAME):
        for handover in _asked_for(case, referral, HandoverAt.PREPARED, by):
            if holds(handover.expected, facts_of(case.journey)):
                _make(case, handover, Task.Kind.PREPARE, by)
    if result is ContactResult.CAME:
        for handover in _asked_for(case, referral, HandoverAt.FIRST_APPOINTMENT_DONE, by):
            _make(case, handover, Task.Kind.HANDOVER, by)


def at_closing(case: Case, referral: Referral, *, by: Actor) -> None:
    """What the pathway asks when the work ends."""
    if (handover := asked_at_closing(case, referral, by=by)) and not _open_task(case, Task.Kind.HANDOVER, by):
        _make(case, handover, Task.Kind.HANDOVER, by)


def asked_at_closing(case: Case, referral: Referral, *, by: Actor) -> Handover | None:
    """The other service that the person is to be asked about before the work ends, unless that was settled before."""
    settled = Task.objects.visible_to(by).filter(case=case, kind=Task.Kind.HANDOVER, done_at__isnull=False)
    found = next((each for at in AT_CLOSING for each in _asked_for(case, referral, at, by)), None)
    return None if found is None or settled.exists() else found


def asks(handover: Handover) -> str:
    """“Ask whether a link worker could help with the rest”."""
    if handover.at is HandoverAt.PREPARED:
        return f"Prepare them for {words.ONE_WORKER[handover.to_service]}, and hand over"
    return f"Ask whether {words.ONE_WORKER[handover.to_service]} could help with the rest"


def facts_of(journey: Journey) -> Facts:
    """What was known as the person came in."""
    return Facts(
        entry=Entry(journey.entry),
        needs=frozenset(Need(need) for need in journey.needs),
        urgent_flags=frozenset(UrgentFlag(flag) for flag in journey.urgent_flags),
        advice_ticked=journey.advice_ticked,
        clinical_reason=ClinicalReason(journey.clinical_reason) if journey.clinical_reason else None,
    )


def _asked_for(case: Case, referral: Referral, at: HandoverAt, by: Actor) -> Iterator[Handover]:
    """The pathway's hand-overs from this case's services at a moment, to services that nobody has asked yet."""
    own = {referral.service, *referral.joined}
    for handover in pathway_of(case.journey.pathway_version_id).handover:
        here = handover.at is at and handover.from_service in own and handover.to_service not in own
        if here and _given(handover.to_service, by) and not _asked_before(case, handover.to_service, by):
            yield handover


def _given(service: Service, by: Actor) -> bool:
    return Team.objects.filter(scheme_id=by.scheme_id, service=service).exists()


def _asked_before(case: Case, service: Service, by: Actor) -> bool:
    """A referral to the service is open on the journey, or was taken on."""
    rows = Referral.objects.visible_to(by).filter(journey_id=case.journey_id)
    to_it = [row for row in rows if service in (row.service, *row.joined)]
    return any(row.status in WITH_A_TEAM or row.accepted_at for row in to_it)


def _open_task(case: Case, kind: Task.Kind, by: Actor) -> bool:
    return Task.objects.visible_to(by).filter(case=case, kind=kind, done_at=None).exists()


def _make(case: Case, handover: Handover, kind: Task.Kind, by: Actor) -> None:
    if _open_task(case, kind, by):
        return
    calendar = calendar_of(pathway_of(case.journey.pathway_version_id))
    prepared = handover.at is HandoverAt.PREPARED
    due = calendar.add(by.now(), handover.within) if prepared else calendar.add_working_days(by.now(), ASK_WITHIN)
    worker_id = case.referral.worker_id or by.user_id
    new_task(
        by=by, title=asks(handover), due_on=local(due).date(), case=case, worker_id=worker_id, kind=kind
    )  # fmt: skip
