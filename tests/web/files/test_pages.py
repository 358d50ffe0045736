"""The pages of documents: what is chosen is kept, and what is given out runs nothing and is noted."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import World
from tests.house.advice import a_matter
from tests.house.files import a_case, a_document, a_pdf, a_photograph, harmful, ready
from tests.web.conftest import SignIn
from tests.web.reading import errors, text
from wraparound.audit.models import Access
from wraparound.files.models import File
from wraparound.organisations.actor import acting_as
from wraparound.web.files.changing import order_of


def chosen(*every: bytes) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(f"IMG_{number}.jpg", data, "image/jpeg") for number, data in enumerate(every, 1)]


def files(world: World) -> list[File]:
    with acting_as(world.adviser):
        return list(File.objects.visible_to(world.adviser).order_by("pk"))


def looks(world: World) -> list[str]:
    with acting_as(world.adviser):
        rows = Access.objects.filter(user_id=world.adviser.user_id).order_by("pk")
        return [each.page for each in rows if each.page.startswith("document")]


SAID = {"label": "other", "direction": "received"}


def test_with_files_alone_and_nothing_else_touched_a_document_is_kept(world: World, sign_in: SignIn) -> None:
    case, browser = a_case(world), sign_in(world.adviser)
    address = f"/documents/case/{case.pk}/add/"
    assert 'enctype="multipart/form-data"' in browser.get(address).content.decode()
    answer = browser.post(address, {**SAID, "chosen": chosen(a_photograph(), a_photograph("grey"))}, follow=True)
    assert "It is looked through first" in text(answer) and "Being checked" in text(answer)
    [file] = files(world)
    assert file.given_names == ["IMG_1.jpg", "IMG_2.jpg"] and file.title == "Something else"


def test_a_matter_that_the_address_names_is_chosen_already(world: World, sign_in: SignIn) -> None:
    matter = a_matter(world)
    page = sign_in(world.adviser).get(f"/documents/case/{matter.case_id}/add/?matter={matter.pk}")
    assert f'<option value="{matter.pk}" selected' in page.content.decode()


@pytest.mark.parametrize(
    ("data", "says"), [(b"", "empty"), (b"PK\x03\x04word", "save it as a PDF"), (b"\0\0\0\x18ftypheic", "HEIC")]
)
def test_what_is_not_taken_is_said_beside_the_files(world: World, sign_in: SignIn, data: bytes, says: str) -> None:
    answer = sign_in(world.adviser).post(
        f"/documents/case/{a_case(world).pk}/add/", {**SAID, "title": "PIP", "chosen": chosen(data)}
    )
    [error] = errors(answer)
    assert says in error and 'value="PIP"' in answer.content.decode() and not files(world)


def test_an_upload_that_breaks_off_keeps_nothing(world: World, sign_in: SignIn) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="chosen"; filename="a.jpg"\r\n\r\n' + a_photograph()[:100]
    answer = sign_in(world.adviser).generic(
        "POST", f"/documents/case/{a_case(world).pk}/add/", body, "multipart/form-data; boundary=x"
    )
    assert answer.status_code in (200, 400) and not files(world)


def test_the_document_is_handed_out_to_be_kept_and_can_run_nothing(world: World, sign_in: SignIn) -> None:
    file = ready(world, title="PIP “decision” / <b>2026</b>\r\nX: y")
    answer = sign_in(world.adviser).get(f"/document/{file.pk}/document.pdf")
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF-")
    assert answer["Content-Disposition"] == 'attachment; filename="pip-decision-b2026b-x-y-2026-11-23.pdf"'
    assert answer["Content-Security-Policy"].startswith("sandbox") and answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"] and looks(world) == ["document-pdf"]


def test_a_picture_is_noted_once_with_the_page_it_is_on(world: World, sign_in: SignIn) -> None:
    file, browser = ready(world), sign_in(world.adviser)
    page = browser.get(f"/document/{file.pk}/").content.decode()
    for number in (1, 2):
        [address] = [part.split('"')[0] for part in page.split('src="') if f"/page/{number}/" in part]
        picture = browser.get(address)
        assert picture["Content-Type"] == "image/jpeg" and picture["Content-Security-Policy"].startswith("sandbox")
    assert looks(world) == ["document"]
    # By its bare address it is a look of its own; with what was another's too.
    browser.get(f"/document/{file.pk}/page/1/")
    sign_in(world.advice_supervisor).get(address)
    assert looks(world) == ["document", "document"]
    with acting_as(world.advice_supervisor):
        assert Access.objects.filter(user_id=world.advice_supervisor.user_id, page="document").count() == 1


@pytest.mark.parametrize("make", [a_document, harmful])
def test_what_is_not_ready_is_handed_out_to_nobody(world: World, sign_in: SignIn, make: object) -> None:
    file, browser = make(world), sign_in(world.adviser)  # type: ignore[operator]
    for last in ("document.pdf", "page/0/", "page/1/"):
        assert browser.get(f"/document/{file.pk}/{last}").status_code == 404
    assert browser.get(f"/document/{file.pk}/").status_code == 200


def test_what_was_harmful_is_on_the_first_page_of_who_added_it_and_their_supervisor(
    world: World, sign_in: SignIn
) -> None:
    harmful(world)
    for actor in (world.adviser, world.advice_supervisor):
        assert "found to be harmful" in text(sign_in(actor).get("/home/"))
    assert "harmful" not in text(sign_in(world.link_supervisor).get("/home/"))


def test_the_page_says_whether_it_was_scanned(world: World, sign_in: SignIn) -> None:
    file = ready(world)
    assert "Not scanned for malware: no scanner is set up." in text(sign_in(world.adviser).get(f"/document/{file.pk}/"))


def test_a_list_asks_the_same_number_of_questions_however_long_it_is(world: World, sign_in: SignIn) -> None:
    case, browser = a_case(world), sign_in(world.adviser)
    # The first page of a session asks more: who it is, and what they may.
    browser.get("/home/")
    counts = []
    for length in (1, 6):
        for number in range(length):
            a_document(world, a_pdf(1, lambda pdf, n=(length, number): pdf.docinfo.__setitem__("/Title", str(n))))
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(f"/documents/case/{case.pk}/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(("address", "told"), [("", "ok"), ("unix:/nowhere", "ok\nmalware scanner: does not answer")])
def test_whoever_watches_reads_that_the_scanner_is_away(
    world: World, sign_in: SignIn, settings: Any, address: str, told: str
) -> None:
    settings.CLAMD_ADDRESS = address
    answer = sign_in(world.adviser).get("/healthz")
    assert answer.status_code == 200 and answer.content.decode() == told


@pytest.mark.parametrize(
    ("places", "order"),
    [
        (["1", "2", "3"], [1, 2, 3]),
        (["1", "2", "1"], [3, 1, 2]),
        (["3", "2", "3"], [2, 3, 1]),
        (["2", "1", "3"], [2, 1, 3]),
        (["2", "3", "1"], [3, 1, 2]),
        (["1", "", "3"], [1, 3]),
        (["one", "-1", "99999"], [1, 2, 3]),
        (["", "", ""], []),
    ],
)
def test_a_page_goes_where_it_is_put_and_the_others_make_room(places: list[str], order: list[int]) -> None:
    assert order_of({f"place-{number}": place for number, place in enumerate(places, 1)}, 3) == order
