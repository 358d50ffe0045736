"""A scheme as its administrator sets it up: what it is, and which organisations are in it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.administering import digest, partner, plain, require_seen, scheme_of
from wraparound.organisations.codes import ods_code, phone, postcode
from wraparound.organisations.invitations import open_invitations
from wraparound.organisations.models import Membership, Organisation, Partner, Scheme, Team


@dataclass(frozen=True, kw_only=True)
class SchemeDetails:
    """What an administrator may set of a scheme. `front_door_id` None: nobody asks in public."""

    name: str
    model: Scheme.Model
    nation: Scheme.Nation
    front_door_id: int | None
    slug: str
    codes_only: bool
    second_factor: bool


def details_of(scheme: Scheme) -> SchemeDetails:
    return SchemeDetails(
        name=scheme.name,
        model=Scheme.Model(scheme.model),
        nation=Scheme.Nation(scheme.nation),
        front_door_id=scheme.front_door_id,
        slug=scheme.slug or "",
        codes_only=scheme.codes_only,
        second_factor=scheme.second_factor,
    )


def seen_scheme(scheme: Scheme) -> str:
    """What stands for the scheme as it was when a form was made from it."""
    return digest(details_of(scheme))


@action
def change_scheme(*, by: Actor, details: SchemeDetails, seen: str) -> Scheme:
    """Set what the scheme is. New referrals go by it; open ones are not touched. `seen` is `seen_scheme` as shown."""
    scheme = scheme_of(by)
    require_seen(seen, seen_scheme(scheme))
    was = details_of(scheme)
    scheme.name = plain(details.name, "the scheme’s name", "name")
    if Scheme.objects.exclude(pk=scheme.pk).filter(name__iexact=scheme.name).exists():
        raise Refused("name_taken", "Another scheme has this name.", "name")
    scheme.slug = public_name(scheme.pk, details.slug, needed=details.front_door_id is not None)
    scheme.front_door_id = partner(by, details.front_door_id).pk if details.front_door_id else None
    scheme.model, scheme.nation, scheme.codes_only = details.model, details.nation, details.codes_only
    scheme.second_factor = details.second_factor
    scheme.save(update_fields=["name", "slug", "front_door", "model", "nation", "codes_only", "second_factor"])
    becomes = details_of(scheme)
    changed = [name for name, value in vars(becomes).items() if vars(was)[name] != value]
    record("scheme_changed", by=by, data={"changed": changed, "model": scheme.model, "nation": scheme.nation})
    return scheme


def public_name(scheme_id: int, text: str, *, needed: bool) -> str | None:
    """A scheme's name in public addresses; needed where there is a front door. Refused where it is none or taken."""
    slug = text.strip().lower()
    if not slug:
        if needed:
            raise Refused("no_slug", "Enter the name that the public address ends in, like northside.", "slug")
        return None
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) or len(slug) > 60:
        raise Refused("slug", "Use small letters, digits and single hyphens, at most 60 in all.", "slug")
    if Scheme.objects.exclude(pk=scheme_id).filter(slug=slug).exists():
        raise Refused("slug_taken", "Another scheme has this address.", "slug")
    return slug


@action
def add_organisation(*, by: Actor, organisation: Organisation) -> Partner:
    """Let an organisation that is known already be part of the scheme."""
    scheme = scheme_of(by)
    joined = join(by, scheme, organisation)
    if joined is None:
        raise Refused("already_in", f"{organisation.name} is in the scheme already.")
    record("organisation_added", by=by, data={"organisation": organisation.pk})
    return joined


@action
def add_organisations(*, by: Actor, organisation_ids: Sequence[int]) -> int:
    """Let many organisations be part of the scheme, as an import does. How many were not before."""
    scheme = scheme_of(by)
    wanted = Organisation.objects.filter(pk__in=organisation_ids)
    once = Partner.objects.filter(scheme=scheme, organisation__in=wanted).exclude(ended=None)
    again = once.update(ended=None)
    new = wanted.exclude(partner__scheme=scheme)
    made = Partner.objects.bulk_create(Partner(scheme=scheme, organisation=each) for each in new)
    record("organisations_added", by=by, data={"added": len(made) + again})
    return len(made) + again


def join(by: Actor, scheme: Scheme, organisation: Organisation) -> Partner | None:
    """Make it a partner, again where it was one before; None when it is one now."""
    found, made = Partner.objects.get_or_create(scheme=scheme, organisation=organisation)
    if not made:
        if found.ended is None:
            return None
        found.ended = None
        found.save(update_fields=["ended"])
    return found


@dataclass(frozen=True, kw_only=True)
class NewOrganisation:
    """An organisation that no register names yet, as an administrator writes it down."""

    name: str
    kind: Organisation.Kind
    ods_code: str = ""
    address: str = ""
    postcode: str = ""
    phone: str = ""


@action
def make_organisation(*, by: Actor, organisation: NewOrganisation) -> Organisation:
    """Write down an organisation that no register names yet, as part of the scheme."""
    scheme = scheme_of(by)
    made = written_down(organisation)
    in_scheme = Organisation.objects.filter(partner__scheme=scheme, partner__ended=None)
    if in_scheme.filter(name__iexact=made.name, kind=made.kind).exists():
        raise Refused("name_known", f"{made.name} is in the scheme already.", "name")
    made.save()
    Partner.objects.create(scheme=scheme, organisation=made)
    record("organisation_made", by=by, data={"organisation": made.pk})
    return made


def written_down(said: NewOrganisation) -> Organisation:
    """The row of a new organisation, not written yet. Refused, naming the field that is wrong."""
    name = plain(said.name, "the organisation’s name", "name")
    code = _checked(ods_code, said.ods_code, "ods_code")
    if code and Organisation.objects.filter(ods_code=code).exists():
        raise Refused("code_known", f"The code {code} is known already. Search for it and add it.", "ods_code")
    return Organisation(
        name=name,
        kind=said.kind,
        ods_code=code,
        address=" ".join(said.address.split())[:300],
        postcode=_checked(postcode, said.postcode, "postcode"),
        phone=_checked(phone, said.phone, "phone"),
    )


def _checked(check: Callable[[str], str], text: str, field: str) -> str:
    try:
        return check(text) if text.strip() else ""
    except ValueError as fault:
        raise Refused("not_a_code", str(fault), field) from None


@action
def remove_organisation(*, by: Actor, organisation: Organisation) -> Partner:
    """End its part in the scheme. Its people must have left first, and what it was here for be somebody else's."""
    scheme = scheme_of(by)
    held = {"scheme": scheme, "organisation": organisation}
    found = Partner.objects.select_for_update().get(**held, ended=None)
    people = Membership.objects.filter(**held, ended=None).count()
    if people:
        who = "1 person has" if people == 1 else f"{people} people have"
        raise Refused("has_members", f"{who} a role in {organisation.name}. End that first, on the page People.")
    team = Team.objects.filter(**held).first()
    if team is not None:
        raise Refused("has_teams", f"{organisation.name} has the team {team.name}, which may have people to help.")
    if scheme.front_door_id == organisation.pk:
        raise Refused("front_door", f"{organisation.name} is the front door for the public. Choose another first.")
    found.ended = by.now()
    found.save(update_fields=["ended"])
    open_invitations(by).filter(organisation=organisation).update(withdrawn_at=by.now())
    record("organisation_removed", by=by, data={"organisation": organisation.pk})
    return found
