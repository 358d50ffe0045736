"""The shared timeline of a journey: each event as a sentence that says who did what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from wraparound.events.models import Event
from wraparound.pathways import words
from wraparound.pathways.vocabulary import Service
from wraparound.people.reading import label_of
from wraparound.referrals.states import DECLINES, MOVES, DeclineReason, Outcome, Side

# {who} did it, {team} is the referral's, {more} is what the event's data add. Events not named here are not shown.
SENTENCES: dict[str, str] = {
    "referral_made": "{who} made a referral to {more}.",
    "referral_sent_again": "{who} sent the same referral again; nothing was doubled.",
    "referral_claim": "{who} claimed the referral to {team}.",
    "referral_release": "{who} put the referral back for {team}.",
    "referral_accept": "{who} accepted the referral to {team}.",
    "referral_decline": "{who} declined the referral to {team}{more}.",
    "referral_try_contact": "{who} tried to make contact.",
    "referral_reach": "{who} was in contact with the person.",
    "referral_hand_over": "{who} handed over to {more}.",
    "referral_lose_contact": "{who} ended the work at {team}: the person could not be reached.",
    "referral_close": "{who} closed the work at {team}{more}.",
    "referral_withdraw": "{who} withdrew the referral to {team}.",
    "referral_acknowledge": "{who} read how the referral to {team} ended.",
    "referral_escalate": "What {team} or the referrer had to do was overdue, so a supervisor was asked to step in.",
    "referral_lapse": "{team} did not answer in time, so the referral went back to the referrer.",
    "referral_give_up": "The referral to {team} ended: the person could not be reached.",
    "referral_expire": "The referral to {team} was closed because nothing more happened.",
    "note_written": "{who} wrote a note. Only your organisation can know.",
    "alert_raised": "{who} raised a same-day alert.",
    "alert_acknowledge": "{who} took on the same-day alert.",
    "alert_give_help": "{who} gave help, which ended the same-day alert.",
    "contact_changed": "{who} {more}.",
    "self_described": "{who} wrote down how the person describes themselves.",
}
BY_CLOCK = frozenset(f"referral_{verb}" for verb, move in MOVES.items() if move.side is Side.CLOCK)


@dataclass(frozen=True)
class Line:
    """One sentence of the timeline, when it happened, and the organisation whose doing it was."""

    at: datetime
    said: str
    organisation: str


def lines(events: Sequence[Event]) -> list[Line]:
    """The timeline, newest first."""
    return [_line(event) for event in reversed(events) if event.name in SENTENCES]


def _line(event: Event) -> Line:
    organisation = event.by_organisation.name if event.by_organisation else ""
    who = event.by_user.name if event.by_user else organisation or "Wraparound"
    team = event.referral.to_team.name if event.referral else "the team"
    said = SENTENCES[event.name].format(who=who, team=team, more=_more(event))
    by_a_user = event.by_user is not None and event.name not in BY_CLOCK
    return Line(event.occurred_at, said[:1].upper() + said[1:], organisation if by_a_user else "")


def _more(event: Event) -> str:
    data = event.data
    match event.name:
        case "referral_made":
            services = words.listed([Service(service).label.lower() for service in data.get("services", [])])
            return f"{services}, marked urgent" if data.get("urgent") else services
        case "referral_hand_over":
            return Service(data["to_service"]).label.lower()
        case "referral_decline":
            return f": {DECLINES[DeclineReason(data['reason'])].label.lower()}" if data.get("reason") else ""
        case "referral_close":
            return f": {Outcome(data['outcome']).label.lower()}" if data.get("outcome") else ""
        case "contact_changed":
            fields = [label_of(name) for name in data.get("fields", [])]
            return f"changed {words.listed(fields)}" if fields else "checked the contact details"
    return ""
