"""`wraparound scheme new`: a scheme, and the link for its first administrator. What was not given is asked for."""

import sys
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from wraparound.cli.database import database
from wraparound.cli.problem import Problem
from wraparound.config import environment

if TYPE_CHECKING:
    from wraparound.organisations.founding import NewScheme

# What may be given, with the question for it. One without a question is never asked for.
GIVEN = {
    "name": "Name of the scheme",
    "nation": "Nation",
    "model": "Model of operation",
    "public-name": "End of the public address to ask for help at, like northside; nothing: people cannot",
    "ods-code": "",
    "organisation": "Organisation that its first administrator works for",
    "kind": "Kind of organisation",
    "administrator": "Full name of its first administrator",
    "email": "Their email address",
}
MAY_BE_EMPTY = ("public-name",)
Ask = Callable[[str], str]
Choices = Iterable[tuple[str, str]]


def new(given: Mapping[str, str | None], *, ask: Ask | None = None, say: Callable[[str], None] = print) -> None:
    """Make the scheme. Problem, with the sentence, where something is missing, wrong or there already."""
    import django

    asking = ask or (input if sys.stdin.isatty() else None)
    with database():
        django.setup()
        _make(Answers(given, asking), say)


class Answers:
    """What was given, and where there is somebody to ask, what they say."""

    def __init__(self, given: Mapping[str, str | None], ask: Ask | None) -> None:
        self.given, self.ask = given, ask

    def text(self, name: str) -> str:
        said = self.given.get(name)
        if said is not None or not GIVEN[name]:
            return (said or "").strip()
        if self.ask is not None:
            return self.ask(f"{GIVEN[name]}: ").strip()
        if name in MAY_BE_EMPTY:
            return ""
        raise Problem(f"Say with --{name}: {GIVEN[name][0].lower()}{GIVEN[name][1:]}.")

    def one_of(self, name: str, choices: Choices) -> str:
        """The value of a choice, given or asked for as its value or by its label."""
        if self.given.get(name) is None and self.ask is not None:
            said = self.ask(f"{GIVEN[name]} ({', '.join(value for value, _ in choices)}): ")
        else:
            said = self.text(name)
        for value, label in choices:
            if said.strip().casefold().replace(" ", "_") in (value, label.casefold().replace(" ", "_")):
                return value
        known = ", ".join(value for value, _ in choices)
        raise Problem(f"{GIVEN[name]}: “{said}” is none of {known}.")


def _make(answers: Answers, say: Callable[[str], None]) -> None:
    from django.urls import reverse

    from wraparound.events.action import Refused
    from wraparound.organisations.actor import acting_as
    from wraparound.organisations.founding import found_scheme, founder

    wanted = _wanted(answers)
    with acting_as(None):
        by = founder(wanted.organisation.ods_code)
    try:
        with acting_as(by):
            made = found_scheme(by=by, scheme=wanted)
    except Refused as refused:
        raise Problem(refused.sentence) from None
    invitation = made.invitation
    path = reverse("invitation", kwargs={"token": made.token})
    say(f"The scheme {wanted.name} is there. {invitation.name} ({invitation.email}) becomes its administrator here:")
    say(environment.read("PUBLIC_ADDRESS").rstrip("/") + path)
    say("The link works once, for 14 days. Hand it to them and to nobody else.")


def _wanted(answers: Answers) -> "NewScheme":
    from wraparound.organisations.founding import NewScheme
    from wraparound.organisations.models import Organisation, Scheme
    from wraparound.organisations.setting_up import NewOrganisation

    name = answers.text("name")
    nation = Scheme.Nation(answers.one_of("nation", Scheme.Nation.choices))
    model = Scheme.Model(answers.one_of("model", Scheme.Model.choices))
    slug, code = answers.text("public-name"), answers.text("ods-code").upper()
    known = Organisation.objects.filter(ods_code=code).first() if code else None
    home = NewOrganisation(
        name=known.name if known else answers.text("organisation"),
        kind=Organisation.Kind(known.kind if known else answers.one_of("kind", Organisation.Kind.choices)),
        ods_code=code,
    )
    administrator, email = answers.text("administrator"), answers.text("email")
    return NewScheme(
        name=name, nation=nation, model=model, slug=slug, organisation=home, administrator=administrator, email=email
    )
