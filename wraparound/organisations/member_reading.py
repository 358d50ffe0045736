"""What an organisation's own administrator reads of it. Each begins at the actor's organisation; no person is here."""

from django.db.models import F, OuterRef, QuerySet, Subquery

from wraparound.organisations.actor import Actor
from wraparound.organisations.administrators import administrators_of
from wraparound.organisations.kinds import roles_of
from wraparound.organisations.models import Invitation, Membership, Organisation, Team
from wraparound.organisations.roles import Capability, Role


def members_here(actor: Actor) -> QuerySet[Membership]:
    """Memberships in force of the actor's organisation, by name: `who` is the name, `let_in_by` who invited them."""
    if not actor.can(Capability.MANAGE_MEMBERS):
        return Membership.objects.none()
    asked = Invitation.objects.filter(membership=OuterRef("pk")).order_by("-used_at").values("made_by__name")
    here = Membership.objects.filter(scheme_id=actor.scheme_id, organisation_id=actor.organisation_id, ended=None)
    found = here.annotate(who=F("user__name"), let_in_by=Subquery(asked[:1]))
    return found.select_related("user", "organisation", "team").order_by("who", "pk")


def invitations_here(actor: Actor) -> QuerySet[Invitation]:
    """The organisation's invitations that nobody has accepted or withdrawn, the newest first; some have run out."""
    if not actor.can(Capability.MANAGE_MEMBERS):
        return Invitation.objects.none()
    here = Invitation.objects.filter(scheme_id=actor.scheme_id, organisation_id=actor.organisation_id)
    waiting = here.filter(used_at=None, withdrawn_at=None).select_related("organisation", "team", "made_by")
    return waiting.order_by("-made_at", "-pk")


def teams_here(actor: Actor) -> QuerySet[Team]:
    here = Team.objects.filter(scheme_id=actor.scheme_id, organisation_id=actor.organisation_id)
    return here.select_related("organisation").order_by("name")


def roles_here(actor: Actor) -> tuple[Role, ...]:
    """The roles that an administrator of the organisation may give."""
    return roles_of(Organisation.objects.get(pk=actor.organisation_id), actor.scheme_id)


def other_administrators(actor: Actor) -> list[Membership]:
    """Who else administers the actor's organisation."""
    return list(administrators_of(actor.scheme_id, actor.organisation_id).exclude(user=actor.user_id))
