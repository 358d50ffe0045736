"""Marked values in every form of the product, and ears for everything that leaves it."""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import unquote_plus

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from tests.attacks.html import Form, Page
from tests.factories import World
from tests.journeys import given
from tests.journeys.test_bad_input import FORMS, path_of
from wraparound.config.logs import WithoutRows
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import User

STEM = "qzxmark"
NHS_NUMBERS = (
    "9434765919", "9990000034", "9990000042", "9990000050", "9990000069", "9990000077", "9990000085", "9990000093",
    "9990000107", "9990000115", "9990000123", "9990000131",
)  # fmt: skip
# Of the person whom the tests' world begins with.
KNOWN = ("duarte", "07700 ?900 ?123", "E3 ?4QX", "1980-02-29", "29 Feb[a-z]* 1980")
MOBILE, LANDLINE, POSTCODE, BORN = "07700 900987", "020 7946 0987", "ZE2 9QX", ("7", "3", "1931")
MARKS = re.compile(
    "|".join(
        [STEM, *KNOWN, *NHS_NUMBERS, MOBILE.replace(" ", " ?"), "07700 ?900 ?987", LANDLINE.replace(" ", " ?"),
         POSTCODE.replace(" ", " ?"), "1931-03-07", "7 Mar[a-z]* 1931"]
    ),
    re.IGNORECASE,
)  # fmt: skip
# Forms about an account: what is written there is a secret and no text.
SECRETS = ("password", "code", "token")
TODAY = timezone.localdate()
_SOON = TODAY + timedelta(days=14)
LATER = (str(_SOON.day), str(_SOON.month), str(_SOON.year))
_LATELY = TODAY - timedelta(days=2)
LATELY = (str(_LATELY.day), str(_LATELY.month), str(_LATELY.year))
OF_THE_PAST = ("letter_day", "passed_on")
PARTS = ("day", "month", "year")


def marks_in(text: str) -> set[str]:
    """The marks in a text, also where it is written for an address."""
    return {found.lower() for found in MARKS.findall(text) + MARKS.findall(unquote_plus(text))}


def said(posted: Form, number: int) -> dict[str, str]:
    """What somebody who answers everything would write: a mark in each box."""
    return {box.name: _text(box.name, number) for box in posted.boxes if box.written} | _choices(posted)


# Of the answers that lead to further questions, the one that asks most.
ASKS_MOST = {"nhs_number_known": "yes", "when": "now", "agreed_how": "safeguarding",
             "who": "somebody_else"}  # fmt: skip


def _choices(posted: Form) -> dict[str, str]:
    offered = {(box.name, box.value) for box in posted.boxes if box.kind == "radio"}
    return {name: value for name, value in ASKS_MOST.items() if (name, value) in offered}


def _text(name: str, number: int) -> str:
    bare, _, part = name.rpartition("-")
    if part in PARTS:
        past = LATELY if bare in OF_THE_PAST else LATER
        return (BORN if "born" in bare or "birth" in bare else past)[PARTS.index(part)]
    known = {
        "nhs_number": NHS_NUMBERS[number % len(NHS_NUMBERS)], "email": f"{STEM}{number}@planted.example",
        "mobile": MOBILE, "landline": LANDLINE, "phone": LANDLINE, "number": LANDLINE, "postcode": POSTCODE,
        "places": "5", "weight": "100", "slug": f"planted-{number}",
        "ods_code": f"Q{number:05}", "signpost": "",
    }  # fmt: skip
    if name in known:
        return known[name]
    if name.endswith("day"):
        return "7:30"
    if "phone" in name:
        return LANDLINE
    return f"{STEM} {name}"[:60]


