"""A pause in the work with somebody, agreed until a day. The clock ends it on that day."""

from datetime import date
from typing import Any

from wraparound.events.action import Refused, action
from wraparound.organisations.actor import Actor
from wraparound.organisations.pathways import calendar_of, pathway_of
from wraparound.organisations.roles import REFUSALS, Capability
from wraparound.pathways.calendar import local
from wraparound.pathways.vocabulary import Status
from wraparound.referrals.models import Referral
from wraparound.referrals.moves import move
from wraparound.referrals.states import PauseReason

LONGEST_PAUSE = 60
OVER: dict[str, Any] = {"paused_until": None, "pause_reason": ""}


@action
def pause(*, by: Actor, referral: Referral, until: date, reason: PauseReason) -> Referral:
    """Let the work rest until a day, at most 60 working days from now. For urgent ones a supervisor decides."""
    by.require(Capability.WORK_REFERRALS)
    seen = Referral.objects.visible_to(by).select_related("journey").get(pk=referral.pk)
    if until <= by.today():
        raise Refused("not_ahead", "The day must be tomorrow or later.", "until")
    calendar = calendar_of(pathway_of(seen.journey.pathway_version_id))
    # The furthest day first: far beyond it, working days are not known.
    furthest = local(calendar.add_working_days(by.now(), LONGEST_PAUSE)).date()
    if until > furthest:
        last = f"{furthest.day} {furthest:%B %Y}"
        raise Refused(
            "too_long", f"A pause is for {LONGEST_PAUSE} working days at the most: until {last}. Close it instead, "
            "and open it again when they are ready.", "until",
        )  # fmt: skip
    if (seen.urgent or seen.supervisor_decides) and not by.can(Capability.SUPERVISE):
        raise Refused("urgent", f"This cannot wait, so only a supervisor pauses it. {REFUSALS[Capability.SUPERVISE]}")
    return move(
        referral, "pause", by=by, paused_until=until, pause_reason=reason, data={"until": until.isoformat()}
    )  # fmt: skip


@action
def resume(*, by: Actor, referral: Referral) -> Referral:
    """End the pause now: the work goes on where it was."""
    by.require(Capability.WORK_REFERRALS)
    return move(referral, resuming(referral), by=by, **OVER)


def resuming(referral: Referral) -> str:
    """The move by which a paused referral goes on: where it was before, as the clock would do it."""
    return "resume" if referral.timeout_to == Status.IN_PROGRESS else "resume_first"
