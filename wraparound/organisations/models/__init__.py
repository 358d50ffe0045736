"""Organisations, schemes, teams, users, what each user is where, and what systems act with."""

from wraparound.organisations.models.credentials import AccessToken, Credential
from wraparound.organisations.models.organisations import (
    Digest,
    HelpNow,
    Invitation,
    Leave,
    Membership,
    Organisation,
    Partner,
    PathwayDraft,
    PathwayVersion,
    SafeguardingLead,
    Scheme,
    Team,
    User,
    UserManager,
    WorkingTime,
)

__all__ = [
    "AccessToken",
    "Credential",
    "Digest",
    "HelpNow",
    "Invitation",
    "Leave",
    "Membership",
    "Organisation",
    "Partner",
    "PathwayDraft",
    "PathwayVersion",
    "SafeguardingLead",
    "Scheme",
    "Team",
    "User",
    "UserManager",
    "WorkingTime",
]
