"""From a letter to a closed matter, for each family of time limits, as an adviser does it."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.advice.advising import Advised
from tests.factories import World
from tests.house.advice import a_limit, advised_in
from tests.journeys.screens import Screens, problems_for_some_readers
from wraparound.advice.models import Matter, TimeLimit
from wraparound.advice.states import LimitStatus, MatterStatus
from wraparound.organisations.actor import acting_as
from wraparound.pathways.vocabulary import Nation
from wraparound.time_limits.definition import Family, Rule
from wraparound.time_limits.working_out import rules_for

CATEGORY = {
    Family.HOMELESSNESS: "housing",
    Family.POSSESSION: "housing",
    Family.BREATHING_SPACE: "debt",
    Family.EMPLOYMENT: "employment",
    Family.IMMIGRATION: "immigration",
}


def first_of(family: Family) -> Rule:
    return next(rule for rule in rules_for(Nation.ENGLAND) if rule.family is family)


def open_a_matter(page: Page, found: Advised, category: str) -> None:
    page.goto(f"/matters/for/{found.case.pk}/?category={category}")
    page.get_by_label("What is it, in a few words?").fill("A letter came")
    page.get_by_label("Information", exact=True).check()
    page.get_by_role("group", name="How far has it come?").get_by_role("radio").first.check()
    kind = page.get_by_label("Matter type: what it is")
    if kind.count():
        kind.select_option(index=1)
    page.get_by_role("button", name="Save").click()


def work_out(page: Page, rule: Rule, day: date) -> None:
    page.get_by_role("button", name="Work out a last day").click()
    page.get_by_role("link", name=rule.title, exact=True).click()
    for fact in rule.asks_dates:
        asked = page.get_by_role("group", name=fact.label)
        for label, part in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            asked.get_by_label(label).fill(str(part))
    tenure = page.get_by_role("group", name="Whose home is it?")
    if tenure.count():
        tenure.get_by_role("radio").first.check()
    page.get_by_role("button", name="Work out the last day").click()


def says_what_came_of_it(page: Page) -> None:
    page.get_by_role("group", name="Which of these is it?").get_by_role("radio").first.check()
    page.get_by_label("What came of it?").fill("Sent, and accepted.")
    page.get_by_role("button", name="Close it").click()


@pytest.mark.parametrize("family", Family)
def test_from_a_letter_to_a_closed_matter(family: Family, world: World, screens: Screens) -> None:
    found, rule = advised_in(world), first_of(family)
    by = found.adviser
    page = screens(by, scripts=False)
    open_a_matter(page, found, CATEGORY.get(family, "benefits"))
    work_out(page, rule, by.today() - timedelta(days=3))
    expect(page.get_by_role("heading", level=1)).to_contain_text(rule.title)
    with acting_as(by):
        limit = TimeLimit.objects.get()
    if limit.last_day:
        expect(page.get_by_text("The last day is")).to_be_visible()
        page.get_by_role("button", name="Confirm this day").click()
    else:
        expect(page.get_by_text("Check this: the product gives no day")).to_be_visible()
        expect(page.get_by_role("heading", name="Find out first")).to_be_visible()
        page.get_by_role("link", name="Set the day").click()
        soon = by.today() + timedelta(days=5)
        for label, part in (("Day", soon.day), ("Month", soon.month), ("Year", soon.year)):
            page.get_by_label(label, exact=True).fill(str(part))
        page.get_by_label("Where does this day come from?").fill("The duty solicitor rang back.")
        page.get_by_role("button", name="Save the day").click()
    expect(page.get_by_text("Confirmed by Ana Sousa")).to_be_visible()
    page.get_by_role("link", name="Back", exact=True).click()
    page.get_by_role("link", name="Close it").click()
    says_what_came_of_it(page)
    expect(page.get_by_text("A time limit still runs").first).to_be_visible()
    page.goto(f"/time-limit/{limit.pk}/")
    page.get_by_role("link", name="It is done").click()
    page.get_by_label("What was done, and when?").fill("Sent today, with proof of posting.")
    page.get_by_role("button", name="Save").click()
    page.goto(f"/matter/{limit.matter_id}/close/")
    says_what_came_of_it(page)
    expect(page.get_by_text("Closed,")).to_be_visible()
    with acting_as(by):
        assert TimeLimit.objects.get().status == LimitStatus.MET
        assert Matter.objects.get().status == MatterStatus.CLOSED


def test_the_nearest_day_is_on_the_first_page_the_list_and_the_worklist(world: World, screens: Screens) -> None:
    a_limit(world)
    page = screens(world.adviser)
    page.goto("/time-limits/")
    expect(page.get_by_role("link", name="Ask for a mandatory reconsideration")).to_be_visible()
    assert problems_for_some_readers(page) == []
    page.goto("/worklist/")
    expect(page.get_by_text("Time limit: ")).to_be_visible()


def test_what_is_beyond_somebody_says_who_could_take_it_and_keeps_what_was_typed(
    world: World, screens: Screens
) -> None:
    found = advised_in(world)
    page = screens(found.adviser)
    page.goto(f"/matters/for/{found.case.pk}/?category=benefits")
    page.get_by_label("What is it, in a few words?").fill("Hearing in March")
    page.get_by_label("Representation", exact=True).check()
    page.get_by_label("First tribunal").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Here it could be taken by Joy Mensah").first).to_be_visible()
    expect(page.get_by_label("What is it, in a few words?")).to_have_value("Hearing in March")
    assert problems_for_some_readers(page) == []
