"""Reviewing a file: begun with the day's checklist, written part by part, finished with a grade, answered, closed."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import timedelta
from typing import Any

from wraparound.casework.models import Case
from wraparound.casework.to_do import add_task
from wraparound.events.action import Refused, action
from wraparound.organisations.actor import Actor
from wraparound.organisations.away import workers_of
from wraparound.organisations.roles import Capability
from wraparound.social_prescribing.holding import written
from wraparound.supervision.access import require_reviewer
from wraparound.supervision.checklist import LONGEST_PUT_RIGHT, Question, from_json
from wraparound.supervision.models import Finding, Review
from wraparound.supervision.moving import hold, move, note_moved
from wraparound.supervision.questions import in_force
from wraparound.supervision.states import Grade, Verdict

OVERALL = "overall"
LONGEST_REMARK, LONGEST_WORDS, LONGEST_ANSWER, LONGEST_WHY = 500, 3_000, 500, 300
# By when something is put right, in days from the end of the review.
DAYS, USUAL_DAYS = (3, 7, 14, 28), 14


@dataclass(frozen=True, kw_only=True)
class Part:
    """What is said of one question: a `Verdict` value or "", and where something is to be put right, what (empty: the
    checklist's own words), within how many days, and by whom (a user's id; 0: the adviser). Of "overall", `verdict`
    is a `Grade` value and `remark` the words to the adviser."""

    verdict: str = ""
    remark: str = ""
    to_do: str = ""
    days: int = USUAL_DAYS
    worker: int = 0


@dataclass(frozen=True)
class Said:
    """One part as somebody writes it. `opened_with` is the `digest_of` what they were shown."""

    part: Part
    opened_with: str


@dataclass(frozen=True)
class Written:
    """Which parts were kept, and which stand as somebody else wrote them meanwhile."""

    kept: tuple[str, ...]
    clashes: tuple[str, ...]


class Clash(Refused):
    """Somebody else wrote in each of these parts since they were opened, and nothing else is new."""

    def __init__(self, clashes: tuple[str, ...]) -> None:
        super().__init__("changed_meanwhile", "Somebody else wrote here after you opened this page. Choose what stays.")
        self.clashes = clashes


def digest_of(part: Part) -> str:
    """A hash of one part, to find out whether it changed since somebody was shown it."""
    return hashlib.sha256(json.dumps(asdict(part)).encode()).hexdigest()[:32]


def questions_of(review: Review) -> tuple[Question, ...]:
    """The questions that a review was begun with (its checklist is read); none before."""
    return from_json(review.checklist.questions) if review.checklist else ()


def parts_of(review: Review) -> dict[str, Part]:
    """What was said so far, of each question of the review and overall."""
    known = {each.name for each in fields(Part)}
    said = {
        key: Part(**{name: value for name, value in kept.items() if name in known})
        for key, kept in review.answers.items()
    }
    return {key: said.get(key, Part()) for key in (*(each.key for each in questions_of(review)), OVERALL)}


@action
def begin(*, by: Actor, review: Review) -> Review:
    """Begin to review a file, with the checklist as it is now. Refused `oneself` for one's own work."""
    held = _of_another(review, "begin", by)
    return move(held, "begin", by=by, checklist=in_force(by=by), reviewer_id=by.user(), begun_at=by.now())


@action
def write(*, by: Actor, review: Review, said: Mapping[str, Said]) -> Written:
    """Keep what is new of these parts. One that somebody else changed since it was opened stays as they wrote it.

    Refused `already_saved` where nothing is new, Clash where only such parts are, `too_long` with the part's field.
    """
    held = _of_another(review, "write", by)
    there = parts_of(held)
    new = {key: each for key, each in said.items() if key in there and each.part != there[key]}
    if not new:
        raise Refused("already_saved", "This is saved already.")
    clashes = tuple(key for key, each in new.items() if each.opened_with != digest_of(there[key]))
    kept = tuple(key for key in new if key not in clashes)
    if not kept:
        raise Clash(clashes)
    answers = held.answers | {key: asdict(_checked(key, new[key].part)) for key in kept}
    move(held, "write", by=by, answers=answers)
    return Written(kept, clashes)


