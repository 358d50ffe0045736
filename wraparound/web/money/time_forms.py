"""A day's things, each with how long it took."""

from collections.abc import Sequence
from typing import Any

from wraparound.outcomes.spending import Doing
from wraparound.outcomes.timing import LONGEST_WHAT, Piece, Spent
from wraparound.web.money.fields import HIDDEN, MinutesField
from wraparound.web.nhsuk import SelectField, TextField
from wraparound.web.nhsuk.fields import Bound
from wraparound.web.team.forms import ActionForm

DOINGS = [(each.value, each.label) for each in Doing]


class _Quiet:
    """Its label is read out and not shown: what it is of stands beside it."""

    label: Any

    def params(self, bound: Bound) -> dict[str, Any]:
        return {**super().params(bound), "label": {"text": self.label, "classes": HIDDEN}}  # type: ignore[misc]


class QuietMinutes(_Quiet, MinutesField):
    """Minutes of one piece of a list."""


class QuietSelect(_Quiet, SelectField):
    """What kind of work one piece of a list was."""


class DayForm(ActionForm):
    """One row for each piece, and one for what the record does not have. An empty row is left as it is."""

    what = TextField("Something else that you did (optional)", required=False, max_length=LONGEST_WHAT,
                     hint="Travel, supervision, training. No names.")  # fmt: skip
    minutes = MinutesField("Minutes for that", required=False)
    doing = SelectField("What kind of work was it?", choices=DOINGS, initial=Doing.ADMIN.value, required=False)

    def __init__(self, *args: Any, pieces: Sequence[Piece], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pieces = pieces
        for piece in pieces:
            of_minutes, of_doing = names_of(piece)
            said = f"{piece.thing.said}, {piece.case.person.name}"
            minutes = piece.spent.minutes if piece.spent else piece.thing.minutes
            doing = piece.spent.doing if piece.spent else piece.thing.doing.value
            self.fields[of_minutes] = QuietMinutes(f"Minutes: {said}", required=False, initial=minutes)
            self.fields[of_doing] = QuietSelect(f"Kind of work: {said}", choices=DOINGS, initial=doing, required=False)

    def spent(self) -> list[Spent]:
        """What is to be kept: each row with minutes that was not kept like that before."""
        said = self.cleaned_data
        found = [self._spent(piece) for piece in self.pieces if said[names_of(piece)[0]]]
        kept = [each for each, piece in found if not _kept(each, piece)]
        if said["minutes"] or said["what"]:
            doing = Doing(said["doing"] or Doing.ADMIN)
            kept.append(Spent(minutes=said["minutes"] or 0, doing=doing, what=said["what"]))
        return kept

    def _spent(self, piece: Piece) -> tuple[Spent, Piece]:
        of_minutes, of_doing = names_of(piece)
        doing = Doing(self.cleaned_data[of_doing] or piece.thing.doing)
        return Spent(minutes=self.cleaned_data[of_minutes], doing=doing, event=piece.event), piece


def names_of(piece: Piece) -> tuple[str, str]:
    """The names of a piece's fields on the page."""
    return f"minutes_{piece.event.pk}", f"doing_{piece.event.pk}"


def _kept(said: Spent, piece: Piece) -> bool:
    return piece.spent is not None and (piece.spent.minutes, piece.spent.doing) == (said.minutes, said.doing)
