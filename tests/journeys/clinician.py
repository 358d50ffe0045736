"""What somebody at a practice does."""

from dataclasses import dataclass
from io import BytesIO

from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

FOCUS_SHOWS = """each => [getComputedStyle(each), getComputedStyle(each.nextElementSibling || each, "::before")]
    .some(style => style.boxShadow !== "none" || style.outlineStyle !== "none")"""


def starts_from_the_gp_system(page: Page, name: str) -> None:
    page.goto("/demo/gp-system/")
    page.get_by_role("button", name=f"Refer {name}").first.click()
    expect(page.get_by_role("heading", name=f"Refer {name}")).to_be_visible()


def finds(page: Page, words: str, name: str) -> None:
    page.goto("/refer/")
    page.get_by_label("Name or NHS number").fill(words)
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name=f"Refer {name}", exact=True).click()
    expect(page.get_by_role("heading", name=f"Refer {name}")).to_be_visible()


def says_they_want(page: Page, *needs: str, advice: bool = False) -> None:
    for need in needs:
        page.get_by_role("checkbox", name=need).check()
    if advice:
        page.get_by_role("checkbox", name="They also want welfare advice").check()


def says_it_cannot_wait(page: Page, flag: str) -> None:
    page.get_by_text("Something cannot wait").click()
    page.get_by_role("checkbox", name=flag).check()


def looks_ahead(page: Page) -> Locator:
    """What will happen; without scripts it takes a button."""
    button = page.get_by_role("button", name="Show what will happen")
    if button.is_visible():
        button.click()
    return page.get_by_role("region", name="What will happen")


def says_they_agreed(page: Page, how: str = "In person") -> None:
    page.get_by_role("radio", name=how).check()


def sends_it(page: Page) -> str:
    """The reference of what was sent."""
    page.get_by_role("button", name="Send the referral").click()
    expect(page.get_by_role("heading", name="Referral sent")).to_be_visible()
    return page.locator(".wr-reference").inner_text()


def opens_the_referral_of(page: Page, name: str) -> None:
    page.goto("/referrals/")
    page.get_by_role("link", name=name).first.click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def part_of(page: Page, service: str) -> Locator:
    """One service's part of the referral's page."""
    return page.get_by_role("region", name=f"{service}, ")


def reads_the_pdf(page: Page, occasion: str) -> str:
    """The words of a message's PDF, downloaded from the page of its referral."""
    address = page.get_by_role("link", name=f"PDF of {occasion}").last.get_attribute("href") or ""
    answer = page.request.get(address)
    assert answer.headers["content-type"] == "application/pdf"
    return " ".join(" ".join(each.extract_text() for each in PdfReader(BytesIO(answer.body())).pages).split())


@dataclass
class Keyboard:
    """Somebody who uses the keyboard alone; `done` counts presses, choices and fields filled in."""

    page: Page
    done: int = 0

    def presses(self, target: Locator) -> None:
        self._reaches(target)
        self.page.keyboard.press("Enter")
        self.done += 1

    def chooses(self, target: Locator) -> None:
        self._reaches(target)
        self.page.keyboard.press("Space")
        expect(target).to_be_checked()
        self.done += 1

    def writes(self, target: Locator, text: str) -> None:
        self._reaches(target)
        self.page.keyboard.type(text)
        self.done += 1

    def _reaches(self, target: Locator) -> None:
        expect(target).to_be_attached()
        for _ in range(80):
            if target.evaluate("each => each === document.activeElement"):
                assert target.evaluate(FOCUS_SHOWS), f"Nobody sees that {target} has the focus."
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"The keyboard does not come to {target}.")
