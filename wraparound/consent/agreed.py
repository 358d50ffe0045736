"""How an agreement may be given: the words, apart from the table that keeps them."""

from dataclasses import dataclass

from django.db import models


class AgreedHow(models.TextChoices):
    """How the person agreed to be referred, or which of the two exceptions stands instead."""

    IN_PERSON = "in_person", "In person"
    BY_PHONE = "by_phone", "By phone or video"
    IN_WRITING = "in_writing", "In writing"
    BEST_INTERESTS = "best_interests", "Best-interests decision: the person lacks capacity to decide this"
    SAFEGUARDING = "safeguarding", "Safeguarding concern"
    ONLINE = "online", "Themselves, online"
    SAID_BY_HELPER = "said_by_helper", "Somebody who asked for them says that they agree: ask them first"

    @property
    def is_exception(self) -> bool:
        return self in (AgreedHow.BEST_INTERESTS, AgreedHow.SAFEGUARDING)


# What somebody who speaks with the person may choose; the rest is for requests that come without a worker.
ASKED_BY_A_WORKER = (
    AgreedHow.IN_PERSON,
    AgreedHow.BY_PHONE,
    AgreedHow.IN_WRITING,
    AgreedHow.BEST_INTERESTS,
    AgreedHow.SAFEGUARDING,
)


@dataclass(frozen=True)
class Wording:
    """Words said to a person before they agree. Other words get another name; old rows keep theirs."""

    name: str
    words: str


REFERRAL = Wording(
    "referral-1",
    "I would like to ask our link worker and, if you want, our welfare adviser to contact you. They would see your "
    "contact details and what we talked about today that they need to help. They will tell us how it went, in general "
    "terms. You can say no, or change your mind later. Is that all right?",
)
HANDOVER = Wording(
    "handover-1",
    "I would like to introduce you to my colleagues who can help with this. They would see your contact details and "
    "what I write down for them now, so that you need not tell it all again. I will still be here until we agree that "
    "we are done. You can say no, or change your mind later. Is that all right?",
)
ASKING = Wording(
    "asking-1",
    "I ask for help. The people who can help will see what I have written here, and keep it. They will contact me in "
    "the way I said is safe. I can change my mind at any time, and tell them so.",
)
ASKING_FOR_SOMEBODY = Wording(
    "asking-for-somebody-1",
    "I ask for help for this person. The people who can help will see what I have written here, and keep it. They will "
    "ask the person first whether they want help. The person can say no.",
)
