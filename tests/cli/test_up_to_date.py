"""When the database is brought up to date, when it is begun again, and when it is left alone."""

import pytest

from wraparound.cli import database, up_to_date
from wraparound.cli.private_postgres import PrivatePostgres
from wraparound.cli.up_to_date import CHANGED_BY_HAND, FIRST_TIME, make_up_to_date, note


@pytest.fixture
def asked(postgres: PrivatePostgres, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A fresh database, and how often it was brought up to date."""
    with postgres.connect() as connection:
        database.remove_database(connection, database.DATABASE)
    database.make_roles_and_database(postgres)
    times: list[str] = []
    monkeypatch.setattr(up_to_date, "bring_up_to_date_apart", lambda: times.append("asked"))
    return times


def _work_in(postgres: PrivatePostgres) -> None:
    with postgres.connect(database.DATABASE) as connection:
        connection.execute("CREATE TABLE django_migrations ()")


def _work_is_there(postgres: PrivatePostgres) -> bool:
    with postgres.connect(database.DATABASE) as connection:
        return connection.execute("SELECT to_regclass('django_migrations') IS NOT NULL").fetchone() == (True,)


def test_once_up_to_date_nothing_is_done(postgres: PrivatePostgres, asked: list[str]) -> None:
    make_up_to_date(postgres)
    make_up_to_date(postgres)
    assert asked == ["asked"]


def test_a_new_migration_is_noticed(
    postgres: PrivatePostgres, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_up_to_date(postgres)
    _work_in(postgres)
    monkeypatch.setattr(up_to_date, "digest_of_migrations", lambda: "another")
    make_up_to_date(postgres)
    assert len(asked) == 2
    assert _work_is_there(postgres)


def test_a_first_time_that_was_cut_off_is_begun_again(postgres: PrivatePostgres, asked: list[str]) -> None:
    note(postgres, FIRST_TIME)
    _work_in(postgres)
    make_up_to_date(postgres)
    assert asked == ["asked"]
    assert not _work_is_there(postgres)


def test_what_was_changed_by_hand_is_kept_and_looked_at_again(postgres: PrivatePostgres, asked: list[str]) -> None:
    make_up_to_date(postgres)
    _work_in(postgres)
    note(postgres, CHANGED_BY_HAND)
    make_up_to_date(postgres)
    assert len(asked) == 2
    assert _work_is_there(postgres)


def test_a_database_made_without_us_is_never_removed(
    postgres: PrivatePostgres, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _work_in(postgres)

    def cut_off() -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(up_to_date, "bring_up_to_date_apart", cut_off)
        make_up_to_date(postgres)
    make_up_to_date(postgres)
    assert _work_is_there(postgres)
