"""Who may set a scheme up, or let people into an organisation of it: where each action of an administrator begins."""

from hashlib import sha256

from django.db.models import Q

from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Membership, Organisation, Partner, Scheme, Team
from wraparound.organisations.roles import Capability, Role

CHANGED_MEANWHILE = (
    "Another administrator changed this while you were typing. Nothing was overwritten. "
    "Open the page in another tab to see what it says now, then save again from there."
)


def scheme_of(by: Actor) -> Scheme:
    """The actor's scheme, held against other administrators until the transaction ends. Raises Refused.

    These tables stand under no row-level security, so the membership itself is looked at: one that has ended, or that
    is another organisation's, sets nothing up. A command on the server acts for an organisation of the scheme.
    """
    by.require(Capability.MANAGE_SCHEME)
    held = Q(scheme_id=by.scheme_id, organisation_id=by.organisation_id, ended=None)
    if by.user_id is None:
        in_force = Partner.objects.filter(held).exists()
    else:
        as_who = Q(pk=by.membership_id, user_id=by.user_id, role=by.role)
        in_force = Membership.objects.filter(held & as_who).exists()
    if not in_force:
        raise Refused("not_yours", "You are not an administrator of this scheme.")
    # New rows of the scheme (a referral, an event) go on being made meanwhile.
    return Scheme.objects.select_for_update(of=("self",), no_key=True).get(pk=by.scheme_id)


def is_of_scheme(by: Actor) -> bool:
    """Whether the actor administers the scheme, and not one organisation of it."""
    return by.can(Capability.MANAGE_SCHEME)


def people_of(by: Actor) -> Scheme:
    """The scheme, held as above, for whoever may let people in: to their own organisation, or as the scheme's.

    What either may do to whom is `administrators`. Raises Refused.
    """
    return scheme_of(by) if is_of_scheme(by) else own_people_of(by)


def own_people_of(by: Actor) -> Scheme:
    """The scheme, held as above, for an administrator of the actor's organisation alone. Raises Refused."""
    by.require(Capability.MANAGE_MEMBERS)
    # Held first and looked at then: whoever waited for somebody who was ending them sees that they are.
    scheme = Scheme.objects.select_for_update(of=("self",), no_key=True).get(pk=by.scheme_id)
    held = {"scheme_id": by.scheme_id, "organisation_id": by.organisation_id, "ended": None}
    if by.user_id is None:
        in_force = Partner.objects.filter(**held).exists()
    else:
        as_who = {"pk": by.membership_id, "user_id": by.user_id, "role": by.role, "administers": True}
        in_force = Membership.objects.filter(**held, **as_who).exists()
    if not in_force:
        raise Refused("not_allowed", "You are not an administrator of this organisation.")
    return scheme


def partner(by: Actor, organisation_id: int) -> Organisation:
    """An organisation that is in the scheme now, and the actor's to set up. Organisation.DoesNotExist for any other."""
    here = Organisation.objects.filter(partner__scheme_id=by.scheme_id, partner__ended=None)
    return (here if is_of_scheme(by) else here.filter(pk=by.organisation_id)).get(pk=organisation_id)


def team_of(by: Actor, team_id: int) -> Team:
    """A team of the scheme. Team.DoesNotExist for any other."""
    return Team.objects.select_related("organisation").get(pk=team_id, scheme_id=by.scheme_id)


def membership_of(by: Actor, membership_id: int) -> Membership:
    """A membership in force, of the scheme or of the actor's own organisation. Membership.DoesNotExist else."""
    found = Membership.objects.select_related("user", "organisation", "team").filter(scheme_id=by.scheme_id, ended=None)
    return (found if is_of_scheme(by) else found.filter(organisation=by.organisation_id)).get(pk=membership_id)


def digest(*values: object) -> str:
    """What a form was filled in from, so that an action can tell whether it still stands."""
    return sha256(repr(values).encode()).hexdigest()[:16]


def require_seen(seen: str, now: str) -> None:
    """Raise Refused when what somebody looked at, before they changed it, is not what stands now."""
    if seen != now:
        raise Refused("changed_meanwhile", CHANGED_MEANWHILE)


def plain(text: str, said: str, field: str, *, longest: int = 200) -> str:
    """The text on one line. Refused, naming `field`, when there is none or it is too long."""
    line = " ".join(text.split())
    if not line:
        raise Refused("missing", f"Enter {said}.", field)
    if len(line) > longest:
        raise Refused("too_long", f"Write at most {longest} characters; this has {len(line)}.", field)
    return line


def on_the_server(scheme_name: str) -> Actor:
    """Whoever may run commands on the server, as an administrator of the named scheme. Raises Refused.

    They act for the organisation of the scheme's first administrator, or else for its first organisation.
    """
    scheme = Scheme.objects.filter(name__iexact=scheme_name.strip()).first()
    if scheme is None:
        raise Refused("no_scheme", f"There is no scheme called “{scheme_name}”.")
    role = Role.SCHEME_ADMINISTRATOR
    here = list(Partner.objects.filter(scheme=scheme, ended=None).order_by("pk").values_list("organisation", flat=True))
    if not here:
        raise Refused("no_organisation", f"The scheme {scheme.name} has no organisation yet to act for.")
    administrators = Membership.objects.filter(scheme=scheme, role=role, ended=None, organisation__in=here)
    theirs = administrators.order_by("pk").values_list("organisation", flat=True).first()
    return Actor(
        scheme_id=scheme.pk, organisation_id=theirs or here[0], role=role, name="Command on the server"
    )  # fmt: skip
