"""Which roles an organisation has, by what kind of place it is and whether a team of the scheme is its own."""

from wraparound.organisations.models import Organisation, Team
from wraparound.organisations.roles import Role

_KINDS = Organisation.Kind
_IN_A_TEAM = (
    Role.LINK_WORKER,
    Role.ADVISER,
    Role.HYBRID_WORKER,
    Role.SUPERVISOR,
    Role.VOLUNTEER,
    Role.SERVICE_MANAGER,
)
_BY_KIND: dict[Organisation.Kind, tuple[Role, ...]] = {
    _KINDS.PRACTICE: (Role.CLINICIAN, Role.RECEPTIONIST, Role.PRACTICE_MANAGER),
    _KINDS.PCN: (Role.CLINICIAN, Role.PRACTICE_MANAGER),
    _KINDS.BOROUGH: (Role.REFERRING_WORKER, Role.COMMISSIONER),
    _KINDS.ICB: (Role.COMMISSIONER,),
    _KINDS.SOCIAL_PRESCRIBING: (Role.REFERRING_WORKER, *_IN_A_TEAM),
    _KINDS.ADVICE: (Role.REFERRING_WORKER, *_IN_A_TEAM),
    _KINDS.HOSPITAL: (Role.CLINICIAN, Role.REFERRING_WORKER),
    _KINDS.COUNCIL: (Role.REFERRING_WORKER, Role.COMMISSIONER),
    _KINDS.VOLUNTARY: (Role.REFERRING_WORKER,),
    _KINDS.COMMUNITY_HEALTH: (Role.CLINICIAN, Role.HEALTH_VISITOR, Role.REFERRING_WORKER),
}


def roles_of_kind(kind: str, *, has_team: bool) -> tuple[Role, ...]:
    """The roles of an organisation of this kind; with a team of its own also those of the team, whatever it is.

    Each answers for what it holds of people, and has somebody for that.
    """
    own = (*_BY_KIND[Organisation.Kind(kind)], Role.INFORMATION_GOVERNANCE_LEAD)
    return (*own, *(role for role in _IN_A_TEAM if has_team and role not in own))


def roles_of(organisation: Organisation, scheme_id: int) -> tuple[Role, ...]:
    """The roles that the organisation's own administrator may give in this scheme."""
    has_team = Team.objects.filter(organisation=organisation, scheme_id=scheme_id).exists()
    return roles_of_kind(organisation.kind, has_team=has_team)
