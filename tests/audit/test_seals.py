"""The audit trail is proved by its seals: what anybody did to a sealed row, or to a seal, is found and named."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.at_once import Other
from tests.factories import World, make_world, referred
from tests.house.seeing import Owner
from wraparound.audit import sealing, tasks
from wraparound.audit.models import Access
from wraparound.audit.sealing import seal, sealing_stopped, stopped_since
from wraparound.audit.verifying import Kept, Verifying, newest, sees_everything
from wraparound.organisations.actor import Actor, acting_as
from wraparound.people.models import Person


def look(world: World, person: Person) -> None:
    by = world.clinician
    with acting_as(by):
        Access.objects.create(
            scheme_id=by.scheme_id,
            organisation_id=by.organisation_id,
            user_id=by.user(),
            role=by.role,
            person=person,
            page="journey",
            at=by.now(),
        )


@pytest.fixture
def world(owner: Owner) -> World:
    return make_world()


@pytest.fixture
def person(world: World, owner: Owner) -> Person:
    found = referred(world).person
    # Each test counts looks of its own: that they were referred was written down too.
    owner.run("DELETE FROM audit_access")
    return found


@pytest.fixture
def sealed(world: World, person: Person) -> None:
    """Ten looks in two seals, among the seals of what a referral leaves behind."""
    for _ in range(2):
        for _ in range(5):
            look(world, person)
        seal()


def verified(owner: Owner, **how: object) -> list[str]:
    return list(Verifying(owner.connection, **how).faults())  # type: ignore[arg-type]


def seals_of(owner: Owner, table: str) -> list[int]:
    return [n for (n,) in owner.query("SELECT number FROM audit_seal WHERE table_name = %s ORDER BY 1", [table])]


def the_only(faults: list[str]) -> str:
    [fault] = faults
    return fault


def test_what_nobody_touched_is_whole(owner: Owner, sealed: None) -> None:
    verifying = Verifying(owner.connection)
    assert list(verifying.faults()) == []
    tables = {name for (name,) in owner.query("SELECT DISTINCT table_name FROM audit_seal")}
    assert {"audit_access", "events_event", "referrals_referralhistory", "people_personhistory"} <= tables
    assert verifying.rows == sum(len(owner.rows(table)) for table in tables)


def test_every_history_table_is_sealed(owner: Owner) -> None:
    sealed = {name for (name,) in owner.query("SELECT name FROM audit_sealed()")}
    histories = {table for table in owner.tables() if table.endswith("history")}
    assert sealed == histories | {"audit_access", "events_event", "signing_in_signinrecord"}


CHANGES = {
    "1 of 5 rows were removed": "DELETE FROM audit_access WHERE id = (SELECT min(id) FROM audit_access)",
    "at least one was edited": "UPDATE audit_access SET page = 'home' WHERE id = (SELECT min(id) FROM audit_access)",
    "1 rows were added": """
        INSERT INTO audit_access (id, scheme_id, organisation_id, user_id, role, person_id, page, at)
        SELECT -7, scheme_id, organisation_id, user_id, role, person_id, page, at FROM audit_access LIMIT 1
    """,
}


@pytest.mark.parametrize("says", CHANGES)
def test_a_changed_row_is_found_in_its_seal(owner: Owner, sealed: None, says: str) -> None:
    owner.run(CHANGES[says])
    fault = the_only(verified(owner))
    assert fault.startswith(f"Seal {seals_of(owner, 'audit_access')[0]} (audit_access ") and says in fault


def test_a_row_put_in_another_place_is_found(owner: Owner, sealed: None) -> None:
    """As many rows as before, and each as it was but for its number."""
    [(last,)] = owner.query("SELECT max(id) FROM audit_access")
    owner.run(f"UPDATE audit_access SET id = id + 1000 WHERE id = {last}")
    assert "removed" in the_only(verified(owner))


@pytest.mark.parametrize("column", ["at", "role", "person_id", "user_id"])
def test_no_column_of_a_look_is_left_out(owner: Owner, sealed: None, column: str) -> None:
    columns = owner.query("SELECT columns FROM audit_sealed() WHERE name = 'audit_access'")
    assert column in columns[0][0]


def test_what_the_database_works_out_by_itself_is_not_sealed(owner: Owner) -> None:
    """A new expression for it would change old rows, and nobody has touched them."""
    generated = owner.query("""
        SELECT attrelid::regclass::text, attname::text FROM pg_attribute
        WHERE attgenerated <> '' AND attrelid::regclass::text LIKE '%%history'
    """)
    sealed = dict(owner.query("SELECT name, columns FROM audit_sealed()"))
    assert generated and not [name for table, name in generated if name in sealed[table]]


def test_an_old_version_of_a_row_is_sealed_too(owner: Owner, sealed: None) -> None:
    """A trigger stands in the way there; whoever owns the table can take it off."""
    owner.run("""
        ALTER TABLE people_personhistory DISABLE TRIGGER USER;
        UPDATE people_personhistory SET family_name = 'Silva';
        ALTER TABLE people_personhistory ENABLE TRIGGER USER
    """)
    assert "people_personhistory" in the_only(verified(owner))


def test_who_may_read_an_event_may_change_and_nothing_else_of_it(owner: Owner, sealed: None) -> None:
    owner.run("UPDATE events_event SET organisation_ids = organisation_ids || 0::bigint")
    assert verified(owner) == []
    owner.run("UPDATE events_event SET occurred_at = occurred_at - interval '1 second'")
    assert "events_event" in verified(owner)[0]


CUTS = {
    "its first seals": "DELETE FROM audit_seal WHERE number <= 2",
    "one within": "DELETE FROM audit_seal WHERE number = 3",
    "one within, closed up": """
        DELETE FROM audit_seal WHERE number = 3;
        UPDATE audit_seal SET number = number - 1 WHERE number > 3
    """,
    "a seal made anew": "UPDATE audit_seal SET row_count = 0, rows_digest = encode(sha256(''), 'hex') WHERE number = 3",
    "a seal and its digest": """
        UPDATE audit_seal SET sealed_at = sealed_at - interval '1 day' WHERE number = 3;
        UPDATE audit_seal SET digest = audit_seal_digest(audit_seal) WHERE number = 3
    """,
}


@pytest.mark.parametrize("cut", CUTS)
def test_a_cut_chain_is_found(owner: Owner, sealed: None, cut: str) -> None:
    owner.run(CUTS[cut])
    assert "Seal" in verified(owner)[0] or "chain was cut" in verified(owner)[0]


def test_seals_removed_at_the_end_are_found_by_one_kept_elsewhere(owner: Owner, sealed: None) -> None:
    kept = newest(owner.connection)
    assert kept and verified(owner, kept=Kept.read(str(kept))) == []
    owner.run(f"DELETE FROM audit_seal WHERE number = {kept.number}")
    assert verified(owner) == []
    assert "is not there" in the_only(verified(owner, kept=kept))


def test_a_chain_made_anew_is_found_by_a_seal_kept_elsewhere(owner: Owner, sealed: None) -> None:
    kept = newest(owner.connection)
    owner.run("DELETE FROM audit_access WHERE id = (SELECT min(id) FROM audit_access); TRUNCATE audit_seal")
    seal()
    seal_to_the_number_of(owner, kept)
    assert verified(owner) == []
    assert "made anew" in the_only(verified(owner, kept=kept))


def test_why_it_reached_somebody_is_sealed_too(owner: Owner, sealed: None) -> None:
    owner.run("UPDATE audit_access SET why = 'checking' WHERE id = (SELECT min(id) FROM audit_access)")
    assert "at least one was edited" in the_only(verified(owner))


DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("waits", "since", "stopped"),
    [
        (None, None, False),
        (DAY - HOUR, None, False),
        (DAY + HOUR, None, True),
        (DAY + HOUR, DAY + HOUR, True),
        # A row of long ago is sealed with the next batch; and where nothing happened nothing is sealed.
        (DAY + HOUR, HOUR, False),
        (None, DAY + HOUR, False),
        (HOUR, DAY + HOUR, False),
    ],
)
def test_sealing_has_stopped_when_rows_wait_and_no_seal_was_made(
    waits: timedelta | None, since: timedelta | None, stopped: bool
) -> None:
    now = timezone.now()
    waiting, newest_seal = (each and now - each for each in (waits, since))
    assert stopped_since(waiting, newest_seal, now) == (waiting if stopped else None)


def test_it_is_known_without_reading_what_happened(owner: Owner, world: World, person: Person) -> None:
    now = timezone.now()
    owner.run("UPDATE events_event SET recorded_at = now() - interval '2 days'")
    for by in (connection, owner.connection):
        stopped = sealing_stopped(now, by)
        assert stopped and now - stopped > DAY
    seal()
    assert sealing_stopped(now) is None


def seal_to_the_number_of(owner: Owner, kept: Kept | None) -> None:
    """More seals, each over one further look, until the chain is as long as it was."""
    assert kept
    while (now := newest(owner.connection)) and now.number < kept.number:
        owner.run("""
            INSERT INTO audit_access (scheme_id, organisation_id, user_id, role, person_id, page, at)
            SELECT scheme_id, organisation_id, user_id, role, person_id, page, at FROM audit_access LIMIT 1
        """)
        seal()


def test_only_what_was_sealed_since_a_day_is_read(owner: Owner, sealed: None) -> None:
    now = timezone.now()
    owner.run("UPDATE audit_access SET page = 'home'")
    owner.run("DELETE FROM audit_seal WHERE number = 2")
    assert verified(owner, since=now) == []
    assert verified(owner, since=now - timedelta(days=1)) == verified(owner)
    second = seals_of(owner, "audit_access")[1]
    [(at,)] = owner.query("SELECT sealed_at FROM audit_seal WHERE number = %s", [second])
    assert the_only(verified(owner, since=at)).startswith(f"Seal {second} ")


@pytest.fixture
def new_column(owner: Owner, world: World) -> Iterator[None]:
    owner.run("ALTER TABLE audit_access ADD COLUMN device text DEFAULT 'unknown'")
    yield
    owner.run("ALTER TABLE audit_access DROP COLUMN device")


def test_a_new_column_leaves_old_seals_whole_and_is_in_new_ones(
    owner: Owner, world: World, person: Person, request: pytest.FixtureRequest
) -> None:
    look(world, person)
    seal()
    request.getfixturevalue("new_column")
    assert verified(owner) == []
    look(world, person)
    seal()
    assert verified(owner) == []
    owner.run("UPDATE audit_access SET device = 'none'")
    assert the_only(verified(owner)).startswith(f"Seal {seals_of(owner, 'audit_access')[1]} ")


def test_a_column_that_went_is_said(owner: Owner, world: World, person: Person, new_column: None) -> None:
    look(world, person)
    seal()
    owner.run("ALTER TABLE audit_access RENAME device TO machine")
    try:
        assert "no longer there" in the_only(verified(owner))
    finally:
        owner.run("ALTER TABLE audit_access RENAME machine TO device")


@pytest.mark.parametrize("setting", ["TimeZone = 'Asia/Kolkata'", "extra_float_digits = 0"])
def test_a_digest_does_not_hang_on_whose_session_it_is(owner: Owner, sealed: None, setting: str) -> None:
    owner.run(f"SET {setting}")
    assert verified(owner) == []


def test_sealing_again_seals_nothing_twice(owner: Owner, sealed: None) -> None:
    before = owner.rows("audit_seal")
    assert seal() == 0
    tasks.seal_every_five_minutes(timestamp=0)
    assert owner.rows("audit_seal") == before


def test_two_that_seal_at_once_make_one_chain(owner: Owner, world: World, person: Person) -> None:
    for _ in range(3):
        look(world, person)
    sealing_too = [Other(world.clinician, lambda by: seal()) for _ in range(2)]
    for other in sealing_too:
        assert isinstance(other.ended(), int)
    seal()
    assert verified(owner) == [] and len(seals_of(owner, "audit_access")) == 1


def test_a_large_table_is_sealed_in_batches(
    owner: Owner, world: World, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "AT_MOST", 2)
    for _ in range(5):
        look(world, person)
    seal()
    assert len(seals_of(owner, "audit_access")) == 3
    assert verified(owner) == []


def test_a_long_backlog_is_sealed_over_several_runs(
    owner: Owner, world: World, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "AT_MOST", 2)
    monkeypatch.setattr(sealing, "BATCHES", 2)
    for _ in range(5):
        look(world, person)
    assert seal() == 4
    while seal():
        assert verified(owner) == []
    [(sealed,)] = owner.query("SELECT sum(row_count) FROM audit_seal WHERE table_name = 'audit_access'")
    assert sealed == 5


def test_a_row_that_is_committed_late_is_sealed_with_those_after_it(owner: Owner, world: World, person: Person) -> None:
    """Its number is lower than that of one that is there already."""
    with acting_as(world.clinician):
        look(world, person)
        Other(world.clinician, lambda by: look(world, person)).ended()
        assert Other(world.clinician, lambda by: seal(patience=0.2)).ended() >= 0
        assert seals_of(owner, "audit_access") == []
    seal()
    assert len(owner.rows("audit_access")) == 2 and verified(owner) == []
    assert owner.query("SELECT row_count FROM audit_seal WHERE table_name = 'audit_access'") == [(2,)]


def test_sealing_waits_a_moment_for_whoever_writes(owner: Owner, world: World, person: Person) -> None:
    with acting_as(world.clinician):
        look(world, person)
        waiting = Other(world.clinician, lambda by: seal())
        owner.query("SELECT pg_sleep(0.3)")
        assert seals_of(owner, "audit_access") == []
    waiting.ended()
    assert len(seals_of(owner, "audit_access")) == 1


def test_many_writers_while_it_is_sealed_lose_nothing(owner: Owner, world: World, person: Person) -> None:
    def looks(by: Actor) -> None:
        for _ in range(20):
            look(world, person)

    writers = [Other(world.clinician, looks) for _ in range(3)]
    while any(writer.is_alive() for writer in writers):
        seal(patience=0.1)
    for writer in writers:
        assert writer.ended() is None
    seal()
    assert verified(owner) == []
    [(sealed,)] = owner.query("SELECT sum(row_count) FROM audit_seal WHERE table_name = 'audit_access'")
    assert sealed == len(owner.rows("audit_access")) == 60


FORGERIES = [
    "UPDATE audit_seal SET digest = ''",
    "DELETE FROM audit_seal",
    "TRUNCATE audit_seal",
    "INSERT INTO audit_seal SELECT * FROM audit_seal",
]


@pytest.mark.parametrize("statement", FORGERIES)
def test_the_webs_role_makes_changes_and_removes_no_seal(owner: Owner, sealed: None, statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_webs_role_has_nothing_else_sealed(owner: Owner, world: World) -> None:
    with (
        pytest.raises(DatabaseError, match="not sealed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT audit_seal_rows('people_person', 1, 1)")


def test_who_sees_not_every_row_is_told_apart(owner: Owner) -> None:
    assert sees_everything(owner.connection) and not sees_everything(connection)
