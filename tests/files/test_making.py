"""Photographs and PDFs are made into one document that may be shown, in a process apart; or a sentence says why not."""

import struct
import zlib
from io import BytesIO

import pikepdf
import pypdf
import pytest
from PIL import Image

from tests.house.files import a_pdf, a_photograph
from wraparound.files import apart
from wraparound.files.apart import make_apart
from wraparound.files.pdfs import CARRIED, SCRIPTS
from wraparound.files.unreadable import Unreadable


def pages(document: bytes) -> list[tuple[float, float]]:
    return [
        (float(page.mediabox.width), float(page.mediabox.height)) for page in pypdf.PdfReader(BytesIO(document)).pages
    ]


def colours(made: apart.Made) -> list[tuple[int, int, int]]:
    """What stands in the middle of each page's picture."""
    seen = []
    for each in made.pages:
        with Image.open(BytesIO(each)) as picture:
            seen.append(picture.convert("RGB").getpixel((picture.width // 2, picture.height // 2)))
    return seen  # type: ignore[return-value]


def reddish(colour: tuple[int, int, int]) -> bool:
    return colour[0] > 200 and colour[1] < 80 and colour[2] < 80


def why_not(*parts: tuple[str, bytes]) -> str:
    with pytest.raises(Unreadable) as fault:
        make_apart(list(parts))
    return str(fault.value)


def test_photographs_become_the_pages_of_one_pdf_in_their_order() -> None:
    made = make_apart([("jpeg", a_photograph(each)) for each in ("white", "red", "white")])
    assert made.count == 3 and [reddish(each) for each in colours(made)] == [False, True, False]


def test_a_photograph_is_upright_whichever_way_the_phone_was_held() -> None:
    made = make_apart([("jpeg", a_photograph(size=(120, 90), orientation=6))])
    [(width, height)] = pages(made.document)
    assert width < height


def test_nothing_of_where_and_with_what_it_was_taken_is_kept() -> None:
    given = a_photograph()
    assert b"Telephone of Rosa" in given and b"taken at home" in given
    made = make_apart([("jpeg", given)])
    for kept in (made.document, made.small, *made.pages):
        assert b"Telephone of Rosa" not in kept and b"taken at home" not in kept and b"Exif" not in kept


def test_a_large_photograph_is_made_as_large_as_paper_needs() -> None:
    made = make_apart([("jpeg", a_photograph(size=(9000, 12000)))])
    with pikepdf.open(BytesIO(made.document)) as pdf:
        [image] = pdf.pages[0].get_images().values()
        assert (int(image.Width), int(image.Height)) == (1654, 2205)
    [(width, height)] = pages(made.document)
    assert width <= 596 and height <= 843


def test_what_is_transparent_is_on_white() -> None:
    kept = BytesIO()
    Image.new("RGBA", (90, 120), (0, 0, 0, 0)).save(kept, "PNG")
    [colour] = colours(make_apart([("png", kept.getvalue())]))
    assert min(colour) > 250


def test_photographs_and_pdfs_are_put_together() -> None:
    made = make_apart([("jpeg", a_photograph()), ("pdf", a_pdf(2))])
    assert made.count == 3 and pages(made.document)[1:] == [(200, 300), (201, 300)]


def test_pages_are_put_in_another_order_turned_and_left_out() -> None:
    document = make_apart([("jpeg", a_photograph(each)) for each in ("white", "red", "white")]).document
    made = make_apart([("pdf", document)], [2, 1], [90, 0])
    assert [reddish(each) for each in colours(made)] == [True, False]
    with Image.open(BytesIO(made.pages[0])) as turned:
        assert turned.width > turned.height


def _acts(pdf: pikepdf.Pdf) -> None:
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    pdf.Root.OpenAction = script
    pdf.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array(["a", script])))
    pdf.pages[0].obj.AA = pikepdf.Dictionary(O=script)
    launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=launch)
    pdf.pages[0].obj.Annots = pikepdf.Array([link])


def _carries(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["payload.exe"] = b"MZ payload"
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, Rect=[0, 0, 9, 9])
    pdf.pages[0].obj.Annots = pikepdf.Array([note])


def test_what_acts_by_itself_is_taken_out_and_said() -> None:
    made = make_apart([("pdf", a_pdf(1, _acts))])
    assert list(made.said) == [SCRIPTS]
    with pikepdf.open(BytesIO(made.document)) as pdf:
        written = b"".join(each.unparse() for each in pdf.objects if not isinstance(each, pikepdf.Stream))
    assert not any(word in written for word in (b"JavaScript", b"/JS", b"/Launch", b"/AA", b"OpenAction"))


def test_what_is_carried_along_is_taken_out_and_said() -> None:
    made = make_apart([("pdf", a_pdf(1, _carries))])
    assert list(made.said) == [CARRIED]
    with pikepdf.open(BytesIO(made.document)) as pdf:
        assert not pdf.attachments and not len(pdf.pages[0].obj.get("/Annots", []))
    assert b"MZ payload" not in made.document


def test_a_plain_pdf_is_kept_with_nothing_said() -> None:
    made = make_apart([("pdf", a_pdf(2))])
    assert made.count == 2 and list(made.said) == [] and len(made.pages) == 2


def test_what_stands_before_and_after_a_pdf_does_not_come_along() -> None:
    """One file may be a PDF to one program and a page or an archive to another."""
    made = make_apart([("pdf", b"<html><script>\n" + a_pdf() + b"PK\x03\x04 archive")])
    assert made.document.startswith(b"%PDF-") and b"<script" not in made.document and b"archive" not in made.document


LOCKED = pikepdf.Encryption(user="secret", owner="other")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (a_pdf(1, encryption=LOCKED), "The PDF is locked with a password."),
        (b"%PDF-1.7\nnothing of the kind", "The PDF is damaged"),
        (a_pdf()[:200], "The PDF is damaged"),
        (a_pdf(0), "The PDF has no pages."),
        (a_pdf(501), "The PDF has 501 pages."),
        (a_pdf(1, lambda pdf: pdf.Root.__setattr__("Collection", pikepdf.Dictionary())), "The PDF is a bundle"),
    ],
    ids=["locked", "no PDF", "cut off", "no pages", "too many pages", "a bundle"],
)
def test_a_pdf_that_cannot_be_kept_is_said_in_words(data: bytes, says: str) -> None:
    assert why_not(("pdf", data)).startswith(says)


def test_a_photograph_that_is_cut_off_is_named_by_its_place() -> None:
    large = BytesIO()
    Image.effect_noise((900, 900), 50).save(large, "JPEG")
    assert why_not(("jpeg", a_photograph()), ("jpeg", large.getvalue()[:9000])).startswith("Photograph 2 is damaged.")


def _png_of(width: int, height: int) -> bytes:
    """A PNG that says it is so large, and is a few bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack("!I", len(data)) + name + data + struct.pack("!I", zlib.crc32(name + data))

    head = struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(60_000, 60_000), (8_000, 8_000)])
def test_a_picture_that_would_fill_the_memory_is_refused(size: tuple[int, int]) -> None:
    assert "is too large" in why_not(("png", _png_of(*size)))


def test_a_process_that_breaks_is_a_sentence_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 0.01)
    assert why_not(("jpeg", a_photograph())).startswith("This is too large or damaged")


def test_the_process_apart_is_told_nothing_of_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = {}

    def run(command: list[str], **said: object) -> object:
        seen.update(said)
        raise apart.subprocess.TimeoutExpired(command, 1)

    monkeypatch.setattr(apart.subprocess, "run", run)
    assert why_not(("jpeg", a_photograph())) and seen["env"] == {}
