"""The clock: what has gone unanswered is moved on, each row by the system acting for the organisation it waits at."""

from django.db import connection
from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app

from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor, acting_as, system
from wraparound.organisations.jobs import job
from wraparound.referrals.actions import let_time_pass
from wraparound.referrals.launching import SEND_WITHIN
from wraparound.referrals.models import Referral

MOST_AT_ONCE = 500


@job(queue="clock")
def pass_time(*, by: Actor, referral_id: int) -> None:
    """Move one overdue referral on. One that somebody has acted on meanwhile is left alone."""
    try:
        let_time_pass(by=by, referral=Referral.objects.visible_to(by).get(pk=referral_id))
    except Refused as refused:
        if refused.code != "not_yet":
            raise


def sweep() -> int:
    """Queue a move for each referral whose clock has run out; how many. Only ids come out of the database here."""
    with acting_as(None), connection.cursor() as cursor:
        rows = cursor.execute(
            "SELECT referral, scheme, organisation FROM referrals_overdue(%s, %s)", [timezone.now(), MOST_AT_ONCE]
        ).fetchall()
        for referral, scheme, organisation in rows:
            pass_time.later(by=system(scheme, organisation), referral_id=referral)
    return len(rows)


@app.periodic(cron="* * * * *")
@app.task(queue="clock", queueing_lock="sweep", name="referrals.sweep")
def sweep_every_minute(timestamp: int) -> None:
    sweep()


@app.periodic(cron="0 * * * *")
@app.task(queue="clock", queueing_lock="forget", name="referrals.forget_launches")
def forget_launches_every_hour(timestamp: int) -> None:
    """Details handed over by a GP system are gone once nobody can send them any more."""
    with acting_as(None), connection.cursor() as cursor:
        cursor.execute("SELECT referrals_forget_launches(%s)", [timezone.now() - SEND_WITHIN])


@app.periodic(cron="30 3 * * *")
@app.task(queue="clock", queueing_lock="tidy", pass_context=True, name="jobs.tidy")
async def tidy_every_night(context: JobContext, timestamp: int) -> None:
    """Jobs that were done a week ago are no longer kept; failed ones stay to be looked at."""
    await context.app.job_manager.delete_old_jobs(nb_hours=7 * 24)


@app.periodic(cron="* * * * *")
@app.task(queue="clock", queueing_lock="rescue", pass_context=True, name="jobs.rescue")
async def rescue_every_minute(context: JobContext, timestamp: int) -> None:
    """Give the jobs of a worker that died back to the queue."""
    for stalled in await context.app.job_manager.get_stalled_jobs():
        await context.app.job_manager.retry_job(stalled)
