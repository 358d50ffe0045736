"""What a person may agree to: in whose words, about which data, for how long. Plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from wraparound.pathways.vocabulary import ConsentFor


class Category(StrEnum):
    """A kind of data that a consent covers, in the words that the person reads."""

    CONTACT = "contact"
    NEEDS = "needs"
    TOLD = "told"
    PROGRESS = "progress"
    APPOINTMENTS = "appointments"
    PLAN = "plan"
    OUTCOME = "outcome"
    HEALTH_RECORD = "health_record"

    @property
    def label(self) -> str:
        return {
            Category.CONTACT: "your name, contact details and how to contact you safely",
            Category.NEEDS: "what you want help with",
            Category.TOLD: "what you have told us about it",
            Category.PROGRESS: "where your case has got to",
            Category.APPOINTMENTS: "your appointments",
            Category.PLAN: "the plan that you made with us",
            Category.OUTCOME: "how it went, in general terms",
            Category.HEALTH_RECORD: "the parts of your health record that matter for your case",
        }[self]


@dataclass(frozen=True)
class Terms:
    """One purpose: what it is called, what it lets whom do, and the most that it may cover.

    `needs_one` purposes are for one organisation that is named; `apart` ones are asked by themselves, and help never
    depends on them.
    """

    label: str
    lets: str
    covers: frozenset[Category]
    needs_one: bool = False
    apart: bool = False


_C = Category
PURPOSES: Mapping[ConsentFor, Terms] = MappingProxyType(
    {
        ConsentFor.SHARE_BETWEEN_SERVICES: Terms(
            "Share between the services",
            "The services that help you may tell each other what they need to help you.",
            frozenset({_C.CONTACT, _C.NEEDS, _C.TOLD, _C.PROGRESS, _C.APPOINTMENTS, _C.PLAN}),
        ),
        ConsentFor.TELL_REFERRER_OUTCOME: Terms(
            "Tell the referrer how it went",
            "Whoever referred you is told what became of it, in general terms.",
            frozenset({_C.PROGRESS, _C.OUTCOME}),
        ),
        ConsentFor.READ_HEALTH_RECORD: Terms(
            "Read the health record",
            "The adviser may read the parts of your health record that matter for your case.",
            frozenset({_C.HEALTH_RECORD}),
            needs_one=True,
        ),
        ConsentFor.ONWARD_REFERRAL: Terms(
            "Refer on to a named organisation",
            "This organisation may be asked to help you, and told what it needs for that.",
            frozenset({_C.CONTACT, _C.NEEDS, _C.TOLD}),
            needs_one=True,
        ),
        ConsentFor.CONTACT_FOR_FEEDBACK: Terms(
            "Ask how it went",
            "You may be asked later how things went for you.",
            frozenset({_C.CONTACT}),
            apart=True,
        ),
        ConsentFor.USE_IN_RESEARCH: Terms(
            "Use in research or evaluation",
            "What you told us may be used, without your name, to learn what helps people.",
            frozenset({_C.NEEDS, _C.PROGRESS, _C.OUTCOME}),
            apart=True,
        ),
    }
)
