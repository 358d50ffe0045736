"""The whole, started in a small checkout: each process killed, all killed, started twice, stopped."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable

import pytest

from tests.cli.running import Running
from wraparound.cli import processes
from wraparound.cli.problem import Problem
from wraparound.cli.run import _address, _check_port

GUNICORN, WORKER = "gunicorn", "worker"


@pytest.fixture
def started(running: Running) -> Running:
    supervisor = running.supervisor
    if supervisor is None or supervisor.poll() is not None:
        running.start()
    return running


def _first_web(running: Running) -> int:
    return min(running.processes_like(GUNICORN))


def _first_worker(running: Running) -> int:
    return running.processes_like(WORKER)[0]


def test_it_answers_and_a_second_run_says_one_sentence(started: Running) -> None:
    assert started.answers()
    other = Running(started.checkout)
    other.output = started.checkout / "second.txt"
    assert other.start(wait=False).wait(20) == 1
    assert other.said().startswith(f"Wraparound is already running here: http://127.0.0.1:{started.port}/ (process ")
    assert other.said().count("\n") == 1


@pytest.mark.parametrize(
    ("which", "sentence"),
    [
        (_first_web, "The web server stopped (signal 9); starting it again."),
        (_first_worker, "The job worker stopped (signal 9); starting it again."),
        (Running.database_server, "The database stopped; starting it again."),
    ],
)
def test_a_process_that_is_killed_is_started_again(
    started: Running, which: Callable[[Running], int], sentence: str
) -> None:
    killed = which(started)
    os.kill(killed, signal.SIGKILL)
    assert processes.wait_until(lambda: sentence in started.said(), 10)

    def as_before() -> bool:
        try:
            return which(started) != killed and started.answers()
        except (ValueError, IndexError, FileNotFoundError):
            return False

    assert processes.wait_until(as_before, 15), started.said()


def test_after_everything_is_killed_the_next_run_works(started: Running) -> None:
    started.kill_all()
    started.start()
    assert started.answers()


def test_after_only_the_supervisor_is_killed_the_next_run_works(started: Running) -> None:
    supervisor = started.supervisor
    assert supervisor
    supervisor.kill()
    supervisor.wait()
    started.start()
    assert started.answers()
    assert len(started.processes_like(WORKER)) == 1


def test_a_run_that_is_stopping_is_waited_for(started: Running) -> None:
    supervisor = started.supervisor
    assert supervisor
    supervisor.terminate()
    time.sleep(0.1)
    started.start()
    assert supervisor.wait() == 0
    assert started.answers()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_nothing_is_left(started: Running, number: signal.Signals) -> None:
    supervisor = started.supervisor
    assert supervisor
    asked = time.monotonic()
    supervisor.send_signal(number)
    assert supervisor.wait(20) == 0, started.said()
    assert time.monotonic() - asked < 8
    assert started.everything() == []
    _check_port("127.0.0.1", started.port)


def test_a_port_that_is_taken_is_named() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Problem, match=f"^Port {port} is taken by another program: try `PORT=.* make run`.$"):
            _check_port("127.0.0.1", port)


@pytest.mark.parametrize("port", ["eighty", "0", "65536", "-1"])
def test_a_port_that_is_none_is_named(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(Problem, match=f"^PORT is {port}, which is no port"):
        _address()


def test_an_address_of_another_machine_is_named() -> None:
    with pytest.raises(Problem, match="no address of this machine"):
        _check_port("192.0.2.1", 8000)


def test_a_database_of_ones_own_that_does_not_answer_is_a_sentence(running: Running) -> None:
    running.kill_all()
    done = subprocess.run(
        ["env", "DATABASE_URL=postgresql:///x?host=/nowhere", *running.command()],
        cwd=running.checkout,
        env=running.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("The database that DATABASE_URL names does not answer")
    assert done.stderr.count("\n") == 1
