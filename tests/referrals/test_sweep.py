"""The sweep queues a move for what is due, in every scheme; a job that comes too late does nothing."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from tests.factories import NOW, details, make_world, referral_to, referred
from tests.house.seeing import Owner
from wraparound.organisations.actor import acting_as, system
from wraparound.referrals import tasks
from wraparound.referrals.actions import claim
from wraparound.referrals.intake import LetterSaid
from wraparound.referrals.launching import start_launch
from wraparound.referrals.models import Launch, Referral
from wraparound.time_limits.letters import Letter


def queued(owner: Owner) -> list[int]:
    rows = owner.query(
        "SELECT (args->>'referral_id')::bigint FROM procrastinate_jobs WHERE task_name LIKE '%%pass_time'"
    )
    return sorted(pk for (pk,) in rows)


def due_by(owner: Owner, moment: datetime) -> list[int]:
    rows = owner.query("SELECT id FROM referrals_referral WHERE is_open AND next_clock_at <= %s ORDER BY 1", [moment])
    return [pk for (pk,) in rows]


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime | None) -> datetime:
    assert moment
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    return moment


def test_the_sweep_finds_what_is_due_in_every_scheme_and_nothing_else(
    owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = make_world(), make_world()
    due = [referral_to(referred(world), world.link_worker) for world in (one, other)]
    moment = due[0].escalate_at
    assert moment
    later = referral_to(referred(other), other.adviser)
    with acting_as(other.adviser):
        Referral.objects.filter(pk=later.pk).update(escalate_at=moment + timedelta(seconds=1))
    assert {referral.pk for referral in due} <= set(due_by(owner, moment)) and later.pk not in due_by(owner, moment)
    at(monkeypatch, moment - timedelta(seconds=1))
    assert tasks.sweep() == 0
    at(monkeypatch, moment)
    assert tasks.sweep() == len(due_by(owner, moment))
    assert queued(owner) == due_by(owner, moment)


def test_the_clock_finds_the_letters_that_come_near_and_no_others(owner: Owner) -> None:
    world = make_world()
    # A month after it is 20 December.
    with_letter = referred(world, letter=LetterSaid(Letter.BENEFIT_DECISION, date(2026, 11, 20)))
    referred(world)
    near = "SELECT referral FROM referrals_letters_near(%s, 100)"
    ours = {referral_to(with_letter, by).pk for by in (world.adviser, world.link_worker)}
    assert not ours & {pk for (pk,) in owner.query(near, [date(2026, 12, 19)])}
    assert {pk for (pk,) in owner.query(near, [date(2026, 12, 20)])} == ours


def test_each_is_moved_by_the_organisation_that_it_waits_at(owner: Owner, monkeypatch: pytest.MonkeyPatch) -> None:
    """Swept and run, again and again, everything ends: each job finds the row that it was made for."""
    world = make_world()
    referred(world)
    for _ in range(12):
        rows = owner.query("SELECT min(next_clock_at) FROM referrals_referral WHERE is_open")
        if rows[0][0] is None:
            break
        at(monkeypatch, rows[0][0])
        for referral, scheme, organisation in owner.query("SELECT * FROM referrals_overdue(%s, 100)", [rows[0][0]]):
            tasks.pass_time.now(by=system(scheme, organisation), referral_id=referral)
    assert owner.query("SELECT DISTINCT status FROM referrals_referral") == [("closed",)]


def test_a_job_that_comes_too_late_does_nothing(owner: Owner, monkeypatch: pytest.MonkeyPatch) -> None:
    world = make_world()
    referral = referral_to(referred(world), world.link_worker)
    moment = at(monkeypatch, referral.escalate_at)
    with acting_as(world.link_worker):
        claim(by=world.link_worker.at(moment), referral=referral)
    before = owner.everything()
    tasks.pass_time.now(by=system(world.scheme, world.social.organisation_id), referral_id=referral.pk)
    assert owner.everything() == before


def test_the_same_job_twice_does_it_once(owner: Owner, monkeypatch: pytest.MonkeyPatch) -> None:
    world = make_world()
    referral = referral_to(referred(world), world.link_worker)
    at(monkeypatch, referral.escalate_at)
    clock = system(world.scheme, world.social.organisation_id)
    tasks.pass_time.now(by=clock, referral_id=referral.pk)
    before = owner.everything()
    tasks.pass_time.now(by=clock, referral_id=referral.pk)
    assert owner.everything() == before


@pytest.mark.django_db
def test_details_that_nobody_can_send_any_more_are_forgotten() -> None:
    world = make_world()
    for by, number in ((world.clinician, "9990000018"), (world.clinician.at(NOW + timedelta(hours=11)), "9990000026")):
        with acting_as(by):
            start_launch(by=by, details=details(nhs_number=number))
    with acting_as(None), connection.cursor() as cursor:
        cursor.execute("SELECT referrals_forget_launches(%s)", [NOW + timedelta(hours=1)])
    with acting_as(world.clinician):
        assert [launch.details.get("nhs_number") for launch in Launch.objects.order_by("pk")] == [None, "9990000026"]
