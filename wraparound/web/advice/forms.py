"""What an adviser writes of a matter and of a time limit, and a supervisor of competence."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

from wraparound.advice.conflicts import LONGEST as LONGEST_CONFLICT
from wraparound.advice.limits import LONGEST_WHAT
from wraparound.advice.matter_types import CATEGORIES
from wraparound.advice.matters import About
from wraparound.advice.models import Competence, Permission
from wraparound.advice.states import Level, Stage, stages_of
from wraparound.organisations.models import Membership
from wraparound.pathways.vocabulary import Nation
from wraparound.time_limits.definition import Choice, Fact, Facts, Rule, Tenure
from wraparound.web.nhsuk import (
    CheckboxesField,
    DateField,
    LongTextField,
    RadiosField,
    SelectField,
    TextField,
    TickField,
)
from wraparound.web.team.forms import ActionForm

NOT_YET = ("", "Not decided yet")
LEVEL_HINTS: dict[str, str] = {
    Level.INFORMATION: "What anybody could read: no advice on what this person should do.",
    Level.FORM_FILLING: "Filling in a form with them.",
    Level.CASEWORK: "Advising them and acting for them.",
    Level.REPRESENTATION: "Speaking for them before a court or tribunal.",
}


class MatterForm(ActionForm):
    """What is said of a matter of one category."""

    title = TextField("What is it, in a few words?", hint="For example: PIP refused in October.", max_length=120,
                      missing="Enter what it is in a few words", size="s")  # fmt: skip
    level = RadiosField(
        "How much is done?", choices=[(each.value, each.label) for each in Level], hints=LEVEL_HINTS,
        missing="Select how much is done", size="s",
    )  # fmt: skip
    stage = RadiosField("How far has it come?", choices=(), missing="Select how far it has come", size="s")
    first_type = SelectField("Matter type: what it is", choices=(), required=False)
    second_type = SelectField("Matter type: what about it", choices=(), required=False)
    opponent = TextField(
        "Who decides, claims or opposes?", required=False, max_length=120,
        hint="The department, council, landlord or creditor. Checked for a conflict of interest.",
    )  # fmt: skip
    their_reference = TextField("Their reference", required=False, max_length=60, width=20, spellcheck=False)
    conflict_looked_at = LongTextField(
        "What did you find about the conflict of interest?", required=False, max_length=LONGEST_CONFLICT,
        hint="Only needed when you are told that there may be one.",
    )  # fmt: skip

    worker = SelectField(
        "Who takes it?", choices=(), required=False,
        hint="Somebody else can take what goes beyond what you are signed off for. You stay the person’s worker.",
    )  # fmt: skip

    def __init__(self, *args: Any, category: str, colleagues: Iterable[Membership] = (), **kwargs: Any) -> None:
        """`colleagues` may be given the matter as it is opened."""
        super().__init__(*args, **kwargs)
        if others := [(str(each.user_id), each.user.name) for each in colleagues]:
            cast(SelectField, self.fields["worker"]).choices = [("", "I do"), *others]
        else:
            del self.fields["worker"]
        held = CATEGORIES[category]
        self.category = category
        stages = cast(RadiosField, self.fields["stage"])
        stages.choices = [(each.value, each.label) for each in stages_of(category)]
        for name, types in (("first_type", held.first), ("second_type", held.second)):
            if types:
                cast(SelectField, self.fields[name]).choices = [NOT_YET, *types.items()]
            else:
                del self.fields[name]

    def about(self) -> About:
        """What the actions of `advice.matters` take."""
        said = dict(self.cleaned_data)
        for name in ("conflict_looked_at", "worker"):
            said.pop(name, None)
        said["level"], said["stage"] = Level(said["level"]), Stage(said["stage"])
        return About(category=self.category, **said)


class WordsForm(ActionForm):
    """One answer in words, which an action takes under its field's name."""

    def __init__(self, name: str, label: str, *args: Any, missing: str, hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[name] = LongTextField(label, missing=missing, hint=hint, size="s")


class ColleagueForm(ActionForm):
    worker = RadiosField("Who takes it?", choices=(), missing="Select who takes it", size="s")

    def __init__(self, *args: Any, colleagues: Iterable[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(RadiosField, self.fields["worker"])
        field.choices = [(str(each.user_id), each.user.name) for each in colleagues]

    def clean_worker(self) -> int:
        return int(self.cleaned_data["worker"])


class JoinForm(ActionForm):
    to = RadiosField("Which matter does it become part of?", choices=(), missing="Select the other matter", size="s")

    def __init__(self, *args: Any, others: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(RadiosField, self.fields["to"]).choices = [(str(pk), title) for pk, title in others.items()]

    def clean_to(self) -> int:
        return int(self.cleaned_data["to"])


class LimitForm(ActionForm):
    """The days and choices that one rule asks for."""

    def __init__(self, *args: Any, rule: Rule, nation: Nation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule, self.nation = rule, nation
        for fact in rule.asks_dates:
            self.fields[fact.value] = DateField(fact.label, missing="Enter this day", called="This day", size="s")
        for fact in rule.may_ask:
            self.fields[fact.value] = DateField(
                fact.label, hint="If it is known.", required=False, called="This day", size="s"
            )
        if rule.tenures:
            tenures = [(each.value, each.label) for each in Tenure if each in rule.tenures]
            self.fields["tenure"] = RadiosField("Whose home is it?", choices=tenures, size="s",
                                                missing="Select whose home it is")  # fmt: skip
        if rule.may_choose:
            self.fields["choices"] = CheckboxesField(
                "Which of these are so?", choices=[(each.value, each.label) for each in rule.may_choose],
                required=False, small=True, size="s",
            )  # fmt: skip

    def facts(self) -> Facts:
        """What the rule is worked out from."""
        said = self.cleaned_data
        asked = (*self.rule.asks_dates, *self.rule.may_ask)
        days = {Fact(fact): said[fact.value] for fact in asked if said.get(fact.value)}
        return Facts(
            dates=days,
            nation=self.nation,
            tenure=Tenure(said["tenure"]) if said.get("tenure") else None,
            choices=frozenset(map(Choice, said.get("choices") or ())),
        )


class OtherDayForm(ActionForm):
    last_day = DateField("The last day", missing="Enter the last day", size="s")
    why = LongTextField("Where does this day come from?", missing="Enter where this day comes from", size="s",
                        hint="For example: the tribunal’s directions of 3 November.")  # fmt: skip


class DayForm(OtherDayForm):
    what = TextField("What has to be done by then?", max_length=LONGEST_WHAT, size="s",
                     missing="Enter what has to be done by then")  # fmt: skip
    field_order = ("what", "last_day", "why")


class SignOffForm(ActionForm):
    categories = CheckboxesField(
        "Signed off for casework before courts and tribunals, and for representation, in",
        choices=[(each.code, each.name) for each in CATEGORIES.values() if each.code not in ("none", "immigration")],
        required=False, small=True, size="s",
    )  # fmt: skip
    immigration_level = RadiosField(
        "Level of the Immigration Advice Authority",
        choices=[("0", "None"), ("1", "Level 1"), ("2", "Level 2"), ("3", "Level 3")],
        required=False, small=True, inline=True, size="s",
    )  # fmt: skip
    beyond_basic = TickField("A hybrid worker signed off for more than basic work in these")
    supervised = TickField("In training: a volunteer, a student or a new adviser")
    until = DateField("The last day on which this holds", required=False, future=True,
                      hint="Leave empty if it holds until it is changed.")  # fmt: skip

    def __init__(self, *args: Any, held: Competence | None, **kwargs: Any) -> None:
        initial = {name: getattr(held, name) for name in self.base_fields} if held else {}
        initial["immigration_level"] = str(initial.get("immigration_level", 0))
        super().__init__(*args, initial=initial, **kwargs)

    def values(self) -> dict[str, Any]:
        """What `sign_off` takes beside whom."""
        said = self.cleaned_data
        return {
            "categories": frozenset(said["categories"]),
            "immigration_level": int(said["immigration_level"] or 0),
            "beyond_basic": said["beyond_basic"],
            "supervised": said["supervised"],
            "until": cast("date | None", said["until"]),
        }


class PermissionForm(ActionForm):
    kind = RadiosField("What does your organisation hold?", choices=Permission.Kind.choices, size="s",
                       missing="Select what your organisation holds")  # fmt: skip
    number = TextField("Its number", required=False, max_length=60, width=20, spellcheck=False)
    starts = DateField("From", missing="Enter from when it holds")
    ends = DateField("Until", required=False, hint="Leave empty if it has no end.")

    def clean_kind(self) -> Permission.Kind:
        return Permission.Kind(self.cleaned_data["kind"])
