"""Matters, their time limits, and who may take them."""

from wraparound.advice.models.competence import Competence, Permission
from wraparound.advice.models.limits import TimeLimit
from wraparound.advice.models.matters import Matter

__all__ = ["Competence", "Matter", "Permission", "TimeLimit"]
