"""Forms with more in them than they ask for, files that are bombs, and lookups that tell by the work they make."""

import io
import logging
from collections.abc import Callable, Iterator

import pytest
from django.apps import apps
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.attacks.planting import Planting, said
from tests.factories import PASSWORD
from tests.house.finding import own_models
from tests.house.seeing import Owner, committing
from tests.journeys import given
from tests.journeys.test_bad_input import FORMS, path_of
from wraparound.organisations.models import User

MARK = "zqvassigned"
NUMBER = 2**31 - 17


@pytest.fixture(scope="module")
def owner(django_db_setup: None, django_db_blocker) -> Iterator[Owner]:
    logging.disable(logging.ERROR)
    with committing(django_db_blocker) as owner:
        yield owner
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def planting(owner: Owner) -> Planting:
    return Planting()


def every_column() -> dict[str, list[str]]:
    """A value for each column of each table, which nobody would give it."""
    extra: dict[str, list[str]] = {}
    for model in [*own_models(), *(apps.get_model("auth", name) for name in ("Permission", "Group"))]:
        for kept in model._meta.concrete_fields:
            kind = kept.get_internal_type()
            text = "on" if kind == "BooleanField" else MARK if kind in ("CharField", "TextField") else str(NUMBER)
            extra |= {kept.name: [text], kept.column: [text]}
    return extra | {"_method": ["DELETE"], "__proto__": [MARK], "by": [str(NUMBER)], "role": ["scheme_administrator"]}


# What an address takes besides this form: looked for among what the actor may see, like everything in an address.
ALSO_TAKEN = {"call-list-add": {"person", "person_id"}, "raise-about-colleague": {"journey"}}


@pytest.mark.parametrize("name", sorted(FORMS))
def test_what_a_form_does_not_ask_for_has_no_effect(name: str, planting: Planting, owner: Owner) -> None:
    """Every column of every table is sent along: none of the values arrives, and the form does what it did."""
    browser, address, posted = planting.at(name)
    right = posted.filled(said(posted, 5))
    asked = {box.name for box in posted.boxes} | ALSO_TAKEN.get(name, set())
    extra = {column: value for column, value in every_column().items() if column not in asked}
    answers = []
    signed_in = browser.client.cookies.copy()
    for sent in (right, extra | right):
        cache.clear()
        browser.client.cookies = signed_in.copy()
        with transaction.atomic():
            answers.append(browser.client.post(address, sent))
            powerful = User.objects.filter(is_active=False).count()
            held = _everything_as_seen_now()
            transaction.set_rollback(True)
        assert powerful == 0 and MARK not in held and str(NUMBER) not in held
    assert answers[0].status_code == answers[1].status_code
    assert _without_numbers(answers[0]) == _without_numbers(answers[1])


LOOKED_AT = (
    "organisations_user", "organisations_membership", "organisations_team", "organisations_invitation",
    "organisations_organisation", "organisations_scheme", "procrastinate_jobs",
)  # fmt: skip


def _everything_as_seen_now() -> str:
    """What accounts, organisations and jobs hold before the transaction is undone; nobody's rows are hidden there."""
    found = []
    with connection.cursor() as cursor:
        for table in LOOKED_AT:
            cursor.execute(f"SELECT to_jsonb(each)::text FROM {table} each ORDER BY 1 DESC LIMIT 500")
            found += [text for (text,) in cursor.fetchall()]
    return "\n".join(found)


def _without_numbers(answer: HttpResponse) -> str:
    return "".join(letter for letter in answer.get("Location", "") if letter.islower() or letter == "/")


def bombs() -> dict[str, bytes]:
    head = b"name,birth date,NHS number,phone,language,email,organisation,role\n"
    return {
        "one cell of a megabyte": head + b"x" * 900_000,
        "a quarter of a million columns": head + b"," * 250_000,
        "a hundred thousand lines": head + b"a,b\n" * 100_000,
        "a quotation mark that never ends": head + b'"' + b"a\n" * 100_000,
        "nothing but quotation marks": head + b'"' * 400_000,
        "nothing but line ends": head + b"\r" * 400_000,
        "compressed": bytes.fromhex("1f8b0800000000000003") + bytes(200_000),
        "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 500,
        "sixteen bits a letter": ("name,phone\n" * 5_000).encode("utf-16"),
        "larger than is taken": head + b"a,b\n" * 1_500_000,
        "a page": b"<html><script>alert(1)</script>" * 1_000,
        "formulas": head + b"=cmd|'/C calc'!A0,1/1/1960,,07700 900123,@SUM(1),,,\n" * 50,
    }


