"""Marked values are planted in every personal field, and looked for wherever nothing of a person may be."""

import json
import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, models

from tests.attacks.planting import (
    BORN,
    FORMS,
    MOBILE,
    NHS_NUMBERS,
    PARTS,
    STEM,
    Browser,
    Heard,
    Lines,
    Planting,
    links_of,
    marks_in,
    said,
)
from tests.credentials import a_credential
from tests.factories import details
from tests.house.advice import a_matter
from tests.house.consenting import a_mandate
from tests.house.finding import holds, is_history, own_models
from tests.house.money import HOME, a_budget
from tests.house.seeing import Owner, committing
from tests.interop.samples import bundle, patient
from tests.journeys import given
from tests.journeys.evidencing import a_case
from tests.journeys.stage import do_waiting_jobs
from wraparound.audit.personal_data import Holds
from wraparound.budget.models import Statement
from wraparound.budget.writing import digest_of_household
from wraparound.consent.models import Consent
from wraparound.events.models import Event
from wraparound.evidence.models import EvidenceRequest
from wraparound.messaging.post import Letter, Post
from wraparound.organisations.actor import acting_as

# A personal field that no mark can stand in, with why. Foreign keys, and fields with a list of choices, are known.
RIGHTS = "Written on the pages about rights, whose right answers no program guesses: tests/privacy writes it."
NO_PAGE = "No page asks for it yet."
NO_MARK = {
    "password": "A hash.",
    "needs": "Codes from a list.",
    "urgent_flags": "Codes from a list.",
    "flags": "Codes from a list.",
    "points": "Codes of the points of evidence, from a list.",
    "kind": "A code from a list.",
    "category": "A code from a list.",
    "facts": "Days and codes.",
    "last_day": "A day.",
    "code": "A clinical code.",
    "data": "Coded facts of an event, which a test of its own looks at.",
    "DigestSent.content": "References, and what each is.",
    "drawing": "Points.",
    "Budget.adults": "A number.",
    "Budget.children": "Numbers.",
    "Budget.others": "A number.",
    "Budget.joint": "Yes or no.",
    "pounds": "A sum.",
    "counted": "A sum.",
    "balance": "A sum.",
    "arrears": "A sum.",
    "payment": "A sum.",
    "TimeSpent.minutes": "A number.",
    "pdf": "Squeezed inside: its text is the content's.",
    "reader_ids": "Numbers of users.",
    "kept_from": "Numbers of users.",
    "person_key": "A number.",
    "row_key": "A number.",
    "decided": "Codes from a list.",
    "Measured.answers": "Numbers on a scale.",
    "File.given_names": "What files are called, which no box asks: tests/files looks at it.",
    "ErasureRequest.name": RIGHTS,
    "ErasureRequest.grounds": RIGHTS,
    "Joining.before": RIGHTS,
    "Joining.set_to": RIGHTS,
    "SubjectAccessRequest.asked_by": RIGHTS,
    "SubjectAccessRequest.ending": RIGHTS,
    "ReleasedPart.content": RIGHTS,
    "Letter.sent_back_why": NO_PAGE,
    "Letter.ended_why": NO_PAGE,
    "LetterVersion.to": NO_PAGE,
    "LetterVersion.heading": NO_PAGE,
    "LetterVersion.text": NO_PAGE,
    "Decision.words": NO_PAGE,
    "SentLetter.said": NO_PAGE,
    "SentLetter.to_whom": NO_PAGE,
    "ClientAgreement.agreed_by": NO_PAGE,
    "ClientAgreement.words": NO_PAGE,
    "ClientAgreement.kept_at": NO_PAGE,
    "ClientAgreement.ended_why": NO_PAGE,
    "NoClosingLetter.words": NO_PAGE,
    "Review.asked_why": NO_PAGE,
    "Review.answers": NO_PAGE,
    "Review.words": NO_PAGE,
    "Review.answer": NO_PAGE,
    "Review.ended_why": NO_PAGE,
    "Finding.remark": NO_PAGE,
    "Finding.to_do": NO_PAGE,
}
# What an administrator writes of an organisation, a team or a number to ring: about no person.
OF_AN_ORGANISATION = {"name", "phone", "address", "postcode", "opening", "title", "lawful_basis", "kept_at", "number"}
CHAIRS = ("clinician", "receptionist", "link_worker", "adviser", "advice_supervisor", "link_supervisor", "commissioner",
          "administrator", "voluntary", "health_visitor")  # fmt: skip
PAGES_EACH = 20


@dataclass
class After:
    """All that was left behind, and heard, when everything had been done once."""

    heard: Heard
    lines: list[str]
    letters: list[Letter]
    owner: Owner
    jobs: list[str]


