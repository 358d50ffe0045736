"""Somebody asks for help on the public pages."""

from playwright.sync_api import Page, expect

from tests.journeys.test_asking import answer


def asks_for_help(page: Page, slug: str, *needs: str, code: str = "", session: str = "") -> str:
    """Rosa Duarte asks for herself, and for a `session` where one is booked; the reference that she is given."""
    page.goto(f"/ask/{slug}/")
    page.get_by_role("button", name="Start").click()
    answer(page, "Who needs help?", "I do")
    answer(page, "What would you like help with?", *needs)
    answer(page, "Is any of this true for you now?")
    answer(page, "What is your name?", First_name="Rosa", Last_name="Duarte")
    answer(page, "Date of birth")
    answer(page, "How can we reach you?", Mobile_phone="07700 900123")
    for group in page.get_by_role("group").all():
        group.get_by_label("Yes", exact=True).check()
    answer(page, "How can we contact you safely?")
    if session:
        answer(page, "Which appointment would suit you?", session)
    answer(page, "Where do you live?", Postcode="E3 4QX")
    answer(page, "Which GP practice are you with?")
    answer(page, "How can we make it easier for you?")
    page.get_by_label("If somebody gave you a slip with a code").fill(code)
    answer(page, "Is there anything else we should know?")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1, name="Sent")).to_be_visible()
    return page.locator(".wr-reference").inner_text()
