"""Security keys and passkeys (WebAuthn). The ceremony is django-allauth's, on fido2; the session keeps each challenge.

Every function takes the request, which allauth reads the host and the session from.
"""

from typing import Any

from allauth.core.context import request_context
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from wraparound.organisations.models import User
from wraparound.signing_in.models import Happened
from wraparound.signing_in.recording import Door, note
from wraparound.signing_in.second_factors import Kind


def to_add(request: HttpRequest, user: User) -> dict[str, Any]:
    """What a browser is asked, to make a new key for this user: `navigator.credentials.create` as JSON."""
    with request_context(request):
        asked: dict[str, Any] = auth.begin_registration(user, passwordless=False)
    return asked


@transaction.atomic
def add(request: HttpRequest, user: User, name: str, answer: dict[str, Any], door: Door) -> bool:
    """Take the new key on, when its answer fits what was asked."""
    with request_context(request):
        try:
            auth.parse_registration_response(answer)
            auth.complete_registration(answer)
        except _DOES_NOT_FIT:
            return False
        auth.WebAuthn.add(user, name, answer)
    note(Happened.SECOND_FACTOR_ADDED, door, user, Kind.WEBAUTHN)
    return True


def to_use(request: HttpRequest, user: User) -> dict[str, Any]:
    """What a browser is asked, to show one of the user's keys: `navigator.credentials.get` as JSON."""
    with request_context(request):
        asked: dict[str, Any] = auth.begin_authentication(user)
    return asked


def use(request: HttpRequest, user: User, answer: dict[str, Any], door: Door) -> bool:
    """Whether it is one of the user's keys that answers what was asked just now."""
    with request_context(request):
        try:
            row = auth.complete_authentication(user, answer)
        except _DOES_NOT_FIT:
            return False
    Authenticator.objects.filter(pk=row.pk).update(last_used_at=door.now)
    return True


# A stranger may send any JSON at all, and fido2 says of it what it meets first.
_DOES_NOT_FIT = (ValidationError, ValueError, TypeError, KeyError, AttributeError, IndexError)
