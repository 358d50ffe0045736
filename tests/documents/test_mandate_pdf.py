"""The mandate as a document: large, plain, accessible, with room to sign or with the signature."""

import unicodedata
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from wraparound.documents.mandate_pdf import mandate_pdf

STROKES = [[[10, 150], [60, 20], [110, 150], [35, 90]], [[300, 100]]]
SIGNED = {"name": "Rosa Duarte", "lines": ["Signed on 3 November 2026, on paper."], "strokes": [], "width": 600,
          "height": 200}  # fmt: skip


def content(**changes: Any) -> dict[str, Any]:
    english = {"language": "", "right_to_left": False}
    said = [
        {"heading": "Who I am", "lines": ["Rosa Duarte", "Born on 29 February 1980"], **english},
        {"heading": "What I agree to", "lines": ["They may use it for nothing else."], **english},
    ]
    return {"title": "Mandate: who may read my health record", "said": said, "ended": None, "signature": None,
            "wording": "mandate-1", "sha256": "", "invented": False, **changes}  # fmt: skip


def read(**changes: Any) -> PdfReader:
    return PdfReader(BytesIO(mandate_pdf(content(**changes))))


def text_of(**changes: Any) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(**changes).pages).split())


def test_it_is_accessible() -> None:
    reader = read()
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"] and root["/StructTreeRoot"]["/K"]
    assert root["/Lang"] == "en-GB" and root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None and reader.metadata.title == "Mandate: who may read my health record"
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_object().get_data()


def test_it_is_in_large_print() -> None:
    sizes: list[float] = []
    page = read().pages[0]
    page.extract_text(
        visitor_text=lambda text, _c, matrix, _f, size: sizes.append(size * abs(matrix[0])) if text.strip() else None
    )
    assert sizes and sorted(sizes)[len(sizes) // 2] >= 16


def test_unsigned_it_has_lines_for_the_person_and_for_who_signs_for_them() -> None:
    text = text_of()
    for words in ("My full name:", "My signature:", "If somebody signs for me", "Why they may sign for me:"):
        assert words in text


def test_signed_it_names_who_and_has_no_lines_to_sign_on() -> None:
    text = text_of(signature=SIGNED, sha256="ab" * 32)
    assert "Signed on 3 November 2026, on paper." in text and "abababab" in text
    assert "My signature:" not in text


def test_a_drawn_signature_is_drawn_and_has_words_for_who_does_not_see_it() -> None:
    drawn = read(signature={**SIGNED, "strokes": STROKES})
    assert alternatives(drawn) == ["Signature drawn by Rosa Duarte"]
    assert alternatives(read(signature=SIGNED)) == []


def alternatives(reader: PdfReader) -> list[str]:
    """The words of each figure in the tree that screen readers follow."""
    found, waiting = [], [reader.root_object["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            found += [str(node["/Alt"])] if "/Alt" in node else []
            waiting += [node["/K"]] if "/K" in node else []
    return found


ARABIC = "يجوز للمنظمة المذكورة هنا أن تقرأ أجزاء من سجلي الصحي."


def translated(words: str, language: str, own: str, *, right_to_left: bool) -> list[dict[str, Any]]:
    heading = f"What I agree to, in words ({own})"
    return [*content()["said"], {"heading": heading, "lines": [words], "language": language,
                                 "right_to_left": right_to_left}]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "language"), [(ARABIC, "ar"), ("میں کسی بھی دن اپنا ارادہ بدل سکتا ہوں۔", "ur")]
)  # fmt: skip
def test_a_translation_from_right_to_left_is_set_from_the_right(words: str, language: str) -> None:
    reader = read(said=translated(words, language, "own", right_to_left=True))
    text = "".join(page.extract_text() for page in reader.pages)
    letters = set("".join(words.split()))
    assert letters <= set(unicodedata.normalize("NFKC", text)) | set(text) and "[U+" not in text
    assert starts(reader) > starts(read(said=translated(words, language, "own", right_to_left=False))) + 50
    assert language in languages(reader)


def starts(reader: PdfReader) -> float:
    """How far from the left edge the leftmost letter of Arabic or Urdu is set, in points."""
    found: list[float] = []
    for page in reader.pages:
        page.extract_text(
            visitor_text=lambda text, matrix, _t, _f, _s: (
                found.append(matrix[4]) if any("\u0600" <= each <= "\u06ff" for each in text) else None
            )
        )
    return min(found)


def languages(reader: PdfReader) -> set[str]:
    """Those that the tree for screen readers names."""
    found, waiting = set(), [reader.root_object["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            found |= {str(node["/Lang"])} if "/Lang" in node else set()
            waiting += [node["/K"]] if "/K" in node else []
    return found


def test_a_language_that_no_font_has_is_on_the_screen_only_and_the_document_says_so() -> None:
    text = text_of(said=translated("\U00013000\U00013001", "am", "\U00013000", right_to_left=False))
    assert "These words stand on the screen only" in text and "[U+" not in text


@pytest.mark.parametrize("signature", [None, SIGNED])
def test_what_holds_no_more_says_so_before_anything_else(signature: dict[str, Any] | None) -> None:
    over = {"heading": "TAKEN BACK on 4 November 2026", "sentence": "Nobody may read the health record any more."}
    text = text_of(ended=over, signature=signature)
    assert text.index("TAKEN BACK on 4 November 2026") < text.index("Mandate: who may")
    assert "My signature:" not in text
    assert "TAKEN BACK" not in text_of(signature=signature)


@pytest.mark.parametrize("name", ['#import "x"', "*_$<>@ `a` \\ //", "محمد علي", "Ann \u202e Lee"])
def test_a_name_is_text_whatever_it_is(name: str) -> None:
    assert text_of(signature={**SIGNED, "name": name, "strokes": STROKES})
