"""What pages read about users and organisations."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Greatest

from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Membership, Organisation, Partner, Team, User
from wraparound.organisations.roles import CAPABILITIES, Capability, Role


def memberships_of(user: User) -> QuerySet[Membership]:
    """What the user is now, with everything a page's header says of it."""
    held = Membership.objects.filter(user=user, ended=None)
    return held.select_related("user", "scheme", "organisation", "team").order_by("organisation__name", "role", "id")


def user_with_email(email: str) -> User | None:
    return User.objects.filter(email__iexact=email, is_active=True).first()


def user_numbered(number: int) -> User | None:
    return User.objects.filter(pk=number, is_active=True).first()


def own_teams(actor: Actor) -> QuerySet[Team]:
    """The actor's own team, or every team of its organisation where it has none of its own; by name."""
    rows = Team.objects.filter(scheme_id=actor.scheme_id, organisation_id=actor.organisation_id)
    return (rows.filter(pk=actor.team_id) if actor.team_id else rows).order_by("name")


def new_roles(actor: Actor, since: datetime) -> QuerySet[Membership]:
    """Roles of others in the actor's organisation that began or were changed since then, the latest first by `at`."""
    here = Membership.objects.filter(scheme_id=actor.scheme_id, organisation_id=actor.organisation_id, ended=None)
    dated = here.exclude(user=actor.user_id).annotate(at=Greatest("started", "changed"))
    return dated.filter(at__gte=since).select_related("user", "team").order_by("-at", "-pk")


def is_here(actor: Actor, user: str, capability: Capability) -> Exists:
    """Whether the user in a row's column `user` is a member of the actor's organisation now, in a role that may."""
    roles = [role for role in Role if capability in CAPABILITIES[role]]
    return Exists(
        Membership.objects.filter(
            user=OuterRef(user),
            scheme_id=actor.scheme_id,
            organisation_id=actor.organisation_id,
            ended=None,
            user__is_active=True,
            role__in=roles,
        )
    )


def partners_of(actor: Actor) -> list[Organisation]:
    """The organisations of the scheme now, by name."""
    partners = Partner.objects.filter(scheme_id=actor.scheme_id, ended=None)
    return list(Organisation.objects.filter(pk__in=partners.values("organisation")).order_by("name", "pk"))
