"""Job workers as processes of their own: killed in the middle of a job, or away while jobs pile up."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from urllib.parse import quote

from django.db import connections
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from tests.factories import details, make_world, referral_to, referred
from tests.house.seeing import Owner
from wraparound.casework.actions import accept
from wraparound.organisations.actor import acting_as, system
from wraparound.referrals.models import Referral
from wraparound.referrals.tasks import pass_time

PATIENCE = 60


def address(alias: str) -> str:
    """The tests' own database, as a worker of the product is told of it."""
    at = connections[alias].settings_dict
    return f"postgresql:///{at['NAME']}?host={quote(at['HOST'], safe='')}&port={at['PORT']}&user={at['USER']}"


@contextmanager
def worker() -> Iterator["subprocess.Popen[bytes]"]:
    environment = {**os.environ, "DATABASE_URL": address("default"), "DATABASE_OWNER_URL": address("owner")}
    process = subprocess.Popen([sys.executable, "-m", "wraparound", "worker"], env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, "it did not come to that"
        time.sleep(0.05)


def jobs(owner: Owner, task: str) -> list[str]:
    """The state of each job of a kind."""
    rows = owner.query("SELECT status::text FROM procrastinate_jobs WHERE task_name LIKE %s ORDER BY id", [f"%{task}"])
    return [status for (status,) in rows]


def test_what_was_queued_while_no_worker_ran_is_all_done_when_one_comes(owner: Owner) -> None:
    world = make_world()
    for number in range(6):
        person = details(family_name=f"Duarte{number}", date_of_birth=None, postcode="")
        referral = referral_to(referred(world, person=person), world.link_worker)
        with acting_as(world.link_worker):
            accept(by=world.link_worker, referral=referral)
    owner.run("UPDATE procrastinate_events SET at = at - interval '1 hour'")
    assert jobs(owner, "write_message_back") == ["todo"] * 6
    with worker():
        wait_until(lambda: jobs(owner, "write_message_back") == ["succeeded"] * 6)
    assert owner.query("SELECT count(*), count(pdf), count(DISTINCT referral_id) FROM messaging_messageback") == [
        (6, 6, 6)
    ]


def test_a_job_whose_worker_was_killed_in_the_middle_is_done_by_another(owner: Owner) -> None:
    world = make_world()
    referral = referral_to(referred(world), world.link_worker)
    clock = system(world.scheme, world.social.organisation_id).at(_long_after(referral))
    pass_time.later(by=clock, referral_id=referral.pk)
    with acting_as(world.link_worker), worker() as first:
        # The worker comes as far as the row that is held here.
        Referral.objects.select_for_update().get(pk=referral.pk)
        wait_until(lambda: jobs(owner, "pass_time") == ["doing"] and _somebody_waits(owner))
        first.send_signal(signal.SIGKILL)
        first.wait()
    assert jobs(owner, "pass_time") == ["doing"], "nobody has noticed yet"
    assert not owner.query("SELECT 1 FROM referrals_referral WHERE escalated")
    # A dead worker is known by its silence; here a minute goes by at once.
    owner.run("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")
    with suppress(AlreadyEnqueued):
        app.configure_task("jobs.rescue", queueing_lock="rescue", queue="clock").defer(timestamp=0)
    with worker():
        wait_until(lambda: jobs(owner, "pass_time") == ["succeeded"])
    assert owner.query("SELECT count(*) FROM referrals_referral WHERE escalated") == [(1,)]
    assert owner.query("SELECT count(*) FROM events_event WHERE name = 'referral_escalate'") == [(1,)]


def test_a_job_that_fails_is_kept_and_tried_again_later(owner: Owner) -> None:
    """Here its actor cannot see the row."""
    world = make_world()
    referral = referral_to(referred(world), world.link_worker)
    nobody = system(world.scheme, world.other_practice)
    pass_time.later(by=nobody, referral_id=referral.pk)
    with worker():
        wait_until(lambda: _tried(owner) == [("todo", 1, True)])
    assert not owner.query("SELECT 1 FROM referrals_referral WHERE escalated")


def test_a_worker_told_to_stop_stops_and_leaves_no_job_half_done(owner: Owner) -> None:
    with worker() as process:
        wait_until(lambda: bool(owner.query("SELECT 1 FROM procrastinate_workers")))
        process.terminate()
        assert process.wait(PATIENCE) is not None
    assert not [status for status in jobs(owner, "%") if status == "doing"]


def _long_after(referral: Referral) -> datetime:
    assert referral.escalate_at
    return referral.escalate_at + timedelta(seconds=1)


def _tried(owner: Owner) -> list[tuple[object, ...]]:
    return owner.query(
        "SELECT status::text, attempts, scheduled_at > now() - interval '1 minute' FROM procrastinate_jobs "
        "WHERE task_name LIKE '%%pass_time'"
    )


def _somebody_waits(owner: Owner) -> bool:
    return bool(owner.query("SELECT 1 FROM pg_locks WHERE NOT granted"))
