"""What a volunteer or somebody in training writes leaves only when a supervisor has approved that very version."""

from wraparound.events.action import Refused, action
from wraparound.letters.kinds import Audience, gaps_in
from wraparound.letters.models import Decision, Letter, LetterVersion
from wraparound.letters.moving import hold, latest, move
from wraparound.letters.writing import LONGEST_WHY, is_supervised
from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability


def needs_approval(by: Actor, letter: Letter, version: LetterVersion) -> bool:
    """Whether a supervisor comes first: whoever began the letter, wrote this version or sends it counts."""
    return letter.supervised or version.supervised or is_supervised(by)


@action
def ask_approval(*, by: Actor, letter: Letter, shown: int) -> Letter:
    """Ask a supervisor to approve the letter as it stands. Refused `never_leaves`, `gaps`, `changed`."""
    held = hold(letter, "ask", by=by)
    if held.what.audience is Audience.OWN:
        raise Refused("never_leaves", "A note for the file stays here: it needs no approval.")
    refuse_gaps(latest(held, by, shown=shown))
    return move(held, "ask", by=by, asked_by_id=by.user(), asked_at=by.now(), sent_back_why="")


@action
def approve(*, by: Actor, letter: Letter, shown: int, words: str = "") -> Letter:
    """Let this version leave. Refused `own_letter`, `changed`, `too_long`."""
    held = _of_another(letter, "approve", by)
    version = latest(held, by, shown=shown)
    _decide(held, version, by, approved=True, words=_words(words))
    return move(held, "approve", by=by, approved_version=version.number)


@action
def send_back(*, by: Actor, letter: Letter, shown: int, words: str) -> Letter:
    """Say what has to be changed first. Refused `own_letter`, `changed`, `no_words`, `too_long`."""
    held = _of_another(letter, "send_back", by)
    version = latest(held, by, shown=shown)
    if not words.strip():
        raise Refused("no_words", "Write what has to be changed.", "words")
    said = _words(words)
    _decide(held, version, by, approved=False, words=said)
    return move(held, "send_back", by=by, sent_back_why=said)


def refuse_gaps(version: LetterVersion) -> None:
    """Refused `gaps` with the first field in which something stands in square brackets still."""
    for name in ("to", "heading", "text"):
        if gaps := gaps_in(getattr(version, name)):
            listed = "; ".join(gaps)
            raise Refused("gaps", f"Fill in what stands in square brackets, or take it out: {listed}.", name)


def _of_another(letter: Letter, verb: str, by: Actor) -> Letter:
    by.require(Capability.SUPERVISE)
    held = hold(letter, verb, by=by)
    if by.user() in (held.asked_by_id, held.writer_id) or is_supervised(by):
        raise Refused("own_letter", "Another supervisor has to approve this.")
    return held


def _words(words: str) -> str:
    said = words.strip()
    if len(said) > LONGEST_WHY:
        raise Refused("too_long", f"Use {LONGEST_WHY} characters or fewer; this has {len(said)}.", "words")
    return said


def _decide(held: Letter, version: LetterVersion, by: Actor, *, approved: bool, words: str) -> None:
    Decision.objects.create(
        scheme_id=by.scheme_id,
        organisation_id=by.organisation_id,
        letter=held,
        person_id=held.person_id,
        version=version.number,
        approved=approved,
        words=words,
        by_id=by.user(),
        at=by.now(),
    )
