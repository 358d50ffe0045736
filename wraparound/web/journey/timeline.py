"""The shared timeline of a journey: each event as a sentence that says who did what."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from wraparound.casework.models import ContactResult
from wraparound.consent.agreed import SignedHow
from wraparound.consent.purposes import PURPOSES
from wraparound.events.models import Event
from wraparound.pathways import words
from wraparound.pathways.calendar import LONDON, OPENS
from wraparound.pathways.vocabulary import ConsentFor, Service
from wraparound.people.reading import label_of
from wraparound.referrals.states import DECLINES, MOVES, DeclineReason, Outcome, SentOnBecause, Side

Data = Mapping[str, Any]
# {who} did it, {team} is the referral's, {more} is what the event's data add. Events not named here are not shown.
SENTENCES: dict[str, str] = {
    "matter_opened": "{who} opened a matter.",
    "matter_closed": "{who} closed a matter.",
    "matter_reopened": "{who} opened a matter again.",
    "matter_given": "{who} gave a matter to another adviser.",
    "time_limit_added": "{who} worked out a time limit.",
    "time_limit_confirmed": "{who} confirmed a time limit.",
    "time_limit_day_set": "{who} set the day of a time limit.",
    "time_limit_met": "{who} met a time limit.",
    "time_limit_set_aside": "{who} set a time limit aside.",
    "specialist_brought_in": "A specialist of a partner was asked in.",
    "letter_near": "The last day of the letter that the referral speaks of is near. It is urgent now.",
    "time_limit_near": "A time limit is near, or over.",
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
    "referral_assign": "{who} gave the referral to {team} to a worker.",
    "referral_reassign": "{who} gave the work at {team} to another worker.",
    "referral_offer_place": "{who} offered a place with {team}.",
    "referral_ask": "{who} asked the referrer a question.",
    "referral_answer": "{who} answered the question from {team}.",
    "referral_go_on": "No answer came to the question from {team}, so they went on without.",
    "referral_sent_on": "The referral went on to {team}.",
    "referral_reroute": "{who} sent the referral to {team} on to {more}.",
    "referral_pause": "{who} paused the work at {team}{more}.",
    "referral_resume": "{who} started the work at {team} again.",
    "referral_resume_first": "{who} started the work at {team} again.",
    "referral_end_pause": "The pause of the work at {team} ended.",
    "referral_end_pause_first": "The pause of the work at {team} ended.",
    "referral_attend": "The person came to an appointment with {team}.",
    "referral_keep_trying": "{who} decided to {more}.",
    "referral_reopen": "{who} opened the work at {team} again.",
    "referral_take_over": "{who} took on the work at {team}.",
    "transfer_offered": "{who} offered the work to {more}. It stays theirs until it is taken on.",
    "transfer_declined": "{who} did not take on the work.",
    "transfer_taken_back": "{who} took back the offer of the work to {more}.",
    "task_added": "{who} added a task.",
    "task_given": "{who} gave a task to somebody else.",
    "task_done": "{who} did a task.",
    "task_not_needed": "{who} found that a task is not needed.",
    "signpost_given": "{who} told the person where to go.",
    "unmet_need_recorded": "No service could take this.",
    "unmet_need_ended": "{who} said how the unmet need ended.",
    "note_written": "{who} wrote a note. Only your organisation can know.",
    "document_added": "{who} added a document. Only your organisation can know.",
    "document_put_away": "{who} put a document away.",
    "document_find_harmful": "A document was found to be harmful, and was not kept.",
    "document_find_unreadable": "A document could not be read, and was not kept.",
    "conversation_begun": "{who} began to write down what matters to the person. Only your organisation can know.",
    "goal_set": "{who} wrote down a goal. Only your organisation can know.",
    "goal_go_on": "{who} looked at a goal with the person. It goes on.",
    "goal_reach": "{who} wrote down that a goal is reached.",
    "goal_change": "{who} wrote down that a goal became another one.",
    "goal_let_go": "{who} wrote down that a goal was let go.",
    "goal_take_up": "{who} wrote down that a goal was taken up again.",
    "step_added": "{who} wrote down a step towards a goal.",
    "step_done": "{who} wrote down that a step is done.",
    "step_not_needed": "{who} found that a step is not needed.",
    "measure_taken": "{who} wrote down how the person feels. Only your organisation can know.",
    "alert_raised": "{who} raised a same-day alert.",
    "alert_acknowledge": "{who} took on the same-day alert.",
    "alert_give_help": "{who} gave help, which ended the same-day alert.",
    "contact_changed": "{who} {more}.",
    "consent_given": "{who} wrote down what the person agreed to: {more}.",
    "consent_confirmed": "{who} asked again, and the person still agrees: {more}.",
    "consent_taken_back": "The person took back what they had agreed to: {more}.",
    "mandate_signed": "The mandate to read the health record was signed, {more}. {who} wrote it down.",
    "one_time_page_made": "{who} made a one-time page for somebody outside the scheme.",
    "one_time_page_ended": "{who} ended a one-time page before it was opened.",
    "one_time_page_opened": "The one-time page was opened.",
    "one_time_page_wrong_code": "Somebody tried to open a one-time page with a wrong code.",
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
    more = _MORE[event.name](event.data) if event.name in _MORE else ""
    said = _sentence(event).format(who=who, team=team, more=more)
    by_a_user = event.by_user is not None and event.name not in BY_CLOCK
    return Line(event.occurred_at, said[:1].upper() + said[1:], organisation if by_a_user else "")


def _sentence(event: Event) -> str:
    if event.name == "referral_try_contact" and event.data.get("result") == ContactResult.DID_NOT_COME:
        return "The person did not come to an appointment with {team}."
    return SENTENCES[event.name]


def _made(data: Data) -> str:
    services = words.listed([Service(service).label.lower() for service in data.get("services", [])])
    return f"{services}, marked urgent" if data.get("urgent") else services


def _sent_on(data: Data) -> str:
    why = SentOnBecause(data["reason"]).label
    return f"{data['to_team']}: {why[:1].lower()}{why[1:]}"


def _decided(data: Data) -> str:
    return "write to the person, and go on trying" if data.get("decision") == "write" else "go on trying"


def _changed(data: Data) -> str:
    fields = [label_of(name) for name in data.get("fields", [])]
    return f"changed {words.listed(fields)}" if fields else "checked the contact details"


def _until(data: Data) -> str:
    day = datetime.combine(date.fromisoformat(data["until"]), OPENS, LONDON)
    return f" until {words.day(day)}"


def _purposes(names: Sequence[str]) -> str:
    said = words.listed([PURPOSES[ConsentFor(name)].label for name in names])
    return said[:1].lower() + said[1:]


# What an event's data add to its sentence.
_MORE: dict[str, Callable[[Data], str]] = {
    "referral_made": _made,
    "referral_hand_over": lambda data: Service(data["to_service"]).label.lower(),
    "referral_decline": lambda data: (
        f": {DECLINES[DeclineReason(data['reason'])].label.lower()}" if data.get("reason") else ""
    ),
    "referral_close": lambda data: f": {Outcome(data['outcome']).label.lower()}" if data.get("outcome") else "",
    "referral_reroute": _sent_on,
    "referral_pause": _until,
    "referral_keep_trying": _decided,
    "transfer_offered": lambda data: str(data.get("to_user", "a colleague")),
    "transfer_taken_back": lambda data: str(data.get("to_user", "a colleague")),
    "contact_changed": _changed,
    "consent_given": lambda data: _purposes(data["purposes"]),
    "consent_confirmed": lambda data: _purposes([data["purpose"]]),
    "consent_taken_back": lambda data: _purposes([data["purpose"]]),
    "mandate_signed": lambda data: SignedHow(data["how"]).label.lower(),
}
