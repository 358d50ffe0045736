"""What an administrator writes of the scheme itself, its organisations, its teams, and whom it names."""

from collections.abc import Iterable, Sequence
from typing import Any

from wraparound.organisations.models import HelpNow, Membership, Organisation, Scheme
from wraparound.organisations.setting_up import NewOrganisation, SchemeDetails
from wraparound.organisations.setting_up_teams import TeamDetails
from wraparound.pathways.vocabulary import Service, UrgentFlag
from wraparound.web.nhsuk import (
    CheckboxesField,
    HiddenField,
    LongTextField,
    RadiosField,
    SelectField,
    TextField,
    TickField,
)
from wraparound.web.scheme.wording import MODELS
from wraparound.web.team.forms import ActionForm
from wraparound.web.wording import FLAGS

SERVICES = [(service.value, service.label) for service in Service]
# More practices than these are not ticked one by one.
MOST_TICKED = 60


def named(rows: Iterable[Any], nothing: str = "") -> list[tuple[str, str]]:
    """Choices by number, after one for none where `nothing` says what that means."""
    first = [("", nothing)] if nothing else []
    return first + [(str(row.pk), str(row)) for row in rows]


def number(text: str) -> int | None:
    return int(text) if text else None


class SchemeForm(ActionForm):
    name = TextField("Name of the scheme", missing="Enter the scheme’s name")
    model = RadiosField(
        "Model of operation",
        choices=[(model.value, model.label) for model in Scheme.Model],
        hints={model.value: said for model, said in MODELS.items()},
        size="s",
    )
    nation = SelectField(
        "Nation", choices=Scheme.Nation.choices,
        hint="Whose bank holidays count. It holds from the next pathway version that you publish.",
    )  # fmt: skip
    front_door_id = SelectField(
        "Front door for people who ask for help themselves", choices=[], required=False,
        hint="This organisation takes in what the public asks for. Without one, nobody can ask in public.",
    )  # fmt: skip
    slug = TextField(
        "Name in the public address", required=False, max_length=60, width=20, spellcheck=False,
        hint="Small letters, digits and hyphens, such as northside",
    )  # fmt: skip
    codes_only = TickField(
        "Messages back carry clinical codes alone",
        hint="The practice gets a code for each step and no account of the work.",
    )
    second_factor = TickField(
        "Whoever works in the scheme signs in with a second factor",
        hint="An app that shows codes, a key, or what their single sign-on asks. Whoever has none is led to set one up "
        "before anything else. Leave it on wherever real people’s records are.",
    )
    seen = HiddenField()

    def __init__(self, organisations: Iterable[Organisation], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = named(organisations, "Nobody can ask in public")
        self.fields["front_door_id"].listed = self.fields["front_door_id"].choices = offered  # type: ignore[attr-defined]

    def details(self) -> SchemeDetails:
        said = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        said["front_door_id"] = number(said["front_door_id"])
        return SchemeDetails(**said | {"model": Scheme.Model(said["model"]), "nation": Scheme.Nation(said["nation"])})


class OrganisationForm(ActionForm):
    name = TextField("Name", missing="Enter the organisation’s name")
    kind = SelectField(
        "Kind", choices=[("", "Choose a kind"), *Organisation.Kind.choices], missing="Select what kind it is"
    )
    ods_code = TextField(
        "Organisation code", required=False, max_length=10, width=10, hint="Where it has one, like F84123"
    )
    address = LongTextField("Address", required=False, max_length=300, rows=2)
    postcode = TextField("Postcode", required=False, max_length=8, width=10)
    phone = TextField("Phone number", required=False, max_length=20, width=20)

    def organisation(self) -> NewOrganisation:
        return NewOrganisation(**self.cleaned_data | {"kind": Organisation.Kind(self.cleaned_data["kind"])})


class TeamForm(ActionForm):
    """`organisations` are offered for a new team; a team that is there stays where it is."""

    organisation_id = SelectField("Organisation", choices=[], missing="Select the organisation whose team it is")
    name = TextField("Name of the team", missing="Enter the team’s name")
    service = RadiosField(
        "Service", choices=SERVICES, hint="What it is known for", size="s", missing="Select the service"
    )  # fmt: skip
    also = CheckboxesField(
        "It also takes referrals for", choices=SERVICES, required=False, size="s",
        hint="A team of hybrid workers takes both. Referrals for its own service always come.",
    )  # fmt: skip
    serves = CheckboxesField(
        "Practices that it is for", choices=[], required=False, size="s", small=True,
        hint="They come first when a team is chosen. None: the whole scheme.",
    )  # fmt: skip
    codes = LongTextField(
        "Codes of the practices that it is for", required=False, max_length=20_000, rows=4, size="s",
        hint="With spaces or lines between, like F84123 E83003. They come first when a team is chosen. None: the whole "
        "scheme.",
    )  # fmt: skip
    phone = TextField("Phone number", required=False, max_length=20, width=20)
    opening = TextField(
        "When people may come or ring", required=False,
        hint="In plain words, for the slip of somebody who is told where to go: “Monday to Friday, 9.30am to 4.30pm”.",
    )  # fmt: skip
    same_day_lead = SelectField(
        "Same-day lead", choices=[], required=False,
        hint="Must acknowledge a same-day alert. Somebody who works at the team’s organisation.",
    )  # fmt: skip
    seen = HiddenField()

    def __init__(
        self, practices: Sequence[Organisation], leads: Iterable[Membership],
        organisations: Iterable[Organisation] | None, *args: Any, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.practices = practices
        if organisations is None:
            del self.fields["organisation_id"]
        else:
            self._offer("organisation_id", named(organisations, "Choose an organisation"))
        people = {str(held.user_id): f"{held.user.name}, {held.organisation.name}" for held in leads}
        self._offer("same_day_lead", [("", "Nobody yet"), *people.items()])
        del self.fields["codes" if len(practices) <= MOST_TICKED else "serves"]
        if "serves" in self.fields:
            self.fields["serves"].choices = named(practices)  # type: ignore[attr-defined]

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].listed = self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_codes(self) -> list[str]:
        known = {each.ods_code: str(each.pk) for each in self.practices if each.ods_code}
        codes = self.cleaned_data["codes"].replace(",", " ").upper().split()
        unknown = [code for code in codes if code not in known]
        if unknown:
            self.add_error("codes", f"No practice of this scheme has the code {', '.join(unknown[:5])}")
        return [known[code] for code in codes if code in known]

    def details(self) -> TeamDetails:
        said = self.cleaned_data
        return TeamDetails(
            name=said["name"],
            service=Service(said["service"]),
            also=frozenset(map(Service, said["also"])),
            serves=frozenset(map(int, said.get("serves", said.get("codes", [])))),
            phone=said["phone"],
            opening=said["opening"],
            same_day_lead_id=number(said["same_day_lead"]),
        )


class NumberForm(ActionForm):
    flag = SelectField(
        "What it is for", choices=[("", "Choose one"), *((flag.value, said) for flag, said in FLAGS.items())],
        missing="Select what the number is for",
    )  # fmt: skip
    when = RadiosField("When it answers", choices=HelpNow.When.choices, size="s")
    name = TextField("Whom it reaches", hint="Such as “Council homelessness line”")
    number = TextField("Phone number", max_length=20, width=20)

    def clean_flag(self) -> UrgentFlag:
        return UrgentFlag(self.cleaned_data["flag"])

    def clean_when(self) -> HelpNow.When:
        return HelpNow.When(self.cleaned_data["when"])


class LeadForm(ActionForm):
    lead = SelectField("Safeguarding lead", choices=[], missing="Select the safeguarding lead")
    deputy = SelectField("Deputy", choices=[], required=False, hint="Told at the same time as the lead")

    def __init__(self, members: Iterable[Membership], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = list({str(held.user_id): held.user.name for held in members}.items())
        for name, nobody in (("lead", "Choose a person"), ("deputy", "Nobody")):
            field = self.fields[name]
            field.listed = field.choices = [("", nobody), *people]  # type: ignore[attr-defined]
