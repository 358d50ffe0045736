"""`wraparound run`: the database, the web server and the job worker, together, until stopped."""

import os
import secrets
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from wraparound.cli import database, places, processes, up_to_date
from wraparound.cli.children import Child
from wraparound.cli.locks import Lock
from wraparound.cli.private_postgres import PrivatePostgres
from wraparound.cli.problem import Problem
from wraparound.config import environment
from wraparound.demo.people import PASSWORD
from wraparound.demo.signing_in import sign_in_as

READY_SECONDS = 60
STOPPING = "stopping"
STOPPING_SECONDS = 20


def run(*, with_parent: bool = False) -> None:
    began = time.monotonic()
    production = environment.production()
    host, port = _address()
    address = f"http://{_shown(host)}:{port}/"
    with _only_run(address) as lock:
        _stop_when_told(lock, with_parent)
        processes.end(lambda: processes.marked(str(places.CHECKOUT)))
        _check_port(host, port)
        os.environ["SECRET_KEY"] = os.environ.get("SECRET_KEY") or secret_key(places.VAR / "secret_key")
        with _database() as postgres:
            children = [Child("web server", _web_command(host, port)), Child("job worker", _worker_command())]
            try:
                for child in children:
                    child.start()
                _wait_for_answer(children, address)
                print(f"Wraparound is ready at {address} after {time.monotonic() - began:.1f} s. Ctrl-C stops it.")
                if not production:
                    _name_people()
                sys.stdout.flush()
                _watch_until_told(children, postgres)
            finally:
                _stop(children)


@contextmanager
def _only_run(address: str) -> Iterator[Lock]:
    lock = Lock(places.RUN_LOCK)
    try:
        if not lock.try_alone():
            stopping = lock.read() == STOPPING
            if not stopping or not processes.wait_until(lock.try_alone, STOPPING_SECONDS):
                raise Problem(f"Wraparound is already running here: {lock.read()}.")
        lock.write(f"{address} (process {os.getpid()})")
        yield lock
    finally:
        lock.close()


def _stop_when_told(lock: Lock, with_parent: bool) -> None:
    """SIGTERM and a closed terminal end us as Ctrl-C does; so, if asked, does the end of what started us."""

    def told(number: int, frame: FrameType | None) -> None:
        lock.write(STOPPING)
        raise KeyboardInterrupt

    # SIGINT too: a shell that starts us in the background has us ignore it.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, told)
    if with_parent:
        processes.stop_with_parent()


def _address() -> tuple[str, int]:
    host, port = environment.read("HOST"), environment.read("PORT")
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise Problem(f"PORT is {port}, which is no port: give a number from 1 to 65535.")
    return host, int(port)


def _check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            raise Problem(f"Port {port} is for root alone: try `PORT=8000 make run`.") from None
        except OSError as error:
            if error.errno != 98:
                raise Problem(f"HOST is {host}, which is no address of this machine: try 127.0.0.1.") from None
            other = port + 1 if port < 65535 else 8000
            raise Problem(f"Port {port} is taken by another program: try `PORT={other} make run`.") from None


def secret_key(path: Path) -> str:
    """Made once; whoever can read it could sign in as anyone, so only we can."""
    if not path.exists():
        new = path.with_suffix(".new")
        new.unlink(missing_ok=True)
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
        new.rename(path)
    return path.read_text()


@contextmanager
def _database() -> Iterator[PrivatePostgres | None]:
    """Up to date and answering. The private one is ours to stop; another's is only asked whether it is there."""
    if not database.is_private():
        _check_answers(os.environ["DATABASE_URL"])
        up_to_date.bring_up_to_date_apart()
        yield None
        return
    postgres = database.private_postgres()
    try:
        postgres.join(die_with_us=True)
        database.make_roles_and_database(postgres)
        os.environ.update(database.environment(postgres))
        up_to_date.make_up_to_date(postgres)
        yield postgres
    finally:
        _ignore_signals()
        postgres.leave(stop=True)


def _check_answers(address: str) -> None:
    import psycopg

    try:
        psycopg.connect(address, connect_timeout=10).close()
    except psycopg.Error as error:
        said = str(error).strip().splitlines()[-1]
        raise Problem(f"The database that DATABASE_URL names does not answer ({said}).") from None


def _web_command(host: str, port: int) -> list[str]:
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    command = [sys.executable, "-m", "gunicorn", "--bind", bind, "--workers", environment.read("WEB_PROCESSES")]
    command += ["--no-control-socket", "--graceful-timeout", "5", "--log-level", "warning"]
    return [*command, "wraparound.config.wsgi:application"]


def _worker_command() -> list[str]:
    return [sys.executable, "-m", "wraparound", "worker"]


def _wait_for_answer(children: list[Child], address: str) -> None:
    def answers_or_ended() -> bool:
        if any(child.ended() for child in children):
            return True
        try:
            urllib.request.urlopen(address, timeout=READY_SECONDS)
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False
        return True

    in_time = processes.wait_until(answers_or_ended, READY_SECONDS)
    for child in children:
        if child.ended():
            raise Problem(f"The {child.name} did not start ({child.how_it_ended()}): what is above says why.")
    if not in_time:
        raise Problem(f"The web server did not answer at {address} within {READY_SECONDS} seconds.")


def _shown(host: str) -> str:
    """An address that a browser on this machine can open."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"[{host}]" if ":" in host else host


def _name_people() -> None:
    groups = sign_in_as()
    if not groups:
        return
    first, *others = groups
    width = max(len(worker.role) for worker in first.users)
    print(f"You can sign in as, in {first.name} ({first.model.lower()}):")
    for worker in first.users:
        print(f"  {worker.role.ljust(width)}  {worker.email} ({worker.name})")
    named = ", ".join(f"{group.name} ({group.model.lower()})" for group in others)
    print(f"The password of each is: {PASSWORD}. The sign-in page has a button for each, and for those of {named}.")


def _watch_until_told(children: list[Child], postgres: PrivatePostgres | None) -> None:
    try:
        while True:
            time.sleep(0.2)
            if postgres and postgres.running() is None:
                print("The database stopped; starting it again.", flush=True)
                postgres.start(die_with_us=True)
            for child in children:
                child.keep_alive()
    except KeyboardInterrupt:
        return


def _stop(children: list[Child]) -> None:
    _ignore_signals()
    print("Stopping.", flush=True)
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.make_stop()


def _ignore_signals() -> None:
    """Stopping takes seconds at most, and a second Ctrl-C would leave things running."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
