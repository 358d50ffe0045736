"""How to come to each action of file review and learning."""

from typing import Any

from tests.factories import World
from tests.house.advice import a_matter
from tests.house.trial import Recipe, Trial
from wraparound.organisations.actor import acting_as, system
from wraparound.supervision.checklist import added, shipped
from wraparound.supervision.drawing import add_by_hand, draw_month
from wraparound.supervision.learning import log_learning
from wraparound.supervision.models import Learning, Review
from wraparound.supervision.reviewing import OVERALL, Part, Said, begin, digest_of, finish, parts_of, write
from wraparound.supervision.states import Grade, Verdict


def to_review(world: World) -> Review:
    """A file of the adviser's, on the list of this month."""
    matter, by = a_matter(world), world.advice_supervisor
    with acting_as(by):
        return add_by_hand(by=by, matter=matter, why="Asked for at supervision")


def begun(world: World) -> Review:
    review, by = to_review(world), world.advice_supervisor
    with acting_as(by):
        return begin(by=by, review=review)


def all_said(review: Review, grade: Grade = Grade.FIT, **verdicts: Verdict) -> dict[str, Said]:
    """Yes to every question but those named, as nobody wrote before."""
    parts = parts_of(review)
    said = {key: Part(verdict=verdicts.get(key, Verdict.YES).value) for key in parts}
    said[OVERALL] = Part(verdict=grade.value, remark="Well done. Write the advice down too.")
    return {key: Said(part, digest_of(parts[key])) for key, part in said.items()}


def written(world: World, grade: Grade = Grade.FIT, **verdicts: Verdict) -> Review:
    review, by = begun(world), world.advice_supervisor
    with acting_as(by):
        write(by=by, review=review, said=all_said(review, grade, **verdicts))
    return review


def finished(world: World, grade: Grade = Grade.FIT, **verdicts: Verdict) -> Review:
    review, by = written(world, grade, **verdicts), world.advice_supervisor
    with acting_as(by):
        return finish(by=by, review=review)


def a_log(world: World) -> Learning:
    by = world.adviser
    with acting_as(by):
        return log_learning(by=by, kind=Learning.Kind.READING, what="PIP handbook", day=by.today(), minutes=45)


def _supervisor(make: Any, **said: Any) -> Recipe:
    return lambda world: Trial(world.advice_supervisor, {"review": make(world), **said})


def _write(world: World) -> Trial:
    review = begun(world)
    return Trial(world.advice_supervisor, {"review": review, "said": all_said(review)})


def _draw_again(world: World) -> Trial:
    a_matter(world)
    by = world.advice_supervisor
    with acting_as(by):
        draw_month(by=by)
    return Trial(by, {"why": "An adviser joined"}, makes_its_own=True)


def _risks(world: World) -> Trial:
    a_matter(world)
    by = world.adviser
    matter = a_matter(world)
    with acting_as(by):
        matter.conflict_looked_at = "Another person of that name"
        matter.save(update_fields=["conflict_looked_at"])
    return Trial(system(world.scheme, world.advice.organisation_id).at(by.now()), {}, makes_its_own=True)


SUPERVISING: dict[str, Recipe] = {
    "wraparound.supervision.drawing.set_size": lambda world: Trial(
        world.advice_supervisor, {"number": 3, "worker_id": world.adviser.user_id}
    ),
    "wraparound.supervision.drawing.draw_month": lambda world: Trial(world.advice_supervisor, {}, makes_its_own=True),
    "wraparound.supervision.drawing.draw_again": _draw_again,
    "wraparound.supervision.drawing.add_by_hand": lambda world: Trial(
        world.advice_supervisor, {"matter": a_matter(world), "why": "Asked for"}
    ),
    "wraparound.supervision.drawing.add_risks": _risks,
    "wraparound.supervision.questions.change_checklist": lambda world: Trial(
        world.advice_supervisor,
        {"seen": 1, "questions": added(shipped()[0], group="Facts", asks="Was it kind?"), "what": "Added one"},
        makes_its_own=True,
    ),
    "wraparound.supervision.reviewing.begin": _supervisor(to_review),
    "wraparound.supervision.reviewing.write": _write,
    "wraparound.supervision.reviewing.finish": _supervisor(written),
    "wraparound.supervision.reviewing.answer": lambda world: Trial(
        world.adviser, {"review": finished(world), "words": "Done on Monday"}
    ),
    "wraparound.supervision.reviewing.close": _supervisor(finished),
    "wraparound.supervision.reviewing.leave_out": _supervisor(to_review, why="The person asked us not to"),
    "wraparound.supervision.learning.log_learning": lambda world: Trial(
        world.adviser,
        {"kind": Learning.Kind.COURSE, "what": "Appeals", "day": world.adviser.today(), "minutes": 300},
        makes_its_own=True,
    ),
    "wraparound.supervision.learning.note_session": lambda world: Trial(
        world.advice_supervisor,
        {"worker_id": world.adviser.user_id, "day": world.adviser.today(), "minutes": 60, "agreed": ["Read ADM A3"]},
    ),
    "wraparound.supervision.learning.take_off": lambda world: Trial(world.adviser, {"learning": a_log(world)}),
}
