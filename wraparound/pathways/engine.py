"""The decisions of a pathway, from values alone. Time comes in as a value; the same values give the same answer.

`plan` says where a referral goes, `next_step` what happens next to it. Moments come out in UTC.
"""

from wraparound.pathways.conditions import Facts
from wraparound.pathways.following import Does, Next, Progress, Timeout, next_step, when_silent
from wraparound.pathways.routing import (
    AT_ONCE,
    NoSuchEntry,
    Plan,
    PlannedSignpost,
    PlannedStep,
    first_contact_due,
    plan,
)

__all__ = [
    "AT_ONCE",
    "Does",
    "Facts",
    "Next",
    "NoSuchEntry",
    "Plan",
    "PlannedSignpost",
    "PlannedStep",
    "Progress",
    "Timeout",
    "first_contact_due",
    "next_step",
    "plan",
    "when_silent",
]
