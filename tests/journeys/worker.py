"""What somebody at a service does."""

from datetime import datetime

from playwright.sync_api import Page, expect

from wraparound.pathways.calendar import local


def opens_the_worklist(page: Page) -> None:
    page.goto("/worklist/")
    expect(page.get_by_role("heading", name="Worklist")).to_be_visible()


def claims(page: Page, name: str) -> None:
    opens_the_worklist(page)
    page.get_by_role("button", name=f"Claim {name}").click()
    is_told(page, "Claimed. It is yours to accept or decline by")


def opens(page: Page, name: str) -> None:
    opens_the_worklist(page)
    page.get_by_role("table").get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", name="Where each service is")).to_be_visible()


def opens_more(page: Page) -> None:
    """What stands behind “More”, in every part of the journey page."""
    for more in page.locator("details.wr-more:not([open]) > summary").all():
        more.click()


def accepts(page: Page) -> None:
    page.get_by_role("button", name="Accept").click()
    is_told(page, "Accepted. Make first contact by")


def records_an_attempt(page: Page, how: str, result: str, *, when: datetime | None = None, remark: str = "") -> None:
    page.get_by_role("button", name="Record contact or an appointment").click()
    page.get_by_role("radio", name=how).check()
    page.get_by_role("radio", name=result).check()
    if when is not None:
        page.get_by_role("radio", name="Earlier").check()
        here = local(when)
        for part, said in (("Day", here.day), ("Month", here.month), ("Year", here.year), ("Time", f"{here:%H:%M}")):
            page.get_by_label(part, exact=True).fill(str(said))
    page.get_by_label("Anything your team needs to know about it").fill(remark)
    page.get_by_role("button", name="Record", exact=True).click()
    is_told(page, "Recorded.")


def writes_a_note(page: Page, text: str) -> None:
    page.get_by_role("button", name="Write a note").click()
    page.get_by_label("Note", exact=True).fill(text)
    page.get_by_role("button", name="Save the note").click()
    is_told(page, "Note saved.")


def hands_over(page: Page, *needs: str, told: str) -> None:
    opens_more(page)
    page.get_by_role("link", name="Warm handover").click()
    for box in page.get_by_role("checkbox", checked=True).all():
        box.uncheck()
    for need in needs:
        page.get_by_role("checkbox", name=need).check()
    page.get_by_label("What have they already told you?").fill(told)
    page.get_by_role("radio", name="By phone or video").check()
    page.get_by_role("button", name="Hand over").click()
    is_told(page, "Handed over.")


def opens_the_conversation(page: Page) -> None:
    """From the journey's page."""
    page.get_by_role("link", name="Conversation and plan").click()
    page.get_by_role("button", name="the conversation").click()
    expect(page.get_by_role("heading", name="Conversation")).to_be_visible()


def closes(page: Page, outcome: str) -> None:
    opens_more(page)
    page.get_by_role("link", name="Close with outcome").click()
    page.get_by_role("radio", name=outcome).check()
    page.get_by_role("button", name="Close", exact=True).click()
    is_told(page, "Closed. The referrer is told.")


def declines(page: Page, reason: str) -> None:
    opens_more(page)
    page.get_by_role("link", name="Decline").click()
    page.get_by_role("radio", name=reason).check()
    page.get_by_role("button", name="Decline and tell the referrer").click()
    is_told(page, "Declined. The referrer is told")


def is_told(page: Page, sentence: str) -> None:
    expect(page.get_by_role("status").filter(has_text=sentence)).to_be_visible()
