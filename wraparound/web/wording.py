"""The words that pages use for the closed vocabularies."""

from wraparound.messaging.models import Occasion
from wraparound.pathways.vocabulary import Need, Status, UrgentFlag
from wraparound.referrals.models import Placed

NEEDS: dict[Need, str] = {
    Need.BENEFITS: "Benefits",
    Need.DEBT: "Debt or bills",
    Need.HOUSING: "Housing",
    Need.FOOD_OR_FUEL: "Food or fuel",
    Need.EMPLOYMENT: "Work and rights at work",
    Need.IMMIGRATION: "Immigration",
    Need.LONELINESS: "Loneliness",
    Need.WELLBEING: "Stress, worry or low mood",
    Need.ACTIVITY: "Being more active",
    Need.CARING: "Caring for somebody",
    Need.BEREAVEMENT: "Bereavement",
    Need.OTHER: "Something else",
}

FLAGS: dict[UrgentFlag, str] = {
    UrgentFlag.IMMEDIATE_DANGER: "In danger now, from somebody or from themselves",
    UrgentFlag.HOMELESS_TONIGHT: "Nowhere to sleep tonight",
    UrgentFlag.NO_FOOD: "No food",
    UrgentFlag.EVICTION_WITHIN_14_DAYS: "Eviction date within 14 days",
    UrgentFlag.INCOME_STOPPED: "Income has stopped",
    UrgentFlag.BAILIFFS_DUE: "Bailiffs due",
    UrgentFlag.LEGAL_DEADLINE_NEAR: "A legal or appeal deadline is near",
}

# The word for a status and the colour of its tag.
STATUSES: dict[Status, tuple[str, str]] = {
    Status.SENT: ("Sent", "yellow"),
    Status.CLAIMED: ("Being looked at", "blue"),
    Status.ACCEPTED: ("Accepted", "blue"),
    Status.IN_PROGRESS: ("Working with them", "green"),
    Status.DECLINED: ("Not taken", "orange"),
    Status.LOST_CONTACT: ("Could not be reached", "orange"),
    Status.NOT_ANSWERED: ("Not answered in time", "red"),
    Status.CLOSED: ("Finished", "grey"),
    Status.WITHDRAWN: ("Withdrawn", "grey"),
    Status.WAITING: ("On the waiting list", "yellow"),
    Status.ASKED: ("Question to the referrer", "yellow"),
    Status.PAUSED: ("Paused", "grey"),
}

# Why this team has it, where that says something.
PLACED: dict[Placed, str] = {
    Placed.NEXT_NEAREST: "Sent here because it is the next nearest team with a place.",
    Placed.SPOT_PURCHASE: "The place is paid for from the shared pot.",
    Placed.OVER_CAPACITY: "Sent here although the team is full.",
    Placed.CHOSEN: "Another team sent them on to this one.",
}

# What the timeline says of each event. Those not named here are for other eyes than a timeline's.
EVENTS: dict[str, str] = {
    "referral_made": "Referral sent",
    "referral_claim": "Taken up by a worker",
    "referral_release": "Put back for the team",
    "referral_accept": "Accepted",
    "referral_decline": "Not taken",
    "referral_try_contact": "Tried to make contact",
    "referral_reach": "In contact with the person",
    "referral_hand_over": "Handed over to the other service",
    "referral_lose_contact": "Ended: the person could not be reached",
    "referral_close": "Work finished",
    "referral_withdraw": "Withdrawn by the referrer",
    "referral_acknowledge": "Seen by the referrer",
    "referral_escalate": "Overdue: the supervisor was told",
    "referral_lapse": "Not answered in time: returned to the referrer",
    "referral_give_up": "Ended: the person could not be reached",
    "referral_expire": "Closed because nothing more happened",
    "referral_assign": "Given to a worker",
    "referral_offer_place": "Offered a place from the waiting list",
    "referral_ask": "Question to the referrer",
    "referral_answer": "The referrer answered",
    "referral_go_on": "No answer came: the team went on without",
    "referral_sent_on": "Sent to the next team",
    "referral_reroute": "Sent on to another team",
    "referral_pause": "Paused until a day",
    "referral_resume": "Started again",
    "referral_resume_first": "Started again",
    "referral_end_pause": "The pause ended",
    "referral_end_pause_first": "The pause ended",
    "referral_attend": "Came to an appointment",
    "referral_reopen": "Opened again",
    "referral_keep_trying": "Going on trying to reach them",
    "referral_take_over": "Another worker took it on",
    "referral_reassign": "Given to another worker",
    "unmet_need_recorded": "No service could take this",
    "unmet_need_ended": "Said how the unmet need ended",
    "signpost_given": "Told where to go",
    "alert_raised": "Same-day alert raised",
    "alert_acknowledge": "Same-day alert taken on",
    "alert_give_help": "Help given the same day",
}

OCCASIONS: dict[str, str] = {str(value): str(label) for value, label in Occasion.choices}