@action
def finish(*, by: Actor, review: Review) -> Review:
    """Finish a review: each question is answered, the whole is graded, and what is to be put right becomes a task.

    Refused with the field of the first part that lacks something: `not_answered`, `no_grade`, `no_words`.
    """
    held = _of_another(review, "finish", by)
    parts = parts_of(held)
    for question in questions_of(held):
        if not parts[question.key].verdict:
            raise Refused("not_answered", f"Answer this question: {question.asks}", f"verdict_{question.key}")
    overall = parts[OVERALL]
    if not overall.verdict:
        raise Refused("no_grade", "Select how the file is on the whole", f"verdict_{OVERALL}")
    if overall.verdict == Grade.NEEDS_WORK and not overall.remark:
        raise Refused("no_words", "Write to the adviser what needs work now", f"remark_{OVERALL}")
    move(
        held, "finish", by=by, reviewer_id=by.user(), finished_at=by.now(), grade=overall.verdict, words=overall.remark
    )  # fmt: skip
    here = {each.user_id for each in workers_of(by)}
    for question in questions_of(held):
        if Verdict(parts[question.key].verdict).finds:
            _find(held, question, parts[question.key], here, by)
    return held


@action
def answer(*, by: Actor, review: Review, words: str) -> Review:
    """Answer a review of one's own work in a line. Answered again, the last one stands."""
    by.require(Capability.GIVE_ADVICE)
    held = hold(review, "answer", by=by)
    if held.adviser_id != by.user():
        raise Refused("not_yours", f"{held.adviser.name} answers this review.")
    said = written(words, LONGEST_ANSWER, "words", "Write your answer.")
    return move(held, "answer", by=by, answer=said, answered_at=by.now())


@action
def close(*, by: Actor, review: Review) -> Review:
    """Close a review once all of its tasks are done. Refused `to_do` before."""
    held = _of_another(review, "close", by)
    left = Finding.objects.visible_to(by).filter(review=held, task__done_at=None).first()
    if left:
        raise Refused("to_do", f"This is still to be put right: {left.to_do}.")
    return move(held, "close", by=by, ended_at=by.now(), ended_by_id=by.user())


@action
def leave_out(*, by: Actor, review: Review, why: str) -> Review:
    """Take a file off the list without a review, with the reason."""
    held = _of_another(review, "leave_out", by)
    said = written(why, LONGEST_WHY, "why", "Write why it is left out.")
    return move(held, "leave_out", by=by, ended_at=by.now(), ended_by_id=by.user(), ended_why=said)


def _of_another(review: Review, verb: str, by: Actor) -> Review:
    require_reviewer(by)
    held = hold(review, verb, by=by)
    if held.adviser_id == by.user():
        raise Refused("oneself", "Nobody reviews their own work. Another supervisor does this.")
    return held


def _checked(key: str, part: Part) -> Part:
    known = Grade if key == OVERALL else Verdict
    if part.verdict and part.verdict not in {each.value for each in known}:
        raise Refused("unknown", "Select one of the answers", f"verdict_{key}")
    for name, most in (("remark", LONGEST_WORDS if key == OVERALL else LONGEST_REMARK), ("to_do", LONGEST_PUT_RIGHT)):
        if (there := len(getattr(part, name))) > most:
            raise Refused("too_long", f"Write it in {most:,} characters or fewer; this has {there:,}", f"{name}_{key}")
    if part.days not in DAYS:
        raise Refused("unknown", "Select by when", f"days_{key}")
    return part


def _find(review: Review, question: Question, part: Part, here: set[int], by: Actor) -> None:
    """A task of whoever is to put it right; anybody's of the team where they do not work here any more."""
    whose = part.worker or review.adviser_id
    to_do = " ".join(part.to_do.split()) or question.to_do
    case: Case = review.case
    task = add_task(
        by=by, title=f"File review: {to_do}", due_on=by.today() + timedelta(days=part.days), case=case,
        worker_id=whose if whose in here else None,
    )  # fmt: skip
    values: dict[str, Any] = {"key": question.key, "asks": question.asks, "verdict": part.verdict}
    Finding.objects.create(
        scheme_id=by.scheme_id, organisation_id=by.organisation_id, review=review, person_id=review.person_id,
        adviser_id=review.adviser_id, remark=part.remark, to_do=to_do, task=task, made_at=by.now(), **values,
    )  # fmt: skip
    note_moved(review, "file_review_found", by=by)
