import subprocess
import sys
import unicodedata
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.documents.message import message
from tests.documents.test_message_back import CONFIDENTIAL
from wraparound.documents.message_back import MessageBackContent, broad_category
from wraparound.documents.pdf import message_back_pdf
from wraparound.pathways.vocabulary import Need

BANNER = "NOT FOR THE PATIENT’S ONLINE RECORD"
INVENTED = "Everyone in this document is invented"


def read(content: MessageBackContent) -> PdfReader:
    return PdfReader(BytesIO(message_back_pdf(content)))


def text_of(content: MessageBackContent) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(content).pages).split())


def test_everything_in_the_message_is_on_the_page() -> None:
    text = text_of(message())
    for words in (
        "Message back to GP and referrer",
        "Work finished",
        "WR-7K3M-9Q2D",
        "Amina Rahman",
        "4 March 1979",
        "999 000 1231",
        "Marlow Road Surgery (Y99001)",
        "Dr Helen Osei, Marlow Road Surgery",
        "2 November 2026",
        "23 November 2026",
        "Social prescribing: Marlow Road link workers",
        "Home",
        "Wellbeing and connection",
        "The link worker met the person twice at the practice.",
        "Helped with part of what they came for.",
        "What happens next: Nothing is needed from you.",
        "Whose turn it is: Nobody: this referral is closed.",
        "871731000000106",
        "Referral to social prescribing service (procedure)",
        "020 7946 0123",
    ):
        assert words in text


def test_what_is_not_known_is_said() -> None:
    text = text_of(message(date_of_birth=None, nhs_number="", practice_name="", practice_ods="", needs=(), support=()))
    assert text.count("Not known") == 3
    assert text.count("None recorded") == 2


def test_a_hidden_message_says_so_before_anything_else() -> None:
    hidden, open_ = text_of(message(hide_from_online_view=True)), text_of(message())
    assert BANNER in hidden
    assert hidden.index(BANNER) < hidden.index("Message back")
    assert BANNER not in open_


def test_only_a_demonstration_says_that_everyone_is_invented() -> None:
    assert INVENTED in text_of(message())
    assert INVENTED not in text_of(message(invented=False))


def test_no_code_no_heading_for_codes() -> None:
    assert "Coded entries" not in text_of(message(codes=()))


def test_it_is_accessible() -> None:
    reader = read(message())
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Message back to GP and referrer"
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_object().get_data()


def test_the_fullest_message_of_ordinary_length_is_one_page() -> None:
    sentence = "The link worker met the person and agreed with them what each of them would do by the next time."
    content = message(hide_from_online_view=True, support=(sentence, sentence))
    assert len(read(content).pages) == 1


def test_a_long_message_runs_on_and_loses_nothing() -> None:
    support = tuple(f"Sentence number {number} of a long account." for number in range(90))
    reader = read(message(support=support))
    assert len(reader.pages) > 1
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert all(sentence in text for sentence in support)


def test_the_same_message_gives_the_same_bytes() -> None:
    first = message_back_pdf(message())
    assert message_back_pdf(message()) == first
    assert b"CreationDate" not in first


@pytest.mark.parametrize("need", Need)
def test_no_need_shows_what_the_trouble_is(need: Need) -> None:
    assert not CONFIDENTIAL.search(text_of(message(needs=(broad_category(need),))))


@pytest.mark.parametrize(
    "name",
    [
        '#import "x"',
        "*_$<>@ `a` \\ // ~ -- ... [b] {c} = d",
        "#sys.inputs",
        'O\'Brien-"Smith"',
        "</script><b>Ann</b>",
        "Zoë Ødegård Łukasz Đặng",
    ],
)
def test_a_name_is_text_and_never_markup(name: str) -> None:
    assert name in text_of(message(person_name=name))


SCRIPTS = [
    "محمد علي",
    "রহমান বেগম",
    "王小明",
    "陳大文",
    "김민준",
    "தமிழ்ச்செல்வி",
    "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
    "પટેલ",
    "प्रिया शर्मा",
    "אברהם",
    "አበበ",
    "Αλέξανδρος",
    "Ольга",
    "สมชาย",
]


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_letter_of_a_name_is_drawn_whatever_its_script(name: str) -> None:
    text = text_of(message(person_name=name))
    assert "[U+" not in text
    # A reader may give shaped letters back in another order: what counts is that each is there.
    assert set(unicodedata.normalize("NFC", name)) <= set(unicodedata.normalize("NFKC", text)) | set(text)


@pytest.mark.parametrize("name", ["Ann \U00013000 Lee", "Ann \U00013000\U00013001", "Ann a\U000130fa\u0301"])
def test_a_letter_that_no_font_has_is_printed_as_its_code_point(name: str) -> None:
    text = text_of(message(person_name=name))
    assert "Ann" in text
    drawn = "".join(text.split())
    for letter in name:
        assert letter in text or f"[U+{ord(letter):04X}]" in drawn


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\x07", "\u200b", "\ufeff", "\n"])
def test_invisible_marks_cannot_turn_a_line_round_or_hide_it(mark: str) -> None:
    text = text_of(message(person_name=f"Amina{mark} Rahman"))
    assert "Amina Rahman" in text


def test_the_typesetter_is_loaded_by_the_first_document_and_not_before() -> None:
    code = "import sys, wraparound.documents.pdf; sys.exit('typst' in sys.modules or 'django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
