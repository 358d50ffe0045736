"""What of safeguarding waits for somebody, and what one concern looks like to them."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.db.models import QuerySet

from wraparound.organisations.actor import Actor
from wraparound.organisations.models import User
from wraparound.organisations.roles import Capability
from wraparound.people.models import Person
from wraparound.safeguarding.circumstances import Owners, owners_now, practice_reached, raised_at_their_practice
from wraparound.safeguarding.leads import answerers, is_clinician, who_may_answer
from wraparound.safeguarding.models import Acknowledgement, Concern, leads_here
from wraparound.safeguarding.rules import Left
from wraparound.safeguarding.states import ConcernStatus, TellGp

# How long an ended one is still listed; after it, it is found from the person's page.
LISTED_FOR = timedelta(days=90)


class Wants(StrEnum):
    """What a concern wants of one reader."""

    ACKNOWLEDGE = "acknowledge"
    OWN = "own"
    WORK = "work"
    SAY = "say"


@dataclass(frozen=True)
class WaitingConcern:
    """A concern that waits for the reader. Its page is the route `concern` with `pk=concern.pk`.

    A home page may be read over a shoulder: it says `said`, and neither the kind nor the word safeguarding.
    """

    concern: Concern
    wants: Wants
    late: bool
    said: str


SAID = {
    Wants.ACKNOWLEDGE: "Read this and say that you have",
    Wants.OWN: "Somebody must take this on",
    Wants.WORK: "Yours until you end it",
    Wants.SAY: "Write what was said",
}
LEFT_SAID = {
    Left.UNOWNED: SAID[Wants.OWN],
    Left.OWNER_GONE: "Its owner has left: somebody must take this on",
    Left.OWNER_AWAY: "Its owner is away: somebody must take this on",
    Left.UNTOUCHED: "Its owner has not looked again: ask them, or take this on",
}


def waiting_for(actor: Actor, most: int = 50) -> list[WaitingConcern]:
    """The open concerns that want something of the actor: late first, then due first. Persons are read with them."""
    rows = _concerns(actor).exclude(status=ConcernStatus.ENDED).prefetch_related("acknowledgements")
    found = list(rows.order_by("due_at", "pk")[:500])
    if not found:
        return []
    owners, leads = owners_now(actor, found), leads_here(actor)
    waiting = []
    for concern in found:
        left = _left(concern, actor, owners)
        if wants := _wants(concern, actor, leads, left):
            late = left is not None or is_late(concern, actor)
            waiting.append(WaitingConcern(concern, wants, late, _said(wants, left)))
    return sorted(waiting, key=lambda each: (not each.late, each.concern.due_at, each.concern.pk))[:most]


def is_late(concern: Concern, actor: Actor) -> bool:
    """Nobody has taken it on in the time there was, or its owner has left it."""
    return concern.status != ConcernStatus.ENDED and (concern.due_at <= actor.now() or concern.late_at is not None)


def left_why(actor: Actor, concern: Concern) -> Left | None:
    """Why one is before everybody who may answer. Of another organisation's that is not to be known here."""
    return _left(concern, actor, owners_now(actor, [concern]))


def _left(concern: Concern, actor: Actor, owners: Owners) -> Left | None:
    return owners.left(concern, actor) if concern.organisation_id == actor.organisation_id else None


def _said(wants: Wants, left: Left | None) -> str:
    return LEFT_SAID[left] if wants is Wants.OWN and left else SAID[wants]


def _wants(concern: Concern, actor: Actor, leads: bool, left: Left | None) -> Wants | None:
    read_by = {each.user_id for each in concern.acknowledgements.all()}
    if concern.organisation_id != actor.organisation_id:
        # At a practice that was told: its lead reads it, and of its clinicians whoever comes first.
        told_already = any(each.organisation_id == actor.organisation_id for each in concern.acknowledgements.all())
        asked = actor.user_id not in read_by and (leads or (is_clinician(actor) and not told_already))
        return Wants.ACKNOWLEDGE if asked else None
    if concern.owner_id == actor.user_id:
        return Wants.WORK
    if left and concern.status == ConcernStatus.OWNED and (leads or _answers(concern, actor)):
        return Wants.OWN
    if concern.status == ConcernStatus.RAISED:
        named = {concern.lead_id, concern.deputy_id} - {None}
        is_named = actor.user_id in named or leads
        if is_named and not read_by:
            return Wants.ACKNOWLEDGE
        everybodys = concern.late_at is not None or not named
        if is_named or (everybodys and actor.can(Capability.ANSWER_CONCERN)):
            return Wants.OWN
        if not named and [user.pk for user in answerers(concern)] == [actor.user_id]:
            return Wants.OWN
    return Wants.SAY if concern.raised_by_id == actor.user_id and not concern.said else None


