"""Running the tests, or anything else, with a database of their own."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from wraparound.cli import places, processes
from wraparound.cli.database import database_for_tests


def run_with_test_database(command: list[str]) -> int:
    """Run `command` with DATABASE_URL and DATABASE_OWNER_URL set; without one, say what they would be."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with database_for_tests():
        if not command:
            print("\n".join(f"{name}={os.environ[name]}" for name in ("DATABASE_URL", "DATABASE_OWNER_URL")))
            return 0
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
        environment = {**os.environ, "PATH": path}
        program = shutil.which(command[0], path=path) or command[0]
        child = processes.spawn([program, *command[1:]], dies=signal.SIGTERM, cwd=places.CHECKOUT, env=environment)
        return _wait_for(child)


def _wait_for(child: "subprocess.Popen[bytes]") -> int:
    """Ctrl-C has reached it too, and it may have things to put away."""
    try:
        return child.wait()
    except KeyboardInterrupt:
        child.terminate()
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        return 130
