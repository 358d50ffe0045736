"""What an adviser writes of what came of a matter."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from wraparound.advice.sums import Often
from wraparound.outcomes.kinds import Kind, Money, kinds
from wraparound.outcomes.models import Outcome
from wraparound.outcomes.recording import LONGEST, LONGEST_WORDS, AboutOutcome
from wraparound.web.money.fields import OftenField, PoundsField, TookForm
from wraparound.web.nhsuk import DateField, LongTextField, RadiosField, TextField
from wraparound.web.team.forms import ActionForm

EXPECTED, SEEN = "expected", "seen"
POUNDS = {
    Money.GAIN_ONGOING: "How much more do they get?",
    Money.GAIN_ONCE: "How much is paid?",
    Money.WRITTEN_OFF: "How much was written off?",
    Money.MANAGED: "How much is still owed on it?",
    Money.WORTH: "What would it have cost? (optional)",
}


class OutcomeForm(TookForm):
    """One outcome of a kind that is chosen already."""

    on = DateField(
        "When was it decided, or when did it happen?", missing="Enter when it was", called="This day", size="s"
    )
    confirmed = RadiosField(
        "How sure is it?",
        choices=[(SEEN, "Confirmed: I have seen it in writing, or it has happened"), (EXPECTED, "Expected")],
        reveals={SEEN: "seen"}, missing="Select how sure it is", size="s",
    )  # fmt: skip
    seen = TextField("What have you seen?", hint="Such as the award letter of 3 November.", required=False,
                     max_length=LONGEST["seen"], missing="Enter what you have seen")  # fmt: skip
    told = LongTextField("Anything else about it (optional)", required=False, max_length=LONGEST["told"])
    looked_at = TextField(
        "Why is it not the same as the other one?", required=False, max_length=LONGEST["looked_at"],
        hint="Only needed when you are told that another matter has one like it.",
    )  # fmt: skip

    def __init__(self, *args: Any, kind: Kind, today: date, held: Outcome | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_initial(held, today), **kwargs)
        self.kind = kind
        if kind.money is Money.NONE:
            self.optional_when_revealed = ("seen",)
        if kind.money is not Money.NONE:
            label = POUNDS[kind.money]
            self.fields["pounds"] = PoundsField(
                label, missing="Enter how much it is", required=kind.money is not Money.WORTH, size="s"
            )
        if kind.money is Money.GAIN_ONGOING:
            self.fields["often"] = OftenField("How often it is paid", initial=Often.WEEK.value)
            self.fields["starts"] = DateField(
                "From when is it paid?", missing="Enter from when it is paid", called="The first day", size="s"
            )
            self.fields["ends"] = DateField(
                "On which day does it end? (optional)", required=False, called="The last day", size="s",
                hint="Only where that is known already. Else a year counts.",
            )  # fmt: skip
        self.order_fields(["pounds", "often", "starts", "ends"])
        if held is None:
            self.ask_how_long()

    def about(self) -> AboutOutcome:
        said = self.cleaned_data
        return AboutOutcome(
            kind=self.kind.key, on=said["on"], confirmed=said["confirmed"] == SEEN, pounds=said.get("pounds"),
            often=Often(said["often"]) if said.get("often") else None, starts=said.get("starts"), ends=said.get("ends"),
            seen=said["seen"], told=said["told"], looked_at=said["looked_at"],
        )  # fmt: skip


class WithdrawForm(ActionForm):
    why = LongTextField("Why should it not be there?", missing="Enter why it should not be there",
                        max_length=LONGEST["told"], size="s")  # fmt: skip


class ChangedForm(TookForm):
    """Three short questions; each may be left out."""

    different = LongTextField("What is different for you now?", required=False, max_length=LONGEST_WORDS, size="s",
                              hint="In their own words. Each of these may be left out.")  # fmt: skip
    able = LongTextField("What can you do now that you could not do before?", required=False,
                         max_length=LONGEST_WORDS, size="s")  # fmt: skip
    hard = LongTextField("What is still hard?", required=False, max_length=LONGEST_WORDS, size="s")


class ClosingForm(TookForm):
    """Closing a matter: with the outcomes that it has, or one that needs no sum."""

    kind = RadiosField("Which of these is it?", choices=(), missing="Select what came of it; if nobody knows, say that",
                       small=True, size="s")  # fmt: skip
    why = LongTextField("What came of it?", missing="Enter what came of it", size="s")

    def __init__(self, *args: Any, standing: Sequence[Outcome], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if standing:
            del self.fields["kind"]
        else:
            cast(RadiosField, self.fields["kind"]).choices = [
                (each.key, each.label) for each in kinds().values() if each.money is Money.NONE
            ]
        self.ask_how_long()


def _initial(held: Outcome | None, today: date) -> dict[str, Any]:
    """A new one is of today; a correction begins with what was said."""
    if held is None:
        return {"on": today}
    names = ("pounds", "often", "starts", "ends", "on", "seen", "told", "looked_at")
    return {name: getattr(held, name) for name in names} | {"confirmed": SEEN if held.confirmed else EXPECTED}
