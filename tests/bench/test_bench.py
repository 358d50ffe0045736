"""The benchmarks run: their rows still fit the tables, and each way of doing a thing still does it."""

import subprocess
import sys
from pathlib import Path

AT_WORK = ("--staff", "4", "--seconds", "4", "--think", "0.5")
CHECKOUT = Path(__file__).resolve().parents[2]


def test_the_benchmarks_that_use_the_database_run_to_their_end() -> None:
    command = [sys.executable, "-W", "ignore", "-m", "bench", "--rows", "25000", "--times", "1"]
    names = ("worklist", "rls", "history", "intake", "manager", "staff")
    ran = subprocess.run(
        [*command, *names, *AT_WORK],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    for said in ("twenty thousand open", "Intakes a second", "The people behind a number", "of somebody else: 0."):
        assert said in ran.stdout
