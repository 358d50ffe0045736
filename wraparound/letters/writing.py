"""Beginning a letter from what the matter knows, writing in it, and setting it aside."""

from dataclasses import dataclass
from datetime import timedelta

from wraparound.advice.models import Matter
from wraparound.advice.reading import competences
from wraparound.advice.states import MatterStatus
from wraparound.events.action import Refused, action
from wraparound.letters.facts import addressee, known_of
from wraparound.letters.kinds import filled, kinds
from wraparound.letters.models import Letter, LetterVersion
from wraparound.letters.moving import hold, move, tell
from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability
from wraparound.referrals.moves import worked_on

LONGEST = {"to": 500, "heading": 200, "text": 20_000}
LONGEST_WHY = 500
PRESSED_TWICE = timedelta(minutes=1)


@dataclass(frozen=True)
class Written:
    """What a letter says: whom it goes to with their address, its heading and its text."""

    to: str
    heading: str
    text: str


class Clash(Refused):
    """Somebody else wrote in the letter since it was opened: nothing of either is lost, the writer chooses."""

    def __init__(self) -> None:
        super().__init__("changed_meanwhile", "Somebody else wrote here after you opened this page. Choose what stays.")


@action
def begin_letter(*, by: Actor, matter: Matter, kind: str, own: bool = False) -> Letter:
    """Draft a letter of this kind from what the matter knows; what is not known stays a gap to fill.

    `own`: in the person's own name, who signs it. Refused `no_kind`, `too_late`, `case_closed`, `already_saved`.
    """
    by.require(Capability.GIVE_ADVICE)
    held = _open_matter(matter, by)
    if kind not in kinds():
        raise Refused("no_kind", "Choose what you want to write.", "kind")
    what = kinds()[kind]
    if own or not what.text:
        if not what.own_text:
            raise Refused("no_kind", "This is written in your organisation’s name.", "own")
        own = True
    _not_twice(held, kind, by)
    worked_on(held.case.referral, by=by)
    facts = known_of(by, held)
    supervised = is_supervised(by)
    letter = Letter.objects.create(
        scheme_id=by.scheme_id,
        organisation_id=by.organisation_id,
        matter=held,
        case=held.case,
        person=held.person,
        kind=kind,
        own=own,
        writer_id=by.user(),
        supervised=supervised,
        begun_at=by.now(),
    )
    said = Written(
        to=addressee(what, facts, held.person)[: LONGEST["to"]],
        heading=filled(what.heading, facts)[: LONGEST["heading"]],
        text=what.drafted(facts, own=own),
    )
    _keep(letter, 1, said, by, supervised=supervised)
    tell("letter_begun", letter, by)
    return letter


@action
def write_letter(*, by: Actor, letter: Letter, said: Written, shown: int) -> Letter:
    """Keep what was written as the next version. `shown` is the version that the writer wrote on.

    What was approved has to be approved again. Refused `already_saved`, `empty`, `too_long`; Clash.
    """
    held = hold(letter, "write", by=by)
    checked = _checked(said)
    before = LetterVersion.objects.visible_to(by).get(letter=held, number=held.version)
    if (before.to, before.heading, before.text) == (checked.to, checked.heading, checked.text):
        raise Refused("already_saved", "This is saved already.")
    if shown != held.version:
        raise Clash
    worked_on(held.case.referral, by=by)
    _keep(held, held.version + 1, checked, by, supervised=is_supervised(by))
    return move(held, "write", by=by, version=held.version + 1, approved_version=None, sent_back_why="")


@action
def set_aside(*, by: Actor, letter: Letter, why: str) -> Letter:
    """It is not sent; or, of one that was written down as sent, it did not leave. What it said is kept."""
    held = hold(letter, "set_aside", by=by)
    words = why.strip()
    if not words or len(words) > LONGEST_WHY:
        raise Refused("no_reason", f"Write why, in {LONGEST_WHY} characters or fewer.", "why")
    return move(held, "set_aside", by=by, ended_at=by.now(), ended_why=words)


def is_supervised(by: Actor, user_id: int | None = None) -> bool:
    """Whether what this user (the actor) writes is approved. One whose sign-off has run out stays supervised."""
    signed = competences(by).get(user_id or by.user())
    return signed is not None and signed.supervised


def _open_matter(matter: Matter, by: Actor) -> Matter:
    rows = Matter.objects.visible_to(by).select_related("case__referral", "person")
    held: Matter = rows.select_for_update(of=("self",)).get(pk=matter.pk)
    if MatterStatus(held.status) is MatterStatus.JOINED:
        raise Refused("too_late", "This matter is part of another by now. Write the letter there.")
    if held.case.closed_at:
        raise Refused("case_closed", "This work is closed. Open the referral again first.")
    return held


def _keep(letter: Letter, number: int, said: Written, by: Actor, *, supervised: bool) -> None:
    LetterVersion.objects.create(
        scheme_id=by.scheme_id,
        organisation_id=by.organisation_id,
        letter=letter,
        person_id=letter.person_id,
        number=number,
        to=said.to,
        heading=said.heading,
        text=said.text,
        author_id=by.user(),
        supervised=supervised,
        made_at=by.now(),
    )


def _checked(said: Written) -> Written:
    to, heading, text = said.to.strip(), " ".join(said.heading.split()), said.text.strip()
    for name, value in (("to", to), ("heading", heading), ("text", text)):
        if len(value) > LONGEST[name]:
            sentence = f"This holds {LONGEST[name]:,} characters; this has {len(value):,}."
            raise Refused("too_long", sentence, name)
    if not heading:
        raise Refused("empty", "Write what it is about.", "heading")
    if not text:
        raise Refused("empty", "Write the letter first.", "text")
    return Written(to, heading, text)


def _not_twice(matter: Matter, kind: str, by: Actor) -> None:
    """The same kind again within a minute, in which nothing was written yet, is a button pressed twice."""
    rows = Letter.objects.visible_to(by).filter(matter=matter, kind=kind, writer_id=by.user(), version=1)
    if rows.filter(begun_at__gt=by.now() - PRESSED_TWICE, status="draft").exists():
        raise Refused("already_saved", "You have begun this letter already.")
