"""What somebody might send who wishes no good, or whose keyboard fell down the stairs."""

from urllib.parse import quote_from_bytes

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

# A build asks some hundred inputs of everything; a night, with `--hypothesis-profile nightly`, more than ten thousand.
NIGHTLY = settings.get_current_profile_name() == "nightly"
ODD = (
    "\x00", "a\x00b", "\ud800", "x\udfff", "\u202eright to left\u202c", "e\u0301" * 40, "Z\u0351\u0352\u0353" * 30,
    "\U0001f469\u200d\U0001f467", "\ufeff", "\u2028\u2029", "'\"><svg onload=alert(1)>", "{{7*7}}",
    "=cmd|' /C calc'!A0",
    "%s%n%d", "../../etc/passwd", "\r\nSet-Cookie: a=b", "NaN", "Infinity", "-1", "1e309", "0x10", "٣", "²", "1_000",
    "9" * 400, "0001", " 7 ", "31/02/2026", "0000-00-00", "99999999-99-99", "null", "[]", "{}", "true", "\t\n ",
    "ß" * 300, "İ", "ﬀ",
)  # fmt: skip
LONG = "long " * 200_000
texts = st.one_of(
    st.sampled_from(ODD),
    st.text(st.characters(), max_size=60),
    st.text(max_size=2_000),
    st.integers(-(10**25), 10**25).map(str),
    st.dates().map(str),
)


def asked(few: int, many: int) -> settings:
    """How many inputs: in a build, and in a night. No input is too slow, as the machine may be busy."""
    return settings(
        max_examples=many if NIGHTLY else few, deadline=None, derandomize=not NIGHTLY, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip


def body_of(sent: dict[str, list[str]]) -> bytes:
    """As a browser would send it, and as one would that sends halves of characters."""
    pairs = ((name, value) for name, values in sent.items() for value in values)
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in pairs).encode()


def _quoted(text: str) -> str:
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"))
