"""PostgreSQL's programs that write and read backups, of the server's own version, told where to connect unseen."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from psycopg import pq

from wraparound.cli import postgres_binaries
from wraparound.cli.problem import Problem
from wraparound.config.logs import without_rows


def program(name: str, major: int) -> str:
    """The path of `pg_dump` or `pg_restore` of this major version; a Problem where there is none."""
    folders = [*postgres_binaries.packaged_folders(), Path(f"/usr/lib/postgresql/{major}/bin")]
    on_path = shutil.which(name)
    for candidate in [*(folder / name for folder in folders), *([Path(on_path)] if on_path else [])]:
        if _major(candidate) == major:
            return str(candidate)
    raise Problem(
        f"The database server is PostgreSQL {major} and there is no {name} of that version here: "
        f"install it (on Debian `apt-get install postgresql-client-{major}`)."
    )


def _major(candidate: Path) -> int | None:
    try:
        done = subprocess.run([candidate, "--version"], check=False, capture_output=True, text=True)
    except OSError:
        return None
    number = re.search(r"\(PostgreSQL\) (\d+)", done.stdout)
    return int(number[1]) if number else None


def environment_for(address: str) -> dict[str, str]:
    """What makes such a program connect to `address`: its password is in no list of processes."""
    given = {
        option.envvar.decode(): option.val.decode()
        for option in pq.Conninfo.parse(address.encode())
        if option.val is not None and option.envvar
    }
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "DATABASE_"))}
    return {**ours, **given, "LC_ALL": "C"}


def with_name(address: str, name: str) -> str:
    """The same server and role, and the database `name`."""
    parts = urlsplit(address)
    query = urlencode([(key, value) for key, value in parse_qsl(parts.query) if key != "dbname"], quote_via=quote)
    # Not `_replace`: an address without a host would lose its two slashes.
    return f"{parts.scheme}://{parts.netloc}/{quote(name, safe='')}" + (f"?{query}" if query else "")


def last_words(said: bytes) -> str:
    """The first fault that a program told, without anything of a row."""
    lines = [line for line in said.decode(errors="replace").splitlines() if ": error: " in line]
    return without_rows(lines[0].split(": error: ", 1)[1]) if lines else "it did not say why"
