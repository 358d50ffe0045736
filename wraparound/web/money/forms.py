"""What an adviser writes of a household, its income, outgoings and debts."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, cast

from django.forms import ValidationError
from django.http import QueryDict

from wraparound.advice.sums import Often, pounds
from wraparound.budget.debts import LONGEST, AboutDebt, about_of, digest_of
from wraparound.budget.layout import Group, LineKind, layout
from wraparound.budget.models import Budget, Debt, Line
from wraparound.budget.statements import LONGEST_TOLD
from wraparound.budget.states import DebtStatus, HowAgreed
from wraparound.budget.writing import (
    LONGEST_REMARK,
    MOST_PEOPLE,
    Household,
    Said,
    Value,
    digest_of_household,
    household_of,
    value_of,
)
from wraparound.web.money.fields import OftenField, PoundsField, within
from wraparound.web.nhsuk import (
    HiddenField,
    LongTextField,
    NumberField,
    RadiosField,
    SelectField,
    TextField,
    TickField,
)
from wraparound.web.team.forms import ActionForm

_AGES = re.compile(r"\d{1,2}")


@dataclass(frozen=True)
class LineShown:
    """The names of one line's fields on the page."""

    kind: LineKind

    @property
    def names(self) -> tuple[str, str, str]:
        return f"sum_{self.kind.key}", f"often_{self.kind.key}", f"was_{self.kind.key}"


