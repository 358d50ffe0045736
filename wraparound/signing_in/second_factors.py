"""A user's second factors: an app that shows codes, keys and passkeys, and codes on paper for when both are lost.

Their rows and secrets are django-allauth's. A code of an app counts once: the row remembers the last one, so that
whoever looks over a shoulder comes too late. (allauth remembers it in a cache, which this product does not have.)
"""

from collections.abc import Iterable, Mapping
from typing import Any

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.db import transaction
from django.db.models import QuerySet

from wraparound.organisations.models import User
from wraparound.signing_in.adapter import CannotBeRead, SecondFactors
from wraparound.signing_in.models import Happened
from wraparound.signing_in.recording import Door, note

Kind = Authenticator.Type
CODES = Kind.RECOVERY_CODES
# A phone's clock may be half a minute off.
AROUND = (-1, 0, 1)
PERIOD_SECONDS = 30


def second_factors_of(user: User) -> QuerySet[Authenticator]:
    """Those that a user could be asked for, oldest first; recovery codes stand in for them and are none."""
    rows: QuerySet[Authenticator] = Authenticator.objects.filter(user=user)
    return rows.exclude(type=CODES).order_by("created_at", "pk")


def has_second_factor(user: User) -> bool:
    return second_factors_of(user).exists()


def who_have_one(users: Iterable[int]) -> set[int]:
    """Of these users' ids, those who could be asked for a second factor."""
    rows = Authenticator.objects.filter(user__in=list(users)).exclude(type=CODES)
    return set(rows.values_list("user_id", flat=True))


def has_key(user: User) -> bool:
    return second_factors_of(user).filter(type=Kind.WEBAUTHN).exists()


def new_secret() -> str:
    """For an app, in base 32; kept with the session until a code shows that the app has it."""
    return str(generate_totp_secret())


def in_fours(secret: str) -> str:
    """The secret as it is typed into an app by hand."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def picture_of(user: User, secret: str) -> str:
    """The QR code that an app reads, as SVG."""
    adapter = SecondFactors()
    drawn: str = adapter.build_totp_svg(adapter.build_totp_url(user, secret))
    return drawn[drawn.index("<svg") :]


@transaction.atomic
def add_app(user: User, secret: str, code: str, door: Door) -> bool:
    """Take an app on (in place of the one before), once its code shows that it has the secret."""
    counter = _matching(secret, code, door, after=0)
    if counter is None:
        return False
    data = {"secret": SecondFactors().encrypt(secret), "last_counter": counter}
    Authenticator.objects.update_or_create(user=user, type=Kind.TOTP, defaults={"data": data, "created_at": door.now})
    note(Happened.SECOND_FACTOR_ADDED, door, user, Kind.TOTP)
    return True


@transaction.atomic
def use_code(user: User, code: str, door: Door) -> str:
    """How it was right (`totp`, `recovery_codes`), or "" when it was not. Either kind counts once."""
    code = "".join(code.split()).replace("-", "")
    for row in (
        Authenticator.objects.select_for_update().filter(user=user, type__in=(Kind.TOTP, CODES)).order_by("-type")
    ):
        try:
            right = _use_app(row, code, door) if row.type == Kind.TOTP else RecoveryCodes(row).validate_code(code)
        except CannotBeRead:
            continue
        if right:
            Authenticator.objects.filter(pk=row.pk).update(last_used_at=door.now)
            if row.type == CODES:
                note(Happened.RECOVERY_CODE_USED, door, user)
            return str(row.type)
    return ""


def _use_app(row: Authenticator, code: str, door: Door) -> bool:
    secret = SecondFactors().decrypt(row.data["secret"])
    counter = _matching(secret, code, door, after=row.data.get("last_counter", 0))
    if counter is None:
        return False
    # Kept anew, so that a former SECRET_KEY can go once everybody has used theirs.
    row.data = {"secret": SecondFactors().encrypt(secret), "last_counter": counter}
    row.save(update_fields=["data"])
    return True


def _matching(secret: str, code: str, door: Door, *, after: int) -> int | None:
    """Which of the codes of this half minute and those around it, later than one used before."""
    code = "".join(code.split())
    current = int(door.now.timestamp()) // PERIOD_SECONDS
    for counter in (current + each for each in AROUND):
        if counter > after and compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, counter))):
            return counter
    return None


@transaction.atomic
def make_recovery_codes(user: User, door: Door) -> list[str]:
    """New ones, in place of all before. They are shown once, now."""
    Authenticator.objects.filter(user=user, type=CODES).delete()
    codes: list[str] = RecoveryCodes.activate(user).generate_codes()
    note(Happened.RECOVERY_CODES_MADE, door, user)
    return codes


def codes_left(user: User) -> int | None:
    """How many recovery codes are unused; None where there never were any, or none that can be read."""
    row = Authenticator.objects.filter(user=user, type=CODES).first()
    try:
        return len(RecoveryCodes(row).get_unused_codes()) if row else None
    except CannotBeRead:
        return None


@transaction.atomic
def remove(user: User, number: int, door: Door) -> Authenticator | None:
    """Take one of the user's own second factors away; with the last of them go the recovery codes."""
    row = second_factors_of(user).select_for_update().filter(pk=number).first()
    if row is None:
        return None
    kind = row.type
    row.delete()
    if not has_second_factor(user):
        Authenticator.objects.filter(user=user).delete()
    note(Happened.SECOND_FACTOR_REMOVED, door, user, kind)
    return row


def shown(row: Authenticator) -> Mapping[str, Any]:
    """What a page says of one."""
    named = row.data.get("name", "") if row.type == Kind.WEBAUTHN else ""
    return {
        "pk": row.pk,
        "kind": "Security key or passkey" if row.type == Kind.WEBAUTHN else "App that shows codes",
        "name": named,
        "added": row.created_at,
        "used": row.last_used_at,
    }
