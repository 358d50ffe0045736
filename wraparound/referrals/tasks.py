"""The clock, which moves on what has gone unanswered, and the sharing out of what has arrived.

Each row is moved by the system acting for the organisation it waits at.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app

from wraparound.consent.actions import run_out
from wraparound.consent.models import Consent, DataSharingAgreement
from wraparound.events.action import Refused
from wraparound.events.models import Event
from wraparound.organisations.actor import Actor, acting_as, system
from wraparound.organisations.jobs import Job, job
from wraparound.organisations.models import Team
from wraparound.pathways.calendar import local
from wraparound.people.models import EmergencyOpening, Restriction
from wraparound.referrals.actions import let_time_pass
from wraparound.referrals.emergency import end_opening
from wraparound.referrals.launching import SEND_WITHIN
from wraparound.referrals.letters import hurry
from wraparound.referrals.models import Referral
from wraparound.referrals.readers import journeys_after, keep_readers
from wraparound.referrals.restricting import let_worker_read
from wraparound.referrals.sharing_out import share_out
from wraparound.referrals.waiting import frees_a_place, offer_places, team_with_limit
from wraparound.time_limits.letters import NEAR

MOST_AT_ONCE = 500
JOURNEYS_AT_ONCE = 200


def _queue_each(job: Job, name: str, question: str, *values: date | int) -> int:
    """Queue the job for each id that the database answers with its scheme and organisation; how many.

    The job gets the id as `name`, and runs as the system of that organisation. Only ids come out here.
    """
    with acting_as(None), connection.cursor() as cursor:
        rows = cursor.execute(question, values).fetchall()
        for pk, scheme, organisation in rows:
            job.later(by=system(scheme, organisation), **{name: pk})
    return len(rows)


@job(queue="clock")
def pass_time(*, by: Actor, referral_id: int) -> None:
    """Move one overdue referral on. One that somebody has acted on meanwhile is left alone."""
    try:
        let_time_pass(by=by, referral=Referral.objects.visible_to(by).get(pk=referral_id))
    except Refused as refused:
        if refused.code != "not_yet":
            raise


def share_out_what_was_sent(event: Event, by: Any) -> None:
    """Handler: a referral says itself which of its teams share out, so that taking one in asks nothing more."""
    _share_out(event, by, [(int(team_id), organisation) for team_id, organisation in event.data["sharing"].items()])


def share_out_arrivals(event: Event, by: Any) -> None:
    """Handler: something may have arrived at a team that shares out, of any organisation that was told."""
    _share_out(event, by, _sharing(event.scheme_id, event.organisation_ids))


def share_out_what_waits(event: Event, by: Any) -> None:
    """Handler: the actor's own organisation has room that it had not, so what stayed unclaimed is looked at again."""
    _share_out(event, by, _sharing(event.scheme_id, [by.organisation_id]))


def _sharing(scheme_id: int, organisation_ids: Iterable[int]) -> Iterable[tuple[int, int]]:
    teams = Team.objects.filter(scheme_id=scheme_id, organisation_id__in=organisation_ids, shares_out=True)
    return teams.values_list("pk", "organisation_id")


def _share_out(event: Event, by: Any, teams: Iterable[tuple[int, int]]) -> None:
    for team_id, organisation_id in teams:
        acting = replace(system(event.scheme_id, organisation_id), moment=by.moment)
        share_out_team.later(by=acting, team_id=team_id)


@job()
def share_out_team(*, by: Actor, team_id: int) -> None:
    """Give what is unclaimed to the team's workers. What nobody can take stays, for a supervisor to see."""
    try:
        share_out(by=by, team=Team.objects.get(pk=team_id, shares_out=True))
    except Team.DoesNotExist:
        return
    except Refused as refused:
        if refused.code not in ("nothing_to_share", "nobody_can"):
            raise


