"""Whom a request is from: only what our own proxies say is believed."""

from types import SimpleNamespace

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from pytest_django import Settings

from tests.factories import make_world
from wraparound.consent.agreed import ASKING
from wraparound.web.asking import views
from wraparound.web.origins import from_this_machine, network_address

SAID = "203.0.113.9, 198.51.100.4, 192.0.2.1"


def request(said: str = "", address: str = "10.0.0.5", **more: str) -> HttpRequest:
    headers = {"X-Forwarded-For": said} if said else {}
    return RequestFactory(headers=headers, REMOTE_ADDR=address, **more).post("/")


@pytest.mark.parametrize(
    ("proxies", "said", "is_from"),
    [
        (0, "", "10.0.0.5"),
        (0, SAID, "10.0.0.5"),
        (1, SAID, "192.0.2.1"),
        (2, SAID, "198.51.100.4"),
        (1, "", "10.0.0.5"),
        (2, "192.0.2.1", "192.0.2.1"),
        (1, " , 192.0.2.1 ,", "192.0.2.1"),
    ],
)
def test_as_many_addresses_count_as_there_are_proxies(
    settings: Settings, proxies: int, said: str, is_from: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    assert network_address(request(said)) == is_from


@pytest.mark.django_db
def test_the_public_page_counts_by_the_address_that_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another address in the header would be another limit."""
    places: list[str] = []
    monkeypatch.setattr(views, "ask_for_help", lambda **said: places.append(said["place"]))
    monkeypatch.setattr(views, "QUICKEST", -1)
    flow = SimpleNamespace(for_somebody=True, wording=ASKING, said=dict, intake=lambda *_: None)
    for number in range(3):
        sent = request(f"203.0.113.{number}")
        sent.POST = {"begun": views._signer.sign("1")}  # type: ignore[assignment]
        views.Asking(sent, make_world().scheme, flow)._send()  # type: ignore[arg-type]
    assert places == ["10.0.0.5"] * 3


@pytest.mark.parametrize("name", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000"])
@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1"])
def test_a_browser_on_the_machine_itself(name: str, address: str) -> None:
    assert from_this_machine(request(address=address, HTTP_HOST=name))


@pytest.mark.parametrize(
    "more",
    [
        {"address": "192.0.2.1"},
        {"address": ""},
        {"HTTP_HOST": "rebound.example"},
        {"HTTP_HOST": "localhost.rebound.example"},
        {"said": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"HTTP_X_REAL_IP": "127.0.0.1"},
    ],
)
def test_from_elsewhere_or_through_something_is_not(more: dict[str, str]) -> None:
    assert not from_this_machine(request(**{"address": "127.0.0.1", "HTTP_HOST": "localhost", **more}))
