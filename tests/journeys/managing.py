"""A team to be managed: its workers' hours and leave, and people to give away."""

from datetime import timedelta

from tests.factories import World
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.away import leave_from_now, worker_of
from wraparound.organisations.models import Leave
from wraparound.organisations.working_time import set_leave, set_working_time

FORMS = ("team-capacity", "working-hours", "leave", "give-people")


def path_of(form: str, world: World) -> str:
    """The address of one of `FORMS`; the adviser has somebody to give away."""
    worker = world.adviser
    return {
        "team-capacity": f"/teams/{world.advice.pk}/capacity/",
        "working-hours": f"/workers/{worker.membership_id}/hours/",
        "leave": f"/workers/{worker.membership_id}/leave/",
        "give-people": f"/team/give/?whose={worker.user_id}",
    }[form]


def works(who: Actor, places: int = 30) -> None:
    """On weekdays, full time."""
    with acting_as(who):
        mine = worker_of(who, who.membership_id or 0)
        set_working_time(by=who, membership=mine, minutes=[450] * 5 + [0, 0], places=places)


def on_leave(who: Actor, cover: Actor | None = None, days: int = 7) -> Leave:
    """Their leave that begins today, written down if it is not yet."""
    with acting_as(who):
        mine = worker_of(who, who.membership_id or 0)
        covers = worker_of(who, cover.membership_id or 0) if cover else None
        held = leave_from_now(who, mine)
        if held:
            return held[0]
        today = who.now().date()
        return set_leave(by=who, membership=mine, starts=today, ends=today + timedelta(days=days), cover=covers)
