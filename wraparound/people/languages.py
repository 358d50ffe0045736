"""Languages that people speak here: how each is called, its code, and whether it is written from right to left.

What a record holds is what somebody typed; `language_called` finds which of these is meant, or none.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """`code` is BCP 47; `others` are further names under which people write it."""

    code: str
    name: str
    own: str
    others: tuple[str, ...] = ()
    right_to_left: bool = False


def _read(line: str) -> Language:
    code, name, own, *more = (part.strip() for part in line.split("|"))
    others = tuple(each.strip() for each in more[0].split(",") if each.strip()) if more else ()
    return Language(code, name, own, others, code in _RIGHT_TO_LEFT)


_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "fa", "he", "prs", "ps", "sd", "ur", "yi"})
# Code | English name | own name | other names.
_TABLE = """
am | Amharic | አማርኛ
ar | Arabic | العربية
bg | Bulgarian | български
bn | Bengali | বাংলা | bangla, sylheti
ckb | Kurdish (Sorani) | کوردیی ناوەندی | sorani, kurdish sorani
cs | Czech | čeština
cy | Welsh | Cymraeg
el | Greek | ελληνικά
es | Spanish | español | castilian
fa | Persian | فارسی | farsi
fr | French | français
gu | Gujarati | ગુજરાતી
he | Hebrew | עברית
hi | Hindi | हिन्दी
hu | Hungarian | magyar
id | Indonesian | Bahasa Indonesia
ig | Igbo | Igbo
it | Italian | italiano
kmr | Kurdish (Kurmanji) | Kurdî | kurmanji, kurdish kurmanji
ko | Korean | 한국어
lt | Lithuanian | lietuvių
lv | Latvian | latviešu
ml | Malayalam | മലയാളം
ne | Nepali | नेपाली
pa | Punjabi | ਪੰਜਾਬੀ | panjabi
pl | Polish | polski
prs | Dari | دری
ps | Pashto | پښتو | pushto
pt | Portuguese | português
ro | Romanian | română
ru | Russian | русский
si | Sinhala | සිංහල
sk | Slovak | slovenčina
so | Somali | Soomaali
sq | Albanian | shqip
sw | Swahili | Kiswahili
ta | Tamil | தமிழ்
te | Telugu | తెలుగు
th | Thai | ไทย
ti | Tigrinya | ትግርኛ
tl | Tagalog | Tagalog | filipino
tr | Turkish | Türkçe
tw | Twi | Twi | akan
uk | Ukrainian | українська
ur | Urdu | اردو
vi | Vietnamese | Tiếng Việt
yi | Yiddish | ייִדיש
yo | Yoruba | Yorùbá
yue | Cantonese | 廣東話
zh-Hans | Chinese (simplified) | 简体中文 | mandarin, mandarin chinese, chinese simplified
zh-Hant | Chinese (traditional) | 繁體中文 | chinese traditional
"""
LANGUAGES: Mapping[str, Language] = {each.code: each for each in map(_read, _TABLE.strip().splitlines())}
_CALLED = {
    called.casefold(): each for each in LANGUAGES.values() for called in (each.name, each.own, each.code, *each.others)
}


def language_called(text: str) -> Language | None:
    """Which language somebody meant: by a name of it, or by its code with or without a region (`ur-PK`)."""
    said = " ".join(text.split()).casefold()
    return _CALLED.get(said) or _CALLED.get(said.partition("-")[0] if len(said) <= 10 else "")
