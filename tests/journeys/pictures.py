"""How the pictures of README and guides are taken: always the same days, the same references, the same crop."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page

from tests.factories import NOW, details
from wraparound.organisations.actor import Actor
from wraparound.pathways.calendar import LONDON
from wraparound.people.details import PersonDetails
from wraparound.referrals.models import scope

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
WIDTH, MARGIN, HEAVIEST = 1060, 12, 200_000
# Of a page that keeps its right third empty.
COLUMN = 730
EDGES = "each => { const box = each.getBoundingClientRect(); return [box.top + scrollY, box.bottom + scrollY]; }"
# Everybody is invented.
PEOPLE = (
    "Maryam Siddiq", "Tomasz Wójcik", "Grace Adeyemi", "Dorothy Whitcombe", "Ahmed Farouk", "Shanelle Brooks",
    "Leonard Pike", "Carmen Ortiz", "Kwabena Osei", "Iris Hollingworth", "Piotr Zając", "Yetunde Balogun",
    "Huw Prosser", "Samira Haddadi", "Winston Clarke", "Mei-Ling Fong",
)  # fmt: skip


@dataclass
class Clock:
    """What time it is for everybody in the pictures: days of one week, from the Wednesday before to the Monday."""

    monday: date
    now: datetime

    def strikes(self, days_before: int, hour: int, minute: int) -> None:
        self.now = datetime.combine(self.monday - timedelta(days=days_before), time(hour, minute), LONDON)


def stopped_clock(monkeypatch: pytest.MonkeyPatch, seed: str) -> Clock:
    clock = Clock(NOW.date(), NOW)
    clock.strikes(0, 10, 30)
    monkeypatch.setattr(Actor, "now", lambda self: self.moment or clock.now)
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    monkeypatch.setattr(scope.secrets, "choice", Random(seed).choice)
    return clock


def somebody(number: int, **changes: object) -> PersonDetails:
    """One of `PEOPLE`, with a birth date and a phone number of their own."""
    given, family = PEOPLE[number].split()
    known: dict[str, object] = {
        "given_names": given, "family_name": family, "postcode": "", "mobile": f"07700 900{401 + number}",
        "date_of_birth": date(1948 + 3 * number, 1 + number % 12, 4 + number),
    }  # fmt: skip
    return details(**(known | changes))


def take(
    page: Page,
    name: str,
    *,
    last: Locator | None = None,
    first: Locator | None = None,
    height: int = 0,
    width: int = 0,
) -> None:
    """The page between two things on it, or so many pixels of it down and across: without a pointer or a focus ring."""
    page.mouse.move(0, 0)
    page.evaluate("() => document.activeElement?.blur()")
    top = max(int(first.evaluate(EDGES)[0]) - MARGIN, 0) if first else 0
    bottom = int(last.evaluate(EDGES)[1]) + MARGIN if last else top + height
    across = width or (page.viewport_size or {"width": WIDTH})["width"]
    clip = {"x": 0, "y": top, "width": across, "height": bottom - top}
    file = PICTURES / f"{name}.png"
    page.screenshot(path=file, full_page=True, clip=clip, animations="disabled")  # type: ignore[arg-type]
    assert file.stat().st_size < HEAVIEST, f"{file.name} is too large for a page that loads quickly."
