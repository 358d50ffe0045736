"""What is said when an unmet need ends."""

from wraparound.referrals.unmet import LONGEST_ENDING
from wraparound.web.nhsuk import LongTextField
from wraparound.web.team.forms import ActionForm


class EndingForm(ActionForm):
    ending = LongTextField(
        "How did it end?",
        hint="Who helped in the end, or that nobody did and why. Leave out anything medical.",
        missing="Enter how it ended",
        max_length=LONGEST_ENDING,
        rows=4,
        size="s",
    )
