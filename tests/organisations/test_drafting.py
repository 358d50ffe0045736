"""A pathway is drafted, published for new journeys alone, and never over another administrator's head."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.at_once import one_while_the_other_waits
from tests.factories import NOW, World, make_world, member, referral_to, referred
from tests.house.seeing import Owner
from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.drafting import Drafted, begin_draft, draft_of, publish_draft, save_draft
from wraparound.organisations.models import PathwayVersion, Scheme
from wraparound.organisations.pathways import pathway_of
from wraparound.organisations.roles import Role
from wraparound.pathways.definition import Duration, Unit
from wraparound.pathways.faults import DefinitionFaults
from wraparound.pathways.library import names
from wraparound.pathways.parameters import differences
from wraparound.pathways.vocabulary import Service, UrgentFlag


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """Seen as its administrator sees it, who does most of what is done here."""
    world = make_world()
    with acting_as(world.administrator):
        yield world


@pytest.fixture
def second(world: World) -> Actor:
    return member(world.scheme, world.practice, Role.SCHEME_ADMINISTRATOR, "Inês Carvalho")


def standing(world: World) -> Drafted:
    held = draft_of(Scheme.objects.get(pk=world.scheme.pk))
    assert held is not None
    return held


def begun(world: World, name: str = "link-worker-first") -> Drafted:
    held = draft_of(world.scheme)
    begin_draft(by=world.administrator, name=name, seen=held.seen if held else "")
    return standing(world)


def days(number: int) -> Duration:
    return Duration(Unit.WORKING_DAYS, number)


def published(world: World) -> PathwayVersion:
    number = PathwayVersion.objects.filter(scheme=world.scheme).count()
    return publish_draft(by=world.administrator, seen=standing(world).seen, in_force=number)


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("model", Scheme.Model.values)
def test_every_file_can_be_drafted_and_published_in_every_model(world: World, name: str, model: str) -> None:
    Scheme.objects.filter(pk=world.scheme.pk).update(model=model)
    begun(world, name)
    if name == "both-at-once":
        with pytest.raises(Refused) as refused:
            published(world)
        assert refused.value.code == "no_difference"
    else:
        version = published(world)
        assert (version.number, version.name, version.published_by_id) == (2, name, world.administrator.user_id)


def test_a_draft_changes_nothing_until_it_is_published_and_then_new_journeys_alone(world: World) -> None:
    before = referred(world)
    begun(world)
    during = referred(world)
    version = published(world)
    after = referred(world)
    assert [each.pathway_version.number for each in (before, during, after)] == [1, 1, 2]
    assert after.pathway_version == version
    assert referral_to(before, world.link_worker).journey.pathway_version.number == 1


def test_what_is_set_is_what_the_published_pathway_says(world: World) -> None:
    held = begun(world)
    advice = replace(held.parameters.services[Service.WELFARE_ADVICE], first_contact=days(3), appointment=days(6))
    services = {**held.parameters.services, Service.WELFARE_ADVICE: advice}
    flags = held.parameters.urgent_when - {UrgentFlag.LEGAL_DEADLINE_NEAR}
    parameters = replace(held.parameters, services=services, urgent_when=flags)
    save_draft(by=world.administrator, parameters=parameters, seen=held.seen)
    pathway = pathway_of(published(world).pk)
    assert pathway.terms(Service.WELFARE_ADVICE).first_contact == days(3)
    assert pathway.urgent.when == flags and pathway.version == 2
    # Going on from what stands, and not from the file.
    assert begun(world).parameters.services[Service.WELFARE_ADVICE].first_contact == days(3)


def test_a_draft_that_cannot_be_is_not_kept_and_all_its_faults_are_said(world: World) -> None:
    held = begun(world)
    advice = replace(held.parameters.services[Service.WELFARE_ADVICE], answer=days(9), first_contact=days(3))
    parameters = replace(
        held.parameters, services={**held.parameters.services, Service.WELFARE_ADVICE: advice}, urgent_when=frozenset()
    )
    with pytest.raises(DefinitionFaults) as wrong:
        save_draft(by=world.administrator, parameters=parameters, seen=held.seen)
    assert {fault.key for fault in wrong.value.faults} >= {"services.welfare_advice.answer", "urgent_when"}
    assert standing(world) == held


def test_who_saves_over_anothers_draft_is_told_who_and_when(world: World, second: Actor) -> None:
    held = begun(world)
    at = NOW + timedelta(hours=5)
    save_draft(by=second.at(at), parameters=held.parameters, seen=held.seen)
    for change in (
        lambda: save_draft(by=world.administrator, parameters=held.parameters, seen=held.seen),
        lambda: begin_draft(by=world.administrator, name="advice-first", seen=held.seen),
        lambda: publish_draft(by=world.administrator, seen=held.seen, in_force=1),
    ):
        with pytest.raises(Refused) as refused:
            change()
        assert "Inês Carvalho changed the draft at 3pm on Monday 23 November" in refused.value.sentence
    assert standing(world).changed_by == "Inês Carvalho"


def test_of_two_who_publish_the_second_is_told_who_was_first_and_nothing_is_lost(owner: Owner) -> None:
    world = make_world()
    second = member(world.scheme, world.practice, Role.SCHEME_ADMINISTRATOR, "Inês Carvalho")
    with acting_as(world.administrator):
        held = begun(world)
    won, late = one_while_the_other_waits(
        owner, second, world.administrator, lambda by: publish_draft(by=by, seen=held.seen, in_force=1)
    )
    assert won.number == 2
    assert isinstance(late, Refused) and late.code == "published_meanwhile"
    assert late.sentence.startswith("Inês Carvalho published version 2 at 10am on Monday 23 November")
    assert PathwayVersion.objects.filter(scheme=world.scheme).count() == 2
    assert standing(world).parameters == held.parameters


def test_what_anothers_publishing_left_can_be_changed_and_published_after(world: World, second: Actor) -> None:
    held = begun(world)
    publish_draft(by=second, seen=held.seen, in_force=1)
    held = begun(world, "advice-first")
    version = publish_draft(by=world.administrator, seen=held.seen, in_force=2)
    assert version.number == 3
    assert differences(pathway_of(version.pk), standing(world).pathway) == ()


def test_one_scheme_never_sees_anothers_draft(world: World) -> None:
    elsewhere = make_world()
    begun(world)
    assert draft_of(elsewhere.scheme) is None
    with pytest.raises(Refused):
        publish_draft(by=replace(world.administrator, scheme_id=elsewhere.scheme.pk), seen="", in_force=1)
