"""What connected systems act with: made, shown once, looked up by its hash, and ended."""

import hashlib
import hmac
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.administering import own_people_of, plain
from wraparound.organisations.models import AccessToken, Credential, Partner
from wraparound.organisations.roles import GRANTS, Capability, Role

GOOD_FOR = timedelta(minutes=10)
USE_NOTED_EVERY = timedelta(minutes=1)
MOST = 50
# So that a secret that was left somewhere is known for what it is.
_TOKEN, _SECRET, _ACCESS = "wrt_", "wrs_", "wra_"


@dataclass(frozen=True, kw_only=True)
class NewCredential:
    """A credential to be made. `capabilities` are of `roles.GRANTS`; without `expires_at` it is good until ended."""

    name: str
    capabilities: frozenset[Capability]
    kind: Credential.Kind = Credential.Kind.TOKEN
    expires_at: datetime | None = None


@dataclass(frozen=True)
class Issued:
    """A credential and its secret, which is kept nowhere and so shown this once."""

    credential: Credential
    secret: str


@dataclass(frozen=True)
class Access:
    """A short-lived token, shown this once, and what it is good for."""

    token: str
    capabilities: frozenset[Capability]
    seconds: int


@action
def make_credential(*, by: Actor, credential: NewCredential) -> Issued:
    """Let a system act for the actor's organisation, for no more than it is given.

    Refused: `not_allowed`, `missing`, `nothing`, `past`, `name_taken`, `too_many`.
    """
    own_people_of(by)
    name = plain(credential.name, "what the system is called", "name")
    if not credential.capabilities or not credential.capabilities <= set(GRANTS):
        raise Refused("nothing", "Select what the system may do.", "capabilities")
    if credential.expires_at is not None and credential.expires_at <= by.now():
        raise Refused("past", "The day until which it is good must be after today.", "expires")
    live = in_force(by.now()).filter(scheme_id=by.scheme_id, organisation_id=by.organisation_id)
    if live.filter(name__iexact=name).exists():
        raise Refused("name_taken", "Another system here has this name. Give this one a name of its own.", "name")
    if live.count() >= MOST:
        raise Refused("too_many", f"{MOST} systems are connected. End those that are not used.", "name")
    secret = (_SECRET if credential.kind == Credential.Kind.CLIENT else _TOKEN) + secrets.token_urlsafe(32)
    made = Credential.objects.create(
        scheme_id=by.scheme_id,
        organisation_id=by.organisation_id,
        name=name,
        kind=credential.kind,
        client_id=f"wrc_{secrets.token_hex(8)}",
        secret_sha256=_hash(secret),
        capabilities=sorted(credential.capabilities),
        made_at=by.now(),
        made_by_id=by.user_id,
        expires_at=credential.expires_at,
    )
    record("credential_made", by=by, data={"made": made.pk, "kind": made.kind, "may": made.capabilities})
    return Issued(made, secret)


@action
def end_credential(*, by: Actor, credential: Credential) -> Credential:
    """Shut a system out with its next request. Credential.DoesNotExist where it has ended, or is another's."""
    own_people_of(by)
    held = _of(by).select_for_update(of=("self",)).get(pk=credential.pk, ended=None)
    held.ended = by.now()
    held.save(update_fields=["ended"])
    record("credential_ended", by=by, data={"ended": held.pk})
    return held


def credentials_here(actor: Actor) -> QuerySet[Credential]:
    """Those of the actor's organisation that have not been ended, the newest first; some may have run out."""
    if not actor.can(Capability.MANAGE_MEMBERS):
        return Credential.objects.none()
    return _of(actor).filter(ended=None).select_related("made_by", "organisation").order_by("-made_at", "-pk")


def in_force(now: datetime) -> QuerySet[Credential]:
    """Those that still open something: not ended, not run out, and of an organisation that is still in the scheme."""
    here = Partner.objects.filter(scheme=OuterRef("scheme"), organisation=OuterRef("organisation"), ended=None)
    good = Q(expires_at=None) | Q(expires_at__gt=now)
    return Credential.objects.filter(good, Exists(here), ended=None)


def _of(actor: Actor) -> QuerySet[Credential]:
    return Credential.objects.filter(scheme_id=actor.scheme_id, organisation_id=actor.organisation_id)


def actor_for(token: str, now: datetime) -> Actor | None:
    """Whoever shows a token or an access token, as an actor at `now`; None when it opens nothing. Its use is noted."""
    if token.startswith(_ACCESS):
        rows = AccessToken.objects.filter(token_sha256=_hash(token), expires_at__gt=now)
        found = rows.filter(credential__in=in_force(now)).select_related("credential").first()
        if found is None:
            return None
        credential, given = found.credential, set(found.capabilities) & set(found.credential.capabilities)
    else:
        rows_of = in_force(now).filter(secret_sha256=_hash(token), kind=Credential.Kind.TOKEN)
        first = rows_of.first()
        if first is None:
            return None
        credential, given = first, set(first.capabilities)
    _note_use(credential, now)
    return _actor(credential, given, now)


def client_with(client_id: str, secret: str, now: datetime) -> Credential | None:
    """The client that shows its secret, or None."""
    found = in_force(now).filter(client_id=client_id, kind=Credential.Kind.CLIENT).first()
    # One comparison whether or not there is such a client.
    same = hmac.compare_digest(_hash(secret), found.secret_sha256 if found else _hash(""))
    return found if found is not None and same else None


def give_access(credential: Credential, wanted: Collection[Capability], now: datetime) -> Access:
    """A token for ten minutes, for what is wanted of what the credential was given: all of it where that is nothing."""
    given = frozenset(map(Capability, credential.capabilities))
    given = given & frozenset(wanted) if wanted else given
    token = _ACCESS + secrets.token_urlsafe(32)
    AccessToken.objects.filter(credential=credential, expires_at__lt=now).delete()
    AccessToken.objects.create(
        credential=credential,
        token_sha256=_hash(token),
        capabilities=sorted(given),
        made_at=now,
        expires_at=now + GOOD_FOR,
    )
    _note_use(credential, now)
    return Access(token, given, int(GOOD_FOR.total_seconds()))


def _note_use(credential: Credential, now: datetime) -> None:
    """At most once a minute, so that reading does not become writing."""
    before = now - USE_NOTED_EVERY
    if credential.last_used_at is None or credential.last_used_at <= before:
        stale = Q(last_used_at=None) | Q(last_used_at__lte=before)
        Credential.objects.filter(stale, pk=credential.pk).update(last_used_at=now)


def _actor(credential: Credential, given: Collection[str], now: datetime) -> Actor:
    return Actor(
        scheme_id=credential.scheme_id,
        organisation_id=credential.organisation_id,
        role=Role.CONNECTED_SYSTEM,
        credential_id=credential.pk,
        granted=frozenset(map(Capability, given)),
        name=credential.name,
        moment=now,
    )


def actors_of_organisation(ods_code: str) -> list[Actor]:
    """Whoever hands a file of the organisation over on the server, as an actor of each scheme that it is in."""
    partners = Partner.objects.filter(organisation__ods_code=ods_code.strip().upper(), ended=None).exclude(
        organisation__ods_code=""
    )
    return [
        Actor(
            scheme_id=partner.scheme_id,
            organisation_id=partner.organisation_id,
            role=Role.CONNECTED_SYSTEM,
            granted=frozenset({Capability.REFER}),
            name=f"File from {ods_code}",
        )
        for partner in partners
    ]


def _hash(secret: str) -> str:
    """Of 32 random bytes, which nobody guesses however fast the hash is."""
    return hashlib.sha256(secret.encode()).hexdigest()
