"""`wraparound run` as a person has it: started in a checkout, looked at from outside, stopped or killed."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

from wraparound.cli import places, processes

FROM_OUR_RUN = ("DATABASE_URL", "DATABASE_OWNER_URL", "SECRET_KEY", "DJANGO_SETTINGS_MODULE")


class Running:
    """One checkout's run, with its output in a file."""

    def __init__(self, checkout: Path) -> None:
        self.checkout = checkout
        self.output = checkout / "output.txt"
        self.port = _free_port()
        self.supervisor: subprocess.Popen[bytes] | None = None

    def start(self, *, wait: bool = True) -> "subprocess.Popen[bytes]":
        with open(self.output, "wb") as output:
            self.supervisor = subprocess.Popen(
                self.command(),
                cwd=self.checkout,
                env=self.environment(),
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        supervisor = self.supervisor
        if wait:
            ready = processes.wait_until(lambda: "is ready" in self.said() or supervisor.poll() is not None, 60)
            assert ready and supervisor.poll() is None, self.said()
        return supervisor

    def command(self) -> list[str]:
        return [sys.executable, "-m", "wraparound", "run"]

    def environment(self) -> dict[str, str]:
        ours = {name: value for name, value in os.environ.items() if name not in FROM_OUR_RUN}
        return {**ours, "PORT": str(self.port), "WEB_PROCESSES": "1", "PYTHONPATH": str(self.checkout)}

    def said(self) -> str:
        return self.output.read_text()

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def processes_like(self, *words: str) -> list[int]:
        """Those of this checkout's web server and worker whose command holds all `words`."""
        ours = processes.marked(str(self.checkout))
        return [pid for pid in ours if all(word in processes.command_of(pid) for word in words)]

    def database_server(self) -> int:
        base = places.SYSTEM_FOLDER / places.identity(self.checkout) if os.geteuid() == 0 else self.checkout / "var"
        return int((base / "postgres" / "data" / "postmaster.pid").read_text().split()[0])

    def everything(self) -> list[int]:
        if self.supervisor is None:
            return []
        supervisor = [self.supervisor.pid] if self.supervisor.poll() is None else []
        return supervisor + processes.marked(str(self.checkout)) + self._database_processes()

    def kill_all(self) -> None:
        for pid in self.everything():
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        if self.supervisor:
            self.supervisor.wait()
        assert processes.wait_until(lambda: not self.everything(), 10)

    def _database_processes(self) -> list[int]:
        name = places.identity(self.checkout) if os.geteuid() == 0 else str(self.checkout)
        return processes.with_command(lambda command: "postgres" in command[0] and name in " ".join(command))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
