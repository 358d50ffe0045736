"""What letters say: that there is something to read here, and never what it is or about whom."""

from django.conf import settings
from django.urls import reverse

from wraparound.messaging.post import Letter
from wraparound.organisations.invitations import token_of
from wraparound.organisations.models import Invitation, User
from wraparound.signing_in.passwords import link_token

# What happened to an account, as its owner reads it: whoever did not do it must hear of it.
NOTICES = {
    "password": "The password of your account was changed.",
    "second_factor_added": "A second factor was added to your account: an app that shows codes, or a key.",
    "second_factor_removed": "A second factor was removed from your account.",
    "recovery_code_used": "A recovery code was used to sign in to your account. It is good for nothing any more.",
    "second_factors_forgotten": "An administrator took the second factors of your account away. You set up new ones "
    "when you next sign in.",
}
_NOTHING_HERE = "To keep people safe, this email names nobody and says nothing about anybody."


def digest_letter(to: str, digest: int, referrals: int) -> Letter:
    """How many referrals have news."""
    how_many = "1 referral has" if referrals == 1 else f"{referrals} referrals have"
    return Letter(
        to,
        "News of your referrals",
        f"{how_many} news.\n\nRead it in Wraparound:\n{_address('digest', pk=digest)}\n\n"
        f"{_NOTHING_HERE}\n\nChange how you hear from us:\n{_address('hearing')}\n",
    )


def sign_in_letter(to: str) -> Letter:
    """Something cannot wait."""
    return Letter(
        to,
        "Please sign in to Wraparound now",
        f"Something in Wraparound needs you and cannot wait.\n\nSign in to read what it is:\n{_address('home')}\n\n"
        f"{_NOTHING_HERE}\n",
    )


def invitation_letter(invitation: Invitation) -> Letter:
    """The link that makes somebody a member."""
    return Letter(
        invitation.email,
        "Your invitation to Wraparound",
        "You have been invited to use Wraparound.\n\nAccept the invitation here; the link works once:\n"
        f"{_address('invitation', token=token_of(invitation))}\n\n"
        "If you did not expect this, you need do nothing: without you, nothing happens.\n",
    )


def link_letter(user: User) -> Letter:
    """The link to a new password."""
    return Letter(
        user.email,
        "Choose a new password for Wraparound",
        "Somebody, probably you, asked for a new password for Wraparound.\n\nChoose it here; the link works once, and "
        f"for an hour:\n{_address('password-link', token=link_token(user))}\n\n"
        "If it was not you, you need do nothing: your password stays as it is.\n",
    )


def notice_letter(to: str, what: str) -> Letter:
    return Letter(
        to,
        "Your Wraparound account has changed",
        f"{NOTICES[what]}\n\nIf that was you, you need do nothing. If it was not, choose a new password now, and "
        f"tell your manager:\n{_address('password-forgotten')}\n",
    )


def _address(route: str, **values: object) -> str:
    return settings.PUBLIC_ADDRESS.rstrip("/") + reverse(route, kwargs=values)
