"""Which event leads to what: handlers run in the action's transaction and only queue jobs."""

from collections.abc import Mapping, Sequence

from wraparound.casework.tasks import end_case, follow_worker
from wraparound.events.recording import Handler
from wraparound.messaging.tasks import tell_referrer

SUBSCRIPTIONS: Mapping[str, Sequence[Handler]] = {
    "referral_accept": [tell_referrer],
    "referral_decline": [tell_referrer],
    "referral_lose_contact": [tell_referrer],
    "referral_close": [tell_referrer],
    "referral_take_over": [follow_worker],
    "referral_reassign": [follow_worker],
    "referral_lapse": [tell_referrer, end_case],
    "referral_give_up": [tell_referrer, end_case],
    "referral_expire": [tell_referrer, end_case],
}
