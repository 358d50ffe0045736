"""Which identity providers a deployer has named, from the environment alone."""

from collections.abc import Sequence
from typing import Any

from wraparound.config.environment import MissingSettings, read
from wraparound.signing_in.providers import Provider


def providers() -> tuple[Provider, ...]:
    """Those with an address. One that is half named stops the start, and says what is missing."""
    return tuple(provider for provider in (_cis2(), _entra()) if provider is not None)


def for_allauth(found: Sequence[Provider]) -> dict[str, Any]:
    """The same as django-allauth reads it."""
    apps = [
        {
            "provider_id": each.name,
            "name": each.label,
            "client_id": each.client,
            "secret": each.secret,
            "settings": {"server_url": each.address, "oauth_pkce_enabled": True},
        }
        for each in found
    ]
    return {"openid_connect": {"APPS": apps}}


def _cis2() -> Provider | None:
    """NHS CIS2. By which values it says that it saw a second factor, and whether it vouches for addresses, is to be
    checked by the deployer against the onboarding pack: https://digital.nhs.uk/services/care-identity-service."""
    address, client, secret = read("CIS2_ADDRESS"), read("CIS2_CLIENT"), read("CIS2_SECRET")
    if not _whole("CIS2", address, client, secret):
        return None
    acr, amr = _claims("CIS2_SECOND_FACTOR", read("CIS2_SECOND_FACTOR"))
    return Provider(
        name="cis2", label="NHS CIS2", address=address, client=client, secret=secret, acr=acr, amr=amr,
        ask={"acr_values": " ".join(sorted(acr))} if acr else {},
    )  # fmt: skip


def _entra() -> Provider | None:
    """Microsoft Entra: one tenant, whose id is in the address. The optional claim `xms_edov` says that the owner of the
    address's domain was verified; to be switched on in the application's registration."""
    address, client, secret = read("ENTRA_ADDRESS"), read("ENTRA_CLIENT"), read("ENTRA_SECRET")
    if not _whole("ENTRA", address, client, secret):
        return None
    if any(f"/{shared}/" in f"{address}/" for shared in ("common", "organizations", "consumers")):
        raise MissingSettings("ENTRA_ADDRESS must name one tenant by its id: anybody at all could come in by this one.")
    acr, amr = _claims("ENTRA_SECOND_FACTOR", read("ENTRA_SECOND_FACTOR"))
    return Provider(
        name="entra", label="Microsoft", address=address, client=client, secret=secret, acr=acr, amr=amr,
        trusts=frozenset({"xms_edov"}),
    )  # fmt: skip


def _whole(name: str, *values: str) -> bool:
    if any(values) and not all(values):
        raise MissingSettings(f"To sign in with {name}, set all of {name}_ADDRESS, {name}_CLIENT and {name}_SECRET.")
    return all(values)


def _claims(name: str, said: str) -> tuple[frozenset[str], frozenset[str]]:
    found: dict[str, set[str]] = {"acr": set(), "amr": set()}
    for each in filter(None, (part.strip() for part in said.split(","))):
        claim, _, value = each.partition(":")
        if claim not in found or not value:
            raise MissingSettings(f"{name} has {each!r}: say acr:… or amr:…, with commas between.")
        found[claim].add(value)
    return frozenset(found["acr"]), frozenset(found["amr"])