@pytest.mark.parametrize("form", ["call-list-file", "scheme-teams-file", "scheme-users-file"])
@pytest.mark.parametrize("bomb", bombs())
def test_a_file_that_is_a_bomb_is_refused(bomb: str, form: str, planting: Planting) -> None:
    world = given.a_world()
    browser = planting.browser(world.actors[FORMS[form].who])
    address = path_of(form, world)
    for name in ("../../../etc/cron.d/x.csv", "people.csv"):
        sent = {field: SimpleUploadedFile(name, bombs()[bomb], "text/csv") for field in ("people", "file")}
        answer = browser.client.post(address, sent)
        assert answer.status_code in (200, 400, 413), answer.status_code


def test_many_files_and_fields_are_refused(planting: Planting) -> None:
    world = given.a_world()
    client = planting.browser(world.receptionist).client
    files = {f"file{number}": io.BytesIO(b"x") for number in range(150)}
    assert client.post(path_of("call-list-file", world), files).status_code in (200, 400, 413)
    fields = {f"field{number}": "x" for number in range(1_500)}
    assert client.post("/sign-in/", fields).status_code in (400, 413)


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One entry for each time that a password is put through the slow function."""
    calls: list[str] = []
    encode = PBKDF2PasswordHasher.encode

    def counting(self: PBKDF2PasswordHasher, password: str, salt: str, iterations: int | None = None) -> str:
        calls.append(str(iterations or self.iterations))
        return encode(self, password, salt, iterations)

    monkeypatch.setattr(PBKDF2PasswordHasher, "encode", counting)
    return calls


def test_signing_in_works_as_hard_for_an_address_that_nobody_has(owner: Owner, hashed: list[str]) -> None:
    """How long it takes is what is done: the slow function, as often and as slow, whoever it is."""
    world = given.a_world()
    known = User.objects.get(pk=world.clinician.user_id)
    known.set_password(PASSWORD)
    known.save()
    closed = User.objects.get(pk=world.receptionist.user_id)
    closed.set_password(PASSWORD)
    closed.is_active = False
    closed.save()
    work = {}
    for email in (known.email, closed.email, "nobody@example.org"):
        cache.clear()
        hashed.clear()
        answer = Client().post("/sign-in/", {"username": email, "password": "not the password"})
        work[email] = (list(hashed), answer.status_code)
    assert len(set(map(str, work.values()))) == 1 and work[known.email][0], work


def test_a_forgotten_password_is_answered_alike_whoever_asks(owner: Owner) -> None:
    world = given.a_world()
    email = User.objects.get(pk=world.clinician.user_id).email
    pages = []
    for each in (email, "nobody@example.org"):
        cache.clear()
        answer = Client().post("/sign-in/forgotten/", {"email": each}, follow=True)
        pages.append((answer.status_code, answer.content.decode().replace(each, "…")))
    assert pages[0] == pages[1]


def queries(ask: Callable[[], HttpResponse]) -> tuple[int, list[str]]:
    with CaptureQueriesContext(connection) as captured:
        status = ask().status_code
    return status, [query["sql"].split()[0] for query in captured.captured_queries]


def test_what_is_anothers_makes_the_work_of_what_is_not_there(planting: Planting) -> None:
    """A reference, a number and a search that another organisation's row would answer, and that no row would."""
    world, elsewhere = given.a_world(), given.a_world()
    theirs = given.a_referral(elsewhere, person=given.details(nhs_number="9434765870", family_name="Zedd"))
    client = planting.browser(world.clinician).client
    worker = planting.browser(world.link_worker).client
    client.get("/referrals/"), worker.get("/worklist/")
    for ask, real, unreal in (
        (lambda at: client.get(f"/referrals/{at}/"), theirs.reference, "ZZZZ-ZZZZ"),
        (lambda at: worker.get(f"/journey/{at}/"), theirs.reference, "ZZZZ-ZZZZ"),
        (lambda at: client.get(f"/refer/person/{at}/"), str(theirs.person_id), str(2**40)),
        (lambda at: client.post("/refer/", {"words": at}), "9434765870", "9434765919"),
        (lambda at: client.post("/refer/", {"words": at}), "Zedd", "Nobodyhere"),
    ):
        ask(unreal)  # What is asked once and remembered is asked now.
        assert queries(lambda ask=ask, real=real: ask(real)) == queries(lambda ask=ask, unreal=unreal: ask(unreal))