class Lines(logging.Handler):
    """Every line that the product writes, as its own handlers write it."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.setFormatter(WithoutRows("%(levelname)s %(name)s %(message)s"))
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@dataclass
class Heard:
    """What left the product: where it sent browsers, what it asked them to keep, and its pages for faults."""

    addresses: list[tuple[str, str]] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)
    pages: int = 0

    def hear(self, asked: str, answer: HttpResponse) -> None:
        self.addresses.append((asked, answer.get("Location", "")))
        self.cookies += [morsel.OutputString() for morsel in answer.cookies.values()]
        text = answer.content.decode() if not answer.streaming else ""
        if answer.status_code in (400, 403, 404) or answer.status_code >= 500:
            self.faults.append((answer.status_code, text))
        if "html" in answer.get("Content-Type", ""):
            self.pages += 1
            self.addresses += [(asked, address) for address in Page(text).addresses]


@dataclass
class Browser:
    """Somebody's browser, with an ear at its line."""

    heard: Heard
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def get(self, address: str) -> HttpResponse:
        return self._ask("get", address)

    def post(self, address: str, sent: dict[str, Any]) -> HttpResponse:
        return self._ask("post", address, sent)

    def _ask(self, method: str, address: str, *sent: object) -> HttpResponse:
        answer: HttpResponse = getattr(self.client, method)(address, *sent)
        self.heard.hear(address, answer)
        return answer


@dataclass
class Planting:
    """Worlds whose forms are filled in: one for each form, as filling one in changes what another is about."""

    heard: Heard = field(default_factory=Heard)
    browsers: dict[int | None, Browser] = field(default_factory=dict)
    worlds: dict[str, World] = field(default_factory=dict)

    def browser(self, actor: Actor | None) -> Browser:
        key = actor.user_id if actor else None
        if key not in self.browsers:
            self.browsers[key] = Browser(self.heard)
            if actor:
                self.browsers[key].client.force_login(User.objects.get(pk=actor.user_id))
        return self.browsers[key]

    def at(self, form: str) -> tuple[Browser, str, Form]:
        """Who fills the form in, where, and the form as it stands."""
        world = self.worlds[form] = given.a_world()
        browser = self.browser(world.actors.get(FORMS[form].who))
        return browser, *form_at(browser, path_of(form, world))

    def fill_in(self, form: str, number: int) -> HttpResponse:
        """To the end, where a form has several pages."""
        browser, address, posted = self.at(form)
        answer = browser.post(address, posted.filled(said(posted, number)) | file_for(form, number))
        for _ in range(MOST_PAGES):
            again = list(Page(answer.content.decode()).posted()) if answer.status_code == 200 else []
            if form not in IN_PAGES or not again:
                break
            posted = max(again, key=lambda each: len(each.boxes))
            answer = browser.post(posted.action or address, posted.filled(said(posted, number)))
        return answer


# Forms of several pages, each of which carries what the ones before it were told.
IN_PAGES = {"ask", "give-people", "call-list-file"}
MOST_PAGES = 15


def file_for(form: str, number: int) -> dict[str, Any]:
    """A file of people for the one form that takes people so."""
    if form != "call-list-file":
        return {}
    head = "name,birth date,NHS number,phone,language"
    row = f"{STEM} Called,{'/'.join(BORN)},{NHS_NUMBERS[number % 12]},{MOBILE},{STEM}"
    return {"people": SimpleUploadedFile("people.csv", f"{head}\n{row}\n".encode(), "text/csv")}


def form_at(browser: Browser, address: str) -> tuple[str, Form]:
    """The form that a page is about: the one with most to fill in. Where it leads, and it."""
    answer = browser.get(address)
    for _ in range(3):
        if answer.status_code != 302:
            break
        address = answer["Location"]
        answer = browser.get(address)
    forms = list(Page(answer.content.decode()).posted())
    assert forms, f"{address} answered {answer.status_code} and has no form"
    posted = max(forms, key=lambda form: sum(box.kind not in ("hidden", "submit") for box in form.boxes))
    return posted.action or address, posted


def links_of(browser: Browser, begin: str, most: int) -> Iterator[str]:
    """Pages that links lead to from the first one, as far as `most`."""
    seen, waiting = {begin}, [begin]
    while waiting and len(seen) <= most:
        address = waiting.pop(0)
        answer = browser.get(address)
        yield address
        if answer.status_code == 302:
            found = [answer["Location"]]
        elif "html" in answer.get("Content-Type", ""):
            found = [values.get("href", "") for tag, values in Page(answer.content.decode()).tags if tag == "a"]
        else:
            found = []
        for link in found:
            link = link.partition("#")[0]
            if link.startswith("/") and not link.startswith(settings.STATIC_URL) and link not in seen:
                seen.add(link)
                waiting.append(link)
