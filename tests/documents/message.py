"""A message back about somebody invented, for tests to change."""

from dataclasses import replace
from datetime import date
from typing import Any

from wraparound.documents.message_back import REFERRED_TO_SOCIAL_PRESCRIBING, BroadCategory, MessageBackContent

_MESSAGE = MessageBackContent(
    reference="WR-7K3M-9Q2D",
    occasion="Work finished",
    person_name="Amina Rahman",
    date_of_birth=date(1979, 3, 4),
    nhs_number="9990001231",
    practice_name="Marlow Road Surgery",
    practice_ods="Y99001",
    referrer_name="Dr Helen Osei",
    referrer_organisation="Marlow Road Surgery",
    sent_on=date(2026, 11, 2),
    service="Social prescribing",
    team="Marlow Road link workers",
    needs=(BroadCategory.WELLBEING, BroadCategory.HOME),
    support=("The link worker met the person twice at the practice.",),
    outcome="Helped with part of what they came for.",
    next_step="Nothing is needed from you.",
    whose_turn="Nobody: this referral is closed.",
    written_on=date(2026, 11, 23),
    contact="Marlow Road link workers, 020 7946 0123, weekdays 9am to 5pm",
    hide_from_online_view=False,
    invented=True,
    codes=(REFERRED_TO_SOCIAL_PRESCRIBING,),
)


def message(**changes: Any) -> MessageBackContent:
    return replace(_MESSAGE, **changes)
