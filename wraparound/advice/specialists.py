"""A specialist beside the worker: when a matter goes beyond what an organisation may do, a partner's advisers join in.

The worker keeps the person and the matter; the partner gets a hand-over of its own on the same journey, with what the
person agreed to pass on, and must accept it.
"""

from collections.abc import Sequence
from dataclasses import replace

from wraparound.advice.competence import partners_for
from wraparound.advice.matters import about_of, locked_matter
from wraparound.advice.models import Matter, TimeLimit
from wraparound.advice.nearest import NEAR
from wraparound.advice.rules import BEYOND_FORMS
from wraparound.advice.states import Level
from wraparound.casework.models import Case
from wraparound.consent.asking import Agreed
from wraparound.consent.recording import record_agreement
from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Team
from wraparound.organisations.roles import Capability
from wraparound.pathways.vocabulary import Service, Status, UrgentFlag
from wraparound.referrals.capacity import closed
from wraparound.referrals.handing_over import Receiver
from wraparound.referrals.models import WITH_A_TEAM, Placed, Referral
from wraparound.referrals.moves import move
from wraparound.referrals.rerouting import shared_teams
from wraparound.referrals.sending import hold_journey, send_handover
from wraparound.time_limits.counting import said

LONGEST_TOLD = 5_000


def specialist_teams(by: Actor, matter: Matter) -> list[Team]:
    """Partners' teams of advisers that may take a matter like this one, that are open, and that may be told.

    Teams that have the person in hand already on this journey are left out.
    """
    about = about_of(matter)
    # A specialist acts for the person, whatever has been done so far.
    about = about if about.level in BEYOND_FORMS else replace(about, level=Level.CASEWORK)
    able = {each.pk for each in partners_for(by, about)}
    has_them = Referral.objects.visible_to(by).filter(journey_id=matter.case.journey_id, status__in=WITH_A_TEAM)
    rows = shared_teams(by, matter.case.referral).filter(organisation_id__in=able, service=Service.WELFARE_ADVICE)
    rows = rows.exclude(pk__in=has_them.values("to_team_id")).select_related("organisation")
    return [team for team in rows.order_by("organisation__name", "name") if not closed(team, by.today())]


def draft_of(matter: Matter, limits: Sequence[TimeLimit]) -> str:
    """What a specialist would ask first, for the worker to change with the person before it is sent."""
    lines = [f"{matter.title}. {matter.get_stage_display()}."]
    if matter.opponent:
        reference = f", reference {matter.their_reference}" if matter.their_reference else ""
        lines.append(f"Other side: {matter.opponent}{reference}.")
    for limit in limits:
        if limit.running:
            day = f"by {said(limit.last_day)}" if limit.last_day else "no day known yet"
            lines.append(f"{limit.what}: {day} ({limit.get_status_display().lower()}).")
    return "\n".join(lines)


@action
def bring_in_specialist(*, by: Actor, matter: Matter, team: Team, told: str, agreed: Agreed) -> Referral:
    """Ask a partner's advisers in beside the worker, with what the person agreed to pass on; the new referral.

    Refused: `no_specialist` for a team that may not take it or may not be told, `nothing_told`, and what stands against
    the agreement or the hand-over.
    """
    by.require(Capability.GIVE_ADVICE)
    held = locked_matter(matter, by)
    case = Case.objects.visible_to(by).select_related("referral__journey", "person").get(pk=held.case_id)
    hold_journey(case.referral, by=by)
    if not told.strip():
        raise Refused("nothing_told", "Write what the specialist needs to know, so that nobody asks again.", "told")
    held.case = case
    if team.pk not in {each.pk for each in specialist_teams(by, held)}:
        raise Refused("no_specialist", "Choose a team that may take this, and that is open.", "team")
    moved = move(case.referral, "hand_over", by=by, also_told=[team.organisation_id], data={"to_service": team.service})
    agreement = record_agreement(case.person, agreed, to=[team.organisation_id], by=by)
    flags = tuple(sorted({*case.referral.urgent_flags, *_deadline(held, by)}))
    receiver = Receiver(Service.WELFARE_ADVICE, team, Placed.CHOSEN, Status.SENT, "", None, flags)
    sent = send_handover(
        moved.journey, receiver, agreement, by=by, told=told.strip()[:LONGEST_TOLD], needs=case.referral.needs
    )
    record(
        "specialist_brought_in",
        by=by,
        person_id=held.person_id,
        journey_id=case.journey_id,
        referral_id=case.referral_id,
        data={"matter": held.pk, "team": team.pk},
    )
    return sent


def _deadline(matter: Matter, by: Actor) -> set[UrgentFlag]:
    """A time limit that is near goes with it as a flag: what it is, the words say."""
    running = TimeLimit.objects.visible_to(by).filter(matter=matter, ended_at=None)
    days = list(running.values_list("last_day", flat=True))
    near = any(day is None or day <= by.today() + NEAR for day in days)
    return {UrgentFlag.LEGAL_DEADLINE_NEAR} if near else set()
