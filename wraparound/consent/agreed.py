"""How an agreement may be given: the words, apart from the table that keeps them."""

from dataclasses import dataclass

from django.db import models

from wraparound.pathways.vocabulary import ConsentFor


class AgreedHow(models.TextChoices):
    """How the person agreed to be referred, or which of the two exceptions stands instead."""

    IN_PERSON = "in_person", "In person"
    BY_PHONE = "by_phone", "By phone or video"
    IN_WRITING = "in_writing", "In writing: they signed for it"
    BEST_INTERESTS = "best_interests", "Best-interests decision: the person lacks capacity to decide this"
    SAFEGUARDING = "safeguarding", "Safeguarding concern"
    ONLINE = "online", "Themselves, online"
    SAID_BY_HELPER = "said_by_helper", "Somebody who asked for them says that they agree: ask them first"

    @property
    def is_exception(self) -> bool:
        return self in (AgreedHow.BEST_INTERESTS, AgreedHow.SAFEGUARDING)

    @property
    def needs_no_agreement(self) -> bool:
        """Given to another organisation without a data-sharing agreement between the two: the person signed for it
        themselves, or their safety asks for it."""
        return self in (AgreedHow.IN_WRITING, AgreedHow.SAFEGUARDING)


# What somebody who speaks with the person may choose; the rest is for requests that come without a worker.
ASKED_BY_A_WORKER = (
    AgreedHow.IN_PERSON,
    AgreedHow.BY_PHONE,
    AgreedHow.IN_WRITING,
    AgreedHow.BEST_INTERESTS,
    AgreedHow.SAFEGUARDING,
)


class GivenBy(models.TextChoices):
    """Who agreed, where that is not the person."""

    PERSON = "person", "The person"
    PARENT = "parent", "A parent or guardian: the person is under 16"
    ATTORNEY = "attorney", "An attorney or deputy, for decisions like this"
    APPOINTEE = "appointee", "An appointee, for their benefits"


class SignedHow(models.TextChoices):
    """How a name was put to a mandate. None of them is worth more than another."""

    TYPED = "typed", "By typing their name"
    DRAWN = "drawn", "By drawing on the screen"
    ON_PAPER = "on_paper", "On paper"


class Capacity(models.TextChoices):
    """Whether the person could decide this themselves when they were asked."""

    NO_DOUBT = "no_doubt", "There was no doubt"
    CAN_DECIDE = "can_decide", "There was a doubt. They can decide this"
    CANNOT_DECIDE = "cannot_decide", "They cannot decide this"


@dataclass(frozen=True)
class Wording:
    """Words said to a person before they agree, and the purposes that they permit.

    Other words get another name; old rows keep theirs.
    """

    name: str
    words: str
    permits: frozenset[ConsentFor]


_BOTH = frozenset({ConsentFor.SHARE_BETWEEN_SERVICES, ConsentFor.TELL_REFERRER_OUTCOME})

