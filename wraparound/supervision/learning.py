"""What workers learn: each logs their own; whoever supervises notes supervision sessions."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from wraparound.casework.to_do import LONGEST_TITLE, add_task
from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.away import workers_of
from wraparound.organisations.roles import Capability
from wraparound.social_prescribing.holding import not_twice, written
from wraparound.supervision.access import require_reviewer
from wraparound.supervision.models import Learning

LONGEST_WHAT, LONGEST_TAKES, LONGEST_CERTIFICATE, MOST_AGREED = 200, 1_000, 100, 10
MOST_MINUTES = 6_000
FURTHEST_BACK = timedelta(days=3 * 366)


@action
def log_learning(
    *, by: Actor, kind: Learning.Kind, what: str, day: date, minutes: int, takes: str = "", certificate: str = ""
) -> Learning:
    """Write down something that one learned from. `minutes` from 1 to 6,000; a supervision session is noted by the
    supervisor."""
    by.require(Capability.WORK_REFERRALS)
    if kind == Learning.Kind.SUPERVISION:
        raise Refused("not_yours", "Your supervisor notes a supervision session.", "kind")
    said = written(what, LONGEST_WHAT, "what", "Write what it was.")
    return _log(
        by, by.user(), kind=kind, what=said, day=day, minutes=minutes, takes=_short(takes, LONGEST_TAKES, "takes"),
        certificate=_short(certificate, LONGEST_CERTIFICATE, "certificate"),
    )  # fmt: skip


@action
def note_session(
    *, by: Actor, worker_id: int, day: date, minutes: int, takes: str = "", agreed: Sequence[str] = (),
    due_on: date | None = None,
) -> Learning:  # fmt: skip
    """Note a supervision session with a colleague; each thing `agreed` becomes a task of theirs, due on a day (in a
    month when not given)."""
    require_reviewer(by)
    if worker_id == by.user():
        raise Refused("oneself", "Another supervisor notes sessions with you.", "worker")
    if worker_id not in {each.user_id for each in workers_of(by)}:
        raise Refused("no_colleague", "Choose somebody who works with people in your organisation.", "worker")
    lines = [written(each, LONGEST_TITLE, "agreed", "Write what was agreed.") for each in agreed if each.strip()]
    if len(lines) > MOST_AGREED:
        raise Refused("too_many", f"Write {MOST_AGREED} lines at most.", "agreed")
    noted = _log(
        by, worker_id, kind=Learning.Kind.SUPERVISION, what=f"Supervision with {by.name}"[:LONGEST_WHAT], day=day,
        minutes=minutes, takes=_short(takes, LONGEST_TAKES, "takes"), agreed=lines,
    )  # fmt: skip
    for line in lines:
        add_task(by=by, title=line, due_on=due_on or by.today() + timedelta(days=28), worker_id=worker_id)
    return noted


@action
def take_off(*, by: Actor, learning: Learning) -> Learning:
    """Take off what one wrote down by mistake. It stays in the history."""
    by.require(Capability.WORK_REFERRALS)
    held: Learning = Learning.objects.visible_to(by).select_for_update(of=("self",)).get(pk=learning.pk)
    if held.recorded_by_id != by.user():
        raise Refused("not_yours", "Whoever wrote this down takes it off.")
    if held.removed_at:
        raise Refused("too_late", "It is off the list already.")
    held.removed_at = by.now()
    held.save(update_fields=["removed_at"])
    record("learning_taken_off", by=by, data={"learning": held.pk, "user": held.user_id})
    return held


def _log(by: Actor, user_id: int, *, day: date, minutes: int, **said: Any) -> Learning:
    today = by.today()
    if not today - FURTHEST_BACK <= day <= today:
        raise Refused("wrong_day", "The day must be today or earlier, within three years.", "day")
    if not 1 <= minutes <= MOST_MINUTES:
        raise Refused("wrong_time", f"Enter a number of minutes from 1 to {MOST_MINUTES:,}.", "minutes")
    same = Learning.objects.visible_to(by).filter(user_id=user_id, day=day, what=said["what"], removed_at=None)
    not_twice(same, by.now(), "recorded_at")
    logged: Learning = Learning.objects.create(
        scheme_id=by.scheme_id, organisation_id=by.organisation_id, user_id=user_id, day=day, minutes=minutes,
        recorded_by_id=by.user(), recorded_at=by.now(), **said,
    )  # fmt: skip
    record("learning_logged", by=by, data={"learning": logged.pk, "user": user_id})
    return logged


def _short(text: str, most: int, field: str) -> str:
    said = text.strip()
    if len(said) > most:
        raise Refused("too_long", f"Use {most:,} characters or fewer; this has {len(said):,}.", field)
    return said
