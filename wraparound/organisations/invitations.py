"""Becoming a member: an administrator makes an invitation, and whoever has its link accepts it once."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.signing import Signer
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.administering import is_of_scheme, partner, people_of, plain, team_of
from wraparound.organisations.administrators import check_inside, check_outside
from wraparound.organisations.members import place_with
from wraparound.organisations.models import Invitation, Membership, Team, User
from wraparound.organisations.roles import Capability, Role

OPEN_FOR = timedelta(days=14)
LONGEST_EMAIL = 254
WRITTEN_AT_ONCE = 500
OWN_ADDRESS = (
    "You cannot invite yourself. Ask another administrator to do it; where you are the only one, invite one first."
)
_SIGNER = Signer(salt="organisations.invitation")


class Standing(StrEnum):
    """Where an invitation has got to."""

    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class Offer:
    """Whom to invite, and as what."""

    name: str
    email: str
    organisation_id: int
    role: Role
    team_id: int | None = None
    administers: bool = False


@dataclass(frozen=True)
class Made:
    """An invitation and the secret of its link, which is kept nowhere."""

    invitation: Invitation
    token: str


def standing(invitation: Invitation, now: datetime) -> Standing:
    if invitation.used_at is not None:
        return Standing.USED
    if invitation.withdrawn_at is not None:
        return Standing.WITHDRAWN
    return Standing.EXPIRED if now > invitation.expires_at else Standing.OPEN


def token_of(invitation: Invitation) -> str:
    """The secret of the link again, for whoever sends it by email: made with the product's own key, not stored."""
    return _SIGNER.signature(f"{invitation.pk} {invitation.email} {invitation.made_at.isoformat()}")


def with_token(token: str) -> Invitation | None:
    """The invitation that a link names, with its scheme, organisation and team; None when there is none."""
    found = Invitation.objects.select_related("scheme", "organisation", "team", "made_by")
    return found.filter(token_sha256=_hash(token)).first()


def holder(invitation: Invitation, user: User | None = None) -> Actor:
    """Whoever has the link, as an actor that may accept it and nothing else; `user` where they signed in."""
    return Actor(
        scheme_id=invitation.scheme_id,
        organisation_id=invitation.organisation_id,
        role=Role.INVITED,
        user_id=user.pk if user else None,
        name=invitation.name,
    )


@action
def invite(*, by: Actor, offer: Offer) -> Made:
    """Offer somebody a membership. Whoever sends links by email hears of it as the event `invitation_made`.

    Refused where it is not the actor's to give: see `administrators`.
    """
    people_of(by)
    return make(by, offer)


def make(by: Actor, offer: Offer) -> Made:
    """The row and its event, in the transaction of whoever asks. Refused, naming the field that is wrong."""
    team = team_of(by, offer.team_id) if offer.team_id is not None else None
    organisation = partner(by, offer.organisation_id)
    check_inside(by, offer.role, organisation)
    check_outside(by, offer.role, organisation.pk)
    row = prepared(by, offer, organisation.pk, team, own=own_address(by))
    place = {"organisation_id": row.organisation_id, "team": team, "role": offer.role}
    if Membership.objects.filter(scheme_id=by.scheme_id, user__email__iexact=row.email, ended=None, **place).exists():
        raise Refused("member_already", f"{row.email} has this role here already.", "email")
    if open_invitations(by).filter(email__iexact=row.email, **place).exists():
        raise Refused("invited_already", f"{row.email} has an open invitation to this role already.", "email")
    return write(by, [row])[0]


def own_address(by: Actor) -> str:
    """The address that the actor may not invite, casefolded; "" for a command on the server."""
    user = User.objects.filter(pk=by.user_id).first() if by.user_id is not None else None
    return user.email.casefold() if user else ""


def prepared(by: Actor, offer: Offer, organisation_id: int, team: Team | None, *, own: str) -> Invitation:
    """The row of an offer, not written yet, without asking the database. Refused, naming the field that is wrong."""
    name, email = plain(offer.name, "their name", "name"), _email(offer.email)
    if email.casefold() == own:
        raise Refused("own_address", OWN_ADDRESS, "email")
    return Invitation(
        scheme_id=by.scheme_id,
        organisation_id=organisation_id,
        team=place_with(offer.role, organisation_id, team),
        role=offer.role,
        administers=offer.administers,
        email=email,
        name=name,
        made_at=by.now(),
        made_by_id=by.user_id,
        expires_at=by.now() + OPEN_FOR,
    )


