"""What people of the demo have and owe, and what came of their matters."""

from decimal import Decimal

from wraparound.advice.models import Matter
from wraparound.advice.sums import Often
from wraparound.budget.debts import AboutDebt, add_debt
from wraparound.budget.statements import make_statement
from wraparound.budget.writing import Household, Said, write_budget
from wraparound.organisations.actor import Actor
from wraparound.outcomes.recording import AboutOutcome, record_outcome, write_what_changed

_LINES = {
    "universal_credit": Said((Decimal("1168.40"), Often.MONTH)),
    "child_benefit": Said((Decimal("104.20"), Often.FOUR_WEEKS)),
    "rent": Said((Decimal("118.50"), Often.WEEK)),
    "council_tax": Said((Decimal("22.00"), Often.MONTH)),
    "electricity": Said((Decimal("18.00"), Often.WEEK)),
    "water": Said((Decimal("31.00"), Often.MONTH)),
    "phone": Said((Decimal("15.00"), Often.MONTH)),
    "food": Said((Decimal("62.00"), Often.WEEK)),
    "public_transport": Said((Decimal("12.00"), Often.WEEK)),
}
_DEBTS = (
    AboutDebt(
        creditor="Eastmarsh Council", kind="council_tax", balance=Decimal("412.80"), priority=True,
        payment=Decimal("20.00"), reference="CT 7714",
    ),
    AboutDebt(creditor="Northmoor Bank", kind="credit_card", balance=Decimal("1480.00")),
    AboutDebt(creditor="Fenland Catalogue", kind="catalogue", balance=Decimal("365.25")),
)  # fmt: skip


def on_money(matter: Matter, by: Actor) -> None:
    """A budget with debts and a statement for a matter of debt; an outcome for one of benefits."""
    if matter.category == "debt":
        remark = "An advance is taken off Universal Credit until March."
        home = Household(adults=1, children=(6,), others=0, remark=remark)
        write_budget(by=by, case=matter.case, household=home, lines=_LINES)
        for debt in _DEBTS:
            add_debt(by=by, case=matter.case, about=debt)
        make_statement(by=by, case=matter.case)
    elif matter.category == "benefits":
        expected = AboutOutcome(
            kind="ongoing_gain", on=by.today(), pounds=Decimal("73.90"), often=Often.WEEK, starts=by.today(),
            told="If the award comes back as it was.",
        )  # fmt: skip
        record_outcome(by=by, matter=matter, about=expected)
        write_what_changed(by=by, matter=matter, different="I open my post again.", able="", hard="The waiting.")
