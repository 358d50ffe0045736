"""Rows from before reasons were written down get the one that page, role and involvement say, and no seal breaks."""

from importlib import import_module

import pytest

from tests.factories import World, make_world, member, referral_to, referred
from tests.house.seeing import Owner
from wraparound.audit.sealing import seal
from wraparound.audit.verifying import Verifying
from wraparound.casework.actions import accept
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.roles import Role

BEFORE = import_module("wraparound.audit.migrations.0009_why_and_who_may_read").BEFORE
# What a row held before, in the order of the columns.
OLD = ["id", "scheme_id", "organisation_id", "user_id", "role", "person_id", "page", "at"]


@pytest.fixture
def world(owner: Owner) -> World:
    return make_world()


def test_each_row_from_before_says_why_as_well_as_can_be_known(world: World, owner: Owner) -> None:
    journey = referred(world, advice_ticked=False)
    owner.run("DELETE FROM audit_access")
    by = world.link_worker
    with acting_as(by):
        accept(by=by, referral=referral_to(journey, by))
    stranger = member(world.scheme, world.other_practice, Role.CLINICIAN, "Dr Mira Holt")

    def looked(who: Actor, page: str) -> None:
        owner.run(f"""
            INSERT INTO audit_access (scheme_id, organisation_id, user_id, role, person_id, page, at)
            VALUES ({who.scheme_id}, {who.organisation_id}, {who.user_id}, '{who.role.value}', {journey.person_id},
                    '{page}', '{who.now().isoformat()}')
        """)

    for who, page in (
        (by, "journey"), (by, "concern"), (world.clinician, "journey"), (world.links_lead, "access-take"),
        (world.links_lead, "investigation"), (stranger, "journey"),
    ):  # fmt: skip
        looked(who, page)
    seal()
    owner.run(BEFORE)
    assert [why for (why,) in owner.query("SELECT why FROM audit_access ORDER BY id")] == [
        "working", "safeguarding", "referred", "rights", "checking", "not_kept",
    ]  # fmt: skip


def test_a_seal_that_was_made_before_them_holds(world: World, owner: Owner) -> None:
    """As it was made by the product of that day, which knew fewer columns."""
    referred(world)
    listed = ", ".join(f"'{name}'" for name in OLD)
    owner.run(f"""
        INSERT INTO audit_seal
        SELECT (made).number, (made).table_name, (made).columns, (made).from_id, (made).to_id, (made).row_count,
               (made).rows_digest, (made).previous, audit_seal_digest(made), (made).sealed_at
        FROM (
            SELECT ROW(1, 'audit_access', ARRAY[{listed}], -9223372036854775808, last, found.row_count, found.digest,
                       '', '', clock_timestamp())::audit_seal AS made
            FROM (SELECT max(id) AS last FROM audit_access) most,
                 LATERAL audit_digest('audit_access', -9223372036854775808, last, ARRAY[{listed}]) found
        ) of_then
    """)
    owner.run(BEFORE)
    referred(world)
    seal()
    assert list(Verifying(owner.connection).faults()) == []
    owner.run("UPDATE audit_access SET page = 'home' WHERE id = (SELECT min(id) FROM audit_access)")
    assert any("at least one was edited" in fault for fault in Verifying(owner.connection).faults())
