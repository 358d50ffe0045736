"""A user's password: tried, changed, forgotten and made anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.encoding import force_str
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from wraparound.events.action import Refused
from wraparound.organisations.models import User
from wraparound.organisations.reading import user_with_email
from wraparound.signing_in import tries
from wraparound.signing_in.devices import Device
from wraparound.signing_in.models import Happened
from wraparound.signing_in.recording import Door, note
from wraparound.signing_in.sessions import end_others


@dataclass(frozen=True)
class Tried:
    """What came of a password: a user; or how long to wait; or neither, when it was wrong."""

    user: User | None = None
    wait: timedelta = timedelta()


def try_password(request: HttpRequest, email: str, password: str, device: Device, door: Door) -> Tried:
    """The same answer in the same time whether an account has this address or not: a hash is made for nobody too."""
    user = user_with_email(email)
    counts = tries.counts_of("password", email, door.place, device.name if device.knows(user) else "")
    wait = tries.wait_for(counts, door.now)
    if not wait and not tries.one_at_a_time(counts):
        wait = timedelta(seconds=1)
    if wait:
        note(Happened.TOLD_TO_WAIT, door, user, "password")
        return Tried(wait=wait)
    found = authenticate(request, username=email, password=password)
    if not isinstance(found, User):
        tries.count_one(counts, door.now)
        note(Happened.WRONG_PASSWORD, door, user, "password")
        return Tried()
    tries.forget(counts)
    return Tried(found)


def try_second(user: User, device: Device, door: Door) -> tuple[Sequence[tries.Count], timedelta]:
    """What a code or a key counts towards, and how long to wait before it is looked at."""
    counts = tries.counts_of("second", str(user.pk), door.place, device.name if device.knows(user) else "")
    wait = tries.wait_for(counts, door.now)
    if not wait and not tries.one_at_a_time(counts):
        wait = timedelta(seconds=1)
    if wait:
        note(Happened.TOLD_TO_WAIT, door, user, "second factor")
    return counts, wait


@transaction.atomic
def change_password(user: User, new: str, session_key: str | None, door: Door) -> None:
    """Set it, and end the user's sessions in all other browsers. Refused with what is wrong with it."""
    _set(user, new)
    end_others(user, session_key, door)
    note(Happened.PASSWORD_CHANGED, door, user)


def ask_for_link(email: str, door: Door) -> tuple[int, timedelta]:
    """For whom to write a letter (0: nobody), and how long to wait where too many were asked for from here.

    Whoever asks reads the same either way. A letter too many to one account is not written.
    """
    user = user_with_email(email)
    account, place = tries.counts_of_letters(email, door.place)
    wait = tries.wait_for([place], door.now)
    if wait:
        return 0, wait
    enough = tries.wait_for([account], door.now)
    tries.count_one([account, place], door.now)
    note(Happened.PASSWORD_FORGOTTEN, door, user)
    return (user.pk if user and not enough else 0), timedelta()


def link_token(user: User) -> str:
    """The secret of a link to a new password: good once, and for as long as PASSWORD_RESET_TIMEOUT says."""
    return f"{urlsafe_base64_encode(str(user.pk).encode())}.{default_token_generator.make_token(user)}"


def with_link(token: str) -> User | None:
    """Whose link it is, while it is good."""
    who, _, secret = token.partition(".")
    try:
        number = int(force_str(urlsafe_base64_decode(who)))
        user = User.objects.filter(pk=number, is_active=True).first() if number < 2**63 else None
    except (ValueError, UnicodeError):
        return None
    return user if user and default_token_generator.check_token(user, secret) else None


@transaction.atomic
def new_password(token: str, new: str, door: Door) -> User:
    """Set it by a link, which is good for nothing afterwards, and end every session. Refused with what is wrong."""
    user = with_link(token)
    if user is None:
        raise Refused("link", "This link has been used or has run out. Ask for a new one.")
    user = User.objects.select_for_update().get(pk=user.pk)
    _set(user, new)
    end_others(user, None, door)
    note(Happened.PASSWORD_NEW, door, user)
    return user


def _set(user: User, new: str) -> None:
    try:
        validate_password(new, user)
    except ValidationError as fault:
        raise Refused("password", " ".join(fault.messages), "password") from None
    user.set_password(new)
    user.save(update_fields=["password"])
