"""What every shared row has: who may see it, and a public name."""

import secrets
from typing import Self, TypeVar

from django.db import models

from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability

# Read aloud over a telephone without mistakes: no vowels, no 0 O 1 I L.
_ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"


def new_reference() -> str:
    """A public name for a journey, such as `K7QX-3MPD`: says nothing about the person."""
    letters = [secrets.choice(_ALPHABET) for _ in range(8)]
    return "".join(letters[:4]) + "-" + "".join(letters[4:])


def as_reference(text: str) -> str:
    """What somebody typed or read out, as a reference is written: `k7qx 3mpd` is `K7QX-3MPD`."""
    letters = "".join(letter for letter in text.upper() if letter.isalnum())[:8]
    return f"{letters[:4]}-{letters[4:]}"


M = TypeVar("M", bound=models.Model)


class ScopedQuerySet(models.QuerySet[M]):
    """Rows shared between the organisations that they name."""

    def visible_to(self, actor: Actor) -> Self:
        if not (actor.can(Capability.SEE_PEOPLE) or actor.can(Capability.SEE_PRACTICE_REFERRALS)):
            return self.none()
        return self.filter(scheme_id=actor.scheme_id, organisation_ids__contains=[actor.organisation_id])
