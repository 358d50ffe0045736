"""Rows of advice that hang on a case."""

from django.db import models

from wraparound.advice.models.matters import Advice
from wraparound.casework.models import Case
from wraparound.people.models import Person


class OfCase(Advice):
    """A row of one case, with whom it is about."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        abstract = True
