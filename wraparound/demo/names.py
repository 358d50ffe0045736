"""Names for invented people: given | family (some people have one name) | language other than English."""

_TABLE = """
Rosa | Duarte | Portuguese
Mohammed | Rahman | Bengali
Shanice | Campbell |
Agnieszka | Wójcik | Polish
Kofi | Asante |
Margaret | Hughes |
Fatima | Begum | Bengali
Tiến | Nguyễn | Vietnamese
Zoë | O’Sullivan |
Suharto |  | Indonesian
Ayşe | Yılmaz | Turkish
Derek | Thompson |
Nasra | Warsame | Somali
Siân | Llewellyn | Welsh
José | García López | Spanish
Olena | Shevchenko | Ukrainian
Winston | Baptiste |
Gurpreet | Kaur | Punjabi
Pauline | Clarke |
Ahmed | Al-Masri | Arabic
Blessing | Adébáyò | Yoruba
Keith | Barker |
Mei | Chen | Cantonese
Ioana | Popescu | Romanian
Terence | Mahoney |
Sunita | Patel | Gujarati
Chloe | Bennett |
Abdi | Hassan | Somali
Jean-Baptiste | Mukendi | French
Doreen | Fitzgerald |
Tamilselvi |  | Tamil
Liam | Doherty |
Precious | Nkosi |
Ewa | Kowalczyk | Polish
Stanley | Greenwood |
Thị Hương | Trần | Vietnamese
Beverley | Morgan |
Hüseyin | Özdemir | Turkish
Maria | dos Santos | Portuguese
Rajesh | Subramaniam | Tamil
Kelly | Whitmore |
Samuel | Boateng |
"""


def names() -> tuple[tuple[str, str, str], ...]:
    """(given, family, language) of each line."""
    return tuple(_row(line) for line in _TABLE.strip().splitlines())


def _row(line: str) -> tuple[str, str, str]:
    given, family, language = (part.strip() for part in line.split("|"))
    return given, family, language
