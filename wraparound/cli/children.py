"""A process that is kept running until told to stop."""

import os
import signal
import subprocess
import time

from wraparound.cli import places, processes
from wraparound.cli.problem import Problem

STOP_SECONDS = 8
QUICK_ENDS_ALLOWED = 5
QUICK_SECONDS = 10


class Child:
    """Marked as this checkout's, so that the next run finds it should we be killed."""

    def __init__(self, name: str, command: list[str]) -> None:
        self.name = name
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._quick_ends = 0

    def start(self) -> None:
        self._started = time.monotonic()
        self._process = processes.spawn(
            self._command,
            dies=signal.SIGTERM,
            cwd=places.CHECKOUT,
            env={**os.environ, processes.MARK: str(places.CHECKOUT)},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def ended(self) -> bool:
        return self._process is not None and self._process.poll() is not None

    def how_it_ended(self) -> str:
        code = self._process.returncode if self._process else None
        return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"

    def keep_alive(self) -> None:
        """Start it again if it ended, but not for ever if it ends at once each time."""
        if not self.ended():
            return
        how = self.how_it_ended()
        quick = time.monotonic() - self._started < QUICK_SECONDS
        self._quick_ends = self._quick_ends + 1 if quick else 0
        if self._quick_ends >= QUICK_ENDS_ALLOWED:
            raise Problem(f"The {self.name} ends as soon as it starts ({how}): what is above says why.")
        print(f"The {self.name} stopped ({how}); starting it again.", flush=True)
        self.make_stop()
        self.start()

    def ask_to_stop(self) -> None:
        if self._process and self._process.poll() is None:
            self._process.terminate()

    def make_stop(self) -> None:
        """With everything it started: that must not outlive it, holding the port."""
        if self._process is None:
            return
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        group = self._process.pid
        processes.end(lambda: [pid for pid in processes.marked(str(places.CHECKOUT)) if _group_of(pid) == group])
        self._process = None


def _group_of(pid: int) -> int | None:
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return None
