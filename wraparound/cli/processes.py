"""Which processes are ours, and how they end. A number alone names no process: it may be another's by now."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

MARK = "WRAPAROUND_STARTED_BY"
PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def spawn(command: list[str], *, dies: signal.Signals | None, **arguments: Any) -> "subprocess.Popen[bytes]":
    """Start a process that the kernel sends `dies` when we are gone, however we went."""
    dying = _die_with_parent(dies) if dies else None
    return subprocess.Popen(command, preexec_fn=dying, **arguments)


def stop_with_parent() -> None:
    """Have the kernel send us SIGTERM when the process that started us is gone."""
    follow = _die_with_parent(signal.SIGTERM)
    if follow:
        follow()


def _die_with_parent(number: signal.Signals) -> Callable[[], None] | None:
    libc = _libc
    if libc is None:
        return None
    return lambda: libc.prctl(PR_SET_PDEATHSIG, int(number))


def command_of(pid: int) -> list[str]:
    """The words a process was started with; none for one that has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").rstrip("\0").split("\0")
    except OSError:
        return []


def exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except OSError:
        return False
    return True


def marked(mark: str) -> list[int]:
    """Processes, and their children, that were started with `MARK` set to `mark`."""
    wanted = f"{MARK}={mark}".encode()
    found = []
    for pid in _every_process():
        try:
            if wanted in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0"):
                found.append(pid)
        except OSError:
            continue
    return found


def with_command(matches: Callable[[list[str]], bool]) -> list[int]:
    commands = ((pid, command_of(pid)) for pid in _every_process())
    return [pid for pid, command in commands if command and matches(command)]


def _every_process() -> Iterator[int]:
    """None where there is no /proc: then a port or a lock that is still taken tells instead."""
    try:
        names = os.listdir("/proc")
    except OSError:
        return
    yield from (int(name) for name in names if name.isdigit() and int(name) != os.getpid())


def end(find: Callable[[], Iterable[int]], *, patience: float = 5.0) -> None:
    """Ask what `find` finds to stop; after `patience` seconds make it. `find` is asked again before every signal."""
    _send(find(), signal.SIGTERM)
    if not wait_until(lambda: not list(find()), patience):
        _send(find(), signal.SIGKILL)
        wait_until(lambda: not list(find()), patience)


def _send(pids: Iterable[int], number: signal.Signals) -> None:
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue


def wait_until(done: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
