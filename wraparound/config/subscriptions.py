"""Which event leads to what: handlers run in the action's transaction and only queue jobs."""

from collections.abc import Mapping, Sequence

from wraparound.casework.tasks import end_case, follow_worker
from wraparound.events.recording import Handler
from wraparound.evidence.tasks import mandate_ended
from wraparound.messaging.tasks import ask_practice_to_sign_in, ask_to_sign_in, invite_by_letter, tell_referrer
from wraparound.referrals.tasks import (
    place_came_free,
    room_was_made,
    share_out_arrivals,
    share_out_what_waits,
    share_out_what_was_sent,
    sharing_changed,
    work_was_given,
)

SUBSCRIPTIONS: Mapping[str, Sequence[Handler]] = {
    "referral_made": [share_out_what_was_sent],
    "referral_sent_on": [share_out_what_was_sent],
    "referral_hand_over": [share_out_arrivals],
    "referral_reroute": [share_out_arrivals, place_came_free],
    "referral_offer_place": [share_out_arrivals],
    "referral_accept": [tell_referrer],
    "referral_reach": [tell_referrer],
    "referral_attend": [tell_referrer],
    "referral_decline": [tell_referrer, share_out_what_waits, place_came_free],
    "referral_lose_contact": [tell_referrer, share_out_what_waits, place_came_free],
    "referral_close": [tell_referrer, share_out_what_waits, place_came_free],
    "referral_take_over": [follow_worker, work_was_given],
    "referral_assign": [work_was_given],
    "referral_reassign": [work_was_given],
    "referral_withdraw": [place_came_free],
    "referral_lapse": [tell_referrer, end_case, place_came_free],
    "referral_give_up": [tell_referrer, end_case, share_out_what_waits, place_came_free],
    "referral_expire": [tell_referrer, end_case, share_out_what_waits, place_came_free],
    "sharing_agreement_signed": [sharing_changed],
    "sharing_agreement_left": [sharing_changed],
    "consent_taken_back": [mandate_ended],
    "consent_run_out": [mandate_ended],
    "invitation_made": [invite_by_letter],
    "concern_raised": [ask_to_sign_in],
    "concern_late": [ask_to_sign_in],
    "concern_gp_decided": [ask_practice_to_sign_in],
    "working_time_set": [share_out_what_waits, room_was_made],
    "leave_cancelled": [share_out_what_waits],
    "team_changed": [room_was_made],
    "team_capacity_set": [share_out_what_waits, room_was_made],
}
