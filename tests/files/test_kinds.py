"""A file is taken for what its bytes say, and whoever chose another kind reads what to do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.house.files import a_pdf, a_photograph
from wraparound.files.kinds import LARGEST, Kind, NotTaken, kind_of


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (a_photograph(), Kind.JPEG),
        (b"\x89PNG\r\n\x1a\n....", Kind.PNG),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", Kind.WEBP),
        (a_pdf(), Kind.PDF),
        (b"\xef\xbb\xbf\n%PDF-1.4", Kind.PDF),
    ],
)
def test_what_is_taken(data: bytes, kind: Kind) -> None:
    assert kind_of(data) is kind


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"\0\0\0\x18ftypheic\0\0", "HEIC"),
        (b"\0\0\0\x18ftypmif1\0\0", "HEIF"),
        (b"\0\0\0\x18ftypqt  \0\0", "video"),
        (b"PK\x03\x04word/document.xml", "Word"),
        (b"PK\x03\x04 %PDF-1.4", "Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "older Word"),
        (b"GIF89a", "GIF"),
        (b"<html><script>", "neither"),
        (b"MZ\x90", "neither"),
        (b"\xff\xd8\xff" + b"\0" * LARGEST, "larger than 20 MB"),
    ],
)
def test_what_is_not_taken_says_what_to_do(data: bytes, says: str) -> None:
    with pytest.raises(NotTaken) as fault:
        kind_of(data)
    assert says in str(fault.value) and str(fault.value).endswith(".")


@given(st.binary(max_size=300))
def test_whatever_comes_is_a_kind_or_a_sentence(data: bytes) -> None:
    try:
        assert kind_of(data) in Kind
    except NotTaken as fault:
        assert str(fault).endswith(".")