def _answers(concern: Concern, actor: Actor) -> bool:
    """By their role, because the concern names them, or because nobody else here can."""
    if actor.can(Capability.ANSWER_CONCERN) or actor.user_id in (concern.lead_id, concern.deputy_id):
        return True
    return concern.raised_by_id == actor.user_id and [user.pk for user in answerers(concern)] == [actor.user_id]


def concern_of(actor: Actor, pk: int) -> Concern:
    """One concern. Concern.DoesNotExist when it is not the actor's to see."""
    found: Concern = _concerns(actor).get(pk=pk)
    return found


def concerns_of(actor: Actor, person: Person) -> list[Concern]:
    """Every concern about a person that the actor may see, newest first."""
    return list(_concerns(actor).filter(person=person).order_by("-raised_at", "-pk"))


def listed(actor: Actor, most: int = 200) -> list[Concern]:
    """What is open, due first; then what ended of late."""
    rows = _concerns(actor)
    open_ = list(rows.exclude(status=ConcernStatus.ENDED).order_by("due_at", "pk")[:most])
    ended = rows.filter(status=ConcernStatus.ENDED, ended_at__gt=actor.now() - LISTED_FOR)
    return open_ + list(ended.order_by("-ended_at", "-pk")[: most - len(open_)])


@dataclass(frozen=True)
class Offered:
    """What the reader may do with a concern now."""

    acknowledge: bool
    own: bool
    look_again: bool
    hand_on: list[User]
    decide_gp: bool
    end: bool
    say: bool


def offered(actor: Actor, concern: Concern, left: Left | None = None) -> Offered:
    """`left` is what `left_why` says of it."""
    here = concern.organisation_id == actor.organisation_id
    open_ = concern.status != ConcernStatus.ENDED
    others = [user for user in answerers(concern) if user.pk != concern.owner_id] if here and open_ else []
    named = actor.user_id in (concern.lead_id, concern.deputy_id, concern.owner_id) or leads_here(actor)
    may = actor.can(Capability.ANSWER_CONCERN) or named or actor.user_id in {user.pk for user in others}
    raised = concern.raised_by_id == actor.user_id
    mine = concern.owner_id == actor.user_id
    read = any(each.user_id == actor.user_id for each in concern.acknowledgements.all())
    return Offered(
        acknowledge=open_ and may and not read and not mine,
        own=open_ and here and may and (concern.status == ConcernStatus.RAISED or (left is not None and not mine)),
        look_again=open_ and mine,
        hand_on=others if may and concern.status == ConcernStatus.OWNED else [],
        decide_gp=open_
        and here
        and (may or raised)
        and concern.practice_told_at is None
        and not raised_at_their_practice(concern),
        end=open_ and mine,
        say=open_ and (may or raised),
    )


def read_by(actor: Actor, concern: Concern) -> list[Acknowledgement]:
    """Who has read it, in the order of reading."""
    rows = Acknowledgement.objects.visible_to(actor).filter(concern=concern)
    return list(rows.select_related("user", "organisation").order_by("at", "pk"))


def colleagues(actor: Actor) -> list[User]:
    """Those of the actor's organisation who would see a concern, and whom it might be about."""
    return [user for user in who_may_answer(actor.scheme_id, actor.organisation_id) if user.pk != actor.user_id]


def practice_not_reached(concern: Concern) -> bool:
    """Whether the practice is to be told and Wraparound cannot: somebody has to ring it."""
    return TellGp(concern.tell_gp).told and practice_reached(concern) is None


def _concerns(actor: Actor) -> QuerySet[Concern]:
    return Concern.objects.visible_to(actor).select_related(
        "person__practice", "organisation", "practice", "raised_by", "owner", "lead", "deputy", "journey", "ended_by"
    )
