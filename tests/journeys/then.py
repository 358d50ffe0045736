"""What holds on a page that a journey has come to."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.screens import SMALLEST, problems_for_some_readers, scrolls_sideways


def everybody_can_use(page: Page) -> None:
    """By eye, by ear, by keyboard, and on the smallest screen. The checker is a script, so it needs scripts."""
    assert not scrolls_sideways(page, SMALLEST)
    if page.evaluate("() => document.body.classList.contains('js-enabled')"):
        assert problems_for_some_readers(page) == []


def it_says(page: Page, *sentences: str) -> None:
    for sentence in sentences:
        expect(page.locator("main")).to_contain_text(sentence)


def it_does_not_say(page: Page, *sentences: str) -> None:
    expect(page.locator("main")).to_be_visible()
    for sentence in sentences:
        assert sentence not in page.content()


def the_error_is(page: Page, sentence: str, field: str) -> None:
    """Above the form with a link to the field, beside the field, and in the title."""
    expect(page).to_have_title(re.compile(r"^Error: ."))
    summary = page.locator(".nhsuk-error-summary")
    expect(summary).to_contain_text(sentence)
    link = summary.get_by_role("link", name=sentence, exact=True)
    link.click()
    box = page.locator(f"#{(link.get_attribute('href') or '#')[1:]}")
    expect(box).to_be_focused()
    beside = page.locator(".nhsuk-error-message").filter(has_text=sentence)
    group = page.locator(".nhsuk-form-group").filter(has=box).filter(has=beside).last
    expect(group).to_contain_text(field)
