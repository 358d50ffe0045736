"""What pages of money, outcomes and time are about, and what an adviser gets wrong on them."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from tests.factories import World
from tests.house.advice import a_matter, advised_in
from tests.house.money import a_budget, a_debt, the_outcome, the_statement
from tests.journeys.bad import Bad

OBJECTS: dict[str, Callable[[World], Any]] = {
    "money.pk": lambda world: a_budget(world).pk,
    "money-budget.pk": lambda world: a_budget(world).pk,
    "debt-new.pk": lambda world: advised_in(world).case.pk,
    "statement-make.pk": lambda world: a_budget(world).pk,
    "debt.pk": lambda world: a_debt(world).pk,
    "statement.pk": lambda world: the_statement(world).pk,
    "statement-pdf.pk": lambda world: the_statement(world).pk,
    "outcome-new.pk": lambda world: a_matter(world).pk,
    "what-changed.pk": lambda world: a_matter(world).pk,
    "outcome.pk": lambda world: the_outcome(world).pk,
    "outcome-withdraw.pk": lambda world: the_outcome(world).pk,
}
_NO_DAY = {"Day": "31", "Month": "2", "Year": "2026"}
FORMS: dict[str, Bad] = {
    "money-budget": Bad(
        "adviser",
        {
            "Write ages in years with commas between them, such as 3, 7, 15": "Ages of the children",
            "Rent must be pounds and pence, like 12.50": "Rent",
        },
        "Save the budget", {"Ages of the children": "three", "Rent": "lots", "Food and cleaning": "40"},
    ),
    "debt-new": Bad(
        "adviser",
        {
            "Enter whom it is owed to": "Whom is it owed to?",
            "Select what kind of debt it is": "What kind of debt is it?",
            "How much is owed in all? must be pounds and pence, like 12.50": "How much is owed in all?",
        },
        "Save", {"How much is owed in all?": "some", "Reference or account number": "4929"},
    ),
    "debt": Bad(
        "adviser", {"Enter whom it is owed to": "Whom is it owed to?"}, "Save",
        {"Whom is it owed to?": " ", "Reference or account number": "4929"},
    ),
    "statement": Bad(
        "adviser",
        {
            "Select how they agreed. Without that it goes nowhere":
                "Has the person agreed that it goes to their creditors?"
        },
        "Make the paper", {"What was said about it": "Rang her"},
    ),
    "outcome-new": Bad(
        "adviser",
        {
            "Enter how much it is": "How much is paid?",
            "This day must be a real date": "When was it decided, or when did it happen?",
            "Select how sure it is": "How sure is it?",
        },
        "Save", _NO_DAY,
    ),
    "outcome": Bad(
        "adviser", {"Enter how much it is": "How much more do they get?"}, "Save", {"How much more do they get?": ""}
    ),
    "outcome-withdraw": Bad(
        "adviser", {"Enter why it should not be there": "Why should it not be there?"}, "Take it out"
    ),
    "what-changed": Bad(
        "adviser",
        {"Write what they said to at least one, or go back: they need not answer.": "What is different for you now?"},
        "Save",
    ),
    "my-day": Bad(
        "adviser", {"Write what it was.": "Something else that you did"}, "Confirm the day",
        {"Minutes for that": "20"},
    ),
}  # fmt: skip


def path_of(form: str, world: World) -> str:
    if form == "my-day":
        a_matter(world)
        return reverse(form)
    path = reverse(form, kwargs={"pk": OBJECTS[f"{form}.pk"](world)})
    return f"{path}?kind=one_off_gain" if form == "outcome-new" else path
