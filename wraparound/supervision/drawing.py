"""Which files are on a month's list: the sample, those at risk, and those that a supervisor adds."""

import secrets
from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from wraparound.advice.competence import advisers
from wraparound.advice.models import Matter
from wraparound.advice.states import MatterStatus
from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability
from wraparound.social_prescribing.holding import written
from wraparound.supervision.access import may_review, require_reviewer, reviewers
from wraparound.supervision.models import Draw, Review, SampleSize
from wraparound.supervision.moving import hold, move, note_moved
from wraparound.supervision.risks import MONTH, SIGNALS, supervised
from wraparound.supervision.sampling import MOST, USUAL, draw, planned, reviewable
from wraparound.supervision.states import OPEN, REVIEWED, ReviewStatus, Why

LONGEST_WHY = 300
NEW_FOR = timedelta(days=90)
# A file that was reviewed so lately is not drawn again; what happened to it since may bring it back sooner.
RESTS, RESTS_FROM_RISK = timedelta(days=182), timedelta(days=28)


def month_of(actor: Actor) -> date:
    """The first day of the month that it is."""
    return actor.today().replace(day=1)


def sizes_of(by: Actor) -> dict[int, int]:
    """How many files of each adviser here are reviewed in a month, by the user's id."""
    usual, own = numbers_set(by)
    learning, since = supervised(by), by.now() - NEW_FOR
    return {
        each.user_id: planned(
            usual, own.get(each.user_id), supervised=each.user_id in learning, new=each.started >= since
        )
        for each in advisers(by)
    }


def numbers_set(by: Actor) -> tuple[int, dict[int, int]]:
    """The usual number, and the numbers set for single workers by the user's id."""
    rows = SampleSize.objects.visible_to(by).filter(ended_at=None).values_list("user_id", "number")
    held: dict[int | None, int] = dict(rows.iterator())
    return held.get(None, USUAL), {user: number for user, number in held.items() if user is not None}


@action
def set_size(*, by: Actor, number: int | None, worker_id: int | None = None) -> SampleSize | None:
    """Say how many files a month are reviewed: of one worker, or (no worker) of all who have no number of their own.

    `number` None takes a worker's own away. What is drawn already stays.
    """
    require_reviewer(by)
    if worker_id is not None and worker_id not in {each.user_id for each in advisers(by)}:
        raise Refused("no_adviser", "Choose somebody here who gives advice.", "worker")
    if number is None and worker_id is None:
        raise Refused("no_number", "Enter how many files a month are reviewed.", "number")
    if number is not None and not 0 <= number <= MOST:
        raise Refused("wrong_number", f"Enter a number from 0 to {MOST}.", "number")
    rows = SampleSize.objects.visible_to(by).select_for_update(of=("self",))
    whose = Q(user=None) if worker_id is None else Q(user_id=worker_id)
    held = rows.filter(whose, ended_at=None).first()
    if (held.number if held else None) == number:
        raise Refused("already_saved", "This is so already.")
    if held:
        held.ended_at = by.now()
        held.save(update_fields=["ended_at"])
    record("file_review_size_set", by=by, data={"user": worker_id, "number": number})
    if number is None:
        return None
    return SampleSize.objects.create(
        **_scope(by), user_id=worker_id, number=number, set_by_id=by.user(), set_at=by.now()
    )


@action
def draw_month(*, by: Actor) -> Draw:
    """Draw this month's sample, by the clock or a supervisor. Refused `drawn` where that is done."""
    if not by.can(Capability.LET_TIME_PASS):
        require_reviewer(by)
    if _draws(by).exists():
        raise Refused("drawn", "This month’s list is drawn already.")
    return _draw(by, number=1, why="")


@action
def draw_again(*, by: Actor, why: str) -> Draw:
    """Draw this month's sample once more: files that nobody began are left out, and `why` is kept with it."""
    require_reviewer(by)
    said = written(why, LONGEST_WHY, "why", "Write why it is drawn again.")
    latest = _draws(by).order_by("-number").first()
    if latest is None:
        raise Refused("not_drawn", "Nothing is drawn yet for this month.")
    # Risks stay: the lot has no say in them.
    untouched = _of_month(by).filter(status=ReviewStatus.TO_DO, why=Why.SAMPLE, risks=[])
    for review in untouched:
        move(
            hold(review, "leave_out", by=by), "leave_out", by=by,
            ended_at=by.now(), ended_by_id=by.user(), ended_why=f"Drawn again: {said}"[:LONGEST_WHY],
        )  # fmt: skip
    return _draw(by, number=latest.number + 1, why=said)


@action
def add_by_hand(*, by: Actor, matter: Matter, why: str) -> Review:
    """Put one file on this month's list, with the reason."""
    require_reviewer(by)
    said = written(why, LONGEST_WHY, "why", "Write why this file is to be reviewed.")
    held: Matter = Matter.objects.visible_to(by).select_for_update(of=("self",)).get(pk=matter.pk)
    if not reviewable(held.worker_id, [each.user_id for each in reviewers(by)]):
        raise Refused("nobody", "Nobody here may review it: nobody reviews their own work.")
    if _of_month(by).filter(matter=held).exists():
        raise Refused("listed", "This file is on this month’s list already.")
    return _add([held], Why.BY_HAND, by=by, asked_why=said, made_by_id=by.user())[0]


