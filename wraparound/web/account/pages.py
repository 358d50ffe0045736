"""What the home page says to roles that have no place of their own yet."""

from wraparound.organisations.roles import Role

WHAT_ROLES_DO = {
    Role.COMMISSIONER: "Your role sees figures and never a person's record. There are no figures to see here yet.",
    Role.SCHEME_ADMINISTRATOR: (
        "Your role sets up the scheme: its organisations, teams and pathway. There are no pages for that here yet; "
        "until there are, it is done with commands on the server."
    ),
}
