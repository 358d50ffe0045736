"""Credentials to test with, made as a command on the server makes them."""

from dataclasses import replace
from itertools import count

from tests.factories import NOW
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.credentials import Issued, NewCredential, make_credential
from wraparound.organisations.models import Credential, Organisation, Scheme
from wraparound.organisations.roles import GRANTS, Capability, Role

_numbers = count(1)
ALL = frozenset(GRANTS)


def on_the_server(scheme: Scheme, organisation: Organisation) -> Actor:
    return Actor(
        scheme_id=scheme.pk,
        organisation_id=organisation.pk,
        role=Role.SCHEME_ADMINISTRATOR,
        administers=True,
        moment=NOW,
    )


def a_credential(scheme: Scheme, organisation: Organisation, *may: Capability, **said: object) -> Issued:
    """One that may do all that a credential may, where nothing else is said."""
    by = on_the_server(scheme, organisation)
    wanted = NewCredential(name=f"GP system {next(_numbers)}", capabilities=frozenset(may) or ALL)
    with acting_as(by):
        return make_credential(by=by, credential=replace(wanted, **said))  # type: ignore[arg-type]


def a_client(scheme: Scheme, organisation: Organisation, *may: Capability) -> Issued:
    return a_credential(scheme, organisation, *may, kind=Credential.Kind.CLIENT)