def write(by: Actor, rows: Sequence[Invitation]) -> list[Made]:
    """Write prepared rows, each with its event, in the transaction of whoever asks."""
    for row in rows:
        row.token_sha256 = secrets.token_hex(32)
    Invitation.objects.bulk_create(rows)
    # The secret of a link is made from the row's own number, which it has from here on.
    made = [Made(row, token_of(row)) for row in rows]
    for each in made:
        each.invitation.token_sha256 = _hash(each.token)
    Invitation.objects.bulk_update(rows, ["token_sha256"], batch_size=WRITTEN_AT_ONCE)
    for row in rows:
        data = {"invitation": row.pk, "role": row.role, "administers": row.administers}
        record("invitation_made", by=by, told=[row.organisation_id], data=data)
    return made


def open_invitations(by: Actor) -> QuerySet[Invitation]:
    """The invitations that could still be accepted: the scheme's, or those of the actor's own organisation."""
    waiting = _own(by).filter(used_at=None, withdrawn_at=None)
    return waiting.filter(expires_at__gte=by.now())


def _own(by: Actor) -> QuerySet[Invitation]:
    rows = Invitation.objects.filter(scheme_id=by.scheme_id)
    return rows if is_of_scheme(by) else rows.filter(organisation=by.organisation_id)


@action
def withdraw_invitation(*, by: Actor, invitation: Invitation) -> Invitation:
    """Make the link good for nothing."""
    people_of(by)
    held = _own(by).select_for_update(of=("self",)).get(pk=invitation.pk)
    if held.used_at is not None:
        raise Refused("used", f"{held.name} has accepted it already. End the membership instead.")
    if held.withdrawn_at is not None:
        raise Refused("too_late", "This invitation has been withdrawn already.")
    held.withdrawn_at = by.now()
    held.save(update_fields=["withdrawn_at"])
    record("invitation_withdrawn", by=by, told=[held.organisation_id], data={"invitation": held.pk})
    return held


@action
def accept_invitation(*, by: Actor, token: str, name: str = "", password: str = "") -> Membership:
    """Become what the invitation says: as the user who signed in, else as a new one with this name and password.

    `by` is `holder(…)`. Refused when it was used, withdrawn or ran out, or names somebody else than who signed in.
    """
    by.require(Capability.ACCEPT_INVITATION)
    held = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("scheme", "organisation", "team")
        .get(token_sha256=_hash(token), scheme_id=by.scheme_id, organisation_id=by.organisation_id)
    )
    _require_open(held, by)
    if by.user_id is not None and held.made_by_id == by.user_id:
        raise Refused("own_invitation", "You made this invitation yourself. Ask another administrator to invite you.")
    user = _user(by, held, name, password)
    membership, _ = Membership.objects.get_or_create(
        user=user,
        scheme=held.scheme,
        organisation=held.organisation,
        team=held.team,
        role=held.role,
        ended=None,
        defaults={"started": by.now()},
    )
    if held.administers and not membership.administers:
        membership.administers = True
        membership.save(update_fields=["administers"])
    held.used_at, held.membership = by.now(), membership
    held.save(update_fields=["used_at", "membership"])
    record("invitation_accepted", by=by, data={"invitation": held.pk, "membership": membership.pk})
    return membership


def _require_open(held: Invitation, by: Actor) -> None:
    reached = standing(held, by.now())
    if reached is Standing.USED:
        raise Refused("used", "This invitation has been accepted already. Sign in instead.")
    if reached is Standing.WITHDRAWN:
        raise Refused("withdrawn", "This invitation was withdrawn. Ask whoever sent it to you.")
    if reached is Standing.EXPIRED:
        raise Refused("expired", "This invitation has run out. Ask whoever sent it to you for a new one.")


def _user(by: Actor, held: Invitation, name: str, password: str) -> User:
    """Who becomes the member: the one who signed in, whose address it must be, or somebody new."""
    known = User.objects.filter(email__iexact=held.email).first()
    if by.user_id is not None:
        if known is None or known.pk != by.user_id:
            raise Refused("somebody_else", f"This invitation is for {held.email}. Sign out first.")
        return known
    if known is not None:
        raise Refused("sign_in", "You have an account here already. Sign in to accept the invitation.")
    made = User(email=User.objects.normalize_email(held.email), name=plain(name, "your name", "name"))
    try:
        validate_password(password, made)
    except ValidationError as fault:
        raise Refused("password", " ".join(fault.messages), "password") from None
    made.set_password(password)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise Refused("sign_in", "You have an account here already. Sign in to accept the invitation.") from None
    return made


def _email(text: str) -> str:
    email = text.strip()
    if len(email) > LONGEST_EMAIL:
        raise Refused("email", f"An email address has {LONGEST_EMAIL} characters at the most.", "email")
    try:
        validate_email(email)
    except ValidationError:
        raise Refused("email", "Enter an email address, like name@example.com.", "email") from None
    return email


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
