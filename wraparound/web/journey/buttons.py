"""What a reader can do on the journey page, from the table of moves: one thing first, the rest under “More”."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from wraparound.casework.models import Case
from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability
from wraparound.pathways.vocabulary import Status, Turn
from wraparound.referrals.models import Question, Referral
from wraparound.referrals.moves import somebody_elses
from wraparound.referrals.reading import possible_moves
from wraparound.referrals.states import MOVES


@dataclass(frozen=True)
class Button:
    """`post` buttons act at once; the others lead to a page. `pk` is of the referral, the case or the question."""

    text: str
    route: str
    pk: int
    post: bool = False


@dataclass(frozen=True)
class Buttons:
    """`first` stand beside each other, the primary one at the head; `more` are in a list that opens."""

    first: Sequence[Button]
    more: Sequence[Button]


# Where each move of a referral that nobody has accepted is made: text (else the table's), route, whether at once.
_ANSWERS: dict[str, tuple[str, str, bool]] = {
    "accept": ("", "accept", True),
    "claim": ("", "claim", True),
    "ask": ("", "ask-referrer", False),
    "decline": ("", "decline", False),
    "reroute": ("", "reroute", False),
    "release": ("", "release", True),
}
# A practice makes the sender's moves on its own pages.
_SENDERS = {"acknowledge": ("", "handover-seen", True), "withdraw": ("", "handover-withdraw", True)}
_FIRST = ("acknowledge", "accept")
_TO_ANSWER = (Status.SENT, Status.CLAIMED, Status.WAITING, Status.ASKED)


def of_part(actor: Actor, referral: Referral, questions: Sequence[Question], *, offered: bool) -> Buttons:
    """For a referral that is still to be answered, or that its sender has to do something about."""
    passed_on = referral.kind == Referral.Kind.HANDOVER or referral.from_organisation_id != _began(referral)
    routes = _ANSWERS | (_SENDERS if passed_on else {})
    may = {move.verb: move.label for move in possible_moves(referral, actor)}
    found = {
        verb: Button(text or may[verb], route, referral.pk, post)
        for verb, (text, route, post) in routes.items()
        if verb in may
    }
    first = [found.pop(verb) for verb in _FIRST if verb in found]
    if "answer" in may and passed_on:
        first = [Button(MOVES["answer"].label, "question", each.pk) for each in questions if not _over(each)]
    more = list(found.values())
    if Status(referral.status) in _TO_ANSWER and not offered and _gives(actor, referral):
        more.append(Button("Offer to a colleague", "transfer", referral.pk))
    return Buttons(first[:1], first[1:] + more)


def _began(referral: Referral) -> int:
    return referral.journey.from_organisation_id


def _over(question: Question) -> bool:
    return bool(question.answered_at or question.lapsed_at)


def _gives(actor: Actor, referral: Referral) -> bool:
    """Whether the actor may offer the referral to a colleague: it is theirs, or they supervise whose it is."""
    takes = MOVES["take_over"]
    in_hand = Status(referral.status) in takes.from_ and referral.worker_id is not None
    own = referral.to_organisation_id == actor.organisation_id and somebody_elses(referral, actor) is None
    return in_hand and own and actor.can(takes.capability)


def of_work(actor: Actor, case: Case, may: Collection[str], *, offered: bool) -> Buttons:
    """For a team's own work, open or closed."""
    referral = case.referral
    first, more = [], []
    decides = referral.whose_turn == Turn.SUPERVISOR and not referral.escalated
    if "keep_trying" in may and decides and actor.can(Capability.WORK_REFERRALS):
        first.append(Button("Decide how to go on", "decide", case.pk))
    if "try_contact" in may:
        first.append(Button("Record contact or an appointment", "contact-attempt", case.pk))
    if "resume" in may:
        first.append(Button(MOVES["resume"].label, "resume", referral.pk, post=True))
    if actor.can(Capability.WRITE_NOTES):
        first.append(Button("Write a note", "note", case.pk))
    if "hand_over" in may:
        more.append(Button("Warm handover", "handover", case.pk))
    if actor.can(Capability.WORK_REFERRALS) and case.closed_at is None:
        more.append(Button("Add a task", "task-add", case.pk))
        if not offered and _gives(actor, referral):
            more.append(Button("Offer to a colleague", "transfer", referral.pk))
    more += [Button(text, route, referral.pk) for verb, text, route in _RESTING if verb in may]
    more += [Button(text, route, case.pk) for verb, text, route in _ENDING if verb in may]
    if "reopen" in may:
        more.append(Button(MOVES["reopen"].label, "reopen", case.pk, post=True))
    return Buttons(first, more)


_RESTING = (("pause", MOVES["pause"].label, "pause"),)
_ENDING = (("close", "Close with outcome", "close"), ("lose_contact", "Close: lost contact", "lost-contact"))
