"""The four invented schemes, one for each model of operation, the richest first."""

from wraparound.demo.place import SchemeData
from wraparound.demo.schemes.eastmarsh import EASTMARSH
from wraparound.demo.schemes.harbourside import HARBOURSIDE
from wraparound.demo.schemes.millbrook import MILLBROOK
from wraparound.demo.schemes.northfold import NORTHFOLD

SCHEMES: tuple[SchemeData, ...] = (EASTMARSH, NORTHFOLD, HARBOURSIDE, MILLBROOK)
