"""Why a part of an answer may have to be withheld, and what may lawfully be said for it. Values, no database."""

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """Why somebody has to look before a value is handed over. A proposal: nothing is left out by a mark alone."""

    FREE_TEXT = "free_text"
    OTHER_PERSON = "other_person"
    SAFEGUARDING = "safeguarding"
    WORKER = "worker"

    @property
    def why(self) -> str:
        return _WHY[self]


_WHY = {
    Mark.FREE_TEXT: "Free text: it may speak of somebody else.",
    Mark.OTHER_PERSON: "It names somebody else, or says what they told.",
    Mark.SAFEGUARDING: "It is about safeguarding: handing it over may put somebody in danger.",
    Mark.WORKER: "It names somebody who worked in their job.",
}


class Reason(StrEnum):
    """Why something is withheld: a closed list, each with the law that allows it."""

    OTHER_PERSON = "other_person"
    SERIOUS_HARM = "serious_harm"
    CHILD_ABUSE = "child_abuse"
    CRIME = "crime"
    PRIVILEGE = "privilege"

    @property
    def label(self) -> str:
        return REASONS[self].label


@dataclass(frozen=True)
class Lawful:
    """`label` is for whoever decides, `told` what the person reads in its place, `source` where the law says it."""

    label: str
    told: str
    source: str


# The Act as it stood in 2025. To be checked by the deployer's information governance lead.
REASONS = {
    Reason.OTHER_PERSON: Lawful(
        "It is about somebody else, who has not agreed, and it is not reasonable to hand it over without that",
        "left out: it is about somebody else",
        "Data Protection Act 2018, schedule 2, paragraphs 16 and 17",
    ),
    Reason.SERIOUS_HARM: Lawful(
        "It would be likely to cause serious harm to somebody, as a health or social work professional has confirmed",
        "left out: the law allows it for somebody’s safety",
        "Data Protection Act 2018, schedule 3, paragraphs 5, 6 and 11",
    ),
    Reason.CHILD_ABUSE: Lawful(
        "It is about the abuse of a child, asked for by somebody else, and it is not in the child’s best interests",
        "left out: the law allows it for somebody’s safety",
        "Data Protection Act 2018, schedule 3, paragraph 21",
    ),
    Reason.CRIME: Lawful(
        "Handing it over would be likely to prejudice the prevention or detection of a crime",
        "left out: the law allows it",
        "Data Protection Act 2018, schedule 2, paragraph 2",
    ),
    Reason.PRIVILEGE: Lawful(
        "It is legally privileged, and the privilege is not the person’s own",
        "left out: the law allows it",
        "Data Protection Act 2018, schedule 2, paragraph 19",
    ),
}
