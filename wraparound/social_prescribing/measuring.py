"""Writing down the answers to a measure, at one time."""

from collections.abc import Mapping

from wraparound.casework.models import Case
from wraparound.events.action import Refused, action
from wraparound.measures.definition import Measure
from wraparound.organisations.actor import Actor
from wraparound.social_prescribing.holding import hold, not_twice, own, tell
from wraparound.social_prescribing.models import Measured


@action
def record_measure(*, by: Actor, case: Case, measure: Measure, answers: Mapping[str, int]) -> Measured:
    """Keep the number for each question that was answered. Each may be left out, but not all of them.

    ValueError for a question that the measure does not ask, or a number that is not on its scale.
    """
    held = hold(case, by=by)
    measure.check(answers)
    if not answers:
        sentence = "Choose an answer to at least one question, or go back: they need not answer any."
        raise Refused("empty", sentence, measure.questions[0].key)
    said = {"case": held, "measure": measure.key, "answers": dict(answers)}
    not_twice(Measured.objects.visible_to(by).filter(**said), by.now(), "at")
    taken = Measured.objects.create(
        measure=measure.key, answers=dict(answers), worker_id=by.user(), at=by.now(), **own(held, by)
    )
    tell("measure_taken", held, by=by, measure=measure.key)
    return taken