class BudgetForm(ActionForm):
    """All lines at once. Beside each, what the page showed when it was opened (`was_…`), so that what somebody else
    wrote meanwhile is not written over by whoever left the line alone."""

    def __init__(self, *args: Any, budget: Budget | None, held: Mapping[str, Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held, self.is_clash = held, False
        known = household_of(budget)
        self.fields["seen"] = HiddenField(initial=digest_of_household(known))
        self.fields["adults"] = _people("Adults who share the money, with the person", known.adults)
        self.fields["children"] = TextField(
            "Ages of the children", hint="With commas between them, such as 3, 7, 15. No names.", required=False,
            width=20, initial=", ".join(map(str, known.children)), inputmode="text",
        )  # fmt: skip
        self.fields["others"] = _people("Others who live there and keep their own money", known.others)
        self.fields["joint"] = TickField("Income and outgoings are those of a couple together", initial=known.joint)
        for kind in layout().lines.values():
            self._add(kind, held.get(kind.key))
        self.fields["remark"] = LongTextField(
            "Anything else about money (optional)", hint="Such as what is taken off a benefit, or about to change.",
            required=False, max_length=LONGEST_REMARK, initial=known.remark, size="s",
        )  # fmt: skip

    def _add(self, kind: LineKind, line: Line | None) -> None:
        of_sum, of_often, was = LineShown(kind).names
        self.fields[of_sum] = PoundsField(
            kind.label, hint=kind.hint, required=False, initial=line.pounds if line else None
        )
        often = line.often if line else kind.often
        self.fields[of_often] = OftenField(f"{kind.label}: how often", initial=often, required=False)
        self.fields[was] = HiddenField(initial=_written(value_of(line)))

    def clean_children(self) -> tuple[int, ...]:
        typed = self.cleaned_data["children"]
        ages = _AGES.findall(typed)
        if re.sub(r"[\s,]|and", "", _AGES.sub("", typed)):
            raise ValidationError("Write ages in years with commas between them, such as 3, 7, 15")
        return tuple(map(int, ages))

    def household(self) -> Household:
        said = self.cleaned_data
        return Household(**{name: said[name] for name in ("adults", "children", "others", "joint", "remark")})

    def lines(self) -> dict[str, Said]:
        """Every line as it is typed now, and as it was shown."""
        return {key: self._said(kind) for key, kind in layout().lines.items()}

    def _said(self, kind: LineKind) -> Said:
        of_sum, of_often, was = (self.cleaned_data[name] for name in LineShown(kind).names)
        return Said(now=(of_sum, Often(of_often or kind.often)), shown=_read(was))

    def show_clashes(
        self, clashes: Mapping[str, Line], budget: Budget, held: Mapping[str, Line], *, household: bool
    ) -> None:
        """Show what somebody else wrote beside what was typed. To save again keeps what then stands in the line."""
        self.data = data = cast(QueryDict, self.data).copy()
        self.is_clash, data["seen"] = True, digest_of_household(household_of(budget))
        for key, kind in layout().lines.items():
            of_sum, of_often, was = LineShown(kind).names
            line = held.get(key)
            data[was] = _written(value_of(line))
            if key in clashes and line is not None:
                there = f"{pounds(line.pounds)} {line.get_often_display()}" if line.pounds is not None else "nothing"
                said = f"{line.changed_by.name} wrote {there} here meanwhile"
                self.add_error(of_sum, f"{kind.label}: {said}. Write what should stay, and save again")
            elif line is not None:
                data[of_sum], data[of_often] = "" if line.pounds is None else str(line.pounds), line.often
        if household:
            said = f"{budget.changed_by.name} changed the household meanwhile: {household_words(household_of(budget))}"
            self.add_error("adults", f"{said} Save again to keep what stands here")

    def groups(self) -> list[tuple[Group, list[LineShown]]]:
        """As the page draws them, in the order of a talk."""
        return [(group, [LineShown(kind) for kind in group.lines]) for group in layout().groups]


def household_words(about: Household) -> str:
    """Who lives on the budget, in a sentence or two."""
    ages = ", ".join(map(str, about.children)) or "none"
    adults, others = ("not said" if each is None else str(each) for each in (about.adults, about.others))
    joint = " The money of a couple together." if about.joint else ""
    return f"adults {adults}, children {ages}, others {others}.{joint}"


class DebtForm(ActionForm):
    """One debt. What a kind mostly is stands for whether it is a priority, until somebody says otherwise."""

    creditor = TextField(
        "Whom is it owed to?", max_length=LONGEST["creditor"], missing="Enter whom it is owed to", size="s"
    )
    kind = SelectField("What kind of debt is it?", choices=(), missing="Select what kind of debt it is")
    balance = PoundsField(
        "How much is owed in all?", hint="0 where nobody knows yet.", missing="Enter how much is owed"
    )
    arrears = PoundsField("How much of it is overdue? (optional)", required=False)
    payment = PoundsField("What is paid towards it now? (optional)", required=False)
    often = OftenField("How often it is paid", initial=Often.MONTH.value, required=False)
    reference = TextField(
        "Reference or account number (optional)", required=False, max_length=LONGEST["reference"], width=20,
        spellcheck=False,
    )  # fmt: skip
    joint = TickField("It is owed together with somebody else")
    priority = RadiosField(
        "Is it a priority?", choices=[("kind", "As debts of this kind mostly are"), ("yes", "Yes"), ("no", "No")],
        reveals={"yes": "priority_why"}, initial="kind", missing="Select whether it is a priority", size="s",
    )  # fmt: skip
    priority_why = TextField(
        "Why: what can happen if it is not paid?", required=False, max_length=LONGEST["priority_why"],
        hint="Left empty, the reason of its kind stands.",
    )  # fmt: skip
    status = RadiosField(
        "How does it stand?", choices=[(each.value, each.label) for each in DebtStatus if each != DebtStatus.MISTAKE],
        initial=DebtStatus.STANDS.value, missing="Select how it stands", size="s",
    )  # fmt: skip
    remark = TextField("Anything else about it (optional)", required=False, max_length=LONGEST["remark"])
    optional_when_revealed = ("priority_why",)

    def __init__(self, *args: Any, debt: Debt | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_of_debt(debt) if debt else None, **kwargs)
        kinds = [(each.key, f"{each.label} (priority)" if each.priority else each.label)
                 for each in layout().debts.values()]  # fmt: skip
        cast(SelectField, self.fields["kind"]).choices = [("", "Choose"), *kinds]
        if debt is not None:
            status = cast(RadiosField, self.fields["status"])
            status.choices = [(each.value, each.label) for each in DebtStatus]
            self.fields["seen"] = HiddenField(initial=digest_of(debt))

    def about(self) -> AboutDebt:
        said = dict(self.cleaned_data)
        said.pop("seen", None)
        chosen = said.pop("priority")
        priority = layout().debts[said["kind"]].priority if chosen == "kind" else chosen == "yes"
        often, status = Often(said.pop("often") or Often.MONTH), DebtStatus(said.pop("status"))
        return AboutDebt(priority=priority, often=often, status=status, **said)


class PaperForm(ActionForm):
    agreed = RadiosField(
        "Has the person agreed that it goes to their creditors?",
        choices=[(each.value, each.label) for each in HowAgreed],
        missing="Select how they agreed. Without that it goes nowhere", size="s",
    )  # fmt: skip
    told = TextField("What was said about it (optional)", required=False, max_length=LONGEST_TOLD,
                     hint="Where a partner’s money is in it: how the partner agreed.")  # fmt: skip

    def clean_agreed(self) -> HowAgreed:
        return HowAgreed(self.cleaned_data["agreed"])


def _people(label: str, number: int | None) -> NumberField:
    said = f"{label} must be a number up to {MOST_PEOPLE}"
    return NumberField(label, required=False, validators=within(0, MOST_PEOPLE, said), initial=number, width=2)


def _of_debt(debt: Debt) -> dict[str, Any]:
    return asdict(about_of(debt)) | {"priority": "yes" if debt.priority else "no"}


def _written(value: Value | None) -> str:
    return f"{'' if value[0] is None else value[0]}|{value[1]}" if value else ""


def _read(was: str) -> Value | None:
    """What a page showed; whatever else was sent counts as nothing shown, so that it clashes and writes over nobody."""
    sum_, _, often = was.partition("|")
    try:
        return (PoundsField("").to_python(sum_), Often(often)) if often else None
    except (ValidationError, ValueError):
        return None
