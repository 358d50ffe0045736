"""Somebody with a password, and an app on a phone that shows codes."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from tests.factories import PASSWORD, World, make_world
from wraparound.organisations.models import Scheme, User
from wraparound.signing_in.second_factors import PERIOD_SECONDS

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_of(secret: str, halves: int = 0) -> str:
    """What an app shows for the secret now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret.replace(" ", ""), int(time.time()) // PERIOD_SECONDS + halves))


@dataclass
class Person:
    """A user and their browser."""

    user: User
    client: Client

    def types(self, password: str = PASSWORD, email: str = "", **more: object):
        said = {"username": email or self.user.email, "password": password, **more}
        return self.client.post("/sign-in/", said)

    def code(self, code: str):
        return self.client.post("/sign-in/second/", {"code": code})


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def strict(world: World) -> World:
    """A scheme as it is made anew: a second factor is asked for."""
    Scheme.objects.filter(pk=world.scheme.pk).update(second_factor=True)
    return world


@pytest.fixture
def clinician(world: World) -> Person:
    return person_of(world, "clinician")


def person_of(world: World, chair: str, client: Client | None = None) -> Person:
    user = User.objects.get(pk=world.actors[chair].user_id)
    user.set_password(PASSWORD)
    user.save()
    return Person(user, client or Client())


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """`at(seconds)`: it is so many seconds later than it was."""
    from datetime import timedelta

    from django.utils import timezone

    began, real = timezone.now(), timezone.now

    def later(seconds: float) -> None:
        beyond = timedelta(seconds=seconds)
        monkeypatch.setattr(timezone, "now", lambda: real() + beyond)

    assert began
    return later
