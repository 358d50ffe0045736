"""Figures of file review for whoever supervises, each with what it means. Counted when shown."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count

from wraparound.advice.competence import advisers
from wraparound.organisations.actor import Actor
from wraparound.supervision.drawing import sizes_of
from wraparound.supervision.models import Draw, Finding, Review
from wraparound.supervision.states import REVIEWED, Grade, ReviewStatus

YEAR = timedelta(days=365)
MOST_FINDINGS = 10
MEANS = {
    "planned": "How many files of the adviser the sample was to have: their number on the day it was drawn.",
    "listed": "Files of the adviser on the month’s list, by sample, by risk and by hand, without those left out.",
    "reviewed": "Of these, how many reviews are finished, whenever that was.",
    "grades": "How finished reviews of the month’s list were graded on the whole.",
    "findings": "Questions answered “partly” or “no” in reviews finished in the last 12 months, the most frequent "
    "first. Two wordings of one question count as two.",
}  # fmt: skip


@dataclass(frozen=True)
class Reviewed:
    """One adviser in a month."""

    name: str
    planned: int
    listed: int
    reviewed: int
    grades: dict[Grade, int]


@dataclass(frozen=True)
class Found:
    asks: str
    times: int
    put_right: int


def by_adviser(actor: Actor, month: date) -> list[Reviewed]:
    """Each adviser who is here, or had a file on the list, by name."""
    rows = Review.objects.visible_to(actor).filter(month=month).exclude(status=ReviewStatus.LEFT_OUT)
    told = rows.values_list("adviser_id", "adviser__name", "status", "grade")
    names = {each.user_id: each.user.name for each in advisers(actor)}
    listed: Counter[int] = Counter()
    reviewed: Counter[int] = Counter()
    grades: Counter[tuple[int, str]] = Counter()
    for user, name, status, grade in told:
        names.setdefault(user, name)
        listed[user] += 1
        if status in REVIEWED:
            reviewed[user] += 1
            grades[user, grade] += 1
    sizes = _planned(actor, month)
    made = [
        Reviewed(name, sizes.get(user, 0), listed[user], reviewed[user], {each: grades[user, each] for each in Grade})
        for user, name in names.items()
    ]
    return sorted(made, key=lambda each: each.name)


def findings(actor: Actor) -> Sequence[Found]:
    """What is found most often."""
    rows = Finding.objects.visible_to(actor).filter(made_at__gte=actor.now() - YEAR)
    told = rows.values("asks").annotate(times=Count("pk"), done=Count("task__done_at")).order_by("-times", "asks")
    return [Found(each["asks"], each["times"], each["done"]) for each in told[:MOST_FINDINGS]]


def _planned(actor: Actor, month: date) -> dict[int, int]:
    """As it was when the month's sample was last drawn; as it would be now where it was not."""
    latest = Draw.objects.visible_to(actor).filter(month=month).order_by("-number").first()
    if latest is None:
        return sizes_of(actor) if month >= actor.today().replace(day=1) else {}
    return {int(user): numbers["planned"] for user, numbers in latest.among.items()}
