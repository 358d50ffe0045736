"""What the pages of consents say."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from wraparound.consent.agreed import ASKED_APART, AgreedHow, GivenBy
from wraparound.consent.models import Consent
from wraparound.consent.purposes import PURPOSES, Category
from wraparound.consent.reading import Held, taken_back
from wraparound.consent.rules import Standing
from wraparound.organisations.actor import Actor
from wraparound.pathways.vocabulary import ConsentFor
from wraparound.pathways.words import listed
from wraparound.people.models import Person
from wraparound.web.formats import day

# What the worker says, and does, before it is taken back.
FOLLOWS: Mapping[ConsentFor, str] = {
    ConsentFor.SHARE_BETWEEN_SERVICES: "Each service then reads only its own part: what it was sent, and what it did. "
    "What the services know of each other by now they cannot forget.",
    ConsentFor.TELL_REFERRER_OUTCOME: "Whoever referred them then reads nothing more of it, and gets no further "
    "message. What is in the health record by now stays there.",
    ConsentFor.READ_HEALTH_RECORD: "Nobody may read the health record for this case from now on.",
    ConsentFor.ONWARD_REFERRAL: "This organisation is asked for nothing more. What it was told by now stays there.",
    ConsentFor.CONTACT_FOR_FEEDBACK: "Nobody asks them how it went. It changes nothing about the help they get.",
    ConsentFor.USE_IN_RESEARCH: "Nothing of theirs is used from now on. What has been counted by now stays counted.",
}


@dataclass(frozen=True)
class Row:
    """One consent as the page lists it. `colour` is the tag's; `can_change` where it still stands."""

    consent: Consent
    label: str
    to: str
    covers: Sequence[str]
    given: str
    until: str
    standing: str
    colour: str
    to_confirm: bool
    can_change: bool
    mandate: str


_COLOURS = {Standing.HOLDS: "green", Standing.TO_CONFIRM: "yellow", Standing.FOR_THE_DEADLINE: "yellow",
            Standing.TAKEN_BACK: "red"}  # fmt: skip


def rows(held: Sequence[Held], signed: Collection[int]) -> list[Row]:
    """`signed` are the ids of those under which somebody put their name."""
    return [_row(each, signed) for each in held]


def _row(held: Held, signed: Collection[int]) -> Row:
    consent = held.consent
    return Row(
        consent=consent,
        label=PURPOSES[ConsentFor(consent.purpose)].label,
        to=listed(held.to),
        covers=[each.label for each in Category if each in consent.categories],
        given=_given(consent),
        until=day(consent.until) if consent.until else "As long as the case is open",
        standing=held.standing.label,
        colour=_COLOURS.get(held.standing, "grey"),
        to_confirm=held.standing is Standing.TO_CONFIRM,
        can_change=held.standing.holds,
        mandate=_mandate(consent, signed),
    )


def _mandate(consent: Consent, signed: Collection[int]) -> str:
    """Whether it is signed, where there is a mandate for it."""
    if consent.purpose != ConsentFor.READ_HEALTH_RECORD:
        return ""
    return "Signed" if consent.pk in signed else "Not signed yet"


def _given(consent: Consent) -> str:
    """“In person on 3 October, written down by Rights First. An attorney: Ann Lee, deed seen.”"""
    act = consent.agreement
    said = f"{AgreedHow(act.how).label}, {day(consent.given_at)}. Written down by {act.recorded_by_organisation.name}."
    if act.given_by != GivenBy.PERSON:
        said += f" Agreed by: {act.representative}."
    return said


# What somebody reads on a journey of which they no longer see all.
_NOTICES = {
    ConsentFor.SHARE_BETWEEN_SERVICES: "They do not want the services to share what they know. You see your own part.",
    ConsentFor.TELL_REFERRER_OUTCOME: "They do not want whoever referred them to be told more.",
}


def notices(actor: Actor, person: Person) -> list[tuple[str, datetime]]:
    """What the person took back that changes what the reader sees of them, each with when."""
    found = taken_back(actor, person)
    said = [(_NOTICES.get(ConsentFor(each.purpose)), each.taken_back_at) for each in found]
    return [(sentence, at) for sentence, at in said if sentence and at]


def asks(held: Sequence[Held]) -> list[tuple[str, str]]:
    """What may be asked for now: purpose and label. What is for one organisation may be asked for another."""
    has = {ConsentFor(each.consent.purpose) for each in held if each.standing.holds}
    return [
        (purpose.value, PURPOSES[purpose].label)
        for purpose in ASKED_APART
        if PURPOSES[purpose].needs_one or purpose not in has
    ]
