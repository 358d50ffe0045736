"""Bearer tokens of sending systems. Only a hash is kept, so a stolen database gives no token."""

import hashlib
import secrets

from wraparound.organisations.actor import Actor
from wraparound.organisations.models import ApiClient, Organisation, Partner, Scheme
from wraparound.organisations.roles import Role


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def issue_token(*, scheme: Scheme, organisation: Organisation, name: str) -> str:
    """Make a client and return its token, which is shown this once."""
    token = secrets.token_urlsafe(32)
    ApiClient.objects.create(scheme=scheme, organisation=organisation, name=name, token_sha256=_digest(token))
    return token


def actor_for_token(token: str) -> Actor | None:
    """The sending organisation's system as an actor, or None when the token is unknown or ended."""
    client = ApiClient.objects.filter(token_sha256=_digest(token), ended=None).first()
    if client is None:
        return None
    return Actor(
        scheme_id=client.scheme_id,
        organisation_id=client.organisation_id,
        role=Role.CLINICIAN,
        name=client.name,
    )


def actors_of_organisation(ods_code: str) -> list[Actor]:
    """The organisation's own system as an actor of each scheme that it is a partner in."""
    partners = Partner.objects.filter(organisation__ods_code=ods_code.strip().upper(), ended=None).exclude(
        organisation__ods_code=""
    )
    return [
        Actor(
            scheme_id=partner.scheme_id,
            organisation_id=partner.organisation_id,
            role=Role.CLINICIAN,
            name=f"File from {ods_code}",
        )
        for partner in partners
    ]
