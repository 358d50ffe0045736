"""Whom and what an organisation's administrator lets in, as what."""

from collections.abc import Iterable, Sequence
from typing import Any

from wraparound.organisations.invitations import Offer
from wraparound.organisations.models import Credential, Team
from wraparound.organisations.roles import Capability, Role
from wraparound.web.nhsuk import (
    CheckboxesField,
    DateField,
    EmailField,
    HiddenField,
    RadiosField,
    SelectField,
    TextField,
    TickField,
)
from wraparound.web.team.forms import ActionForm

TEAM_HINT = "Link workers, advisers and hybrid workers have one"
LETS_IN = "Also administers the organisation"
# What a system may be given, in words that an administrator decides by.
MAY = {
    Capability.REFER: "Make referrals",
    Capability.SEE_PRACTICE_REFERRALS: "Read where this organisation’s referrals are",
    Capability.FOLLOW_REFERRALS: "Read messages back, with what came of the referrals",
}
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


class SystemForm(ActionForm):
    name = TextField("What is the system called?", hint="So that it is known again, like “GP system, reception”.",
                     missing="Enter what the system is called", size="s")  # fmt: skip
    capabilities = CheckboxesField(
        "What may it do?", choices=[(name.value, said) for name, said in MAY.items()], size="s",
        missing="Select what it may do",
    )  # fmt: skip
    kind = RadiosField(
        "How does it show who it is?", choices=Credential.Kind.choices, size="s",
        hints={
            "token": "It sends the token with each request. Simple, and as long as nobody else has it, safe.",
            "client": "It gets a token for ten minutes at a time. Choose this where the system can do it.",
        },
        missing="Select how it shows who it is",
    )  # fmt: skip
    expires = DateField(
        "Good until", required=False, size="s", hint="The last day. Leave it empty for until somebody ends it."
    )
