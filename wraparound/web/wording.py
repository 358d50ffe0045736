"""The words that pages use for the closed vocabularies."""

from wraparound.messaging.models import Occasion
from wraparound.pathways.vocabulary import Need, Status, UrgentFlag

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
    "alert_raised": "Same-day alert raised",
    "alert_acknowledge": "Same-day alert taken on",
    "alert_give_help": "Help given the same day",
}

OCCASIONS: dict[str, str] = {str(value): str(label) for value, label in Occasion.choices}
