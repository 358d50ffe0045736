"""What pages read of reviews and learning: each begins at `visible_to`."""

from datetime import date

from django.db.models import Case, IntegerField, Q, QuerySet, When

from wraparound.organisations.actor import Actor
from wraparound.referrals.paging import Page, page_of, past
from wraparound.supervision.access import may_review
from wraparound.supervision.models import Checklist, Draw, Finding, Learning, Review
from wraparound.supervision.states import OPEN, REVIEWED, Grade, ReviewStatus

PAGE = 25


def reviews_of(actor: Actor, month: date, *, after: str = "", size: int = PAGE) -> Page:
    """A month's list, for those who review: what is to be done first."""
    place = Case(
        *(When(status=status, then=number) for number, status in enumerate((*OPEN, *REVIEWED))),
        default=9,
        output_field=IntegerField(),
    )
    rows = _listed(actor).annotate(place=place).filter(month=month).exclude(status=ReviewStatus.LEFT_OUT)
    if not may_review(actor):
        rows = rows.none()
    rows = past(rows, ("place", "id"), after, int, int)
    return page_of(list(rows.order_by("place", "id")[: size + 1]), size, ("place", "id"))


def review_of(actor: Actor, pk: int) -> Review:
    """One review. Review.DoesNotExist when it is not the actor's to see: one's own is seen once it is finished."""
    found: Review = _listed(actor).exclude(Q(adviser_id=actor.user_id), ~Q(status__in=REVIEWED)).get(pk=pk)
    return found


def findings_of(actor: Actor, review: Review) -> list[Finding]:
    """What it found, as the checklist asked."""
    rows = Finding.objects.visible_to(actor).filter(review=review)
    return list(rows.select_related("task__worker").order_by("pk"))


def own_reviews(actor: Actor, *, after: str = "", size: int = PAGE) -> Page:
    """Finished reviews of the actor's own work, the newest first."""
    rows = _listed(actor).filter(adviser_id=actor.user_id or 0, status__in=REVIEWED)
    rows = past(rows, ("id",), after, int, newest_first=True)
    return page_of(list(rows.order_by("-id")[: size + 1]), size, ("id",))


def to_review(actor: Actor, most: int) -> list[Review]:
    """What a reviewer has before them: begun first, by risk, then the rest; never their own work."""
    if not may_review(actor):
        return []
    rows = _listed(actor).filter(status__in=OPEN).exclude(adviser_id=actor.user_id)
    return list(rows.order_by("status", "why", "pk")[:most])


def needs_work(actor: Actor, most: int) -> list[Review]:
    """Files that need work now, until they are closed."""
    rows = _listed(actor).filter(status=ReviewStatus.FINISHED, grade=Grade.NEEDS_WORK)
    return list(rows.order_by("finished_at", "pk")[:most])


def to_read(actor: Actor, most: int) -> list[Review]:
    """Reviews of the actor's own work that they have not answered; and those that need work now, until closed."""
    if actor.user_id is None:
        return []
    waits = Q(answered_at=None) | Q(grade=Grade.NEEDS_WORK)
    rows = _listed(actor).filter(waits, adviser_id=actor.user_id, status=ReviewStatus.FINISHED)
    return list(rows.order_by("finished_at", "pk")[:most])


def own_waiting(actor: Actor, month: date) -> int:
    """How many of the actor's own files are on a month's list for another to review."""
    rows = Review.objects.visible_to(actor).filter(month=month, adviser_id=actor.user_id or 0)
    return rows.filter(status__in=OPEN).count()


def draws_of(actor: Actor, month: date) -> list[Draw]:
    """How a month's sample was drawn, the last drawing first."""
    rows = Draw.objects.visible_to(actor).filter(month=month).select_related("drawn_by")
    return list(rows.order_by("-number")[:20])


def checklist_of(actor: Actor) -> Checklist | None:
    """The version in force; None where the one that ships was never used."""
    return Checklist.objects.visible_to(actor).order_by("-number").first()


def versions_of(actor: Actor) -> list[Checklist]:
    """The latest versions of the checklist, the newest first."""
    return list(Checklist.objects.visible_to(actor).select_related("made_by").order_by("-number")[:20])


def learning_in(actor: Actor, year: int, user_id: int | None = None) -> list[Learning]:
    """What was logged in a calendar year: of one worker, or of everybody whom the actor may see; the newest first."""
    rows = Learning.objects.visible_to(actor).filter(day__year=year, removed_at=None)
    if user_id is not None:
        rows = rows.filter(user_id=user_id)
    return list(rows.select_related("user", "recorded_by").order_by("-day", "-pk")[:2_000])


def learning_of(actor: Actor, pk: int) -> Learning:
    """One entry. Learning.DoesNotExist when it is not the actor's to see."""
    found: Learning = Learning.objects.visible_to(actor).filter(removed_at=None).get(pk=pk)
    return found


def _listed(actor: Actor) -> QuerySet[Review]:
    return Review.objects.visible_to(actor).select_related(
        "matter", "case__journey", "person", "adviser", "reviewer", "checklist"
    )
