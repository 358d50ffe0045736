"""What a team answers with."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, QueryDict

from wraparound.events.action import Refused
from wraparound.referrals.states import DECLINES, DeclineReason
from wraparound.web.nhsuk import Form, LongTextField, RadiosField


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, or None when the form is only to be shown."""
    return request.POST if request.method == "POST" else None


class ActionForm(Form):
    """A form whose answers go to one action."""

    def done(self, act: Callable[[dict[str, Any]], object]) -> bool:
        """True once the answers were right and the action did it; else the form says what stands against it.

        What a first press of the button has already done counts as done.
        """
        if not (self.is_bound and self.is_valid()):
            return False
        try:
            act(self.cleaned_data)
        except Refused as refusal:
            if refusal.code != "already_saved":
                self.refuse(refusal)
                return False
        return True


class HelpForm(ActionForm):
    help_given = LongTextField(
        "What help were they given?",
        hint="An attempt is not help. Write what they have now that they did not have before: a bed for tonight, food, "
        "money, somebody with them.",
        missing="Enter what help they were given",
        rows=5,
        size="s",
    )


class DeclineForm(ActionForm):
    reason = RadiosField(
        "Why does your team not take this on?",
        choices=[(reason.value, said.label) for reason, said in DECLINES.items()],
        hints={reason.value: f"Goes back to the referrer. {said.next}" for reason, said in DECLINES.items()},
        missing="Select why your team does not take this on",
        size="m",
    )

    def clean_reason(self) -> DeclineReason:
        return DeclineReason(self.cleaned_data["reason"])
