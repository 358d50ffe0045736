"""The figures as somebody would count them by hand from the rows: slow, plain, and made of nothing but Python."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from tests.house.seeing import Owner

Key = tuple[Any, ...]
ENDED = {"declined", "lost_contact", "not_answered", "closed", "withdrawn"}
HELPED = {"helped", "partly_helped", "information_given", "passed_on"}
KEY = ("scheme_id", "day", "pathway_version_id", "entry", "service", "kind", "from_organisation_id", "to_team_id")
FIGURES = (
    "referred", "urgent", "answered", "accepted", "reached", "attended", "finished", "left_unanswered", "left_declined",
    "left_unreached", "left_unattended", "left_withdrawn", "left_sent_on", "left_unfinished", "days_to_answer",
    "days_to_contact",
)  # fmt: skip


def dicts(owner: Owner, table: str) -> list[dict[str, Any]]:
    with owner.connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def held(owner: Owner) -> dict[Key, dict[str, int]]:
    """What the table of figures says."""
    rows = dicts(owner, "reporting_cohortday")
    return {tuple(row[name] for name in KEY): {name: row[name] for name in FIGURES} for row in rows}


def counted(owner: Owner) -> dict[Key, dict[str, int]]:
    """What the rows say."""
    journeys = {row["id"]: row for row in dicts(owner, "referrals_journey")}
    found: dict[Key, Counter[str]] = {}
    for row in dicts(owner, "referrals_referral"):
        of = journeys[row["journey_id"]]
        key = (row["scheme_id"], _day(row["sent_at"]), of["pathway_version_id"], of["entry"], row["service"],
               row["kind"], row["from_organisation_id"], row["to_team_id"])  # fmt: skip
        found.setdefault(key, Counter()).update(_way(row))
    for row in dicts(owner, "referrals_signpost"):
        of = journeys[row["given_on_id"]]
        key = (row["scheme_id"], _day(row["given_at"]), of["pathway_version_id"], of["entry"], row["service"],
               "signpost", row["from_organisation_id"], row["to_team_id"])  # fmt: skip
        came = row["followed_at"]
        days = _days(row["given_at"], came) if came else 0
        found.setdefault(key, Counter()).update(referred=1, reached=int(bool(came)), days_to_contact=days)
    return {key: {name: figures[name] for name in FIGURES} for key, figures in found.items()}


def _way(row: dict[str, Any]) -> dict[str, int]:
    """One referral's part in each figure."""
    finished = row["status"] == "closed" and row["outcome"] in HELPED
    attended = finished or row["attended_at"] is not None
    reached = attended or row["reached_at"] is not None
    accepted = reached or row["accepted_at"] is not None
    sent_on = row["outcome"] == "sent_on"
    ended = row["status"] in ENDED
    answered = accepted or (ended and (sent_on or row["decline_reason"] != ""))
    reached_on = _first(row["reached_at"], row["attended_at"], row["ended_at"], row["status_since"])
    answered_on = _first(row["accepted_at"], reached_on)
    way = {
        "referred": True, "urgent": row["rank"] == 0, "answered": answered, "accepted": accepted, "reached": reached,
        "attended": attended, "finished": finished,
    }  # fmt: skip
    left = _left(row, finished, attended, reached, accepted, answered, sent_on)
    return {name: int(yes) for name, yes in way.items()} | {
        **({left: 1} if left else {}),
        "days_to_answer": _days(row["sent_at"], answered_on) if answered else 0,
        "days_to_contact": _days(row["sent_at"], reached_on) if reached else 0,
    }


def _left(row: dict[str, Any], *came: bool) -> str:
    finished, attended, reached, accepted, answered, sent_on = came
    if row["status"] not in ENDED or finished:
        return ""
    if attended:
        return "left_unfinished"
    if reached:
        return "left_unattended"
    if accepted:
        return "left_unreached"
    if answered:
        return "left_sent_on" if sent_on else "left_declined"
    return "left_withdrawn" if row["status"] == "withdrawn" else "left_unanswered"


def _first(*moments: Any) -> Any:
    return next(moment for moment in moments if moment is not None)


def _day(moment: Any) -> Any:
    return timezone.localtime(moment).date()


def _days(first: Any, last: Any) -> int:
    return max(0, (_day(last) - _day(first)).days)


def total(rows: Iterable[dict[str, int]], name: str) -> int:
    return sum(row[name] for row in rows)