REFERRAL = Wording(
    "referral-1",
    "I would like to ask our link worker and, if you want, our welfare adviser to contact you. They would see your "
    "contact details and what we talked about today that they need to help. They will tell us how it went, in general "
    "terms. You can say no, or change your mind later. Is that all right?",
    _BOTH,
)
HANDOVER = Wording(
    "handover-1",
    "I would like to introduce you to my colleagues who can help with this. They would see your contact details and "
    "what I write down for them now, so that you need not tell it all again. I will still be here until we agree that "
    "we are done. You can say no, or change your mind later. Is that all right?",
    frozenset({ConsentFor.SHARE_BETWEEN_SERVICES}),
)
HEALTH_RECORD = Wording(
    "health-record-1",
    "To help with your case, our adviser would like to read the parts of your health record that matter for it, such "
    "as letters about your conditions. Only the adviser’s service may read them, only for this, and only until your "
    "case is closed. They may be used as evidence for you, and you see it first. You can say no: we will still help "
    "you, and it may take longer. You can change your mind later. Is that all right?",
    frozenset({ConsentFor.READ_HEALTH_RECORD}),
)
# What somebody puts their name to, one paragraph a line. Who, what and until when stand beside it as facts.
MANDATE = Wording(
    "mandate-1",
    "The organisation named here may read parts of my health record.\n"
    "They may read only what matters for my case. This can be letters from doctors, or a list of my illnesses.\n"
    "They may use it to help me, and to show others that I have a right to help. They show it to me first.\n"
    "They may use it for nothing else.\n"
    "I can say no. They will still help me. It may take longer.\n"
    "I can change my mind on any day. From then on nobody may read my health record for this.",
    frozenset({ConsentFor.READ_HEALTH_RECORD}),
)
ONWARD = Wording(
    "onward-1",
    "I would like to ask this organisation to help you. They would be given your name, your contact details and what "
    "you want help with. You can say no, or change your mind later. Is that all right?",
    frozenset({ConsentFor.ONWARD_REFERRAL}),
)
FEEDBACK = Wording(
    "feedback-1",
    "May we ask you later how things went for you? We would contact you in the way you said is safe. Whatever you "
    "answer, and if you say no, it changes nothing about the help you get.",
    frozenset({ConsentFor.CONTACT_FOR_FEEDBACK}),
)
RESEARCH = Wording(
    "research-1",
    "May what you told us be used to learn what helps people? Your name and contact details would be left out. If you "
    "say no, it changes nothing about the help you get. You can change your mind later; what has been counted by then "
    "cannot be taken out again.",
    frozenset({ConsentFor.USE_IN_RESEARCH}),
)
ASKING = Wording(
    "asking-1",
    "I ask for help. The people who can help will see what I have written here, and keep it. They will contact me in "
    "the way I said is safe. I can change my mind at any time, and tell them so.",
    frozenset({ConsentFor.SHARE_BETWEEN_SERVICES}),
)
ASKING_FOR_SOMEBODY = Wording(
    "asking-for-somebody-1",
    "I ask for help for this person. The people who can help will see what I have written here, and keep it. They will "
    "ask the person first whether they want help. The person can say no.",
    frozenset({ConsentFor.SHARE_BETWEEN_SERVICES}),
)

# What is asked for by itself when it was left out and nobody can help without it.
ASKS = {
    ConsentFor.SHARE_BETWEEN_SERVICES: Wording(
        "ask-to-share-1",
        "May the services that help you tell each other what they need to help you?",
        frozenset({ConsentFor.SHARE_BETWEEN_SERVICES}),
    ),
    ConsentFor.TELL_REFERRER_OUTCOME: Wording(
        "ask-to-tell-1",
        "May whoever refers you be told how it went, in general terms?",
        frozenset({ConsentFor.TELL_REFERRER_OUTCOME}),
    ),
}
# All that is said now, and by which a translation is found: what it is for, in the administrator's words.
WORDINGS = {
    wording.name: (label, wording)
    for label, wording in (
        ("A referral", REFERRAL),
        ("A warm handover to a colleague", HANDOVER),
        ("Reading the health record, as it is said", HEALTH_RECORD),
        ("Reading the health record, as it is signed", MANDATE),
        ("Referring on to an organisation outside", ONWARD),
        ("Asking later how it went", FEEDBACK),
        ("Use in research", RESEARCH),
        ("Asking for help oneself, online", ASKING),
        ("Asking for help for somebody, online", ASKING_FOR_SOMEBODY),
        ("Sharing between the services, asked alone", ASKS[ConsentFor.SHARE_BETWEEN_SERVICES]),
        ("Telling the referrer how it went, asked alone", ASKS[ConsentFor.TELL_REFERRER_OUTCOME]),
    )
}
# What is asked by itself, apart from a referral.
ASKED_APART = {next(iter(wording.permits)): wording for wording in (HEALTH_RECORD, ONWARD, FEEDBACK, RESEARCH)}
