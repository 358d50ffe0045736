"""How a reader hears from us."""

from wraparound.organisations.models import Digest
from wraparound.web.nhsuk import RadiosField
from wraparound.web.team.forms import ActionForm


class HearingForm(ActionForm):
    digest = RadiosField(
        "How often do you want an email when something has happened?",
        choices=Digest.choices,
        hints={
            Digest.DAILY.value: "At half past seven in the morning.",
            Digest.WEEKLY.value: "On the first working morning of the week.",
        },
        missing="Select how often you want an email",
        size="m",
    )

    def clean_digest(self) -> Digest:
        return Digest(self.cleaned_data["digest"])
