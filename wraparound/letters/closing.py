"""A matter in which advice was given ends with a letter that says so, or with the reason why there is none."""

from wraparound.advice.matters import close_matter
from wraparound.advice.models import Matter
from wraparound.advice.states import Level
from wraparound.events.action import Refused, action
from wraparound.letters.kinds import kinds
from wraparound.letters.models import Letter, NoClosingLetter
from wraparound.letters.states import LetterStatus, NoLetter
from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability

LONGEST_WORDS = 500


@action
def close_in_writing(
    *, by: Actor, matter: Matter, why: str, no_letter: NoLetter | None = None, words: str = ""
) -> Matter:
    """Close a matter as `advice.matters.close_matter`, once the person has the closing letter, or need not have one.

    Refused as there; `no_closing_letter` (field `no_letter`), `no_words` (`words`).
    """
    by.require(Capability.GIVE_ADVICE)
    if owes_letter(by, matter):
        if no_letter is None:
            sentence = "Send the closing letter first, or say why there is none."
            raise Refused("no_closing_letter", sentence, "no_letter")
        said = words.strip()
        if (no_letter is NoLetter.OTHER and not said) or len(said) > LONGEST_WORDS:
            raise Refused("no_words", f"Write why, in {LONGEST_WORDS} characters or fewer.", "words")
        closed = close_matter(by=by, matter=matter, why=why)
        NoClosingLetter.objects.create(
            scheme_id=by.scheme_id, organisation_id=by.organisation_id, matter=closed, person_id=closed.person_id,
            why=no_letter, words=said, by_id=by.user(), at=by.now(),
        )  # fmt: skip
        return closed
    return close_matter(by=by, matter=matter, why=why)


def owes_letter(by: Actor, matter: Matter) -> bool:
    """Whether more than information was given and no closing letter was sent."""
    return Level(matter.level) is not Level.INFORMATION and not _sent(by, matter, {"closing"})


def confirmed(by: Actor, matter: Matter) -> bool:
    """Whether the person has in writing what was advised; where only information was given, nothing is owed."""
    confirming = {code for code, kind in kinds().items() if kind.confirms}
    return Level(matter.level) is Level.INFORMATION or _sent(by, matter, confirming)


def _sent(by: Actor, matter: Matter, codes: set[str]) -> bool:
    rows = Letter.objects.visible_to(by).filter(matter=matter, kind__in=codes, status=LetterStatus.SENT)
    return rows.exists()
