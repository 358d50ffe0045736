"""Log lines without what the database says of a row: its messages quote names and numbers.

Loads nothing heavy: the command line has faults to tell before there is a Django.
"""

import logging
import re
import sys
from collections.abc import Iterator
from traceback import format_exception
from types import TracebackType

LEFT_OUT = "(values left out)"
# What a value is quoted in, where the first line of a message has one.
_VALUE = re.compile(r'(?<=: )".*|\bvalue ".*" (?=is out of range)|\bjson .*')
_KNOWN = re.compile(r'((?:invalid input|out of range|malformed|invalid byte)[^"\n]*: )".*')
# The same in a text that no fault came with: up to where a traceback goes on, since a value may have lines of its own.
_ROW = re.compile(
    r"(?:(?:DETAIL|CONTEXT|LINE \d+):|Failing row contains|Key \([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)=\().*?"
    r"(?=\n+[ |]*(?:HINT:|Traceback \(|The above exception|During handling of|\+-)|\Z)",
    re.DOTALL,
)


class WithoutRows(logging.Formatter):
    """Every handler of every process has this one."""

    def format(self, record: logging.LogRecord) -> str:
        said = [record.msg, *(record.args if isinstance(record.args, tuple) else ())]
        faults = [each for each in said if isinstance(each, BaseException)]
        if record.exc_info and record.exc_info[1]:
            faults.append(record.exc_info[1])
        return without_rows(super().format(record), *faults)


def without_rows(text: str, *faults: BaseException) -> str:
    """The text, with nothing of a row that one of the faults, or one that led to it, brought along."""
    told = {str(fault) for first in faults for fault in _chain(first) if _from_database(fault)}
    for said in sorted(told, key=len, reverse=True):
        if said:
            text = text.replace(said, _bare(said)).replace(repr(said)[1:-1], _bare(said))
    return _ROW.sub(LEFT_OUT, _KNOWN.sub(rf"\1{LEFT_OUT}", text))


def tell(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
    """What a process says of a fault that ends it: `sys.excepthook`."""
    print(without_rows("".join(format_exception(kind, fault, trace)), fault), end="", file=sys.stderr)


def cover(*loggers: str) -> None:
    """Give the handlers that another program set up the formatter, with the lines that it wants."""
    for handler in (handler for name in loggers for handler in logging.getLogger(name).handlers):
        before = handler.formatter
        style = before._style._fmt if before else None
        handler.setFormatter(WithoutRows(style, before.datefmt if before else None))


def _bare(said: str) -> str:
    """The first line, which names a constraint or a column, without a value in it."""
    first, *more = said.split("\n", 1)
    bare = _VALUE.sub(LEFT_OUT, first)
    return f"{bare} {LEFT_OUT}" if more and LEFT_OUT not in bare else bare


def _from_database(fault: BaseException) -> bool:
    """By the names of its classes: neither Django nor the driver is loaded for this."""
    modules = {kind.__module__ for kind in type(fault).__mro__}
    return "django.db.utils" in modules or any(name.partition(".")[0] == "psycopg" for name in modules)


def _chain(first: BaseException) -> Iterator[BaseException]:
    """The fault, all that led to it, and the members of a group."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [first]
    while waiting:
        fault = waiting.pop()
        if fault is None or id(fault) in seen:
            continue
        seen.add(id(fault))
        yield fault
        waiting += [fault.__cause__, fault.__context__]
        if isinstance(fault, BaseExceptionGroup):
            waiting += fault.exceptions
