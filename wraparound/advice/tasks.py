"""The clock of time limits."""

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from wraparound.advice.models import TimeLimit
from wraparound.advice.reminding import AT_DAYS, remind
from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor, acting_as, system
from wraparound.organisations.jobs import job
from wraparound.pathways.calendar import local

MOST_AT_ONCE = 500


@job(queue="clock")
def remind_of(*, by: Actor, limit_id: int) -> None:
    """Speak of one time limit. One that has been met meanwhile is left alone."""
    try:
        remind(by=by, limit=TimeLimit.objects.visible_to(by).get(pk=limit_id))
    except Refused as refused:
        if refused.code != "not_yet":
            raise


def sweep() -> int:
    """Queue each time limit of which a set day has come; how many. Only ids come out of the database here."""
    with acting_as(None), connection.cursor() as cursor:
        rows = cursor.execute(
            "SELECT time_limit, scheme, organisation FROM advice_limits_to_say(%s, %s, %s)",
            [local(timezone.now()).date(), list(AT_DAYS), MOST_AT_ONCE],
        ).fetchall()
        for limit, scheme, organisation in rows:
            remind_of.later(by=system(scheme, organisation), limit_id=limit)
    return len(rows)


@app.periodic(cron="*/10 * * * *")
@app.task(queue="clock", queueing_lock="advice.sweep", name="advice.sweep")
def sweep_often(timestamp: int) -> None:
    sweep()
