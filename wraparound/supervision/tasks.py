"""The clock of file review: each morning the month's list is drawn where it is not, and what is at risk comes on it."""

from django.db import connection
from procrastinate.contrib.django import app

from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor, acting_as, system
from wraparound.organisations.jobs import job
from wraparound.supervision.drawing import add_risks, draw_month


@job(queue="clock")
def look_through(*, by: Actor) -> None:
    """One organisation's list. Run again, it adds nothing twice."""
    for do in (draw_month, add_risks):
        try:
            do(by=by)
        except Refused as refused:
            if refused.code not in ("drawn", "nothing_new"):
                raise


def sweep() -> int:
    """Queue each organisation that has files; how many. Only ids come out of the database here."""
    with acting_as(None), connection.cursor() as cursor:
        rows = cursor.execute("SELECT scheme, organisation FROM supervision_organisations()").fetchall()
        for scheme, organisation in rows:
            look_through.later(by=system(scheme, organisation))
    return len(rows)


@app.periodic(cron="10 4 * * *")
@app.task(queue="clock", queueing_lock="supervision.sweep", name="supervision.sweep")
def sweep_each_morning(timestamp: int) -> None:
    sweep()
