"""What a letter can be, and the moves that it may make: by whom, and from where."""

from dataclasses import dataclass
from enum import StrEnum


class LetterStatus(StrEnum):
    DRAFT = "draft"
    WAITING = "waiting"
    SENT_BACK = "sent_back"
    APPROVED = "approved"
    SENT = "sent"
    KEPT = "kept"
    SET_ASIDE = "set_aside"

    @property
    def label(self) -> str:
        return {
            LetterStatus.DRAFT: "Being written",
            LetterStatus.WAITING: "Waits for approval",
            LetterStatus.SENT_BACK: "To be changed",
            LetterStatus.APPROVED: "Approved, to be sent",
            LetterStatus.SENT: "Sent",
            LetterStatus.KEPT: "Kept in the file",
            LetterStatus.SET_ASIDE: "Set aside",
        }[self]


class Left(StrEnum):
    """How a letter left."""

    POST = "post"
    EMAIL = "email"
    PORTAL = "portal"
    HANDED = "handed"

    @property
    def label(self) -> str:
        return {
            Left.POST: "By post",
            Left.EMAIL: "By email of your organisation",
            Left.PORTAL: "On their website",
            Left.HANDED: "Handed over in person",
        }[self]


class AgreedTo(StrEnum):
    """How the person agreed to the client agreement."""

    PAPER = "paper"
    PHONE = "phone"
    SCREEN = "screen"

    @property
    def label(self) -> str:
        return {
            AgreedTo.PAPER: "Signed on paper",
            AgreedTo.PHONE: "Read out to them, by phone or in person, and they agreed",
            AgreedTo.SCREEN: "They read it on the screen and agreed",
        }[self]


class Copy(StrEnum):
    """How the person got their copy of the client agreement."""

    HANDED = "handed"
    POST = "post"
    EMAIL = "email"
    LATER = "later"

    @property
    def label(self) -> str:
        return {
            Copy.HANDED: "Handed over",
            Copy.POST: "By post",
            Copy.EMAIL: "By email",
            Copy.LATER: "Not yet",
        }[self]


class NoLetter(StrEnum):
    """Why a matter ends without a closing letter."""

    NOT_SAFE = "not_safe"
    NOT_WANTED = "not_wanted"
    NO_CONTACT = "no_contact"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {
            NoLetter.NOT_SAFE: "It is not safe to write to them",
            NoLetter.NOT_WANTED: "They want no letter, and were told",
            NoLetter.NO_CONTACT: "Nobody knows where they are",
            NoLetter.OTHER: "Something else",
        }[self]


@dataclass(frozen=True)
class LetterMove:
    """From which statuses, and to which."""

    from_: frozenset[LetterStatus]
    to: LetterStatus


_S = LetterStatus
OPEN = frozenset({_S.DRAFT, _S.WAITING, _S.SENT_BACK, _S.APPROVED})
LETTER_MOVES: dict[str, LetterMove] = {
    # Whatever was approved was approved as it stood.
    "write": LetterMove(OPEN, _S.DRAFT),
    "ask": LetterMove(frozenset({_S.DRAFT, _S.SENT_BACK}), _S.WAITING),
    "approve": LetterMove(frozenset({_S.WAITING}), _S.APPROVED),
    "send_back": LetterMove(frozenset({_S.WAITING}), _S.SENT_BACK),
    "send": LetterMove(frozenset({_S.DRAFT, _S.APPROVED}), _S.SENT),
    "keep": LetterMove(frozenset({_S.DRAFT}), _S.KEPT),
    "set_aside": LetterMove(OPEN | {_S.SENT}, _S.SET_ASIDE),
}
