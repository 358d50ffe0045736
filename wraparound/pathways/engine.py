"""The decisions of a pathway, from values alone. Time comes in as a value; the same values give the same answer.

`plan` says where a referral goes, `next_step` what happens next to it, `try_on` where past ones would have gone.
Moments come out in UTC.
"""

from wraparound.pathways.conditions import Facts
from wraparound.pathways.following import Does, Next, Progress, Timeout, next_step, when_silent
from wraparound.pathways.parameters import Difference, Parameters, differences, parameters_of, with_parameters
from wraparound.pathways.routing import (
    AT_ONCE,
    NoSuchEntry,
    Plan,
    PlannedSignpost,
    PlannedStep,
    first_contact_due,
    plan,
)
from wraparound.pathways.trial import Past, Reach, ServiceTrial, Trial, try_on

__all__ = [
    "AT_ONCE",
    "Difference",
    "Does",
    "Facts",
    "Next",
    "NoSuchEntry",
    "Parameters",
    "Past",
    "Plan",
    "PlannedSignpost",
    "PlannedStep",
    "Progress",
    "Reach",
    "ServiceTrial",
    "Timeout",
    "Trial",
    "differences",
    "first_contact_due",
    "next_step",
    "parameters_of",
    "plan",
    "try_on",
    "when_silent",
    "with_parameters",
]
