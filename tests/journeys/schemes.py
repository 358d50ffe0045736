"""Schemes of each model of operation, with somebody in every chair."""

from dataclasses import replace

from tests.factories import World, member
from tests.journeys import given
from wraparound.organisations.models import Organisation, Scheme, Team
from wraparound.organisations.roles import Role
from wraparound.pathways.vocabulary import Model, Service


def of_model(model: Model, pathway: str) -> World:
    world = given.a_world(pathway)
    Scheme.objects.filter(pk=world.scheme.pk).update(model=model)
    return world


def of_one_service() -> World:
    """Two hubs whose workers do both; the second is for the other practice."""
    world = of_model(Model.SINGLE, "single-service")
    both = {"service": Service.SOCIAL_PRESCRIBING, "also": [Service.WELFARE_ADVICE]}
    Team.objects.filter(pk=world.social.pk).update(name="Elm hub", **both)
    Team.objects.filter(pk=world.advice.pk).update(name="Oak hub", serves=[world.other_practice.pk], **both)
    joins(world, "hybrid_worker", Role.HYBRID_WORKER, "Noor Aziz", world.social.organisation, world.social)
    return world


def joins(
    world: World, chair: str, role: Role, name: str, organisation: Organisation, team: Team | None = None
) -> None:
    world.actors[chair] = replace(member(world.scheme, organisation, role, name, team), moment=None)


def places(team: Team, number: int | None) -> None:
    """How many people the team can have at once; None for no limit."""
    Team.objects.filter(pk=team.pk).update(places=number)
