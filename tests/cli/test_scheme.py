"""`wraparound scheme new`: what is not given is asked for, and what is wrong is one sentence."""

import pytest
from django.test import Client

from wraparound.cli import main, scheme
from wraparound.cli.problem import Problem
from wraparound.organisations.models import Invitation, Membership, Scheme

pytestmark = pytest.mark.django_db
GIVEN = {
    "name": "Westmarsh",
    "nation": "Northern Ireland",
    "model": "Single service",
    "organisation": "Westmarsh Borough",
    "kind": "borough",
    "administrator": "Mei Chen",
    "email": "mei@example.org",
}


def test_what_is_given_makes_a_scheme_whose_link_lets_its_administrator_in() -> None:
    said: list[str] = []
    scheme.new(GIVEN, say=said.append)
    made = Scheme.objects.get(name="Westmarsh")
    assert (made.nation, made.model, made.slug) == ("northern_ireland", "single", None)
    assert "Mei Chen (mei@example.org) becomes its administrator here" in said[0]
    assert said[1].startswith("http://127.0.0.1:8000/invitation/") and "works once, for 14 days" in said[2]
    browser = Client()
    answer = browser.post(said[1].removeprefix("http://127.0.0.1:8000"), {"name": "Mei", "password": "eleven swans at"})
    assert answer.status_code == 302
    assert Membership.objects.get(scheme=made).role == "scheme_administrator"
    led = browser.get("/scheme/")["Location"]
    assert led == "/account/second-factor/?next=%2Fscheme%2F", "a scheme made anew asks for a second factor"
    assert "Westmarsh asks everybody who works in it" in browser.get(led).content.decode()


def test_what_is_not_given_is_asked_for() -> None:
    answers = {
        "nation": "wales",
        "model": "separate",
        "public address": "westmarsh",
        "Their email": "mei@example.org",
    }
    asked: list[str] = []

    def ask(question: str) -> str:
        asked.append(question)
        return next(answer for words, answer in answers.items() if words.casefold() in question.casefold())

    given = {name: value for name, value in GIVEN.items() if name not in ("nation", "model", "email")}
    scheme.new(given, ask=ask, say=lambda _: None)
    made = Scheme.objects.get()
    assert (made.nation, made.model, made.slug) == ("wales", "separate", "westmarsh")
    assert asked[0] == "Nation (england, wales, scotland, northern_ireland): " and len(asked) == 4


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"nation": "France"}, "Nation: “France” is none of england, wales, scotland, northern_ireland."),
        ({"email": None}, "Say with --email: their email address."),
        ({"kind": None}, "Say with --kind: kind of organisation."),
        ({"email": "mei"}, "Enter an email address, like name@example.com."),
        ({"name": "WESTMARSH"}, "There is a scheme called WESTMARSH already."),
    ],
)
def test_what_is_wrong_is_one_sentence(changes: dict[str, str | None], says: str) -> None:
    scheme.new(GIVEN, say=lambda _: None)
    with pytest.raises(Problem) as problem:
        scheme.new({**GIVEN, "name": "Another", **changes}, say=lambda _: None)
    assert str(problem.value) == says
    assert Scheme.objects.count() == Invitation.objects.count() == 1


def test_the_command_line_takes_all_that_may_be_given(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.SCHEME.keys() == scheme.GIVEN.keys()
    words = [word for name, value in GIVEN.items() for word in (f"--{name}", value)]
    assert main.main(["scheme", "new", *words]) == 0
    assert main.main(["scheme", "new", *words]) == 1
    assert capsys.readouterr().err == "There is a scheme called Westmarsh already.\n"
