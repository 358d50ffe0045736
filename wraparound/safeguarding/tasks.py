"""The clock of safeguarding: what nobody owns in time, or its owner leaves, comes before all who may answer."""

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor, acting_as, system
from wraparound.organisations.jobs import job
from wraparound.referrals.models import Referral
from wraparound.referrals.states import MOVES
from wraparound.safeguarding.actions import grow_late, mark_referral
from wraparound.safeguarding.leads import WORKING
from wraparound.safeguarding.models import Concern

MOST_AT_ONCE = 500


@job(queue="clock")
def tell_everybody(*, by: Actor, concern_id: int) -> None:
    """Tell of one late concern. One that somebody has looked at meanwhile is left alone."""
    try:
        grow_late(by=by, concern=Concern.objects.visible_to(by).get(pk=concern_id))
    except Refused as refused:
        if refused.code not in ("not_yet", "too_late"):
            raise


@job(queue="clock")
def mark_one(*, by: Actor, referral_id: int) -> None:
    """Mark one referral. One that somebody has ended or marked meanwhile is left alone."""
    try:
        mark_referral(by=by, referral=Referral.objects.visible_to(by).get(pk=referral_id))
    except Refused as refused:
        if refused.code not in ("not_yet", "too_late"):
            raise


def sweep_marks() -> int:
    """Queue each referral to be marked that came in while a concern was open; how many. Only ids come out here."""
    with acting_as(None), connection.cursor() as cursor:
        rows = cursor.execute(
            "SELECT referral, scheme, organisation FROM safeguarding_unmarked(%s, %s)",
            [sorted(MOVES["mark"].from_), MOST_AT_ONCE],
        ).fetchall()
        for referral, scheme, organisation in rows:
            mark_one.later(by=system(scheme, organisation), referral_id=referral)
    return len(rows)


def sweep() -> int:
    """Queue each late concern to be told of; how many. Only ids come out of the database here."""
    with acting_as(None), connection.cursor() as cursor:
        rows = cursor.execute(
            "SELECT concern, scheme, organisation FROM safeguarding_late(%s, %s, %s)",
            [timezone.now(), WORKING, MOST_AT_ONCE],
        ).fetchall()
        for concern, scheme, organisation in rows:
            tell_everybody.later(by=system(scheme, organisation), concern_id=concern)
    return len(rows)


@app.periodic(cron="* * * * *")
@app.task(queue="clock", queueing_lock="safeguarding.sweep", name="safeguarding.sweep")
def sweep_every_minute(timestamp: int) -> None:
    sweep()
    sweep_marks()
