"""What the home page says to roles that have no place of their own yet."""

from wraparound.organisations.roles import Role

WHAT_ROLES_DO = {
    Role.COMMISSIONER: "Your role sees figures and never a person's record. There are no figures to see here yet.",
}
