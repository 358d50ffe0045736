"""Whom an organisation's administrator lets in, as what."""

from collections.abc import Iterable, Sequence
from typing import Any

from wraparound.organisations.invitations import Offer
from wraparound.organisations.models import Team
from wraparound.organisations.roles import Role
from wraparound.web.nhsuk import EmailField, HiddenField, SelectField, TextField, TickField
from wraparound.web.team.forms import ActionForm

TEAM_HINT = "Link workers, advisers and hybrid workers have one"
LETS_IN = "Also administers the organisation"
LETS_IN_HINT = "Lets people in, changes what they may do and ends it, and manages connected systems."


class _PlaceForm(ActionForm):
    """A form with a role of the organisation, and a team where it has any."""

    def __init__(self, roles: Sequence[Role], teams: Iterable[Team], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("role", [("", "Choose a role"), *((role.value, role.label) for role in roles)])
        named = [(str(team.pk), team.name) for team in teams]
        self._offer("team", [("", "No team"), *named])
        if not named:
            del self.fields["team"]

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].listed = self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def team_id(self) -> int | None:
        said = self.cleaned_data.get("team", "")
        return int(said) if said else None


class InviteForm(_PlaceForm):
    name = TextField("Full name", missing="Enter their full name")
    email = EmailField("Email address", hint="Their own at work. It is what they sign in with.")
    role = SelectField("Role", choices=[], missing="Select their role")
    team = SelectField("Team", choices=[], required=False, hint=TEAM_HINT)
    administers = TickField(LETS_IN, hint=LETS_IN_HINT)

    def offer(self, organisation_id: int) -> Offer:
        said = self.cleaned_data
        return Offer(
            name=said["name"],
            email=said["email"],
            organisation_id=organisation_id,
            role=Role(said["role"]),
            team_id=self.team_id,
            administers=said["administers"],
        )


class MemberForm(_PlaceForm):
    role = SelectField("Role", choices=[], missing="Select their role")
    team = SelectField("Team", choices=[], required=False, hint=TEAM_HINT)
    administers = TickField(LETS_IN, hint=LETS_IN_HINT)
    seen = HiddenField()