@app.periodic(cron="0 6 * * *")
@app.task(queue="clock", queueing_lock="share_out", name="referrals.share_out")
def share_out_every_morning(timestamp: int) -> None:
    """Somebody is back today: what nobody could take yesterday is shared out."""
    with acting_as(None):
        for team in Team.objects.filter(shares_out=True):
            share_out_team.later(by=system(team.scheme_id, team.organisation_id), team_id=team.pk)


def place_came_free(event: Event, by: Any) -> None:
    """Handler: a referral may have left a place at a team that has a limit, which is offered to the next in turn."""
    if event.referral_id is None or not frees_a_place(event.data["from"], event.data["to"]):
        return
    # Not only where somebody waits: who is being put on the list at this moment cannot be seen from here.
    team = team_with_limit(event.referral_id)
    if team is not None:
        _offer_later(team.pk, event.scheme_id, team.organisation_id, by)


def room_was_made(event: Event, by: Any) -> None:
    """Handler: a team's places, its workers' or its opening have changed."""
    teams = Team.objects.filter(scheme_id=event.scheme_id, organisation_id__in=event.organisation_ids)
    if "team" in event.data:
        teams = teams.filter(pk=event.data["team"])
    for team_id, organisation_id in teams.values_list("pk", "organisation_id"):
        _offer_later(team_id, event.scheme_id, organisation_id, by)


def _offer_later(team_id: int, scheme_id: int, organisation_id: int, by: Any) -> None:
    offer_free_places.later(by=replace(system(scheme_id, organisation_id), moment=by.moment), team_id=team_id)


@job()
def offer_free_places(*, by: Actor, team_id: int) -> None:
    """Offer a team's free places to those who wait for one, in turn. None free, or nobody there, is all right."""
    try:
        offer_places(by=by, team=Team.objects.get(pk=team_id))
    except Refused as refused:
        if refused.code != "no_place":
            raise


def look_at_waiting_lists() -> int:
    """Queue the offering of places for each team with a waiting list; how many. Only ids come out here."""
    return _queue_each(offer_free_places, "team_id", "SELECT * FROM referrals_teams_with_waiting()")


@app.periodic(cron="10 * * * *")
@app.task(queue="clock", queueing_lock="waiting", name="referrals.waiting")
def look_at_waiting_lists_every_hour(timestamp: int) -> None:
    """A team opens again on a day, with nobody doing anything."""
    look_at_waiting_lists()


def sweep() -> int:
    """Queue a move for each referral whose clock has run out; how many. Only ids come out of the database here."""
    overdue = "SELECT * FROM referrals_overdue(%s, %s)"
    return _queue_each(pass_time, "referral_id", overdue, timezone.now(), MOST_AT_ONCE)


@app.periodic(cron="* * * * *")
@app.task(queue="clock", queueing_lock="sweep", name="referrals.sweep")
def sweep_every_minute(timestamp: int) -> None:
    sweep()


@job(queue="clock")
def hurry_by_letter(*, by: Actor, referral_id: int) -> None:
    """Hurry one referral by its letter. One that somebody has taken on meanwhile is left alone."""
    try:
        hurry(by=by, referral=Referral.objects.visible_to(by).get(pk=referral_id))
    except Refused as refused:
        if refused.code != "not_yet":
            raise


def look_at_letters() -> int:
    """Queue the hurrying of each referral that nobody has taken on and whose letter's last day has come near."""
    until = local(timezone.now()).date() + NEAR
    return _queue_each(
        hurry_by_letter, "referral_id", "SELECT * FROM referrals_letters_near(%s, %s)", until, MOST_AT_ONCE
    )


@app.periodic(cron="15 * * * *")
@app.task(queue="clock", queueing_lock="letters", name="referrals.letters")
def look_at_letters_every_hour(timestamp: int) -> None:
    look_at_letters()


