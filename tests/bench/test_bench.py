"""The benchmarks run: their rows still fit the tables, and each way of doing a thing still does it."""

import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


def test_the_benchmarks_that_use_the_database_run_to_their_end() -> None:
    command = [sys.executable, "-W", "ignore", "-m", "bench", "--rows", "25000", "--times", "1"]
    ran = subprocess.run(
        [*command, "worklist", "rls", "intake", "manager"], cwd=CHECKOUT, capture_output=True, text=True, timeout=300
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    for said in ("twenty thousand open", "Intakes a second", "The people behind a number"):
        assert said in ran.stdout
