"""How every page asks for the person's agreement: the ways, and the reason for each exception."""

from typing import Any, cast

from wraparound.consent.agreed import ASKED_BY_A_WORKER, AgreedHow, Capacity, GivenBy, Wording
from wraparound.consent.asking import Agreed
from wraparound.consent.translating import Spoken
from wraparound.web.nhsuk import Form, LongTextField, RadiosField, TextField

ENGLISH = "en"

_REASONS = {AgreedHow.BEST_INTERESTS: "best_interests_reason", AgreedHow.SAFEGUARDING: "safeguarding_reason"}


def how_field(*, missing: str, small: bool = False) -> RadiosField:
    """The question, for a form's `agreed_how`; it reveals the two fields below."""
    return RadiosField(
        "How did they agree?",
        choices=[(how.value, how.label) for how in ASKED_BY_A_WORKER],
        reveals={how.value: field for how, field in _REASONS.items()},
        dividers={AgreedHow.BEST_INTERESTS.value: "or, only when they could not be asked"},
        missing=missing,
        small=small,
        size="s",
    )


def best_interests_field() -> LongTextField:
    """For a form's `best_interests_reason`."""
    return LongTextField(
        "Why they cannot decide this, and why it is best for them",
        required=False,
        rows=2,
        missing="Enter why they cannot decide this and why it is best for them",
    )


def safeguarding_field() -> LongTextField:
    """For a form's `safeguarding_reason`."""
    return LongTextField(
        "What the concern is, and why they were not asked",
        required=False,
        rows=2,
        missing="Enter what the concern is and why they were not asked",
    )


def language_field() -> RadiosField:
    """For a form's `language`: `ask_language` says what may be chosen, where there is anything to choose."""
    return RadiosField(
        "In which language did you say it?", choices=(), missing="Select the language", small=True, size="s"
    )


def ask_language(form: Form, spoken: Spoken, wording: Wording) -> None:
    """Ask in which language the words were said where there is a translation of them; else it was English."""
    language, field = spoken.language, cast(RadiosField, form.fields["language"])
    if language is None or spoken.of(wording) is None:
        del form.fields["language"]
        return
    field.choices = [(language.code, f"{language.name}, as it stands here"), (ENGLISH, "English")]


class SomebodyElseForm(Form):
    """Who agreed where that is not the person, and what doubt there is that the person can decide this."""

    given_by = RadiosField(
        "Who agreed?",
        choices=[(each.value, each.label) for each in GivenBy],
        missing="Select who agreed",
        size="s",
    )
    representative = TextField(
        "If somebody else agreed: who, and how do you know that they may?",
        hint="Their name, and what you have seen: for example a power of attorney, with its date.",
        required=False,
        max_length=200,
    )
    capacity = RadiosField(
        "Can they decide this themselves?",
        choices=[(each.value, each.label) for each in Capacity],
        missing="Select whether they can decide this themselves",
        size="s",
    )
    capacity_note = LongTextField(
        "If there was a doubt: what was it, and what came of it?", required=False, rows=3, max_length=500
    )

    somebody_else = "given_by representative capacity capacity_note".split()

    @property
    def says_more(self) -> bool:
        """Whether there is anything in these fields that a closed page would hide."""
        usual = {"given_by": GivenBy.PERSON.value, "capacity": Capacity.NO_DOUBT.value}
        values = ((name, self[name].value() or "") for name in self.somebody_else)
        return any(name in self.errors for name in self.somebody_else) or any(
            value != usual.get(name, "") for name, value in values if value
        )


def agreed(said: dict[str, Any], wording: Wording) -> Agreed:
    """What was said when they were asked: the answers of a form with some of the fields of this module."""
    how = AgreedHow(said["agreed_how"])
    return Agreed(
        how=how,
        wording=wording,
        exception_reason=said[_REASONS[how]] if how in _REASONS else "",
        language=said.get("language") or ENGLISH,
        given_by=GivenBy(said.get("given_by") or GivenBy.PERSON),
        representative=said.get("representative", ""),
        capacity=Capacity(said.get("capacity") or Capacity.NO_DOUBT),
        capacity_note=said.get("capacity_note", ""),
    )
