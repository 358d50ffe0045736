"""Whom an identity provider means: a user who is here already, never a new one."""

from collections.abc import Mapping
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction

from wraparound.events.action import Refused
from wraparound.organisations.models import User
from wraparound.organisations.reading import user_with_email
from wraparound.signing_in.models import Happened
from wraparound.signing_in.providers import Provider
from wraparound.signing_in.recording import Door, note

INVITE = "Ask your organisation’s administrator to invite you"


def who_is(provider: Provider, claims: Mapping[str, Any], door: Door) -> User:
    """The user whose subject it is; or, the first time, the one who has the proven email address.

    Refused, with what to do, for everybody else. `claims` were checked: signature, issuer, audience, nonce.
    """
    subject = str(claims["sub"])
    known = SocialAccount.objects.filter(provider=provider.name, uid=subject).select_related("user").first()
    if known is not None:
        if not known.user.is_active:
            raise _refused(provider, door, "closed", "Your account here has been closed. Ask your manager to open it.")
        known.save(update_fields=["last_login"])
        return known.user  # type: ignore[no-any-return]
    email = provider.proven_email(claims)
    if not email:
        sentence = (
            f"{provider.label} did not confirm that your email address is yours, so Wraparound cannot tell who you "
            "are. Sign in with your password, or ask whoever looks after your account there to confirm the address."
        )
        raise _refused(provider, door, "not_proven", sentence)
    user = user_with_email(email)
    if user is None:
        sentence = (
            f"{provider.label} knows you and Wraparound does not yet. {INVITE}, with the email address that you have "
            "there."
        )
        raise _refused(provider, door, "unknown", sentence)
    return _link(provider, subject, user, door)


def _link(provider: Provider, subject: str, user: User, door: Door) -> User:
    """An address that was given to somebody else there must not open the account of whoever had it before."""
    sentence = (
        f"The account here with your email address belongs to somebody else at {provider.label}. {INVITE}, and tell "
        "them that the address has had another owner."
    )
    if SocialAccount.objects.filter(provider=provider.name, user=user).exists():
        raise _refused(provider, door, "another", sentence)
    try:
        with transaction.atomic():
            SocialAccount.objects.create(provider=provider.name, uid=subject, user=user, extra_data={})
    except IntegrityError:
        raise _refused(provider, door, "another", sentence) from None
    note(Happened.SINGLE_SIGN_ON_LINKED, door, user, provider.name)
    return user


def _refused(provider: Provider, door: Door, code: str, sentence: str) -> Refused:
    note(Happened.SINGLE_SIGN_ON_REFUSED, door, how=f"{provider.name}: {code}"[:40])
    return Refused(code, sentence)
