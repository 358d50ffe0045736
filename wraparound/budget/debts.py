"""Writing down debts, and how they stand."""

import hashlib
import json
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from wraparound.advice.holding import hold, own, sum_of, tell, words
from wraparound.advice.sums import Often
from wraparound.budget.layout import layout
from wraparound.budget.models import Debt
from wraparound.budget.states import DebtStatus
from wraparound.casework.models import Case
from wraparound.events.action import Refused, action
from wraparound.organisations.actor import Actor
from wraparound.social_prescribing.holding import not_twice

MOST_DEBTS = 60
LONGEST = {"creditor": 120, "reference": 60, "priority_why": 300, "remark": 500}


@dataclass(frozen=True, kw_only=True)
class AboutDebt:
    """What is said of a debt. Sums are pounds; `payment` comes as `often` says. A priority without `priority_why` takes
    the reason of its kind."""

    creditor: str
    kind: str
    balance: Decimal
    priority: bool = False
    priority_why: str = ""
    arrears: Decimal | None = None
    payment: Decimal | None = None
    often: Often = Often.MONTH
    reference: str = ""
    joint: bool = False
    status: DebtStatus = DebtStatus.STANDS
    remark: str = ""


@action
def add_debt(*, by: Actor, case: Case, about: AboutDebt) -> Debt:
    """Write down a debt of the case. Refused as `change_debt`, and `too_many`."""
    held = hold(case, by=by)
    values = _checked(about)
    rows = Debt.objects.visible_to(by).filter(case=held)
    not_twice(rows.filter(**values), by.now(), "made_at")
    if rows.count() >= MOST_DEBTS:
        raise Refused("too_many", f"A budget holds {MOST_DEBTS} debts. Write small ones of one creditor down as one.")
    debt = Debt.objects.create(made_by_id=by.user(), made_at=by.now(), changed_at=by.now(), **own(held, by), **values)
    tell("debt_added", held, by=by, debt=debt.pk)
    return debt


@action
def change_debt(*, by: Actor, debt: Debt, about: AboutDebt, seen: str) -> Debt:
    """Say anew what a debt is and how it stands. `seen` is the `digest_of` what the writer was shown.

    Refused `changed` where somebody else changed it meanwhile; `empty`, `no_kind`, `wrong_sum`, `too_long` and
    `no_reason` with the field; `already_saved` where nothing is new.
    """
    case = hold(debt.case, by=by)
    held: Debt = Debt.objects.visible_to(by).select_for_update().get(pk=debt.pk)
    values = _checked(about)
    if all(getattr(held, name) == value for name, value in values.items()):
        raise Refused("already_saved", "This is saved already.")
    if seen != digest_of(held):
        raise Refused("changed", "Somebody else changed this debt after you opened the page. Look at it again first.")
    for name, value in values.items():
        setattr(held, name, value)
    held.changed_at = by.now()
    held.save(update_fields=[*values, "changed_at"])
    tell("debt_changed", case, by=by, debt=held.pk)
    return held


def about_of(debt: Debt) -> AboutDebt:
    """What is said of a debt now."""
    said = {name: getattr(debt, name) for name in AboutDebt.__dataclass_fields__}
    return AboutDebt(**said | {"often": Often(debt.often), "status": DebtStatus(debt.status)})


def digest_of(debt: Debt) -> str:
    """A hash of a debt as it is now, to find out whether it changed since somebody was shown it."""
    said = json.dumps({name: str(value) for name, value in asdict(about_of(debt)).items()}, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _checked(about: AboutDebt) -> dict[str, Any]:
    kind = layout().debts.get(about.kind)
    if kind is None:
        raise Refused("no_kind", "Choose what kind of debt it is.", "kind")
    said = {name: words(getattr(about, name), most, name) for name, most in LONGEST.items()}
    if not said["creditor"]:
        raise Refused("empty", "Write whom it is owed to.", "creditor")
    said["priority_why"] = (said["priority_why"] or kind.why) if about.priority else ""
    if about.priority and not said["priority_why"]:
        raise Refused("no_reason", "Write why it is a priority: what can happen if it is not paid.", "priority_why")
    sums = {name: sum_of(getattr(about, name), name) for name in ("balance", "arrears", "payment")}
    if sums["balance"] is None:
        raise Refused("wrong_sum", "Write how much is owed; 0 where nobody knows yet.", "balance")
    same = {"kind": about.kind, "priority": about.priority, "joint": about.joint}
    return {**said, **sums, **same, "often": about.often.value, "status": about.status.value}
