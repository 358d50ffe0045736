"""An adviser's way from the budget to the statement, what came of the matter, its closing and the day's time."""

import pytest
from playwright.sync_api import expect

from tests.factories import World
from tests.house.advice import a_matter, advised_in
from tests.house.money import a_budget
from tests.journeys import then
from tests.journeys.screens import PHONE, Screens
from wraparound.budget.models import StatementPaper
from wraparound.budget.tasks import set_paper
from wraparound.organisations.actor import acting_as
from wraparound.outcomes.models import Outcome, TimeSpent


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (PHONE, False)], ids=["wide", "a phone without scripts"])
def test_from_the_budget_to_the_day_confirmed(world: World, screens: Screens, width: int, scripts: bool) -> None:
    matter, by = a_matter(world), world.adviser
    page = screens(by, width=width, scripts=scripts)
    with acting_as(by):
        reference = matter.case.journey.reference
    page.goto(f"/journey/{reference}/")
    page.get_by_role("link", name="Money and outcomes").click()
    page.get_by_role("button", name="Begin the budget").click()
    page.get_by_label("Adults who share the money").fill("1")
    page.get_by_label("Ages of the children").fill("3 and 7")
    page.get_by_label("Universal Credit, as it is paid", exact=True).fill("1,100.50")
    page.get_by_label("Rent", exact=True).fill("90")
    page.get_by_label("Rent: how often", exact=True).select_option("week")
    page.get_by_label("Food and cleaning", exact=True).fill("60")
    if scripts:
        then.everybody_can_use(page)
    page.get_by_role("button", name="Save the budget").click()
    # 1100.50 less 90 and 60 a week, which make 390 and 260 a month.
    then.it_says(page, "£390.00", "£450.50", "children 3, 7")

    page.get_by_role("button", name="Add a debt").click()
    page.get_by_label("Whom is it owed to?").fill("Eastmarsh Homes")
    page.get_by_label("What kind of debt is it?").select_option("rent_arrears")
    page.get_by_label("How much is owed in all?").fill("640")
    page.get_by_label("What is paid towards it now?").fill("10")
    page.get_by_label("How often it is paid").select_option("week")
    page.get_by_role("button", name="Save and add another").click()
    page.get_by_label("Whom is it owed to?").fill("Northmoor Bank")
    page.get_by_label("What kind of debt is it?").select_option("credit_card")
    page.get_by_label("How much is owed in all?").fill("£1,200")
    page.get_by_role("button", name="Save", exact=True).click()
    then.it_says(page, "Priority", "The home can be lost.", "Could be offered: £407.17 a month.")
    page.get_by_role("button", name="Make a statement").click()
    page.get_by_role("radio", name="They said so").check()
    page.get_by_role("button", name="Make the paper").click()
    with acting_as(by):
        paper = StatementPaper.objects.get()
    set_paper.now(by=by, paper_id=paper.pk)
    link = page.get_by_role("link", name="The statement as a PDF").get_attribute("href") or ""
    answer = page.request.get(link)
    assert answer.headers["content-type"] == "application/pdf"

    page.goto(f"/matter/{matter.pk}/")
    page.get_by_role("link", name="Write down an outcome").click()
    page.get_by_role("link", name="More income that goes on").click()
    page.get_by_label("How much more do they get?").fill("73.90")
    for part, value in (("Day", "1"), ("Month", "11"), ("Year", "2026")):
        page.get_by_role("group", name="From when is it paid?").get_by_label(part).fill(value)
    page.get_by_role("radio", name="Confirmed").check()
    page.get_by_label("What have you seen?").fill("Award letter of 3 November")
    page.get_by_role("radio", name="10", exact=True).check()
    page.get_by_role("button", name="Save").click()
    then.it_says(page, "It counts as £3,842.80", "Award letter of 3 November", "10 minutes")
    page.get_by_role("link", name="Put it right").click()
    page.get_by_label("How much more do they get?").fill("70.00")
    page.get_by_role("button", name="Save").click()
    then.it_says(page, "It counts as £3,640.00")
    page.get_by_role("link", name="what the person says changed").click()
    page.get_by_label("What is different for you now?").fill("I sleep again")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Close it").click()
    page.get_by_label("What came of it?").fill("Award reinstated")
    page.get_by_role("button", name="Close it").click()
    then.it_says(page, "I sleep again", "Award reinstated")

    page.goto("/my-day/")
    page.get_by_label("Something else that you did").fill("Bus to the hearing")
    page.get_by_label("Minutes for that").fill("40")
    page.get_by_label("What kind of work was it?").select_option("travel")
    if scripts:
        then.everybody_can_use(page)
    page.get_by_role("button", name="Confirm the day").click()
    then.it_says(page, "Confirmed", "Bus to the hearing", "Travel")
    with acting_as(by):
        assert TimeSpent.objects.filter(what="Bus to the hearing", minutes=40).exists()
        assert TimeSpent.objects.filter(matter=matter).exists()


def test_a_matter_without_an_outcome_asks_for_one_that_needs_no_sum(world: World, screens: Screens) -> None:
    matter = a_matter(world)
    page = screens(world.adviser)
    page.goto(f"/matter/{matter.pk}/close/")
    page.get_by_role("radio", name="Not known").check()
    page.get_by_label("What came of it?").fill("She moved away")
    page.get_by_role("button", name="Close it").click()
    then.it_says(page, "She moved away", "Not known")
    with acting_as(world.adviser):
        assert Outcome.objects.get().kind == "not_known"


def test_two_who_write_one_line_at_once_lose_nothing(world: World, screens: Screens) -> None:
    case = a_budget(world)
    first, second = screens(world.adviser), screens(world.advice_supervisor)
    for page in (first, second):
        page.goto(f"/money/case/{case.pk}/budget/")
    first.get_by_label("Rent", exact=True).fill("95")
    first.get_by_role("button", name="Save the budget").click()
    expect(first.get_by_text("Saved.")).to_be_visible()
    second.get_by_label("Rent", exact=True).fill("99")
    second.get_by_label("Gas", exact=True).fill("12")
    second.get_by_role("button", name="Save the budget").click()
    then.it_says(second, "wrote £95.00 a week here meanwhile", "Everything else is saved.")
    assert second.get_by_label("Rent", exact=True).input_value() == "99"
    second.get_by_role("button", name="Save the budget").click()
    then.it_says(second, "£429.00", "£52.00")


def test_a_note_may_say_how_long_it_took(world: World, screens: Screens) -> None:
    case = advised_in(world).case
    page = screens(world.adviser)
    page.goto(f"/case/{case.pk}/note/")
    page.get_by_label("Note").fill("Rang the landlord")
    page.get_by_role("radio", name="15", exact=True).check()
    page.get_by_role("button", name="Save the note").click()
    then.it_says(page, "Rang the landlord")
    with acting_as(world.adviser):
        assert TimeSpent.objects.get().minutes == 15
