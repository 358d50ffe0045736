"""Reading an answered page as a person would."""

import re
from html import unescape
from typing import Any


def text(response: Any) -> str:
    """The words of the page, without its marks."""
    page = re.sub(r"<(script|style|title)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def errors(response: Any) -> list[str]:
    """The error summary's lines."""
    summary = re.search(r'nhsuk-error-summary__list">(.*?)</ul>', response.content.decode(), flags=re.DOTALL)
    lines = re.findall(r"<li>(.*?)</li>", summary[1], flags=re.DOTALL) if summary else []
    return [" ".join(unescape(re.sub(r"<[^>]+>", " ", line)).split()) for line in lines]


def ids(response: Any) -> list[str]:
    return re.findall(r'\sid="([^"]+)"', response.content.decode())
