"""How an agreement may be given: the words, apart from the table that keeps them."""

from django.db import models


class AgreedHow(models.TextChoices):
    """How the person agreed to be referred, or which of the two exceptions stands instead."""

    IN_PERSON = "in_person", "In person"
    BY_PHONE = "by_phone", "By phone or video"
    IN_WRITING = "in_writing", "In writing"
    BEST_INTERESTS = "best_interests", "Best-interests decision: the person lacks capacity to decide this"
    SAFEGUARDING = "safeguarding", "Safeguarding concern"

    @property
    def is_exception(self) -> bool:
        return self in (AgreedHow.BEST_INTERESTS, AgreedHow.SAFEGUARDING)


# The words said to the person before a referral. A new wording gets a new name; old rows keep theirs.
WORDING = "referral-1"
WORDS = (
    "I would like to ask our link worker and, if you want, our welfare adviser to contact you. They would see your "
    "contact details and what we talked about today that they need to help. They will tell us how it went, in general "
    "terms. You can say no, or change your mind later. Is that all right?"
)
