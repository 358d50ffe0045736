"""A scheme with people in it, and a browser signed in as any of them."""

import pytest
from django.test import Client

from tests.factories import World, make_world
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import User


@pytest.fixture
def world(db: None) -> World:
    return make_world()


class SignIn:
    """`sign_in(actor)` gives a browser in which the actor's user is signed in."""

    def __call__(self, actor: Actor, **options: object) -> Client:
        client = Client(**options)  # type: ignore[arg-type]
        client.force_login(User.objects.get(pk=actor.user_id))
        return client


@pytest.fixture
def sign_in() -> SignIn:
    return SignIn()
