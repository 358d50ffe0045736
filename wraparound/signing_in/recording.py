"""Writing down what happened at the door: a row for investigators, and a line in the log that names nobody."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address

from wraparound.organisations.models import User
from wraparound.signing_in.models import Happened, SignInRecord

ONCE_IN = timedelta(minutes=1)
log = logging.getLogger(__name__)
IN_THE_LOG = {
    Happened.WRONG_PASSWORD,
    Happened.TOLD_TO_WAIT,
    Happened.WRONG_SECOND_FACTOR,
    Happened.SINGLE_SIGN_ON_REFUSED,
    Happened.RECOVERY_CODE_USED,
}


@dataclass(frozen=True)
class Door:
    """Where somebody stands who signs in: when, from which network address, in which browser."""

    now: datetime
    place: str
    browser: str = ""
    known_device: bool = False


def note(happened: Happened, door: Door, user: User | None = None, how: str = "") -> None:
    """Write it down. An address that is none is left out: it is only as good as the proxies that sent it.

    That somebody was told to wait is written once a minute: else a program that does not wait would fill the disk.
    """
    if happened is Happened.TOLD_TO_WAIT and _told_just_now(door, user):
        return
    if happened in IN_THE_LOG:
        log.warning("%s: %s", happened.label, f"user {user.pk}" if user else "nobody who is known")
    SignInRecord.objects.create(
        user=user,
        happened=happened,
        how=how,
        network_address=_address(door.place),
        known_device=door.known_device,
        at=door.now,
    )


def _told_just_now(door: Door, user: User | None) -> bool:
    lately = SignInRecord.objects.filter(happened=Happened.TOLD_TO_WAIT, at__gt=door.now - ONCE_IN)
    return lately.filter(user=user, network_address=_address(door.place)).exists()


def _address(text: str) -> str | None:
    try:
        return str(ip_address(text))
    except ValueError:
        return None
