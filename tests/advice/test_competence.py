"""A matter beyond a worker's competence is not given to them, and they read who could take it."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from tests.advice.advising import ABOUT, Advised, permit
from tests.factories import member
from wraparound.advice.competence import end_permission, partners_for, record_permission, sign_off
from wraparound.advice.matters import change_matter, give_matter
from wraparound.advice.models import Competence, Permission
from wraparound.advice.reading import permissions
from wraparound.advice.rules import BASIC, Held, immigration_level, missing_in_organisation, missing_in_worker
from wraparound.advice.states import Level, Stage, stages_of
from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.roles import Role

ADVISER = Held(role=Role.ADVISER)
HYBRID = Held(role=Role.HYBRID_WORKER)


@pytest.mark.parametrize(
    ("category", "level", "stage", "held", "may"),
    [
        ("immigration", Level.INFORMATION, Stage.ADVICE, ADVISER, True),
        ("immigration", Level.FORM_FILLING, Stage.APPLICATION, ADVISER, False),
        ("immigration", Level.FORM_FILLING, Stage.APPLICATION, replace(ADVISER, immigration_level=1), True),
        ("immigration", Level.CASEWORK, Stage.APPLICATION, replace(ADVISER, immigration_level=1), False),
        ("immigration", Level.CASEWORK, Stage.APPLICATION, replace(ADVISER, immigration_level=2), True),
        ("immigration", Level.CASEWORK, Stage.TRIBUNAL, replace(ADVISER, immigration_level=2), False),
        ("immigration", Level.REPRESENTATION, Stage.TRIBUNAL, replace(ADVISER, immigration_level=3), True),
        ("immigration", Level.CASEWORK, Stage.APPLICATION, Held(role=Role.SUPERVISOR), False),
        ("benefits", Level.CASEWORK, Stage.MANDATORY_RECONSIDERATION, ADVISER, True),
        ("benefits", Level.CASEWORK, Stage.TRIBUNAL, ADVISER, False),
        ("benefits", Level.CASEWORK, Stage.TRIBUNAL, replace(ADVISER, categories=frozenset({"benefits"})), True),
        ("benefits", Level.CASEWORK, Stage.TRIBUNAL, replace(ADVISER, categories=frozenset({"debt"})), False),
        ("benefits", Level.REPRESENTATION, Stage.CLAIM, ADVISER, False),
        ("benefits", Level.REPRESENTATION, Stage.TRIBUNAL, Held(role=Role.SUPERVISOR), True),
        ("benefits", Level.CASEWORK, Stage.CLAIM, HYBRID, True),
        ("benefits", Level.CASEWORK, Stage.MANDATORY_RECONSIDERATION, HYBRID, True),
        ("benefits", Level.CASEWORK, Stage.TRIBUNAL, HYBRID, False),
        ("housing", Level.CASEWORK, Stage.ADVICE, HYBRID, True),
        ("housing", Level.CASEWORK, Stage.NOTICE, HYBRID, False),
        ("benefits", Level.CASEWORK, Stage.TRIBUNAL,
         replace(HYBRID, beyond_basic=True, categories=frozenset({"benefits"})), True),
        ("benefits", Level.CASEWORK, Stage.TRIBUNAL, replace(HYBRID, beyond_basic=True), False),
        ("benefits", Level.REPRESENTATION, Stage.TRIBUNAL,
         replace(ADVISER, supervised=True, categories=frozenset({"benefits"})), False),
    ],
)  # fmt: skip
def test_what_a_worker_may_take(category: str, level: Level, stage: Stage, held: Held, may: bool) -> None:
    assert (missing_in_worker(category, level, stage, held) == "") is may


def test_more_held_never_means_less_that_may_be_taken() -> None:
    """For every work there is: a sign-off, a level or a role of a supervisor takes nothing away."""
    for category in ("benefits", "debt", "housing", "employment", "immigration", "consumer"):
        for level, stage in product(Level, stages_of(category)):
            for held in (ADVISER, HYBRID):
                more = replace(held, immigration_level=3, categories=frozenset({category}), beyond_basic=True)
                assert missing_in_worker(category, level, stage, held) or not missing_in_worker(
                    category, level, stage, more
                )
                assert not missing_in_worker(category, level, stage, more)


def test_a_hybrid_worker_goes_as_far_as_claims_and_reconsiderations() -> None:
    may = {stage for stage in stages_of("benefits") if not missing_in_worker("benefits", Level.CASEWORK, stage, HYBRID)}
    assert may == BASIC


@pytest.mark.parametrize(
    ("category", "level", "stage", "permissions", "may"),
    [
        ("debt", Level.INFORMATION, Stage.ADVICE, set(), True),
        ("debt", Level.FORM_FILLING, Stage.CREDITORS, set(), False),
        ("debt", Level.FORM_FILLING, Stage.CREDITORS, {"debt"}, True),
        ("debt", Level.CASEWORK, Stage.CREDITORS, {"debt"}, False),
        ("debt", Level.CASEWORK, Stage.CREDITORS, {"debt", "insurance"}, True),
        ("benefits", Level.CASEWORK, Stage.CLAIM, set(), False),
        ("immigration", Level.CASEWORK, Stage.APPLICATION, {"immigration_1", "insurance"}, False),
        ("immigration", Level.CASEWORK, Stage.APPLICATION, {"immigration_3", "insurance"}, True),
    ],
)
def test_what_an_organisation_may_take(
    category: str, level: Level, stage: Stage, permissions: set[str], may: bool
) -> None:
    assert (missing_in_organisation(category, level, stage, permissions) == "") is may


def test_immigration_levels_rise_with_the_work() -> None:
    assert [
        immigration_level(Level.FORM_FILLING, Stage.APPLICATION),
        immigration_level(Level.CASEWORK, Stage.APPLICATION),
        immigration_level(Level.FORM_FILLING, Stage.REVIEW),
        immigration_level(Level.FORM_FILLING, Stage.TRIBUNAL),
        immigration_level(Level.REPRESENTATION, Stage.APPLICATION),
    ] == [1, 2, 2, 3, 3]


@pytest.mark.django_db
def test_the_refusal_names_who_could_take_it_here(found: Advised) -> None:
    with pytest.raises(Refused, match="Here it could be taken by Joy Mensah"):
        found.matter(stage=Stage.TRIBUNAL)


@pytest.mark.django_db
def test_the_refusal_names_a_partner_that_holds_what_is_needed(found: Advised) -> None:
    about = replace(ABOUT, category="debt", level=Level.CASEWORK, stage=Stage.CREDITORS, first_type="", second_type="")
    with pytest.raises(Refused, match="Nobody in the scheme"):
        found.matter(**{name: getattr(about, name) for name in ("category", "stage", "first_type", "second_type")})
    with acting_as(found.adviser):
        assert partners_for(found.adviser, about) == []


@pytest.mark.django_db
def test_a_sign_off_opens_the_gate_and_its_end_closes_it(found: Advised) -> None:
    supervisor, adviser = found.world.advice_supervisor, found.adviser
    with acting_as(supervisor):
        sign_off(by=supervisor, worker_id=adviser.user(), categories=frozenset({"benefits"}),
                 until=supervisor.today() + timedelta(days=10))  # fmt: skip
    matter = found.matter(stage=Stage.TRIBUNAL)
    later = adviser.at(adviser.now() + timedelta(days=11))
    with acting_as(later), pytest.raises(Refused, match="signed off"):
        change_matter(by=later, matter=matter, about=replace(ABOUT, stage=Stage.TRIBUNAL, title="Hearing"))


@pytest.mark.django_db
def test_a_matter_is_not_given_to_somebody_who_may_not_take_it(found: Advised) -> None:
    supervisor = found.world.advice_supervisor
    matter = found.matter(by=supervisor, stage=Stage.TRIBUNAL)
    with acting_as(supervisor), pytest.raises(Refused) as refused:
        give_matter(by=supervisor, matter=matter, worker_id=found.adviser.user())
    assert refused.value.field == "worker" and "Joy Mensah" in refused.value.sentence


@pytest.mark.django_db
def test_one_sign_off_is_in_force_and_the_former_ones_are_kept(found: Advised) -> None:
    supervisor = found.world.advice_supervisor
    with acting_as(supervisor):
        for level in (1, 2):
            sign_off(by=supervisor, worker_id=found.adviser.user(), immigration_level=level)
        rows = Competence.objects.visible_to(supervisor).order_by("pk")
        assert [(row.immigration_level, row.ended_at is None) for row in rows] == [(1, False), (2, True)]


@pytest.mark.django_db
@pytest.mark.parametrize("changes", [{"immigration_level": 4}, {"until": -1}, {"worker_id": 0}, {"oneself": True}])
def test_a_sign_off_that_cannot_be_is_refused(found: Advised, changes: dict[str, object]) -> None:
    by: Actor = found.world.advice_supervisor
    asked = {"worker_id": found.adviser.user(), **changes}
    if asked.pop("oneself", False):
        asked["worker_id"] = by.user()
    if "until" in asked:
        asked["until"] = by.today() - timedelta(days=1)
    with acting_as(by), pytest.raises(Refused):
        sign_off(by=by, **asked)


@pytest.mark.django_db
def test_an_adviser_signs_nobody_off(found: Advised) -> None:
    with acting_as(found.adviser), pytest.raises(Refused, match="supervisor"):
        sign_off(by=found.adviser, worker_id=found.world.advice_supervisor.user())


@pytest.mark.django_db
def test_what_an_organisation_holds_counts_between_its_days_until_it_is_ended(found: Advised) -> None:
    by = found.world.advice_supervisor
    today = by.today()
    with acting_as(by):
        row = record_permission(by=by, kind=Permission.Kind.DEBT, starts=today, ends=today, number=" FRN 1 ")
        assert row.number == "FRN 1"
        with pytest.raises(Refused):
            record_permission(by=by, kind=Permission.Kind.DEBT, starts=today, ends=today - timedelta(days=1))
        end_permission(by=by, permission=row)
        with pytest.raises(Refused):
            end_permission(by=by, permission=row)
        assert {each.kind for each in permissions(by)} == {Permission.Kind.INSURANCE}


@pytest.mark.django_db
def test_partners_that_advise_and_hold_it_are_found(found: Advised) -> None:
    world = found.world
    permit(world, Permission.Kind.DEBT)
    about = replace(ABOUT, category="debt", level=Level.CASEWORK, stage=Stage.CREDITORS, first_type="", second_type="")
    asking = member(world.scheme, world.social.organisation, Role.HYBRID_WORKER, "Sam Hybrid", world.social)
    with acting_as(asking):
        assert [each.name for each in partners_for(asking, about)] == [world.advice.organisation.name]
