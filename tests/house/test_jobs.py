"""A job runs as the actor who queued it, and is queued with that actor's transaction or not at all."""

import json
from dataclasses import replace

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app

from tests.factories import NOW, make_world, referral_to, referred
from tests.house.finding import modules
from wraparound.casework.actions import accept
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.jobs import Job
from wraparound.people.models import Person

pytestmark = pytest.mark.django_db

# These run for every scheme and see nobody's rows: they ask the database for ids, or clear the queue's own.
FOR_EVERYBODY = {
    "safeguarding.sweep",
    "advice.sweep",
    "supervision.sweep",
    "files.sweep",
    "messaging.sweep_digests",
    "referrals.share_out",
    "referrals.sweep",
    "referrals.waiting",
    "referrals.consents",
    "referrals.letters",
    "referrals.openings",
    "referrals.agreements",
    "referrals.forget_launches",
    "jobs.rescue",
    "jobs.tidy",
} | {
    "reporting.count",
    "reporting.recount",
    "audit.seal",
    # These write to a user about their account, which is of no scheme.
    "messaging.write_link",
    "messaging.write_notice",
    "signing_in.tidy",
}


def jobs() -> dict[str, Job]:
    found = {}
    for module in modules("tasks"):
        found |= {job.task.name: job for job in vars(module).values() if isinstance(job, Job)}
    return found


def own_tasks() -> set[str]:
    jobs()
    return {name for name in app.tasks if "procrastinate" not in name}


def queued() -> list[tuple[str, dict[str, object]]]:
    with connection.cursor() as cursor:
        rows = cursor.execute("SELECT task_name, args::text FROM procrastinate_jobs ORDER BY id").fetchall()
    return [(name, json.loads(arguments)) for name, arguments in rows]


def seen_by_a_job(monkeypatch: pytest.MonkeyPatch, job: Job, actor: Actor) -> set[int]:
    """The people that the job's function finds, asking with no filter at all."""
    seen: set[int] = set()
    monkeypatch.setattr(job, "function", lambda *, by: seen.update(Person.objects.values_list("pk", flat=True)))
    job._run(actor=actor.as_json())
    return seen


def test_there_are_jobs() -> None:
    assert len(jobs()) >= 3


def test_every_task_carries_an_actor_unless_it_is_declared_for_everybody() -> None:
    assert own_tasks() == set(jobs()) | FOR_EVERYBODY


@pytest.mark.parametrize("name", sorted(jobs()))
def test_a_job_sees_the_rows_of_its_actor_and_no_others(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    world, elsewhere = make_world(), make_world()
    own, _ = referred(world), referred(elsewhere)
    assert seen_by_a_job(monkeypatch, jobs()[name], world.link_worker) == {own.person_id}
    assert seen_by_a_job(monkeypatch, jobs()[name], world.other_clinician) == set()


@pytest.mark.parametrize("name", sorted(jobs()))
def test_a_job_is_tried_again_after_a_fault_of_the_moment(name: str) -> None:
    retry = jobs()[name].task.retry_strategy
    assert retry is not None and retry.max_attempts and retry.max_attempts > 3


def test_an_actor_is_the_same_after_the_queue() -> None:
    by = replace(make_world().link_worker, name="")
    assert Actor.from_json(json.loads(json.dumps(by.as_json()))) == by
    assert Actor.from_json(json.loads(json.dumps(by.at(NOW).as_json()))).now() == NOW


def test_a_job_carries_nobodys_name() -> None:
    """A worker logs what failed with all that it was given."""
    by = make_world().link_worker
    assert by.name and by.name not in json.dumps(by.as_json())


def test_a_job_is_queued_with_the_action_that_asked_for_it() -> None:
    world = make_world()
    referral = referral_to(referred(world), world.link_worker)
    with acting_as(world.link_worker):
        accept(by=world.link_worker, referral=referral)
    [(name, arguments)] = queued()
    assert name.endswith("write_message_back") and arguments["referral_id"] == referral.pk


def test_a_job_is_gone_when_the_action_is_undone() -> None:
    world = make_world()
    referral = referral_to(referred(world), world.link_worker)
    with acting_as(world.link_worker), pytest.raises(ZeroDivisionError), transaction.atomic():
        accept(by=world.link_worker, referral=referral)
        assert queued()
        raise ZeroDivisionError
    assert not queued()


@pytest.mark.parametrize("name", sorted(jobs()))
def test_what_a_job_queues_stands_and_falls_with_that_job(name: str) -> None:
    """A worker gives the queue connections of its own; a job made by a job must not go through them."""
    world = make_world()
    workers = app.replace_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    with workers, acting_as(world.link_worker), pytest.raises(ZeroDivisionError), transaction.atomic():
        jobs()[name].later(by=world.link_worker)
        assert [waiting for waiting, _ in queued()] == [name]
        raise ZeroDivisionError
    assert not queued()
