"""What a document can be, and the moves it may make: who makes each, and from where."""

from dataclasses import dataclass
from enum import StrEnum

from wraparound.organisations.roles import Capability


class FileStatus(StrEnum):
    WAITING = "waiting"
    READY = "ready"
    UNREADABLE = "unreadable"
    HARMFUL = "harmful"
    PUT_AWAY = "put_away"

    @property
    def label(self) -> str:
        return {
            FileStatus.WAITING: "Being checked",
            FileStatus.READY: "Ready",
            FileStatus.UNREADABLE: "Could not be read",
            FileStatus.HARMFUL: "Harmful, not kept",
            FileStatus.PUT_AWAY: "Put away",
        }[self]


class Direction(StrEnum):
    RECEIVED = "received"
    SENT = "sent"
    OURS = "ours"

    @property
    def label(self) -> str:
        return {
            Direction.RECEIVED: "Somebody gave or sent it to us",
            Direction.SENT: "We sent or gave it to somebody",
            Direction.OURS: "We made it",
        }[self]

    @property
    def short(self) -> str:
        return {Direction.RECEIVED: "Received", Direction.SENT: "Sent", Direction.OURS: "Made by us"}[self]


@dataclass(frozen=True)
class FileMove:
    """From which statuses, to which (None keeps it), and what whoever makes it must be able to do."""

    from_: frozenset[FileStatus]
    to: FileStatus | None
    capability: Capability


_S, _BY_HAND, _BY_ITSELF = FileStatus, Capability.WRITE_NOTES, Capability.LET_TIME_PASS
FILE_MOVES: dict[str, FileMove] = {
    "make_ready": FileMove(frozenset({_S.WAITING}), _S.READY, _BY_ITSELF),
    "find_unreadable": FileMove(frozenset({_S.WAITING}), _S.UNREADABLE, _BY_ITSELF),
    "find_harmful": FileMove(frozenset({_S.WAITING}), _S.HARMFUL, _BY_ITSELF),
    # The scanner does not answer: nobody opens it until it does.
    "wait": FileMove(frozenset({_S.WAITING}), None, _BY_ITSELF),
    "change": FileMove(frozenset({_S.WAITING, _S.READY}), None, _BY_HAND),
    "arrange": FileMove(frozenset({_S.READY}), _S.WAITING, _BY_HAND),
    "replace": FileMove(frozenset({_S.READY, _S.UNREADABLE}), None, _BY_HAND),
    "put_away": FileMove(frozenset({_S.WAITING, _S.READY, _S.UNREADABLE, _S.HARMFUL}), _S.PUT_AWAY, _BY_HAND),
}
