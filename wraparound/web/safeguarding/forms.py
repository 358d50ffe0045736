"""What is asked about a concern, once it is raised."""

from typing import Any, cast

from wraparound.organisations.models import User
from wraparound.safeguarding.actions import LONGEST_SAID
from wraparound.safeguarding.states import ConcernKind, TellGp
from wraparound.web.nhsuk import CheckboxesField, LongTextField, RadiosField
from wraparound.web.team.forms import ActionForm

KINDS = [(kind.value, kind.label) for kind in ConcernKind]


class SaidForm(ActionForm):
    said = LongTextField(
        "What was said or seen",
        hint="In their own words where you can, and what you have done. Write it now or later today.",
        missing="Write what was said or seen",
        rows=6,
        max_length=LONGEST_SAID,
        size="s",
    )


class ColleagueForm(ActionForm):
    """A concern that some of those who answer concerns here must not see."""

    kind = RadiosField("What is it about?", choices=KINDS, missing="Select what it is about", size="s")
    kept_from = CheckboxesField(
        "Who must not see it?",
        choices=[],
        hint="These answer concerns here; nobody else can see one. It goes to the others: to the deputy, where you "
        "choose the lead.",
        required=False,
        size="s",
        small=True,
    )

    def __init__(self, *args: Any, colleagues: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(CheckboxesField, self.fields["kept_from"]).choices = [(str(each.pk), each.name) for each in colleagues]

    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"kind": ConcernKind(said["kind"]), "kept_from": [int(pk) for pk in said["kept_from"]]}


class HandOnForm(ActionForm):
    to = RadiosField("Who takes it on?", choices=[], missing="Select who takes it on", size="s")

    def __init__(self, *args: Any, others: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(RadiosField, self.fields["to"]).choices = [(str(each.pk), each.name) for each in others]

    def clean_to(self) -> int:
        return int(self.cleaned_data["to"])


_WHYS = {TellGp.WITHOUT_AGREEMENT: "why_without", TellGp.NO: "why_not"}


class PracticeForm(ActionForm):
    """Whether the person's practice is told."""

    tell_gp = RadiosField(
        "Is their practice told?",
        choices=[(choice.value, choice.label) for choice in TellGp if choice is not TellGp.TO_DECIDE],
        hints={TellGp.WITHOUT_AGREEMENT.value: "Somebody may come to serious harm."},
        reveals={choice.value: field for choice, field in _WHYS.items()},
        missing="Select whether their practice is told",
        size="s",
    )
    why_without = LongTextField(
        "What the serious risk is, and why they were not asked or said no", required=False, rows=3,
        missing="Enter what the serious risk is, and why they were not asked or said no",
    )  # fmt: skip
    why_not = LongTextField(
        "Why the practice is not told", required=False, rows=3, missing="Enter why the practice is not told"
    )

    def values(self) -> dict[str, Any]:
        choice = TellGp(self.cleaned_data["tell_gp"])
        return {"tell_gp": choice, "why": self.cleaned_data[_WHYS[choice]] if choice in _WHYS else ""}


class EndForm(ActionForm):
    ending = LongTextField(
        "What was done, and why it can end",
        missing="Enter what was done and why it can end",
        rows=5,
        max_length=500,
        size="s",
    )
