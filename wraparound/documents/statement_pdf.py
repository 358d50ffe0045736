"""A statement of income, outgoings and debts as PDF, for creditors. Only jobs call this."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from wraparound.documents.pdf import FAMILIES, set_as_pdf


def statement_pdf(content: Mapping[str, Any]) -> bytes:
    """One PDF/UA-1 document; `content` is what `budget.statements.content_of` gives, with sums as decimal text."""
    made_on = date.fromisoformat(content["made_on"])
    return set_as_pdf(
        "statement.typ",
        {
            "name": content["name"],
            "organisation": content["organisation"],
            "made_on": f"{made_on.day} {made_on:%B %Y}",
            "footer": f"Statement {content['version']}. Digest: {content['digest']}",
            "invented": content["invented"],
            "household": _household(content["household"]),
            "groups": [_group(each) for each in content["groups"]],
            "sums": _sums(content["sums"]),
            "priority": [_debt(each) for each in content["debts"] if each["priority"]],
            "others": [_debt(each) for each in content["debts"] if not each["priority"]],
            "rules": list(content["rules"]),
            "fonts": list(FAMILIES),
        },
    )


def _household(said: Mapping[str, Any]) -> str:
    ages = ", ".join(map(str, said["children"])) or "none"
    adults, others = (said[name] if said[name] is not None else "not said" for name in ("adults", "others"))
    with_whom = " Income and outgoings are those of the person and a partner together." if said["joint"] else ""
    return f"Adults: {adults}. Children, by age: {ages}. Others in the home: {others}.{with_whom}"


def _group(said: Mapping[str, Any]) -> dict[str, Any]:
    lines = [
        [each["label"], f"{_money(each['pounds'])} {each['often']}", _money(each["monthly"])] for each in said["lines"]
    ]
    return {"name": said["name"], "lines": lines, "total": _money(said["monthly"])}


def _sums(said: Mapping[str, str]) -> list[list[str]]:
    short = Decimal(said["left"]) < 0
    return [
        ["Comes in", _money(said["income"])],
        ["Goes out", _money(said["outgoings"])],
        ["Paid towards priority debts", _money(said["paid_first"])],
        ["Short each month" if short else "Left over", _money(said["left"].lstrip("-"))],
    ]


def _debt(said: Mapping[str, Any]) -> list[str]:
    who = f"{said['creditor']}, reference {said['reference']}" if said["reference"] else said["creditor"]
    joint = " (owed together with somebody else)" if said["joint"] else ""
    offer = _money(said["offer"]) if said["offer"] else "None"
    return [who + joint, said["status"], _money(said["balance"]), _money(said["monthly"]), offer]


def _money(sum_: str) -> str:
    amount = Decimal(sum_)
    return f"{'-' if amount < 0 else ''}£{abs(amount):,.2f}"
