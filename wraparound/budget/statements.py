"""Statements: a budget as it stood on a day, kept for good, and set as a paper once the person agreed."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from wraparound.advice.holding import hold, own, tell, words
from wraparound.advice.sums import MONTH_RULE
from wraparound.audit.models import What, Why
from wraparound.budget.debts import about_of
from wraparound.budget.models import Budget, Debt, Line, Statement, StatementPaper
from wraparound.budget.reading import budget_of, debts_of, lines_of
from wraparound.budget.sharing import RULE
from wraparound.budget.states import DebtStatus, HowAgreed
from wraparound.budget.tasks import set_paper
from wraparound.budget.working_out import Worked, work_out
from wraparound.budget.writing import household_of
from wraparound.casework.models import Case
from wraparound.events.action import Refused, action
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Scheme
from wraparound.people.disclosing import note_disclosure

Said = dict[str, Any]
LONGEST_TOLD = 300


@action
def make_statement(*, by: Actor, case: Case) -> Statement:
    """Keep the budget as it stands now as the next version. Refused `empty` without a line that has a sum, and
    `already_saved` where nothing changed since the last."""
    held = hold(case, by=by)
    said = said_of(by, held)
    if not said["groups"]:
        raise Refused("empty", "Write down income or outgoings first.")
    rows = Statement.objects.visible_to(by).filter(case=held)
    last = rows.order_by("-version").first()
    digest = digest_of(said)
    if last and last.sha256 == digest:
        raise Refused("already_saved", "Nothing has changed since the last statement.")
    version = last.version + 1 if last else 1
    statement = Statement.objects.create(
        version=version, said=said, sha256=digest, made_by_id=by.user(), made_at=by.now(), **own(held, by)
    )
    tell("statement_made", held, by=by, version=version)
    return statement


@action
def print_statement(*, by: Actor, statement: Statement, agreed: HowAgreed, told: str = "") -> StatementPaper:
    """Have a statement set as a paper for creditors. `agreed` is how the person agreed that it goes to them."""
    case = hold(statement.case, by=by)
    held: Statement = Statement.objects.visible_to(by).get(pk=statement.pk)
    if StatementPaper.objects.visible_to(by).filter(statement=held).exists():
        raise Refused("already_saved", "The paper is there already.")
    if held.said["household"]["joint"] and not told.strip():
        raise Refused("no_partner", "It has a partner’s money in it. Write how the partner agreed too.", "told")
    paper = StatementPaper.objects.create(
        statement=held,
        agreed=agreed.value,
        agreed_told=words(told, LONGEST_TOLD, "told"),
        content=content_of(held, invented=Scheme.objects.get(pk=by.scheme_id).invented),
        asked_by_id=by.user(),
        asked_at=by.now(),
        **own(case, by),
    )
    set_paper.later(by=replace(by, moment=None), paper_id=paper.pk)
    note_disclosure(by, [case.person_id], What.DOCUMENT, "statement-paper", why=Why.AUTHORITY, to_named="Creditors")
    tell("statement_printed", case, by=by, version=held.version)
    return paper


def said_of(by: Actor, case: Case) -> Said:
    """All that a statement made now would say."""
    budget, lines, debts = budget_of(by, case), lines_of(by, case), debts_of(by, case)
    return snapshot(budget, lines, debts)


def snapshot(budget: Budget | None, lines: list[Line], debts: list[Debt]) -> Said:
    """The budget as JSON, with sums as text in pounds and pence, and the words that it was made with."""
    worked = work_out(lines, debts)
    household = asdict(household_of(budget))
    household.pop("remark")
    return {
        "household": {**household, "children": list(household["children"])},
        "groups": [
            {
                "name": each.group.name,
                "income": each.group.income,
                "monthly": str(each.monthly),
                "lines": [
                    {"key": line.kind.key, "label": line.kind.label, "pounds": str(line.pounds),
                     "often": line.often.label, "monthly": str(line.monthly)}
                    for line in each.lines
                ],
            }
            for each in worked.groups
        ],
        "sums": _sums(worked),
        "debts": [_debt(each, worked) for each in debts if DebtStatus(each.status) is not DebtStatus.MISTAKE],
        "rules": [MONTH_RULE, RULE],
    }  # fmt: skip


def digest_of(said: Mapping[str, Any]) -> str:
    """The hex SHA-256 of a statement's canonical JSON in UTF-8."""
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def content_of(statement: Statement, *, invented: bool) -> Said:
    """What `documents.statement_pdf` sets."""
    return {
        **statement.said,
        "name": statement.person.name,
        "organisation": statement.case.team.organisation.name,
        "made_on": statement.made_at.date().isoformat(),
        "version": statement.version,
        "digest": statement.sha256[:16],
        "invented": invented,
    }


def _sums(worked: Worked) -> dict[str, str]:
    names = ("income", "outgoings", "paid_first", "left", "owed", "owed_first")
    return {name: str(getattr(worked, name)) for name in names}


def _debt(debt: Debt, worked: Worked) -> Said:
    about = about_of(debt)
    offer = worked.offers.get(debt.pk)
    return {
        "id": debt.pk,
        "creditor": about.creditor,
        "reference": about.reference,
        "kind": about.kind,
        "priority": about.priority,
        "priority_why": about.priority_why,
        "joint": about.joint,
        "balance": str(about.balance),
        "arrears": "" if about.arrears is None else str(about.arrears),
        "monthly": str(debt.monthly),
        "status": about.status.label,
        "offer": "" if offer is None else str(offer),
    }
