"""Which part of the figures is asked for."""

from datetime import date
from typing import Any

from wraparound.pathways.vocabulary import Entry
from wraparound.pathways.words import ENTRIES
from wraparound.reporting.choices import ToChooseFrom
from wraparound.reporting.filters import Filters
from wraparound.web.nhsuk import DateField, Form, SelectField

NAMES = ("team", "practice", "entry", "pathway")


class FilterForm(Form):
    """Sent in the address, so that a page of figures can be kept and sent to a colleague."""

    first = DateField("From", hint="The day of referral", missing="Enter the day from which to count", size="s")
    last = DateField("To", hint="The last day to count", missing="Enter the day up to which to count", size="s")

    def __init__(self, offered: ToChooseFrom, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        entries = [(entry.value, ENTRIES[entry]) for entry in Entry]
        self._offer("team", "Team", "All teams", offered.teams)
        self._offer("practice", "Practice", "All who refer", offered.senders)
        self._offer("entry", "Way in", "Every way in", entries)
        self._offer("pathway", "Pathway", "All pathways", [(name, pathway_name(name)) for name in offered.pathways])

    def _offer(self, name: str, label: str, everything: str, choices: Any) -> None:
        """A choice, where there is something to choose between."""
        if choices:
            listed = [("", everything), *((str(value), text) for value, text in choices)]
            self.fields[name] = SelectField(label, choices=listed, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and first > last:
            self.add_error("last", "To must be the same day as From or later")
        return cleaned

    def filters(self, otherwise: Filters) -> Filters:
        """What was asked for; `otherwise` when nothing was, or nothing that makes sense."""
        if not (self.is_bound and self.is_valid()):
            return otherwise
        said = self.cleaned_data
        first, last = said["first"], said["last"]
        assert isinstance(first, date) and isinstance(last, date)
        team, practice = (int(said[name]) if said.get(name) else None for name in ("team", "practice"))
        return Filters(first, last, team, practice, said.get("entry", ""), said.get("pathway", ""))


def pathway_name(name: str) -> str:
    """A pathway's name in the library, as pages write it."""
    return name.replace("-", " ").capitalize()


def in_address(filters: Filters) -> dict[str, str]:
    """The same filters as the form would send them."""
    said = {
        f"{name}-{part}": str(getattr(getattr(filters, name), part))
        for name in ("first", "last")
        for part in ("day", "month", "year")
    }
    return said | {name: str(value) for name in NAMES if (value := getattr(filters, name))}