@job(queue="clock")
def let_consent_run_out(*, by: Actor, consent_id: int) -> None:
    """End one consent whose last day is over. One that was taken back meanwhile is left alone."""
    try:
        run_out(by=by, consent=Consent.objects.visible_to(by).get(pk=consent_id))
    except Refused as refused:
        if refused.code not in ("not_yet", "too_late"):
            raise


def look_at_consents() -> int:
    """Queue the end of each consent whose last day is over and that no deadline keeps; how many."""
    today = local(timezone.now()).date()
    over = "SELECT * FROM referrals_consents_run_out(%s, %s)"
    return _queue_each(let_consent_run_out, "consent_id", over, today, MOST_AT_ONCE)


@app.periodic(cron="20 * * * *")
@app.task(queue="clock", queueing_lock="consents", name="referrals.consents")
def look_at_consents_every_hour(timestamp: int) -> None:
    look_at_consents()


@job()
def keep_readers_of_scheme(*, by: Actor, after: int = 0) -> None:
    """Write anew who may read each journey of the scheme, a batch at a time: a data-sharing agreement has changed."""
    found = journeys_after(after, JOURNEYS_AT_ONCE)
    for journey_id in found:
        keep_readers(journey_id)
    if len(found) == JOURNEYS_AT_ONCE:
        keep_readers_of_scheme.later(by=by, after=found[-1])


def sharing_changed(event: Event, by: Any) -> None:
    """Handler: who may be told what follows from who has signed."""
    keep_readers_of_scheme.later(by=system(event.scheme_id, by.organisation_id))


@job()
def let_worker_read_restricted(*, by: Actor, person_id: int) -> None:
    """Whoever was given work with somebody whose record is restricted may read it."""
    held = Restriction.objects.visible_to(by).filter(person_id=person_id, ended_at=None).first()
    try:
        if held is not None:
            let_worker_read(by=by, restriction=held)
    except Refused as refused:
        if refused.code not in ("nobody_new", "too_late"):
            raise


def work_was_given(event: Event, by: Any) -> None:
    """Handler: a referral has another worker. Most records are not restricted, which is asked here and not by a job."""
    if event.person_id and Restriction.objects.filter(person_id=event.person_id, ended_at=None).exists():
        let_worker_read_restricted.later(by=system(event.scheme_id, by.organisation_id), person_id=event.person_id)


@job(queue="clock")
def end_opening_in_time(*, by: Actor, opening_id: int) -> None:
    """Close one record whose hours are over. One that was closed by hand meanwhile is left alone."""
    try:
        end_opening(by=by, opening=EmergencyOpening.objects.visible_to(by).get(pk=opening_id))
    except Refused as refused:
        if refused.code not in ("not_yours", "too_late"):
            raise


def look_at_openings() -> int:
    """Queue the end of each emergency opening whose hours are over; how many."""
    over = "SELECT * FROM people_openings_over(%s, %s)"
    return _queue_each(end_opening_in_time, "opening_id", over, timezone.now(), MOST_AT_ONCE)


@app.periodic(cron="* * * * *")
@app.task(queue="clock", queueing_lock="openings", name="referrals.openings")
def look_at_openings_every_minute(timestamp: int) -> None:
    look_at_openings()


def look_at_agreements(today: date) -> int:
    """Queue the same for each scheme in which a data-sharing agreement begins today or was over yesterday; how many."""
    with acting_as(None):
        changed = DataSharingAgreement.objects.filter(Q(begins=today) | Q(ends=today - timedelta(days=1)))
        for scheme_id, organisation_id in dict(changed.values_list("scheme_id", "parties__organisation_id")).items():
            if organisation_id is not None:
                keep_readers_of_scheme.later(by=system(scheme_id, organisation_id))
        return changed.count()


@app.periodic(cron="5 0 * * *")
@app.task(queue="clock", queueing_lock="agreements", name="referrals.agreements")
def look_at_agreements_every_night(timestamp: int) -> None:
    look_at_agreements(local(timezone.now()).date())


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
