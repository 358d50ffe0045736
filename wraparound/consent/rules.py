"""Whether a consent holds on a day. Pure: a row's facts go in, a standing comes out."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dateutil.relativedelta import relativedelta

CONFIRM_AFTER = relativedelta(months=6)


class Standing(StrEnum):
    """How a consent stands."""

    HOLDS = "holds"
    TO_CONFIRM = "to_confirm"
    FOR_THE_DEADLINE = "for_the_deadline"
    RUN_OUT = "run_out"
    CASE_CLOSED = "case_closed"
    TAKEN_BACK = "taken_back"

    @property
    def holds(self) -> bool:
        """What it permits may be done. To be confirmed again is a question, and stops nothing."""
        return self in (Standing.HOLDS, Standing.TO_CONFIRM, Standing.FOR_THE_DEADLINE)

    @property
    def label(self) -> str:
        return {
            Standing.HOLDS: "In force",
            Standing.TO_CONFIRM: "In force, to be confirmed again",
            Standing.FOR_THE_DEADLINE: "In force until the deadline is dealt with",
            Standing.RUN_OUT: "Has run out",
            Standing.CASE_CLOSED: "Ended with the case",
            Standing.TAKEN_BACK: "Taken back",
        }[self]


@dataclass(frozen=True, slots=True)
class Given:
    """What decides. `until` is the last day on which it holds, None for as long as the case is open.

    `ask_again_on` is the day from which somebody is asked to confirm it, None for half a year after it was said.
    """

    on: date
    until: date | None = None
    confirmed_on: date | None = None
    ask_again_on: date | None = None
    taken_back: bool = False
    case_open: bool = True
    deadline_runs: bool = False


def confirm_from(given: Given) -> date:
    """The day from which the worker is asked to confirm it again: half a year after it was last said."""
    if given.ask_again_on is not None:
        return given.ask_again_on
    day: date = (given.confirmed_on or given.on) + CONFIRM_AFTER
    return day


def standing(given: Given, today: date) -> Standing:
    """Taking back is before all else. A deadline that runs is stopped by no date."""
    if given.taken_back:
        return Standing.TAKEN_BACK
    over = Standing.CASE_CLOSED if given.until is None and not given.case_open else None
    if given.until is not None and today > given.until:
        over = Standing.RUN_OUT
    if over is not None:
        return Standing.FOR_THE_DEADLINE if given.deadline_runs else over
    return Standing.TO_CONFIRM if today >= confirm_from(given) else Standing.HOLDS
