"""A backup brings every row back, nobody reads it without the key, and what went wrong changes nothing."""

import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.cli.backed_up import Kept, kept_database, settle
from wraparound.cli import backup as backing_up
from wraparound.cli import main, restore
from wraparound.cli.backup_keys import new_key
from wraparound.cli.dump_programs import environment_for, with_name
from wraparound.cli.manifest import Manifest, Table, differences
from wraparound.cli.problem import Problem


@pytest.fixture(scope="module")
def database(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    with django_db_blocker.unblock(), kept_database(tmp_path_factory.mktemp("backups")) as kept:
        yield kept


@pytest.fixture
def kept(database: Kept, monkeypatch: pytest.MonkeyPatch) -> Kept:
    settle(database, monkeypatch)
    return database


@pytest.fixture(scope="module")
def whole(database: Kept) -> Path:
    """A backup that was made well."""
    with pytest.MonkeyPatch.context() as patch:
        settle(database, patch)
        return database.backup()


def test_a_lost_database_comes_back_with_every_row_right_and_rule(kept: Kept) -> None:
    before = kept.everything()
    assert sum(len(rows) > 0 for rows in before.values()) > 40
    file = kept.backup()
    kept.lose()
    said = kept.restore(file)
    assert "has the rows that it had" in said[-1]
    after = kept.everything()
    assert after.keys() == before.keys()
    assert {name for name in before if before[name] != after[name]} == set()


def test_the_web_sees_nobody_without_an_actor_and_may_not_empty_a_table(kept: Kept, whole: Path) -> None:
    kept.restore(whole, replace=True)
    with psycopg.connect(kept.address) as owner:
        assert owner.execute("SELECT count(*) > 0 FROM people_person").fetchone() == (True,)
    with psycopg.connect(kept.web) as web:
        assert web.execute("SELECT count(*) FROM people_person").fetchone() == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute("DELETE FROM people_person")


def test_the_file_is_its_owners_alone_and_tells_nothing(kept: Kept, whole: Path) -> None:
    assert whole.stat().st_mode & 0o777 == 0o600
    assert whole.name.startswith("wraparound-2") and whole.name.endswith(".backup.age")
    content = whole.read_bytes()
    assert content.startswith(b"age-encryption.org/v1\n")
    assert not any(word in content for word in (b"PGDMP", b"people_person", b"Ahmed"))
    assert not list(whole.parent.glob(".*"))


def test_what_is_written_meanwhile_is_in_neither_the_rows_nor_their_number(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    def count_then_somebody_writes(connection: Any) -> Manifest:
        found = look(connection)
        kept.change("INSERT INTO django_session VALUES ('meanwhile', 'x', now())")
        return found

    look = backing_up.look
    before = kept.everything()["django_session"]
    monkeypatch.setattr(backing_up, "look", count_then_somebody_writes)
    file = kept.backup()
    kept.restore(file, replace=True)
    assert kept.everything()["django_session"] == before


def test_a_database_that_is_not_empty_is_left_alone(kept: Kept, whole: Path) -> None:
    before = kept.everything()
    with pytest.raises(Problem, match="is not empty, so that nothing was changed: with --replace"):
        kept.restore(whole)
    assert kept.everything() == before


def test_with_replace_the_old_one_stays_under_another_name(kept: Kept, whole: Path) -> None:
    kept.run("REVOKE ALL ON DATABASE {} FROM PUBLIC", kept.name)
    kept.run("GRANT CONNECT ON DATABASE {} TO wraparound_web", kept.name)
    kept.run("ALTER DATABASE {} SET statement_timeout = '1h'", kept.name)
    databases = kept.databases()
    before = kept.everything()
    kept.change("INSERT INTO django_session VALUES ('later', 'x', now())")
    said = kept.restore(whole, replace=True)
    assert kept.everything() == before
    (old,) = kept.databases() - databases
    assert any(old in sentence for sentence in said)
    with psycopg.connect(with_name(kept.address, old)) as connection:
        found = connection.execute("SELECT count(*) FROM django_session WHERE session_key = 'later'")
        assert found.fetchone() == (1,)
    with psycopg.connect(kept.web) as web:
        assert web.execute("SHOW statement_timeout").fetchone() == ("1h",)
        acl = web.execute("SELECT datacl::text FROM pg_database WHERE datname = current_database()").fetchone()
    assert acl and "wraparound_web=c/" in acl[0] and "{=" not in acl[0] and ",=" not in acl[0]


Damage = Callable[[bytes], bytes]


def _flip(at: Callable[[int], int]) -> Damage:
    def flipped(content: bytes) -> bytes:
        place = at(len(content))
        return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]

    return flipped


DAMAGES = {
    "a byte of the beginning": _flip(lambda size: 80),
    "a byte of the middle": _flip(lambda size: size // 2),
    "the last byte": _flip(lambda size: size - 1),
    "cut off in the middle": lambda content: content[: len(content) // 2],
    "cut off by one byte": lambda content: content[:-1],
    "cut off after a whole piece": lambda content: content[: content.index(b"\n---") + 64 + 16 + 65552],
    "one byte more": lambda content: content + b"x",
    "empty": lambda content: b"",
    "something else": lambda content: b"Dear all,\n" * 100,
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_file_is_refused_and_nothing_is_changed(
    kept: Kept, whole: Path, damage: Damage, tmp_path: Path
) -> None:
    before, databases = kept.everything(), kept.databases()
    file = tmp_path / "damaged.backup.age"
    file.write_bytes(damage(whole.read_bytes()))
    with pytest.raises(Problem, match=r"is damaged|its beginning is damaged|another key"):
        kept.restore(file, replace=True)
    assert kept.everything() == before and kept.databases() == databases


def test_another_key_opens_nothing(kept: Kept, whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    databases = kept.databases()
    monkeypatch.setenv("BACKUP_IDENTITY_FILE", str(kept.new_key("another.txt")))
    with pytest.raises(Problem, match="was made for another key"):
        kept.restore(whole, replace=True)
    assert kept.databases() == databases


def test_each_of_several_keys_opens_it(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    first, kept.key = kept.key, kept.new_key("second.txt")
    second, kept.key = kept.recipient(), first
    monkeypatch.setenv("BACKUP_RECIPIENT", f"{kept.recipient()}, {second}")
    file = kept.backup()
    monkeypatch.setenv("BACKUP_IDENTITY_FILE", str(kept.folder / "second.txt"))
    assert "is whole" in kept.restore(file, replace=True)[0]


def _look_altered(patch: pytest.MonkeyPatch, alter: Callable[[Manifest], Manifest]) -> None:
    look = backing_up.look
    patch.setattr(backing_up, "look", lambda connection: alter(look(connection)))


def _one_more(found: Manifest) -> Manifest:
    people = found.tables["public.people_person"]
    return replace(found, tables={**found.tables, "public.people_person": Table(people.rows + 1, people.row_security)})


def test_a_row_too_few_is_noticed_and_the_old_database_stays(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    before, databases = kept.everything(), kept.databases()
    _look_altered(monkeypatch, _one_more)
    file = kept.backup()
    with pytest.raises(Problem, match=r"public.people_person has \d+ rows and should have \d+"):
        kept.restore(file, replace=True)
    assert kept.everything() == before and kept.databases() == databases


def test_a_backup_of_a_later_version_is_refused(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    later = ("people.9999_later",)
    _look_altered(monkeypatch, lambda found: replace(found, migrations=found.migrations + later))
    file = kept.backup()
    with pytest.raises(Problem, match="made by another version of Wraparound"):
        kept.restore(file, replace=True)


def test_a_restore_that_is_cut_off_leaves_the_old_database_alone(
    kept: Kept, whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(address: str) -> None:
        raise KeyboardInterrupt

    before, databases = kept.everything(), kept.databases()
    monkeypatch.setattr(restore, "_migrate", stopped)
    with pytest.raises(KeyboardInterrupt):
        kept.restore(whole, replace=True)
    assert kept.everything() == before and kept.databases() == databases


def test_a_database_in_use_is_not_replaced(kept: Kept, whole: Path) -> None:
    with psycopg.connect(kept.web), pytest.raises(Problem, match="stop the web server and the worker"):
        kept.restore(whole, replace=True)


# Making one


@pytest.fixture
def pg_dump(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Have another program in its place, which begins well."""

    def put(ending: str) -> None:
        script = tmp_path / "pg_dump"
        script.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/words\nhead -c 300000 /dev/urandom\n{ending}\n')
        script.chmod(0o700)
        monkeypatch.setattr(backing_up, "program", lambda name, major: str(script))

    return put


@pytest.mark.parametrize(
    ("ending", "why"),
    [("kill -9 $$", "signal 9"), ('echo "pg_dump: error: the line is gone" >&2; exit 1', "the line is gone")],
)
def test_a_dump_that_breaks_off_leaves_no_file(
    kept: Kept, pg_dump: Callable[[str], None], ending: str, why: str, tmp_path: Path
) -> None:
    pg_dump(ending)
    with pytest.raises(Problem, match=rf"could not be read to its end \({why}\): no backup was made"):
        backing_up.backup(str(tmp_path / "new.age"), print)
    assert {file.name for file in tmp_path.iterdir()} == {"pg_dump", "words"}


def test_no_password_is_in_the_list_of_processes(kept: Kept, pg_dump: Callable[[str], None], tmp_path: Path) -> None:
    os.environ["DATABASE_OWNER_URL"] += "&password=hidden-word"
    pg_dump("exit 1")
    with pytest.raises(Problem) as refused:
        backing_up.backup(str(tmp_path / "new.age"), print)
    words = (tmp_path / "words").read_text()
    assert "--snapshot" in words and "hidden-word" not in words + str(refused.value)
    assert environment_for(os.environ["DATABASE_OWNER_URL"])["PGPASSWORD"] == "hidden-word"


def test_a_full_disk_is_said_and_leaves_no_file(kept: Kept, tmp_path: Path) -> None:
    """A limit on the size of a file stands for the disk."""
    done = subprocess.run(
        [sys.executable, "-m", "wraparound", "backup", str(tmp_path)],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == "The disk is full: make room and run it again.\n"
    assert not list(tmp_path.iterdir())


def test_a_role_that_does_not_see_every_row_makes_no_backup(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_OWNER_URL", kept.web)
    with pytest.raises(Problem, match="wraparound_web may not see every row"):
        backing_up.backup(str(tmp_path), print)
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_there_is_not_overwritten(kept: Kept, tmp_path: Path) -> None:
    file = tmp_path / "yesterday.age"
    file.write_text("yesterday's")
    with pytest.raises(Problem, match="is there already"):
        backing_up.backup(str(file), print)
    assert file.read_text() == "yesterday's"


@pytest.mark.parametrize(("said", "why"), [("", "BACKUP_RECIPIENT is not set"), ("age1nobody", "is not a public key")])
def test_nothing_is_backed_up_without_a_key(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, said: str, why: str, tmp_path: Path
) -> None:
    monkeypatch.setenv("BACKUP_RECIPIENT", said)
    with pytest.raises(Problem, match=why):
        backing_up.backup(str(tmp_path), print)


def test_a_new_key_is_shown_to_its_owner_alone_and_takes_no_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "key.txt"
    assert main.main(["backup", "new-key", str(file)]) == 0
    secret = file.read_text()
    said = capsys.readouterr().out
    assert file.stat().st_mode & 0o777 == 0o600
    assert "BACKUP_RECIPIENT=age1" in said and "AGE-SECRET-KEY-1" not in said
    with pytest.raises(Problem, match="is there already"):
        new_key(str(file), print)
    assert file.read_text() == secret


def test_each_difference_is_said() -> None:
    one = Manifest("", "", 18, (), {"a": Table(1, True), "b": Table(2, False), "c": Table(3, True)})
    other = replace(one, tables={"a": Table(1, True), "b": Table(2, True), "d": Table(3, True)})
    assert differences(one, one) == []
    assert [sentence.split()[0] for sentence in differences(one, other)] == ["b", "c", "d"]
