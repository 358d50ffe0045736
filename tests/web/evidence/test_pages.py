"""The pages of both ends: asking with a mandate, choosing passages of a record that is kept nowhere, answering."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.factories import World
from tests.house.consenting import a_mandate
from tests.house.evidence import LETTER, a_letter, a_request, an_advice_case, on_paper, prepared, signed_consent
from tests.web.conftest import SignIn
from tests.web.reading import errors, text
from wraparound.evidence.models import EvidenceRequest
from wraparound.evidence.tasks import set_paper
from wraparound.organisations.actor import acting_as
from wraparound.referrals.models import Journey

pytestmark = pytest.mark.django_db
SECRET = "zebedeesecret"
EXTRACT = f"""03/03/2026 Dr Lee: Burnt her hand at the cooker again.
Cooks for her family at weekends.
Her husband does the kitchen work. Telephone call about {SECRET}.
01/02/2026 Nurse Adeyemi: Walks with a frame."""


def the_request(world: World) -> EvidenceRequest:
    with acting_as(world.adviser):
        return EvidenceRequest.objects.visible_to(world.adviser).latest("pk")


def tokens(answer: object) -> list[str]:
    return re.findall(r'name="pick" value="([^"]+)"', answer.content.decode())  # type: ignore[attr-defined]


def test_without_a_mandate_the_page_says_what_to_ask_for(world: World, sign_in: SignIn) -> None:
    case = an_advice_case(world)
    browser = sign_in(world.adviser)
    page = browser.get(f"/evidence/case/{case.pk}/")
    assert "Ask the person first" in text(page) and "/consents/ask/read_health_record/" in page.content.decode()
    with acting_as(world.adviser):
        journey = Journey.objects.select_related("person").get(pk=case.journey_id)
    consent = a_mandate(world, journey, world.adviser)
    page = browser.get(f"/evidence/case/{case.pk}/")
    assert f"/consents/{consent.pk}/mandate/" in page.content.decode()


def test_a_link_worker_cannot_ask(world: World, sign_in: SignIn) -> None:
    case = an_advice_case(world)
    assert sign_in(world.link_worker).get(f"/evidence/case/{case.pk}/").status_code == 403


def test_an_adviser_asks_a_practice(world: World, sign_in: SignIn) -> None:
    case = an_advice_case(world)
    signed_consent(world, case)
    browser = sign_in(world.adviser)
    address = f"/evidence/case/{case.pk}/ask/?benefit=pip"
    assert "Preparing food" in text(browser.get(address))
    answer = browser.post(address, {})
    assert {"Select who is asked", "Select how the letter is prepared"} <= {*errors(answer)}
    said = {"points": ["pip-1"], "to": str(world.practice.pk), "from_record": "no", "special_rules": "yes"}
    assert browser.post(address, said).status_code == 302
    made = the_request(world)
    assert (made.status, made.points, made.special_rules) == ("asked", ["pip-1"], True)
    home = sign_in(world.clinician).get("/home/")
    assert "Evidence asked of you" in text(home) and "Special rules" in text(home)


def test_passages_for_and_against_are_chosen_and_the_letter_drafted(world: World, sign_in: SignIn) -> None:
    request, browser = prepared(world), sign_in(world.adviser)
    file = SimpleUploadedFile("record.txt", EXTRACT.encode())
    page = browser.post(f"/evidence/{request.pk}/record/", {"file": file})
    words = text(page)
    assert "Burnt her hand at the cooker again." in words and "Cooks for her family" in words
    assert "Against the claim" in words and "3 March 2026, Dr Lee" in words
    assert "Look twice: may speak of somebody else" in words
    chosen = [each for each in tokens(page)][:1]
    assert browser.post(f"/evidence/{request.pk}/picks/", {"pick": chosen}).status_code == 302
    assert "3 March 2026, Dr Lee: “Burnt her hand at the cooker again.”" in the_request(world).draft


def test_what_was_not_in_the_record_cannot_be_picked(world: World, sign_in: SignIn) -> None:
    first, second, browser = prepared(world), prepared(world), sign_in(world.adviser)
    page = browser.post(f"/evidence/{first.pk}/record/", {"text": EXTRACT})
    for of, token in ((first, "made:up"), (second, tokens(page)[0])):
        answer = browser.post(f"/evidence/{of.pk}/picks/", {"pick": [token]})
        assert answer["Location"].endswith("/record/") and not the_request(world).picks


def test_a_clinician_signs_and_the_adviser_reads(world: World, sign_in: SignIn) -> None:
    request = a_request(world)
    browser = sign_in(world.clinician)
    address = f"/evidence/asked/{request.pk}/"
    assert "Rosa Duarte signed" not in text(browser.get(address)) and "Signed by Rosa Duarte" in text(
        browser.get(address)
    )
    assert browser.post(address, {"do": "keep", "text": LETTER}).status_code == 302
    assert LETTER.splitlines()[1] in browser.get(address).content.decode()
    assert "Select whether there is a fee" in errors(browser.post(address, {"text": LETTER, "name": "Dr O"}))
    wrong = {"text": LETTER, "name": "Dr O", "fee": "asked", "fee_pounds": "lots"}
    assert errors(browser.post(address, wrong)) == ["Enter an amount in pounds, like 25 or 25.50"]
    signed = {"text": LETTER, "name": "Dr Amara Okafor, GP", "fee": "asked", "fee_pounds": "£25.50", "do": "sign"}
    assert browser.post(address, signed).status_code == 302
    assert "Signed by Dr Amara Okafor, GP" in text(browser.get(address))
    page = text(sign_in(world.adviser).get(f"/evidence/{request.pk}/"))
    assert "She burns herself" in page and "£25.50" in page and "I have read it" in page


def test_an_unwritten_heading_is_said_beside_the_letter(world: World, sign_in: SignIn) -> None:
    request = a_request(world)
    said = {"text": request.draft, "name": "Dr O", "fee": "none"}
    answer = sign_in(world.clinician).post(f"/evidence/asked/{request.pk}/", said)
    assert errors(answer) == ["Write under each heading, or take the heading out. Then sign."]


def walks(browser: Client, pk: int) -> None:
    for step, said in (
        ("received", {}),
        ("agreed", {"how": "by_phone"}),
        ("used", {"used_for": "tribunal", "on-day": "1", "on-month": "11", "on-year": "2026"}),
        ("outcome", {"outcome": "won"}),
    ):
        assert browser.post(f"/evidence/{pk}/{step}/", said).status_code == 302, step


def test_from_signed_to_what_came_of_it(world: World, sign_in: SignIn) -> None:
    request, browser = a_letter(world).request, sign_in(world.adviser)
    assert "Signed: read it" in text(browser.get("/home/"))
    walks(browser, request.pk)
    page = text(browser.get(f"/evidence/{request.pk}/"))
    assert "A tribunal" in page and "Decided as they asked" in page


def test_used_before_the_person_agreed_is_refused(world: World, sign_in: SignIn) -> None:
    request = a_letter(world).request
    said = {"used_for": "tribunal", "on-day": "1", "on-month": "11", "on-year": "2026"}
    answer = sign_in(world.adviser).post(f"/evidence/{request.pk}/used/", said)
    assert "This cannot be done now" in errors(answer)[0]


def test_a_paper_for_somebody_outside(world: World, sign_in: SignIn) -> None:
    request, browser = on_paper(world), sign_in(world.adviser)
    assert browser.post(f"/evidence/{request.pk}/print/").status_code == 302
    assert browser.get(f"/evidence/{request.pk}/questions.pdf").status_code == 202
    with acting_as(world.adviser):
        [paper] = request.papers.all()
    set_paper.now(by=world.adviser, paper_id=paper.pk)
    answer = browser.get(f"/evidence/{request.pk}/questions.pdf")
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")


def test_told_early_that_it_is_unlikely(world: World, sign_in: SignIn) -> None:
    request, browser = prepared(world), sign_in(world.adviser)
    said = {"else_helps": "Help at home through the council; a claim for her carer."}
    assert browser.post(f"/evidence/{request.pk}/unlikely/", said).status_code == 302
    assert "a claim for her carer" in text(browser.get(f"/evidence/{request.pk}/"))


def test_what_is_sent_back_is_said_on_both_ends(world: World, sign_in: SignIn) -> None:
    request = a_request(world)
    sign_in(world.clinician).post(f"/evidence/asked/{request.pk}/send-back/", {"why": "Which decision?"})
    browser = sign_in(world.adviser)
    assert "Which decision?" in text(browser.get(f"/evidence/{request.pk}/"))
    assert browser.post(f"/evidence/{request.pk}/send/", {"words": "The one of October"}).status_code == 302
    assert "The one of October" in text(sign_in(world.clinician).get(f"/evidence/asked/{request.pk}/"))


def test_the_list_is_for_every_clinician_of_the_practice(world: World, sign_in: SignIn) -> None:
    request = a_request(world)
    browser = sign_in(world.clinician)
    assert f"/evidence/asked/{request.pk}/" in browser.get("/evidence/").content.decode()
    browser.post(f"/evidence/asked/{request.pk}/take-up/")
    assert "Taken up by Dr Amara Okafor" in text(browser.get("/evidence/"))
    assert "Nothing is open" in text(sign_in(world.other_clinician).get("/evidence/"))
