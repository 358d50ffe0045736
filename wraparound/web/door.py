"""Where a request stands that comes to sign in: its network address, its browser, and whether that is known."""

from django.http import HttpRequest
from django.utils import timezone

from wraparound.organisations.models import User
from wraparound.signing_in.devices import COOKIE, Device
from wraparound.signing_in.recording import Door
from wraparound.signing_in.sessions import browser_in_words
from wraparound.web.origins import network_address


def device_of(request: HttpRequest) -> Device:
    return Device.read(request.COOKIES.get(COOKIE, ""))


def door_of(request: HttpRequest, user: User | None = None) -> Door:
    """`user`, where it is known who they say they are."""
    return Door(
        now=timezone.now(),
        place=network_address(request),
        browser=browser_in_words(request.headers.get("User-Agent", "")),
        known_device=device_of(request).knows(user),
    )
