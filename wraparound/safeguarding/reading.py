"""What of safeguarding waits for somebody, and what one concern looks like to them."""

from dataclasses import dataclass
from enum import StrEnum

from wraparound.organisations.actor import Actor
from wraparound.safeguarding.models import Concern


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


def waiting_for(actor: Actor, most: int = 50) -> list[WaitingConcern]:
    """The open concerns that want something of the actor: late first, then due first. Persons are read with them."""
    return []