@pytest.fixture(scope="module")
def after(django_db_setup: None, django_db_blocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[After]:
    lines, letters = Lines(), tmp_path_factory.mktemp("letters")
    root = logging.getLogger()
    before = root.level
    with committing(django_db_blocker) as owner, pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.KEEP_LETTERS_IN", letters)
        patch.setattr("wraparound.web.asking.views.QUICKEST", 0)
        root.addHandler(lines)
        root.setLevel(logging.INFO)
        try:
            planting = Planting()
            everything_is_done(planting, patch)
            jobs = owner.rows("procrastinate_jobs") + owner.rows("procrastinate_events")
            do_waiting_jobs()
            everybody_looks(planting)
            kept = [letter for _, letter in Post("", "x@y.example", letters).kept()]
            yield After(planting.heard, lines.lines, kept, owner, jobs)
        finally:
            root.removeHandler(lines)
            root.setLevel(before)


def everything_is_done(planting: Planting, patch: pytest.MonkeyPatch) -> None:
    for number, form in enumerate(FORMS):
        planting.fill_in(form, number)
    what_no_form_asks_for(planting)
    a_system_sends(planting)
    the_database_fails(planting)
    the_program_fails(planting, patch)


def what_no_form_asks_for(planting: Planting) -> None:
    """A concern that ends, how somebody describes themselves, and a second referral that says otherwise."""
    world = given.a_world()
    lead = planting.browser(world.link_supervisor)
    concern = given.a_concern(world, owned=True)
    lead.post(f"/concerns/{concern.pk}/practice/", {"tell_gp": ["no"], "why_not": [STEM]})
    assert lead.post(f"/concerns/{concern.pk}/end/", {"ending": [STEM]}).status_code == 302
    journey = given.a_referral(planting.worlds["note"], person=details(nhs_number="9434765870"))
    worker = planting.browser(planting.worlds["note"].link_worker)
    described = {name: [f"{STEM} {name}"] for name in ("ethnicity", "gender", "disability")}
    assert worker.post(f"/journey/{journey.reference}/self-description/", described).status_code == 302
    onward = {"to": ["outside"], "to_named": [STEM], "agreed_how": ["in_writing"], "given_by": ["person"],
              "capacity": ["no_doubt"]}  # fmt: skip
    asked = worker.post(f"/journey/{journey.reference}/consents/ask/onward_referral/", onward)
    assert asked.status_code == 302
    with acting_as(planting.worlds["note"].link_worker):
        signed = Consent.objects.get(to_named=STEM).pk
    assert worker.post(f"/once/for/{signed}/", {"asked": [STEM]}).status_code == 200
    a_mandate_is_signed(planting, worker)
    evidence_is_asked(planting)
    money_is_written(planting)
    born = {f"born-{part}": [value] for part, value in zip(PARTS, ("29", "2", "1980"), strict=True)}
    emergency = {"nhs_number": ["9434765870"], "why": ["life"], "reason": [STEM], "understood": ["yes"], **born}
    stranger = planting.browser(planting.worlds["note"].other_clinician)
    assert stranger.post("/emergency/", emergency).status_code == 302
    given.a_referral(planting.worlds["note"], person=details(nhs_number="9434765870", mobile=MOBILE, family_name=STEM))


def a_mandate_is_signed(planting: Planting, worker: Browser) -> None:
    """On paper, by an attorney; and printed."""
    world = planting.worlds["note"]
    pk = a_mandate(world, given.a_referral(world)).pk
    paper = {"signed_by": ["attorney"], "representative": [STEM], "name": [STEM], "kept_at": [STEM],
             "on-day": ["1"], "on-month": ["11"], "on-year": ["2025"]}  # fmt: skip
    assert worker.post(f"/consents/{pk}/mandate/paper/", paper).status_code == 302
    assert worker.post(f"/consents/{pk}/mandate/print/", {}).status_code == 302


def evidence_is_asked(planting: Planting) -> None:
    """Of somebody outside, whose paper comes; and around a passage of the record, then told that it is unlikely."""
    world = planting.worlds["evidence-ask"]
    adviser = planting.browser(world.adviser)
    case = a_case(world)
    asked = {"points": ["pip-1"], "to": ["outside"], "to_named": [STEM]}
    for way in ("no", "yes"):
        said = asked | {"from_record": [way], "words": [f"{STEM} {way}"]}
        assert adviser.post(f"/evidence/case/{case.pk}/ask/?benefit=pip", said).status_code == 302
    with acting_as(world.adviser):
        paper, record = EvidenceRequest.objects.filter(case=case).order_by("pk")
    signed = {
        "name": [STEM],
        "kept_at": [STEM],
        "text": [STEM],
        "on-day": ["1"],
        "on-month": ["11"],
        "on-year": ["2025"],
    }
    assert adviser.post(f"/evidence/{paper.pk}/paper/", signed).status_code == 302
    found = adviser.post(f"/evidence/{record.pk}/record/", {"text": [f"The cooker of {STEM}"]}).content.decode()
    chosen = re.findall(r'name="pick" value="([^"]+)"', found)
    assert adviser.post(f"/evidence/{record.pk}/picks/", {"pick": chosen}).status_code == 302
    assert adviser.post(f"/evidence/{record.pk}/unlikely/", {"else_helps": [STEM]}).status_code == 302


def money_is_written(planting: Planting) -> None:
    """A budget, a debt, a statement with its paper, an outcome that is like another, and time."""
    world = planting.worlds["debt-new"]
    adviser, case, matter = planting.browser(world.adviser), a_budget(world), a_matter(world)
    told = {"remark": [f"{STEM} remark"], "sum_gas": ["9.00"], "often_gas": ["week"]}
    words = {name: [f"{STEM} {name}"] for name in ("creditor", "reference", "remark", "priority_why")}
    debt = words | {"kind": ["loan"], "balance": ["20"], "priority": ["yes"], "status": ["stands"]}
    today = dict(zip(("on-day", "on-month", "on-year"), (["1"], ["11"], ["2025"]), strict=True))
    outcome = {"pounds": ["7.00"], "confirmed": ["seen"], "seen": [f"{STEM} seen"], "told": [f"{STEM} told"], **today}
    with acting_as(world.adviser):
        seen = digest_of_household(HOME)
    home = {"seen": [seen], "adults": ["1"], "children": ["3, 7"], "others": ["0"]}
    for address, sent in (
        (f"/money/case/{case.pk}/budget/", told | home),
        (f"/money/case/{case.pk}/debt/", debt),
        (f"/money/case/{case.pk}/statement/", {}),
        (f"/matter/{matter.pk}/outcome/?kind=one_off_gain", outcome | {"looked_at": [f"{STEM} looked"]}),
        (f"/matter/{matter.pk}/said/", {name: [f"{STEM} {name}"] for name in ("different", "able", "hard")}),
        ("/my-day/", {"what": [f"{STEM} what"], "minutes": ["5"], "doing": ["travel"]}),
    ):
        assert adviser.post(address, sent).status_code == 302, address
    with acting_as(world.adviser):
        statement = Statement.objects.get(case=case)
    paper = {"agreed": ["said"], "told": [f"{STEM} told"]}
    assert adviser.post(f"/statements/{statement.pk}/", paper).status_code == 302


def a_system_sends(planting: Planting) -> None:
    """A referral and a launch; and a referral that is refused."""
    world, browser = planting.worlds["refer-new"], planting.browser(None)
    token = a_credential(world.scheme, world.practice).secret
    marked = json.loads(
        json.dumps(bundle()).replace("Zebedee-Núñez", f"{STEM}-fhir").replace("9990000018", NHS_NUMBERS[-1])
    )
    wrong = json.loads(json.dumps(marked).replace("1961-02-28", "1931-03-99"))
    single = {**patient(), "name": [{"family": f"{STEM}-launch", "given": [STEM]}]}
    for path, sent in (("/fhir/R4/", marked), ("/fhir/R4/", wrong), ("/launch/", single)):
        answer = browser.client.post(
            path, json.dumps(sent), content_type="application/fhir+json", headers={"Authorization": f"Bearer {token}"}
        )
        assert answer.status_code in (201, 400, 422), answer.content


BROKEN = ("refer-new", "note", "journey-contact", "handover", "concern", "task-new", "question", "contact-attempt")


def the_database_fails(planting: Planting) -> None:
    """It refuses each row with its values in what it says, as it does of a value that is out of range."""

    def refuses(execute: Callable[..., object], sql: str, params: object, many: bool, context: object) -> object:
        if sql.startswith(("INSERT INTO", "UPDATE")) and "django_session" not in sql and params:
            execute("SELECT %s::integer", [" ".join(map(str, params))], False, context)  # type: ignore[call-overload]
        return execute(sql, params, many, context)

    for form in BROKEN:
        browser, address, posted = planting.at(form)
        with connection.execute_wrapper(refuses):
            answer = browser.post(address, posted.filled(said(posted, 3)))
        assert answer.status_code >= 500, form


def the_program_fails(planting: Planting, patch: pytest.MonkeyPatch) -> None:
    def breaks(**_: object) -> None:
        raise RuntimeError("A fault of the program")

    for form in BROKEN:
        browser, address, posted = planting.at(form)
        with patch.context() as broken:
            broken.setattr(Event.objects, "create", breaks)
            answer = browser.post(address, posted.filled(said(posted, 4)))
        assert answer.status_code == 500, form


def everybody_looks(planting: Planting) -> None:
    """At every page that links lead to; and find somebody by name and birth date."""
    for form, world in planting.worlds.items():
        for chair in CHAIRS if form == "refer-new" else [FORMS[form].who]:
            if chair in world.actors:
                list(links_of(planting.browser(world.actors[chair]), "/home/", PAGES_EACH))
    born = {f"born-{part}": [value] for part, value in zip(PARTS, BORN, strict=True)}
    seeker = planting.browser(planting.worlds["refer-new"].clinician)
    seeker.post("/refer/", {"words": [f"{STEM} family_name"], **born})


def test_a_mark_stood_in_every_personal_field(after: After) -> None:
    """Whatever a model says is personal was written at least once, so that what follows looks for it."""
    missing = []
    for model in own_models():
        if holds(model) is Holds.PERSON and not is_history(model):
            for kept in _can_be_marked(model):
                rows = after.owner.query(f'SELECT "{kept.column}"::text FROM {model._meta.db_table}')
                if not any(text and marks_in(text) for (text,) in rows):
                    missing.append(f"{model.__name__}.{kept.name}")
    assert not missing, " ".join(missing)


def _can_be_marked(model: type[models.Model]) -> Iterator[models.Field]:
    for name in model.personal_fields:  # type: ignore[attr-defined]
        kept = model._meta.get_field(name)
        coded = isinstance(kept, models.ForeignKey) or kept.choices
        if not coded and not {name, f"{model.__name__}.{name}"} & NO_MARK.keys():
            yield kept


def test_no_mark_is_in_a_line_of_the_log(after: After) -> None:
    assert [line for line in after.lines if marks_in(line)] == []
    assert any("A fault of the program" in line for line in after.lines)
    assert any("invalid input syntax" in line for line in after.lines)


def test_no_mark_is_in_an_address(after: After) -> None:
    assert after.heard.pages > 300 and len(after.heard.addresses) > 5000
    assert {pair for pair in after.heard.addresses if any(map(marks_in, pair))} == set()


def test_no_mark_is_in_a_cookie_or_a_session(after: After) -> None:
    assert [cookie for cookie in after.heard.cookies if marks_in(cookie)] == []
    sessions = [json.dumps(session.get_decoded(), default=str) for session in Session.objects.all()]
    assert sessions and [session for session in sessions if marks_in(session)] == []


def test_no_mark_is_on_a_page_for_a_fault(after: After) -> None:
    assert {status for status, _ in after.heard.faults} >= {500}
    assert [(status, text) for status, text in after.heard.faults if marks_in(text)] == []


def test_no_mark_is_in_a_job(after: After) -> None:
    assert len(after.jobs) > 20
    assert [row for row in after.jobs if marks_in(row)] == []


def test_no_mark_is_in_an_event(after: After) -> None:
    rows = after.owner.query("SELECT name, data::text FROM events_event")
    assert len(rows) > 50
    assert [row for row in rows if marks_in(row[1])] == []


def test_no_mark_of_a_person_is_in_an_email(after: After) -> None:
    assert after.letters
    assert [letter for letter in after.letters if marks_in(letter.subject + letter.body)] == []


def test_no_mark_of_a_person_is_in_a_column_that_declares_none(after: After) -> None:
    """Of any table of the database, other than the columns that a model says are personal."""
    declared = {table: fields for table, fields in _declared()}
    found = set()
    for table in after.owner.tables():
        for (text,) in after.owner.query(f'SELECT to_jsonb(each)::text FROM "{table}" each'):
            for column, value in json.loads(text).items():
                if column not in declared.get(table, ()) and marks_in(json.dumps(value)):
                    found.add(f"{table}.{column}")
    assert found == set()


def _declared() -> Iterator[tuple[str, set[str]]]:
    for model in own_models():
        fields = OF_AN_ORGANISATION if holds(model) is Holds.NOTHING else set()
        tracked = getattr(model, "pgh_tracked_model", model)
        personal = {model._meta.get_field(name).column for name in getattr(tracked, "personal_fields", ())}
        yield model._meta.db_table, fields | personal


def test_health_says_ok_and_nothing_else(after: After, client) -> None:
    assert client.get("/healthz").content == b"ok"
