"""Removal by rule: previewed by one, agreed by another, done by the owner, and told apart from tampering."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from tests.advice.advising import advised, permit
from tests.casework.taking_on import taken_on
from tests.factories import NOW, World, make_world, referral_to, referred
from tests.factories import member as a_member
from tests.house.seeing import Owner, connected_as
from wraparound.advice.limits import meet_limit
from wraparound.advice.matters import close_matter
from wraparound.advice.models import Permission
from wraparound.audit.models import Access
from wraparound.audit.sealing import seal
from wraparound.audit.verifying import Verifying
from wraparound.casework.actions import accept, close, write_note
from wraparound.casework.models import Case
from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.models import Organisation
from wraparound.organisations.roles import Role
from wraparound.people.reading import note_access
from wraparound.privacy import keeping
from wraparound.privacy.models import Removal, RemovalRun
from wraparound.privacy.proving import Proving
from wraparound.privacy.removing import _pointing_at, remove
from wraparound.privacy.rules import RULES
from wraparound.referrals.models import Journey
from wraparound.referrals.states import Outcome
from wraparound.social_prescribing.planning import add_goal, add_step, end_step
from wraparound.social_prescribing.states import Who

LATER = NOW + timedelta(days=366 * 9)


@pytest.fixture
def world(owner: Owner) -> World:
    return make_world()


@pytest.fixture
def journey(world: World) -> Journey:
    """Worked on by the link workers alone, closed and read; and looked at."""
    journey = referred(world, advice_ticked=False)
    by = world.link_worker
    with acting_as(by):
        case = accept(by=by, referral=referral_to(journey, by))
        write_note(by=by, case=case, text="Her sister rang")
        close(by=by, case=case, outcome=Outcome.HELPED)
        note_access(by, journey.person, "journey")
    return journey


def second(world: World, by: Actor) -> Actor:
    """Another lead of the same organisation."""
    organisation = Organisation.objects.get(pk=by.organisation_id)
    return a_member(world.scheme, organisation, Role.INFORMATION_GOVERNANCE_LEAD, "Another Lead").at(LATER)


def agreed(world: World, by: Actor) -> RemovalRun:
    by = by.at(LATER)
    other = second(world, by)
    with acting_as(by):
        run = keeping.preview_removal(by=by)
    with acting_as(other):
        return keeping.agree_to_removal(by=other, run=run, counted=sum(run.counts.values()))


def done(run: RemovalRun) -> RemovalRun:
    with connected_as("owner"):
        run = RemovalRun.objects.get(pk=run.pk)
        for _ in remove(run):
            pass
    return run


def faults(owner: Owner) -> list[str]:
    return [*Verifying(owner.connection).faults(), *Proving(owner.connection).faults()]


def test_what_is_over_is_counted_and_nothing_changed(world: World, journey: Journey, owner: Owner) -> None:
    before = {table: rows for table, rows in owner.everything().items() if table.startswith("casework")}
    by = world.links_lead.at(LATER)
    with acting_as(by):
        run = keeping.preview_removal(by=by)
    assert run.counts == {"support_case": 1, "look": 1}
    assert {table: rows for table, rows in owner.everything().items() if table in before} == before


def test_a_day_too_early_nothing_is_due(world: World, journey: Journey) -> None:
    by = world.links_lead
    with acting_as(by):
        closed = Case.objects.get(journey=journey).closed_at
        assert closed
    for days, counts in ((0, {}), (1, {"support_case": 1, "look": 1})):
        day = NOW.replace(year=NOW.year + 8).date() + timedelta(days=days)
        with acting_as(by):
            assert keeping.due_counts(by, day) == counts


def test_nobody_agrees_to_what_they_previewed_themselves(world: World, journey: Journey) -> None:
    by = world.links_lead.at(LATER)
    with acting_as(by):
        run = keeping.preview_removal(by=by)
        with pytest.raises(Refused) as refused:
            keeping.agree_to_removal(by=by, run=run, counted=2)
    assert refused.value.code == "same_person"
    other = second(world, by)
    with acting_as(other), pytest.raises(Refused) as refused:
        keeping.agree_to_removal(by=other, run=run, counted=3)
    assert refused.value.code == "other_count"


def test_the_webs_role_can_do_none_of_it(world: World, journey: Journey) -> None:
    run = agreed(world, world.links_lead)
    with acting_as(world.links_lead), pytest.raises(PermissionError):
        list(remove(run))
    for statement in (
        "INSERT INTO audit_removed (table_name, key, digest, proof, at) VALUES ('audit_access', 1, '', 1, now())",
        "DELETE FROM casework_note",
        "SELECT audit_register_removed('audit_access', ARRAY(SELECT id FROM audit_access), 1)",
    ):
        with acting_as(world.links_lead), pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(statement)


def test_removed_rows_are_gone_with_their_old_versions_and_the_trail_is_whole(
    world: World, journey: Journey, owner: Owner
) -> None:
    seal()
    before = owner.query("SELECT count(*) FROM casework_casehistory")
    run = done(agreed(world, world.links_lead))
    assert run.removed == {"support_case": 1, "look": 1} and run.left == {}
    assert before != [(0,)]
    for table in ("casework_case", "casework_note", "casework_casehistory"):
        assert owner.rows(table) == []
    assert owner.query("SELECT count(*) FROM audit_access WHERE user_id = %s", [world.link_worker.user_id]) == [(0,)]
    proofs = owner.query("SELECT kind, registered FROM privacy_removal ORDER BY id")
    assert [kind for kind, _ in proofs] == ["support_case", "look"] and all(count for _, count in proofs)
    seal()
    assert faults(owner) == []


def test_a_row_that_somebody_took_beside_it_is_still_found(world: World, journey: Journey, owner: Owner) -> None:
    with acting_as(world.clinician):
        note_access(world.clinician, journey.person, "journey")
    seal()
    done(agreed(world, world.links_lead))
    owner.run("DELETE FROM audit_access")
    assert any("rows were removed" in each for each in faults(owner))


def test_a_removal_that_nobody_agreed_to_is_found(world: World, journey: Journey, owner: Owner) -> None:
    seal()
    owner.run("""
        SELECT audit_register_removed('audit_access', ARRAY(SELECT id FROM audit_access), 77);
        DELETE FROM audit_access
    """)
    assert faults(owner) == ["Rows were registered as removed by removal 77, of which there is no proof."]


def test_a_proof_that_was_changed_is_found(world: World, journey: Journey, owner: Owner) -> None:
    seal()
    done(agreed(world, world.links_lead))
    seal()
    owner.run("DELETE FROM audit_removed WHERE table_name = 'audit_access'")
    assert any("register" in each for each in faults(owner))


def test_rows_removed_before_they_are_sealed_leave_the_next_seal_whole(
    world: World, journey: Journey, owner: Owner
) -> None:
    done(agreed(world, world.links_lead))
    seal()
    assert faults(owner) == []


def test_a_plan_goes_with_the_case_that_it_is_of(world: World, owner: Owner) -> None:
    by = world.link_worker
    case = taken_on(world, by, advice_ticked=False)
    with acting_as(by):
        goal = add_goal(by=by, case=case, words="Cook for people again")
        end_step(by=by, step=add_step(by=by, goal=goal, what="Ring the lunch club", who=Who.WORKER), done=True)
        close(by=by, case=case, outcome=Outcome.HELPED)
    assert done(agreed(world, world.links_lead)).removed["support_case"] == 1
    assert owner.query("SELECT count(*) FROM social_prescribing_goal") == [(0,)]
    assert owner.query("SELECT count(*) FROM social_prescribing_stephistory") == [(0,)]
    assert owner.query("SELECT count(*) FROM casework_case") == [(0,)]


def test_matters_and_time_limits_go_with_the_case_that_they_are_of(world: World, owner: Owner) -> None:
    permit(world, Permission.Kind.INSURANCE)
    found = advised(world)
    matter = found.matter()
    limit = found.limit(matter, NOW.date())
    by = world.adviser
    with acting_as(by):
        meet_limit(by=by, limit=limit, how="Posted")
        close_matter(by=by, matter=matter, why="Award reinstated")
        close(by=by, case=found.case, outcome=Outcome.HELPED)
    assert done(agreed(world, world.advice_lead)).removed["advice_case"] == 1
    assert owner.query("SELECT count(*) FROM advice_timelimit") == [(0,)]
    assert owner.query("SELECT count(*) FROM advice_matterhistory") == [(0,)]


def test_whatever_hangs_on_a_case_goes_with_it() -> None:
    """A table that is named in no rule would keep its case for ever."""
    found, new = set(), {Case}
    while new:
        found |= new
        new = {relation.model for model in new for relation in _pointing_at(model)} - found
    held = {model._meta.label_lower for model in found if not hasattr(model, "pgh_tracked_model")}
    for kind in ("advice_case", "support_case"):
        assert held == RULES[kind].goes_with


def test_a_legal_hold_of_any_organisation_stops_it(world: World, journey: Journey, owner: Owner) -> None:
    run = agreed(world, world.links_lead)
    by = world.practice_lead
    with acting_as(by):
        keeping.place_hold(by=by, person=journey.person, reason="A claim was announced")
    run = done(run)
    assert run.removed == {} and len(owner.rows("casework_note")) == 1


def test_an_organisation_keeps_longer_and_never_shorter(world: World, journey: Journey) -> None:
    by = world.links_lead.at(LATER)
    with acting_as(by):
        with pytest.raises(Refused) as refused:
            keeping.keep_longer(by=by, kind="support_case", months=95, reason="Tidier")
        assert refused.value.code == "shorter"
        keeping.keep_longer(by=by, kind="support_case", months=180, reason="The insurer asks for fifteen years")
        assert keeping.due_counts(by, by.today()) == {"look": 1}


def test_a_journey_stays_while_another_organisations_work_hangs_on_it(
    world: World, journey: Journey, owner: Owner
) -> None:
    run = done(agreed(world, world.practice_lead))
    assert run.removed == {"look": 1} and list(run.left) == ["journey"]
    assert "Work with you" in next(iter(run.left["journey"]))
    done(agreed(world, world.links_lead))
    by = world.practice_lead.at(LATER)
    run = done(agreed(world, by))
    assert run.removed["journey"] == 1 and owner.rows("referrals_referral") == owner.rows("messaging_messageback") == []
    assert Removal.objects.filter(run=run.pk).count() == 1
    assert Access.objects.count() == 0
