"""Whom an organisation has named to answer concerns, and who else there may."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Membership, SafeguardingLead, User
from wraparound.organisations.roles import CAPABILITIES, MEETING, Capability, Role
from wraparound.safeguarding.models import Concern

_ANSWERING = [role.value for role, held in CAPABILITIES.items() if Capability.ANSWER_CONCERN in held]
WORKING = [role.value for role in MEETING]


@dataclass(frozen=True)
class Named:
    """Who must acknowledge. Somebody who has left, or whom the concern is about, is passed over."""

    lead: User | None
    deputy: User | None


def named_at(scheme_id: int, organisation_id: int, kept_from: frozenset[int] = frozenset()) -> Named:
    """Those whom the organisation has named, as far as they still work there."""
    rows = SafeguardingLead.objects.filter(scheme_id=scheme_id, organisation_id=organisation_id)
    found = rows.select_related("user", "deputy").first()
    wanted = [user for user in (found.user, found.deputy) if user] if found else []
    here = set(members(scheme_id, organisation_id).values_list("user_id", flat=True))
    able = [user for user in wanted if user.pk in here and user.pk not in kept_from]
    return Named(lead=able[0] if able else None, deputy=able[1] if len(able) > 1 else None)


def members(scheme_id: int, organisation_id: int) -> QuerySet[Membership]:
    """Those who work with people now in one organisation of one scheme."""
    return Membership.objects.filter(
        scheme_id=scheme_id, organisation_id=organisation_id, ended=None, user__is_active=True, role__in=WORKING
    )


def who_may_answer(scheme_id: int, organisation_id: int, kept_from: frozenset[int] = frozenset()) -> list[User]:
    """Everybody in the organisation who may answer a concern: by their role, or because they are named. By name."""
    named = named_at(scheme_id, organisation_id, kept_from)
    also = [user.pk for user in (named.lead, named.deputy) if user]
    here = members(scheme_id, organisation_id).filter(Q(role__in=_ANSWERING) | Q(user_id__in=also))
    return list(User.objects.filter(pk__in=here.values("user_id")).exclude(pk__in=kept_from).order_by("name", "pk"))


def answerers(concern: Concern) -> list[User]:
    """Who may own the concern. Where an organisation has nobody to answer, it stays with whoever raised it."""
    found = who_may_answer(concern.scheme_id, concern.organisation_id, frozenset(concern.kept_from))
    return found or list(User.objects.filter(pk=concern.raised_by_id))


def is_clinician(actor: Actor) -> bool:
    return actor.role is Role.CLINICIAN
