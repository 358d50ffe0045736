"""Which clinical code a message back carries: values in, codes out. Why each is given so is told in ADR 0016."""

from collections.abc import Collection
from dataclasses import dataclass

from wraparound.documents.message_back import REFERRED_TO_SOCIAL_PRESCRIBING, SOCIAL_PRESCRIBING_DECLINED, SnomedCode
from wraparound.messaging.models import Occasion
from wraparound.pathways.vocabulary import Service
from wraparound.referrals.states import DeclineReason


@dataclass(frozen=True)
class Told:
    """What a message back tells: its occasion, the services of the referral, and why it was declined, if it was."""

    occasion: Occasion
    services: Collection[str]
    decline_reason: str = ""


def code_for(told: Told, given: Collection[str]) -> SnomedCode | None:
    """The code of one message. `given` are the codes already given in this episode of the person's.

    An episode is coded as a referral once. That somebody declined is not coded where their record says already that
    they accepted or declined; that they accepted is coded also after they declined another team.
    """
    if Service.SOCIAL_PRESCRIBING not in told.services:
        return None
    if told.occasion == Occasion.IN_CONTACT:
        return None if REFERRED_TO_SOCIAL_PRESCRIBING.code in given else REFERRED_TO_SOCIAL_PRESCRIBING
    if told.occasion == Occasion.DECLINED and told.decline_reason == DeclineReason.PERSON_SAID_NO:
        return None if given else SOCIAL_PRESCRIBING_DECLINED
    return None