@action
def add_risks(*, by: Actor) -> list[Review]:
    """Put what is at risk on this month's list, by the clock. Refused `nothing_new` where all of it is there."""
    by.require(Capability.LET_TIME_PASS)
    found = _at_risk(by)
    listed = {each.matter_id: each for each in _of_month(by)}
    touched = []
    for pk, codes in found.items():
        there = listed.get(pk)
        if there and there.status == ReviewStatus.TO_DO and set(codes) - set(there.risks):
            held = hold(there, "add_risk", by=by)
            touched.append(move(held, "add_risk", by=by, risks=sorted({*held.risks, *codes})))
    matters = Matter.objects.visible_to(by).filter(pk__in=[pk for pk in found if pk not in listed])
    for matter in matters.order_by("pk"):
        touched += _add([matter], Why.RISK, by=by, risks=found[matter.pk])
    if not touched:
        raise Refused("nothing_new", "Nothing new is at risk.")
    return touched


def _at_risk(by: Actor) -> dict[int, list[str]]:
    """The codes of the signals of each matter that may be reviewed, and has not been too lately for them."""
    pool = _pool(by)
    standing_rest, rest = (_reviewed_since(by, by.now() - each) for each in (RESTS, RESTS_FROM_RISK))
    found: dict[int, list[str]] = {}
    for signal in SIGNALS.values():
        resting = standing_rest if signal.standing else rest
        for pk in sorted(set(signal.find(by, pool)) - resting):
            found.setdefault(pk, []).append(signal.code)
    return found


def _draw(by: Actor, *, number: int, why: str) -> Draw:
    seed, sizes = secrets.token_hex(8), sizes_of(by)
    files, have = _to_draw_from(by, sizes)
    chosen = {user: draw(seed, files[user], size - have.get(user, 0)) for user, size in sizes.items()}
    among = {
        str(user): {"files": len(files[user]), "planned": size, "drawn": len(chosen[user]) + have.get(user, 0)}
        for user, size in sizes.items()
    }
    try:
        with transaction.atomic():
            made: Draw = Draw.objects.create(
                **_scope(by), month=month_of(by), number=number, seed=seed, among=among, drawn_by_id=by.user_id,
                drawn_at=by.now(), why=why,
            )  # fmt: skip
    except IntegrityError:
        raise Refused("drawn", "Somebody drew this month’s list at the same time.") from None
    for user, keys in chosen.items():
        _add([files[user][key] for key in keys], Why.SAMPLE, by=by)
    record("file_review_drawn", by=by, data={"draw": made.pk, "number": number})
    return made


def _to_draw_from(by: Actor, users: Collection[int]) -> tuple[dict[int, dict[int, Matter]], dict[int, int]]:
    """The files of each of these users by their keys, and how many of each are in the sample already."""
    listed = list(_of_month(by))
    have = Counter(each.adviser_id for each in listed if each.why == Why.SAMPLE)
    resting = _reviewed_since(by, by.now() - RESTS) | {each.matter_id for each in listed}
    files: dict[int, dict[int, Matter]] = {user: {} for user in users}
    for matter in _pool(by).filter(worker__in=list(users)):
        if matter.pk not in resting:
            files[matter.worker_id][matter.pk] = matter
    return files, have


def _pool(by: Actor) -> QuerySet[Matter]:
    """Files that are worked on or were closed in the last month, of those whom somebody else can review."""
    there = [each.user_id for each in reviewers(by)]
    rows = Matter.objects.visible_to(by).exclude(status=MatterStatus.JOINED)
    rows = rows.filter(Q(closed_at=None) | Q(closed_at__gte=by.now() - MONTH))
    if not there:
        return rows.none()
    return rows.exclude(worker_id=there[0]) if len(set(there)) == 1 else rows


def _reviewed_since(by: Actor, moment: datetime) -> set[int]:
    """The ids of matters that were reviewed since, or are being reviewed."""
    rows = Review.objects.visible_to(by).filter(
        Q(status__in=REVIEWED, finished_at__gte=moment) | Q(status=ReviewStatus.BEGUN)
    )
    return set(rows.values_list("matter_id", flat=True))


def _of_month(by: Actor) -> QuerySet[Review]:
    rows = Review.objects.visible_to(by).filter(month=month_of(by), status__in=(*OPEN, *REVIEWED))
    return rows.order_by("pk")


def _draws(by: Actor) -> QuerySet[Draw]:
    return Draw.objects.visible_to(by).filter(month=month_of(by))


def _add(matters: Iterable[Matter], why: Why, *, by: Actor, **said: Any) -> list[Review]:
    made = []
    for matter in matters:
        review = Review.objects.create(
            **_scope(by), matter=matter, case_id=matter.case_id, person_id=matter.person_id,
            adviser_id=matter.worker_id, month=month_of(by), why=why, made_at=by.now(), **said,
        )  # fmt: skip
        note_moved(review, "file_review_added", by=by)
        made.append(review)
    return made


def _scope(by: Actor) -> dict[str, int]:
    return {"scheme_id": by.scheme_id, "organisation_id": by.organisation_id}


def alone(actor: Actor) -> bool:
    """Whether the actor reviews files, and nobody else does: then nobody reviews the actor's own."""
    return may_review(actor) and {each.user_id for each in reviewers(actor)} == {actor.user_id}
