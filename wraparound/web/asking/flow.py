"""Going from question to question: which comes next, what was answered so far, and what of it is sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from wraparound.consent.agreed import ASKING, ASKING_FOR_SOMEBODY, AgreedHow, Wording
from wraparound.consent.asking import Agreed
from wraparound.pathways.vocabulary import Entry, Need, UrgentFlag
from wraparound.people.codes import NO_FIXED_ABODE
from wraparound.people.details import NhsNumberAbsent, PersonDetails
from wraparound.referrals.entries import Answer, EntryDetails
from wraparound.referrals.intake import Intake, Sender
from wraparound.web.asking.questions import QUESTIONS, PracticeForm, Question, QuestionForm, entry_of, for_somebody
from wraparound.web.formats import full_date
from wraparound.web.nhsuk.dates import PARTS

CHECK = "check"
PAGE = "urn:wraparound:asking"


def _inputs(form: type[QuestionForm]) -> Iterator[str]:
    """The names under which a browser sends a form's answers."""
    for name, field in form.base_fields.items():
        if isinstance(field.widget, forms.TextInput | forms.Textarea | forms.Select | forms.CheckboxInput) or hasattr(
            field.widget, "choices"
        ):
            yield name
        else:
            yield from (f"{name}-{part}" for part in PARTS)


INPUTS = {question.name: tuple(_inputs(question.form)) for question in QUESTIONS}


@dataclass(frozen=True)
class Flow:
    """All that was answered so far, as the browser sent it.

    `practices` are (ODS code, name); `booking` are the ways in from which the pathway books a session.
    """

    answers: QueryDict
    practices: list[tuple[str, str]]
    booking: frozenset[Entry] = frozenset()

    @property
    def entry(self) -> Entry:
        return entry_of(self.answers)

    @property
    def for_somebody(self) -> bool:
        return for_somebody(self.answers)

    def asked(self) -> list[Question]:
        """The questions that these answers lead through, in order."""
        books = self.entry in self.booking
        return [each for each in QUESTIONS if each.asked(self.answers) and (books or not each.books)]

    def question(self, name: str) -> Question | None:
        return next((question for question in self.asked() if question.name == name), None)

    def after(self, name: str) -> str:
        names = [question.name for question in self.asked()]
        place = names.index(name) + 1
        return names[place] if place < len(names) else CHECK

    def before(self, name: str) -> str:
        names = [question.name for question in self.asked()]
        place = len(names) if name == CHECK else names.index(name)
        return names[max(0, place - 1)]

    def form(self, question: Question, *, bound: bool) -> QuestionForm:
        """The question's form: with its errors where `bound`, else as answered before."""
        options: dict[str, Any] = {"for_somebody": self.for_somebody}
        if question.form is PracticeForm:
            options["practices"] = self.practices
        if bound:
            return question.form(self.answers, **options)
        fields = question.form.base_fields
        typed = {name: field.widget.value_from_datadict(self.answers, {}, name) for name, field in fields.items()}
        return question.form(initial=typed, **options)

    def carried(self, but: str) -> list[tuple[str, str]]:
        """What the page keeps for its other questions, for hidden inputs."""
        return [
            (name, value)
            for question in QUESTIONS
            if question.name != but
            for name in INPUTS[question.name]
            for value in self.answers.getlist(name)
        ]

    def first_wrong(self) -> Question | None:
        """The first question whose answer cannot be sent."""
        return next((question for question in self.asked() if not self.form(question, bound=True).is_valid()), None)

    def said(self) -> dict[str, Any]:
        """Every answer, checked. Only for a flow in which nothing is wrong."""
        found: dict[str, Any] = {}
        for question in self.asked():
            form = self.form(question, bound=True)
            form.is_valid()
            found |= form.cleaned_data
        return found

    def summary(self) -> list[tuple[str, str, str]]:
        """Each answer to be checked: what was asked, what was said, and the question to change it in."""
        rows = []
        for question in self.asked():
            form = self.form(question, bound=True)
            form.is_valid()
            for name, field in form.fields.items():
                if said := shown(field, form.cleaned_data.get(name)):
                    rows.append((str(field.label), said, question.name))
                elif len(form.fields) == 1:
                    rows.append((str(field.label), "Nothing", question.name))
        return rows

    @property
    def wording(self) -> Wording:
        """What whoever asks agrees to."""
        return ASKING_FOR_SOMEBODY if self.for_somebody else ASKING

    def intake(self, submission: str, digest: str) -> Intake:
        """What is sent."""
        said = self.said()
        return Intake(
            entry=self.entry,
            person=_person(said),
            needs=frozenset(Need(need) for need in said["needs"]),
            urgent_flags=frozenset(UrgentFlag(flag) for flag in said["urgent_flags"]),
            agreed=Agreed(
                how=_agreed(said),
                wording=self.wording,
                exception_reason=said.get("cannot_why", ""),
            ),
            reason=said["reason"],
            session=said.get("session", ""),
            signpost=said["code"].upper().replace(" ", ""),
            entry_details=_details(said),
            sender=Sender(system=PAGE, identifier=submission, body_sha256=digest),
        )


def shown(field: forms.Field, value: Any) -> str:
    """An answer as the page to check says it; "" for none."""
    if value is True:
        return "Yes"
    choices = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    if not value:
        return choices.get("", "")
    if isinstance(value, date):
        return full_date(value)
    if isinstance(value, list):
        return "\n".join(choices[each] for each in value)
    return choices.get(str(value), str(value))


def _person(said: dict[str, Any]) -> PersonDetails:
    same = (
        "given_names family_name date_of_birth mobile landline email no_fixed_abode voicemail may_say_who_is_calling "
        "safe_times preferred_language interpreter_needed access_needs"
    ).split()
    return PersonDetails(
        **{name: said[name] for name in same},
        postcode=said["postcode"] or (NO_FIXED_ABODE if said["no_fixed_abode"] else ""),
        nhs_number_absent_reason=NhsNumberAbsent.NOT_KNOWN,
        practice_ods_code=said["practice"],
    )


def _agreed(said: dict[str, Any]) -> AgreedHow:
    by_knowing = {"yes": AgreedHow.SAID_BY_HELPER, "cannot": AgreedHow.BEST_INTERESTS}
    return by_knowing[said["knows"]] if "knows" in said else AgreedHow.ONLINE


def _details(said: dict[str, Any]) -> dict[str, Any]:
    """What only these requests ask."""
    knows = {"yes": Answer.YES, "cannot": Answer.NO}.get(said.get("knows", ""), "")
    helper = {name: said.get(name, "") for name in ("helper_name", "helper_phone", "relationship")}
    return EntryDetails(**helper, person_knows=knows, ring_when=said["safe_times"]).to_json()
