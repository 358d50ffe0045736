"""Roles as a person is told of them: what somebody does, in everyday words, and never who they are."""

from collections.abc import Mapping

from wraparound.organisations.roles import Role

# In words of a reading age of 9 to 11.
ROLES: Mapping[Role, str] = {
    Role.CLINICIAN: "A doctor, nurse or other health worker",
    Role.RECEPTIONIST: "Somebody at reception",
    Role.PRACTICE_MANAGER: "The manager of the surgery",
    Role.LINK_WORKER: "A link worker",
    Role.ADVISER: "An adviser",
    Role.HYBRID_WORKER: "A link worker who also gives advice",
    Role.SUPERVISOR: "Somebody who checks the work of others",
    Role.VOLUNTEER: "A volunteer",
    Role.SERVICE_MANAGER: "The manager of the service",
    Role.COMMISSIONER: "Somebody who pays for the service",
    Role.SCHEME_ADMINISTRATOR: "Somebody who sets the system up",
    Role.HEALTH_VISITOR: "A health visitor",
    Role.REFERRING_WORKER: "A worker who asks for help for people",
    Role.INFORMATION_GOVERNANCE_LEAD: "Somebody who looks after records",
    Role.PUBLIC: "Somebody who asked for help",
    Role.FRONT_DOOR: "The team that takes requests in",
    Role.INVITED: "Somebody who was invited to work here",
    Role.SHOWN_ONCE: "Somebody who was shown it once",
    Role.CONNECTED_SYSTEM: "A computer system",
    Role.SYSTEM: "A computer system, by itself",
}


def role_said(role: str) -> str:
    """A role's own name in words; "" where none was written down."""
    return ROLES[Role(role)] if role in set(Role) else role.replace("_", " ")
