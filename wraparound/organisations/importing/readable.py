"""Names and addresses that a register writes in capitals, as people write them."""

import re

# Initials that stay capitals though a word could be made of them.
_INITIALS = frozenset(
    "GP NHS PCN PMS APMS ICB NCL SEL KWH DMC CFH FHP HMC QRP HIV DP MWH SMS NGP EA UK II III IV".split()
)
# Short forms of words, which have no vowel and yet are no initials.
_SHORT = frozenset("DR DRS ST CTR CTRE CT HTH HLTH LTD GRP FL RD MED SQ GDNS".split())
_SMALL = frozenset("and at by de for in of on or the to upon with".split())
_WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*\.?")
_VOWEL = re.compile(r"[AEIOUY]")


def readable(text: str) -> str:
    """The text as people write it, on one line, when it is all in capitals; else as it is."""
    line = " ".join(re.sub(r",(?=\S)", ", ", text).split()).rstrip(" .,")
    if line != line.upper():
        return line
    return _WORD.sub(lambda found: _word(found[0], first=_begins(line[: found.start()])), line)


def _begins(before: str) -> bool:
    """Whether a name begins after this: at the start, after a comma or bracket, or after a dash that stands alone."""
    return not before or before.rstrip().endswith((",", "(", "/")) or before.endswith("- ")


def _word(word: str, *, first: bool) -> str:
    bare = word.rstrip(".")
    if bare in _SHORT:
        return bare.capitalize()
    if re.fullmatch(r"[0-9]+(ST|ND|RD|TH)", bare):
        return word.lower()
    if bare in _INITIALS or any(character.isdigit() for character in bare):
        return word
    if bare.isalpha() and len(bare) <= 3 and not _VOWEL.search(bare):
        return word
    if bare.lower() in _SMALL and not first:
        return word.lower()
    return "".join(map(_part, re.split(r"(['’.])", word)))


def _part(part: str) -> str:
    """A word's part between apostrophes: “Paul’s”, “O’Riordan”, “McDonald”."""
    if part.startswith("MC") and len(part) > 4:
        return f"Mc{part[2:].capitalize()}"
    return part.lower() if part == "S" else part.capitalize()
