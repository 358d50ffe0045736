"""Journeys and referrals, and what stands beside them."""

from wraparound.referrals.models.alerts import SameDayAlert
from wraparound.referrals.models.asking import Question, Transfer, TransferStatus
from wraparound.referrals.models.calling import Call, CallList, CallStatus
from wraparound.referrals.models.journeys import (
    IN_HAND,
    WITH_A_TEAM,
    Journey,
    Placed,
    Referral,
    ReferralQuerySet,
    SessionWanted,
)
from wraparound.referrals.models.launches import Launch
from wraparound.referrals.models.one_time import OneTimePage
from wraparound.referrals.models.scope import ScopedQuerySet, as_reference, new_reference
from wraparound.referrals.models.unmet import PublicRequest, Signpost, UnmetNeed

__all__ = [
    "IN_HAND",
    "WITH_A_TEAM",
    "Call",
    "CallList",
    "CallStatus",
    "Journey",
    "Launch",
    "OneTimePage",
    "Placed",
    "PublicRequest",
    "Question",
    "Referral",
    "ReferralQuerySet",
    "SameDayAlert",
    "ScopedQuerySet",
    "SessionWanted",
    "Signpost",
    "Transfer",
    "TransferStatus",
    "UnmetNeed",
    "as_reference",
    "new_reference",
]
