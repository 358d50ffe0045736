"""What pages read of call lists: each begins at `visible_to`, and a list's people come page by page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import Count, Q, QuerySet

from wraparound.organisations.actor import Actor
from wraparound.pathways.calendar import LONDON
from wraparound.referrals.models import Call, CallList, CallStatus
from wraparound.referrals.paging import PAGE, Page, moment, page_of, past

TO_DO = (CallStatus.TO_CALL, CallStatus.NO_ANSWER)


@dataclass(frozen=True)
class Progress:
    """How far a list has come: people by `CallStatus`, and how many of those without an answer were tried today."""

    by_status: Mapping[str, int]
    tried_today: int = 0

    @property
    def people(self) -> int:
        return sum(self.by_status.values())

    @property
    def to_call(self) -> int:
        """Who can be called today."""
        return sum(self.by_status.get(status, 0) for status in TO_DO) - self.tried_today

    @property
    def done(self) -> int:
        return self.people - self.to_call - self.tried_today


def begun_today(actor: Actor) -> datetime:
    """The beginning of the day in London."""
    return datetime.combine(actor.today(), time(), LONDON)


def to_call_now(actor: Actor, call_list: CallList) -> QuerySet[Call]:
    """Who is still to be called, but for those tried today; held ones too."""
    rows = Call.objects.visible_to(actor).filter(call_list=call_list, status__in=TO_DO)
    return rows.filter(Q(last_try_at=None) | Q(last_try_at__lt=begun_today(actor)))


def call_lists(actor: Actor) -> list[CallList]:
    """The organisation's lists, open ones first, the newest first."""
    rows = CallList.objects.visible_to(actor).select_related("made_by")
    return sorted(rows.order_by("-pk")[:200], key=lambda each: each.closed_at is not None)


def call_list_of(actor: Actor, pk: int) -> CallList:
    """One list. CallList.DoesNotExist when it is not the actor's to see."""
    found: CallList = CallList.objects.visible_to(actor).select_related("made_by").get(pk=pk)
    return found


def call_of(actor: Actor, pk: int) -> Call:
    """One call with its person. Call.DoesNotExist when it is not the actor's to see."""
    rows = Call.objects.visible_to(actor).select_related("call_list", "person__practice", "caller", "journey")
    found: Call = rows.get(pk=pk)
    return found


def progress_of(actor: Actor, lists: Sequence[CallList]) -> dict[int, Progress]:
    """How far each list has come, asked for at once."""
    tried = Q(status=CallStatus.NO_ANSWER, last_try_at__gte=begun_today(actor))
    rows = (
        Call.objects.visible_to(actor)
        .filter(call_list__in=lists)
        .values("call_list_id", "status")
        .annotate(people=Count("pk"), tried=Count("pk", filter=tried))
        .order_by()
    )
    found: dict[int, dict[str, int]] = {each.pk: {} for each in lists}
    today: dict[int, int] = dict.fromkeys(found, 0)
    for row in rows:
        found[row["call_list_id"]][row["status"]] = row["people"]
        today[row["call_list_id"]] += row["tried"]
    return {pk: Progress(by_status, today[pk]) for pk, by_status in found.items()}


PARTS = ("to_call", "again", "done")


def calls_on(actor: Actor, call_list: CallList, part: str, *, after: str = "", size: int = PAGE) -> Page:
    """People of a list: `to_call` as they come up, `again` tried today without an answer, `done` the latest first."""
    rows: QuerySet[Call] = Call.objects.visible_to(actor).filter(call_list=call_list)
    if part == "done":
        rows = rows.exclude(status__in=TO_DO)
        rows = past(rows, ("last_try_at", "id"), after, moment, int, newest_first=True)
        return _page(rows, ("last_try_at", "id"), ("-last_try_at", "-id"), size)
    if part == "again":
        rows = rows.filter(status=CallStatus.NO_ANSWER, last_try_at__gte=begun_today(actor))
    else:
        rows = to_call_now(actor, call_list)
    return _page(past(rows, ("tries", "id"), after, int, int), ("tries", "id"), ("tries", "id"), size)


def _page(rows: QuerySet[Call], columns: Sequence[str], order: Sequence[str], size: int) -> Page:
    found = rows.select_related("person", "caller", "journey").order_by(*order)[: size + 1]
    return page_of(list(found), size, columns)
