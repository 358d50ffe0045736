"""The pages of a mandate: read, signed on the screen, written down from paper, printed; and what ends it."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.factories import World, referred
from tests.house.consenting import a_mandate
from tests.web.reading import errors, text
from wraparound.consent.models import Consent, MandateDocument, Signature
from wraparound.consent.tasks import set_mandate
from wraparound.organisations.actor import acting_as

pytestmark = pytest.mark.django_db

DRAWN = "10,150 60,20 110,150 35,90 85,90"
PAPER = {"signed_by": "person", "name": "Rosa Duarte", "on-day": "1", "on-month": "11", "on-year": "2026"}


def mandate(world: World) -> Consent:
    return a_mandate(world, referred(world))


def shown(browser, consent: Consent) -> str:
    page = browser.get(f"/consents/{consent.pk}/mandate/sign/").content.decode()
    return page.split('name="shown" value="')[1].split('"')[0]


def set_all(world: World) -> None:
    with acting_as(world.link_worker):
        waiting = list(MandateDocument.objects.filter(pdf=None).values_list("pk", flat=True))
    for pk in waiting:
        set_mandate.now(by=world.link_worker, document_id=pk)


def words_of(answer) -> str:
    assert answer["Content-Type"] == "application/pdf"
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).split())


def test_the_list_says_whether_it_is_signed_and_leads_to_it(world, sign_in) -> None:
    consent, browser = mandate(world), sign_in(world.link_worker)
    reference = browser.get(f"/consents/{consent.pk}/mandate/").content.decode().split("/journey/")[1][:9]
    assert "Not signed yet" in text(browser.get(f"/journey/{reference}/consents/"))
    sent = {"signed_by": "person", "name": "Rosa Duarte", "read": "yes", "shown": shown(browser, consent)}
    assert browser.post(f"/consents/{consent.pk}/mandate/sign/", sent)["Location"] == f"/consents/{consent.pk}/mandate/"
    assert "Mandate Signed" in text(browser.get(f"/journey/{reference}/consents/"))
    page = text(browser.get(f"/consents/{consent.pk}/mandate/"))
    assert "By typing their name" in page and "Leila Haddad" in page


def test_bad_answers_lose_nothing_that_was_typed_or_drawn(world, sign_in) -> None:
    consent, browser = mandate(world), sign_in(world.link_worker)
    sent = {"signed_by": "attorney", "name": "Ann <b>Lee</b>", "drawing": DRAWN, "shown": shown(browser, consent)}
    answer = browser.post(f"/consents/{consent.pk}/mandate/sign/", sent)
    assert errors(answer) == ["Tick that they have read it, or that it was read to them"]
    page = answer.content.decode()
    assert f'value="{DRAWN}"' in page and "Ann &lt;b&gt;Lee&lt;/b&gt;" in page and "<b>Lee" not in page
    answer = browser.post(f"/consents/{consent.pk}/mandate/sign/", {**sent, "read": "yes"})
    assert errors(answer) == ["Write how you know that they may sign for the person."]


def test_what_is_no_drawing_is_neither_kept_nor_sent_back_as_anything_but_text(world, sign_in) -> None:
    consent, browser = mandate(world), sign_in(world.link_worker)
    sent = {"signed_by": "person", "name": "Rosa", "read": "yes", "drawing": '"><svg onload=alert(1)>'}
    answer = browser.post(f"/consents/{consent.pk}/mandate/sign/", {**sent, "shown": shown(browser, consent)})
    assert errors(answer) == ["Clear the box and draw the name again, or type it alone."]
    assert "<svg onload" not in answer.content.decode()
    with acting_as(world.link_worker):
        assert not Signature.objects.exists()


def test_it_is_printed_to_be_signed_by_hand(world, sign_in) -> None:
    consent, browser = mandate(world), sign_in(world.link_worker)
    address = f"/consents/{consent.pk}/mandate/mandate.pdf"
    assert "There is no PDF of this yet" in text(browser.get(address))
    assert browser.post(f"/consents/{consent.pk}/mandate/print/")["Location"] == address
    waiting = browser.get(address)
    assert waiting.status_code == 202 and "The PDF is being made" in text(waiting)
    set_all(world)
    words = words_of(browser.get(address))
    for each in ("Rosa Duarte", "Rights First", "My signature:", "If somebody signs for me"):
        assert each in words


def test_the_signed_one_is_printed_with_the_drawing_and_says_it_when_it_is_taken_back(world, sign_in) -> None:
    consent, browser = mandate(world), sign_in(world.link_worker)
    sent = {"signed_by": "person", "name": "Rosa Duarte", "read": "yes", "drawing": DRAWN}
    browser.post(f"/consents/{consent.pk}/mandate/sign/", {**sent, "shown": shown(browser, consent)})
    with acting_as(world.link_worker):
        pk = Signature.objects.get().pk
    browser.post(f"/signatures/{pk}/print/")
    set_all(world)
    assert "by drawing on the screen" in words_of(browser.get(f"/signatures/{pk}/mandate.pdf"))
    browser.post(f"/consents/{consent.pk}/take-back/", {"how": "by_phone"})
    stale = browser.get(f"/signatures/{pk}/mandate.pdf")
    assert "what it says has changed since" in text(stale)
    browser.post(f"/signatures/{pk}/print/")
    set_all(world)
    assert "TAKEN BACK on" in words_of(browser.get(f"/signatures/{pk}/mandate.pdf"))
    page = text(browser.get(f"/consents/{consent.pk}/mandate/"))
    assert "TAKEN BACK on" in page and "Sign on the screen" not in page


def test_a_paper_is_written_down_with_where_it_is(world, sign_in) -> None:
    consent, browser = mandate(world), sign_in(world.adviser)
    address = f"/consents/{consent.pk}/mandate/paper/"
    assert errors(browser.post(address, PAPER)) == ["Enter where the signed paper is kept"]
    assert browser.post(address, {**PAPER, "kept_at": "Room 4, folder D"}).status_code == 302
    assert "On paper, 1 November 2026. Kept: Room 4, folder D." in text(
        browser.get(f"/consents/{consent.pk}/mandate/")
    )  # fmt: skip


def test_the_practice_whom_nobody_named_finds_none_of_it(world, sign_in) -> None:
    consent = mandate(world)
    for page in ("", "sign/", "paper/", "mandate.pdf"):
        assert sign_in(world.clinician).get(f"/consents/{consent.pk}/mandate/{page}").status_code in (403, 404)
