"""What letters say: that there is something to read here, and never what it is or about whom."""

from django.conf import settings
from django.urls import reverse

from wraparound.messaging.post import Letter
from wraparound.organisations.invitations import token_of
from wraparound.organisations.models import Invitation

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


def _address(route: str, **values: object) -> str:
    return settings.PUBLIC_ADDRESS.rstrip("/") + reverse(route, kwargs=values)
