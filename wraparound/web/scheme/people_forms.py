"""Whom an administrator lets in, as what; and what somebody who is let in says."""

from collections.abc import Iterable
from typing import Any

from wraparound.organisations.invitations import Offer
from wraparound.organisations.models import Organisation, Team
from wraparound.organisations.roles import NOBODYS, Role
from wraparound.web.nhsuk import EmailField, FileField, HiddenField, PasswordField, SelectField, TextField, TickField
from wraparound.web.scheme.forms import named, number
from wraparound.web.team.forms import ActionForm

ROLES = [("", "Choose a role"), *((role.value, role.label) for role in Role if role not in NOBODYS)]


def teams_named(teams: Iterable[Team]) -> list[tuple[str, str]]:
    """Each team with its organisation, since a member's team is of their own."""
    return [("", "No team"), *((str(team.pk), f"{team.name}, {team.organisation.name}") for team in teams)]


class InviteForm(ActionForm):
    name = TextField("Full name", missing="Enter their full name")
    email = EmailField("Email address", hint="Their own at work. It is what they sign in with.")
    organisation = SelectField("Organisation", choices=[], missing="Select the organisation they work for")
    role = SelectField("Role", choices=ROLES, missing="Select their role")
    team = SelectField("Team", choices=[], required=False, hint="Link workers and advisers have one")

    administers = TickField(
        "Lets its people in",
        hint="Becomes an administrator of their place. From then on you invite nobody there. Do this once in each.",
    )

    def __init__(self, organisations: Iterable[Organisation], teams: Iterable[Team], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("organisation", named(organisations, "Choose an organisation"))
        self._offer("team", teams_named(teams))

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].listed = self.fields[name].choices = choices  # type: ignore[attr-defined]

    def offer(self) -> Offer:
        said = self.cleaned_data
        return Offer(
            name=said["name"],
            email=said["email"],
            organisation_id=int(said["organisation"]),
            role=Role(said["role"]),
            team_id=number(said["team"]),
            administers=said["administers"],
        )


class RoleForm(ActionForm):
    role = SelectField("Role", choices=ROLES, missing="Select their role")
    team = SelectField("Team", choices=[], required=False, hint="Link workers and advisers have one")
    seen = HiddenField()

    def __init__(self, teams: Iterable[Team], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["team"]
        field.listed = field.choices = teams_named(teams)  # type: ignore[attr-defined]


def otherwise(things: str) -> str:
    """What to do with a file of users or teams that is too much for a page."""
    return f"Take it in by parts, or ask whoever runs the server to use: wraparound import {things}."


class UploadForm(ActionForm):
    """A file of users or of teams, as `things` says."""

    file = FileField("CSV file", most=400_000, accept=".csv,text/csv", missing="Choose a CSV file")

    def __init__(self, things: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].otherwise = otherwise(things)  # type: ignore[attr-defined]


class AcceptForm(ActionForm):
    name = TextField("Your full name", autocomplete="name", missing="Enter your full name")
    password = PasswordField(
        "Choose a password", autocomplete="new-password", missing="Enter a password",
        hint="At least 12 characters. Three words that do not belong together are good.",
    )  # fmt: skip
