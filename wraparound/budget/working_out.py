"""What comes in, goes out and is left over each month, and what could be offered. Pure: values in, sums out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from wraparound.advice.sums import NOTHING, Often, per_month
from wraparound.budget.layout import Group, LineKind, layout
from wraparound.budget.models import Debt, Line
from wraparound.budget.sharing import shares
from wraparound.budget.states import DebtStatus


@dataclass(frozen=True)
class LineSum:
    """One line that has a sum; `monthly` is pounds a month."""

    kind: LineKind
    pounds: Decimal
    often: Often
    monthly: Decimal


@dataclass(frozen=True)
class GroupSum:
    group: Group
    lines: Sequence[LineSum]
    monthly: Decimal


@dataclass(frozen=True)
class Worked:
    """All in pounds a month, but `owed`. `paid_first` goes to priority debts; `left` is what then remains, and is below
    nothing where there is a shortfall. `offers` by a debt's id; empty where nothing is left, or nothing is known of
    what comes in."""

    groups: Sequence[GroupSum]
    income: Decimal
    outgoings: Decimal
    paid_first: Decimal
    left: Decimal
    owed: Decimal
    owed_first: Decimal
    offers: Mapping[int, Decimal]

    @property
    def short(self) -> bool:
        return self.left < 0


def work_out(lines: Sequence[Line], debts: Sequence[Debt]) -> Worked:
    """Worked out from the lines and debts of one case."""
    found = {each.key: each for each in lines if each.pounds is not None}
    groups = [_group(group, found) for group in layout().groups]
    income = sum((each.monthly for each in groups if each.group.income), NOTHING)
    outgoings = sum((each.monthly for each in groups if not each.group.income), NOTHING)
    owed = [each for each in debts if DebtStatus(each.status).owed]
    first = sum((each.monthly for each in owed if each.priority), NOTHING)
    left = income - outgoings - first
    others = {each.pk: each.balance for each in owed if not each.priority and DebtStatus(each.status).offered}
    return Worked(
        groups=[each for each in groups if each.lines],
        income=income,
        outgoings=outgoings,
        paid_first=first,
        left=left,
        owed=sum((each.balance for each in owed), NOTHING),
        owed_first=sum((each.balance for each in owed if each.priority), NOTHING),
        offers=shares(left, others) if left > 0 and income > 0 else {},
    )


def _group(group: Group, found: Mapping[str, Line]) -> GroupSum:
    lines = [_line(kind, found[kind.key]) for kind in group.lines if kind.key in found]
    return GroupSum(group, lines, sum((each.monthly for each in lines), NOTHING))


def _line(kind: LineKind, line: Line) -> LineSum:
    pounds, often = line.pounds or NOTHING, Often(line.often)
    return LineSum(kind, pounds, often, per_month(pounds, often))
