"""Whose turn a referral is, what they do and by when, in words for whoever reads it."""

from dataclasses import dataclass

from wraparound.organisations.actor import Actor
from wraparound.organisations.models import User
from wraparound.organisations.roles import Capability
from wraparound.pathways import words
from wraparound.pathways.engine import Does
from wraparound.pathways.vocabulary import Status, Turn
from wraparound.referrals.covering import waits_for
from wraparound.referrals.models import Referral
from wraparound.referrals.moves import next_for
from wraparound.referrals.reading import ANSWERED

_DOES = {
    Does.CLAIM_OR_ANSWER: "claim and answer it",
    Does.ANSWER: "accept or decline it",
    Does.CONTACT: "make first contact",
    Does.TRY_AGAIN: "try to make contact again",
    Does.RECORD_LOST_CONTACT: "try once more, or close it as lost contact",
    Does.KEEP_IN_TOUCH: "keep in touch, and write it down",
    Does.ACKNOWLEDGE: "read how it ended",
    Does.STEP_IN: "step in",
    Does.OFFER_PLACE: "offer a place",
    Does.ANSWER_QUESTION: "answer the question",
    Does.DECIDE: "decide: go on trying, write, or stop",
}


@dataclass(frozen=True)
class NextTurn:
    """`yours` when the reader has to act. `said` is the whole, as “Yours: make first contact by Friday 27 May”."""

    whose: str
    yours: bool
    said: str
    overdue: bool


def next_turn(referral: Referral, actor: Actor) -> NextTurn:
    """`referral` comes with its worker, team and both organisations."""
    step = next_for(referral, referral.journey.pathway_version_id)
    whose, yours = _whose(referral, actor)
    if step.due is None:
        return NextTurn("", False, "", False)
    if step.does is Does.WAIT:
        return NextTurn(whose, yours, f"{whose}: paused until {words.day(step.due)}", False)
    overdue = step.does is Does.STEP_IN or step.due < actor.now()
    return NextTurn(whose, yours, f"{whose}: {_DOES[step.does]} by {words.by(step.due)}", overdue)


def _whose(referral: Referral, actor: Actor) -> tuple[str, bool]:
    """Whose turn, and whether the reader's."""
    turn = Turn(referral.whose_turn)
    receiving = referral.to_organisation_id == actor.organisation_id
    if turn is Turn.WORKER and referral.worker is not None:
        mine = referral.worker_id == actor.user_id
        covers = not mine and waits_for(actor, referral)
        name = referral.worker.name
        return (f"Yours, for {name}, who is away" if covers else "Yours" if mine else name), mine or covers
    if turn is Turn.SUPERVISOR:
        return _supervisor(referral, actor)
    if turn is Turn.REFERRER:
        sending = referral.from_organisation_id == actor.organisation_id
        return ("Your organisation’s" if sending else referral.from_organisation.name), sending
    return ("Your team’s" if receiving else referral.to_team.name), receiving


def _supervisor(referral: Referral, actor: Actor) -> tuple[str, bool]:
    """The supervisor is at the end that was due to act: the sender once there is an answer to read."""
    answered = Status(referral.status) in ANSWERED
    organisation = referral.from_organisation if answered else referral.to_organisation
    if organisation.pk != actor.organisation_id:
        return f"The supervisor at {organisation.name}", False
    supervises = actor.can(Capability.SUPERVISE)
    return ("Yours, as supervisor" if supervises else "Your supervisor’s"), supervises


def for_whom(worker: User | None, actor: Actor) -> str:
    """“, for Leila Haddad, who is away” in a list of what is the reader's or of whom they cover; "" for their own."""
    return "" if worker is None or worker.pk == actor.user_id else f", for {worker.name}, who is away"
