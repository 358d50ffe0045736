"""Somebody's household, income, outgoings and debts, as an adviser wrote them down: for those who advise them alone."""

from decimal import Decimal
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from wraparound.advice.models.of_case import OfCase
from wraparound.advice.sums import NOTHING, Often, per_month
from wraparound.audit.history import keep_history
from wraparound.audit.personal_data import Holds
from wraparound.budget.states import DebtStatus, HowAgreed
from wraparound.organisations.models import User

_OFTEN = [(each.value, each.label) for each in Often]


@keep_history
class Budget(OfCase):
    """The household. One for each case; its lines and debts stand beside it. Nobody in it is named."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "adults", "children", "others", "joint", "remark")

    adults = models.PositiveSmallIntegerField(null=True, help_text="With the person")
    children = ArrayField(models.PositiveSmallIntegerField(), default=list, help_text="Their ages in years")
    others = models.PositiveSmallIntegerField(null=True, help_text="Who live there and share no money")
    joint = models.BooleanField(default=False, help_text="With a partner’s income and outgoings")
    remark = models.TextField(blank=True)
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case"], name="budget_once_for_each_case")]


@keep_history
class Line(OfCase):
    """One sum that comes in or goes out. Without a sum, nothing is said of it any more."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "pounds")

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="lines")
    key = models.CharField(max_length=30, help_text="A line of the layout")
    pounds = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    often = models.CharField(max_length=10, choices=_OFTEN)
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["budget", "key"], name="line_once_in_each_budget"),
            models.CheckConstraint(condition=Q(pounds=None) | Q(pounds__gte=0), name="line_is_not_below_nothing"),
        ]


@keep_history
class Debt(OfCase):
    """One debt. `priority_why` says what not paying can lead to, where it is a priority."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = (
        "person",
        "creditor",
        "reference",
        "priority_why",
        "balance",
        "arrears",
        "payment",
        "remark",
    )

    creditor = models.CharField(max_length=120)
    kind = models.CharField(max_length=30, help_text="A kind of debt of the layout")
    priority = models.BooleanField()
    priority_why = models.CharField(max_length=300, blank=True)
    balance = models.DecimalField(max_digits=9, decimal_places=2, help_text="Pounds that are owed in all")
    arrears = models.DecimalField(max_digits=9, decimal_places=2, null=True, help_text="Pounds of it that are overdue")
    payment = models.DecimalField(max_digits=9, decimal_places=2, null=True, help_text="Pounds paid now")
    often = models.CharField(max_length=10, choices=_OFTEN, default=Often.MONTH.value)
    reference = models.CharField(max_length=60, blank=True)
    joint = models.BooleanField(default=False, help_text="Owed with somebody else")
    status = models.CharField(
        max_length=12, choices=[(each.value, each.label) for each in DebtStatus], default=DebtStatus.STANDS.value
    )
    remark = models.CharField(max_length=500, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(balance__gte=0), name="debt_is_not_below_nothing"),
            models.CheckConstraint(
                condition=Q(priority=False) | ~Q(priority_why=""), name="debt_priority_has_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["case", "id"], name="debt_of_case")]

    @property
    def monthly(self) -> Decimal:
        """Pounds a month that are paid now."""
        return per_month(self.payment, Often(self.often)) if self.payment else NOTHING


class Statement(OfCase):
    """A budget as it stood when a statement was made of it. Never changed: a new one is the next version.

    `said` is what `budget.statements` puts together; `sha256` is the hex digest of its canonical JSON.
    """

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "said")
    append_only: ClassVar = True

    version = models.PositiveSmallIntegerField()
    said = models.JSONField()
    sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "version"], name="statement_version_once")]


class StatementPaper(OfCase):
    """A statement as a document for creditors, once the person agreed that it goes to them."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "agreed_told", "content", "pdf")

    statement = models.OneToOneField(Statement, models.PROTECT, related_name="paper")
    agreed = models.CharField(max_length=10, choices=[(each.value, each.label) for each in HowAgreed])
    agreed_told = models.CharField(max_length=300, blank=True, help_text="What was said about it")
    content = models.JSONField(help_text="All that it says, as `documents.statement_pdf` takes it")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    pdf = models.BinaryField(null=True)
