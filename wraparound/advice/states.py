"""What a matter and a time limit can be, and the moves that each may make."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much is done for the person in a matter. A later one takes more competence than an earlier one."""

    INFORMATION = "information"
    FORM_FILLING = "form_filling"
    CASEWORK = "casework"
    REPRESENTATION = "representation"

    @property
    def label(self) -> str:
        return {
            Level.INFORMATION: "Information",
            Level.FORM_FILLING: "Help with a form",
            Level.CASEWORK: "Casework",
            Level.REPRESENTATION: "Representation",
        }[self]


class Stage(StrEnum):
    """How far the dispute, or the debt, has come."""

    ADVICE = "advice"
    CLAIM = "claim"
    MANDATORY_RECONSIDERATION = "mandatory_reconsideration"
    TRIBUNAL = "tribunal"
    UPPER_TRIBUNAL = "upper_tribunal"
    CREDITORS = "creditors"
    BREATHING_SPACE = "breathing_space"
    COURT = "court"
    ENFORCEMENT = "enforcement"
    NOTICE = "notice"
    POSSESSION_CLAIM = "possession_claim"
    EVICTION = "eviction"
    HOMELESSNESS_APPLICATION = "homelessness_application"
    HOMELESSNESS_REVIEW = "homelessness_review"
    COUNTY_COURT_APPEAL = "county_court_appeal"
    EMPLOYER = "employer"
    EARLY_CONCILIATION = "early_conciliation"
    APPLICATION = "application"
    REVIEW = "review"

    @property
    def label(self) -> str:
        return _STAGES.get(self, self.value.replace("_", " ").capitalize())


_STAGES = {
    Stage.CLAIM: "Claim or form",
    Stage.TRIBUNAL: "First tribunal",
    Stage.CREDITORS: "With the creditors",
    Stage.ENFORCEMENT: "Bailiffs or enforcement",
    Stage.NOTICE: "Notice from the landlord",
    Stage.POSSESSION_CLAIM: "Possession claim in court",
    Stage.EVICTION: "Eviction date",
    Stage.EMPLOYER: "With the employer",
    Stage.EARLY_CONCILIATION: "Early conciliation (ACAS)",
    Stage.REVIEW: "Review of the decision",
}
_HOUSING = (
    Stage.ADVICE, Stage.NOTICE, Stage.POSSESSION_CLAIM, Stage.EVICTION, Stage.HOMELESSNESS_APPLICATION,
    Stage.HOMELESSNESS_REVIEW, Stage.COUNTY_COURT_APPEAL,
)  # fmt: skip
STAGES: Mapping[str, tuple[Stage, ...]] = {
    "benefits": (
        Stage.ADVICE, Stage.CLAIM, Stage.MANDATORY_RECONSIDERATION, Stage.TRIBUNAL, Stage.UPPER_TRIBUNAL,
    ),
    "debt": (Stage.ADVICE, Stage.CREDITORS, Stage.BREATHING_SPACE, Stage.COURT, Stage.ENFORCEMENT),
    "housing": _HOUSING,
    "employment": (Stage.ADVICE, Stage.EMPLOYER, Stage.EARLY_CONCILIATION, Stage.TRIBUNAL),
    "immigration": (Stage.ADVICE, Stage.APPLICATION, Stage.REVIEW, Stage.TRIBUNAL, Stage.UPPER_TRIBUNAL),
}  # fmt: skip
OTHER_STAGES = (Stage.ADVICE, Stage.APPLICATION, Stage.REVIEW, Stage.COURT, Stage.TRIBUNAL)


def stages_of(category: str) -> tuple[Stage, ...]:
    """The stages that a matter of this category goes through, in order."""
    return STAGES.get(category, OTHER_STAGES)


class MatterStatus(StrEnum):
    OPEN = "open"
    WAITS_FOR_PERSON = "waits_for_person"
    WAITS_FOR_DECISION = "waits_for_decision"
    CLOSED = "closed"
    JOINED = "joined"

    @property
    def label(self) -> str:
        return {
            MatterStatus.OPEN: "Being worked on",
            MatterStatus.WAITS_FOR_PERSON: "Waits for the person",
            MatterStatus.WAITS_FOR_DECISION: "Waits for a decision or an answer",
            MatterStatus.CLOSED: "Closed",
            MatterStatus.JOINED: "Joined to another matter",
        }[self]

    @property
    def live(self) -> bool:
        return self not in (MatterStatus.CLOSED, MatterStatus.JOINED)


class LimitStatus(StrEnum):
    """A worked-out day is provisional until an adviser has confirmed it. `TO_CHECK` has no day yet."""

    TO_CHECK = "to_check"
    PROVISIONAL = "provisional"
    CONFIRMED = "confirmed"
    MET = "met"
    SET_ASIDE = "set_aside"

    @property
    def label(self) -> str:
        return {
            LimitStatus.TO_CHECK: "Check this: no day yet",
            LimitStatus.PROVISIONAL: "Worked out, to be confirmed",
            LimitStatus.CONFIRMED: "Confirmed",
            LimitStatus.MET: "Met",
            LimitStatus.SET_ASIDE: "Does not apply",
        }[self]

    @property
    def running(self) -> bool:
        return self not in (LimitStatus.MET, LimitStatus.SET_ASIDE)


@dataclass(frozen=True)
class Move:
    """From which statuses, to which (None keeps it); the word on its button and the event that it leaves."""

    label: str
    from_: frozenset[StrEnum]
    to: StrEnum | None
    event: str


_OPEN, _PERSON, _DECISION = MatterStatus.OPEN, MatterStatus.WAITS_FOR_PERSON, MatterStatus.WAITS_FOR_DECISION
_LIVE = frozenset({_OPEN, _PERSON, _DECISION})
MATTER_MOVES: dict[str, Move] = {
    "wait_for_person": Move("Waits for the person", frozenset({_OPEN, _DECISION}), _PERSON, "matter_waits"),
    "wait_for_decision": Move(
        "Waits for a decision or an answer", frozenset({_OPEN, _PERSON}), _DECISION, "matter_waits"
    ),
    "go_on": Move("Work on it again", frozenset({_PERSON, _DECISION}), _OPEN, "matter_goes_on"),
    "change": Move("Change", _LIVE, None, "matter_changed"),
    "give": Move("Give to another adviser", _LIVE, None, "matter_given"),
    "split": Move("Split off a part", _LIVE, None, "matter_split"),
    "join": Move("Join to another matter", _LIVE, MatterStatus.JOINED, "matter_joined"),
    "close": Move("Close", _LIVE, MatterStatus.CLOSED, "matter_closed"),
    "reopen": Move("Open again", frozenset({MatterStatus.CLOSED}), _OPEN, "matter_reopened"),
}
_CHECK, _PROVISIONAL, _CONFIRMED = LimitStatus.TO_CHECK, LimitStatus.PROVISIONAL, LimitStatus.CONFIRMED
_RUNNING = frozenset({_CHECK, _PROVISIONAL, _CONFIRMED})
LIMIT_MOVES: dict[str, Move] = {
    "confirm": Move("Confirm this day", frozenset({_PROVISIONAL}), _CONFIRMED, "time_limit_confirmed"),
    "set_day": Move("Set the day", _RUNNING, _CONFIRMED, "time_limit_day_set"),
    "meet": Move("It is done", _RUNNING, LimitStatus.MET, "time_limit_met"),
    "set_aside": Move("It does not apply", _RUNNING, LimitStatus.SET_ASIDE, "time_limit_set_aside"),
    "remind": Move("", _RUNNING, None, "time_limit_near"),
}
