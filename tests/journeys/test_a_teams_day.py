"""What a team does with a referral after it arrived: at a desk, without scripts, and on a phone."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.factories import World
from tests.journeys import given, the_day, then, worker
from wraparound.organisations.actor import Actor

Sit = Callable[[Actor], Page]


def chooses_from_more(page: Page, text: str) -> None:
    worker.opens_more(page)
    page.locator("details.wr-more").get_by_role("link", name=text).click()


def fills_in_day(page: Page, legend: str, day: date) -> None:
    group = page.get_by_role("group", name=legend)
    for part, said in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        group.get_by_label(part).fill(str(said))


def test_a_team_asks_the_referrer_and_goes_on_with_the_answer(world: World, sit: Sit) -> None:
    given.a_referral(world, advice_ticked=False)
    amara, leila = sit(world.clinician), sit(world.link_worker)
    worker.claims(leila, "Rosa Duarte")
    worker.opens(leila, "Rosa Duarte")
    chooses_from_more(leila, "Ask the referrer")
    leila.get_by_label("What do you need to know").fill(the_day.QUESTION)
    then.everybody_can_use(leila)
    leila.get_by_role("button", name="Ask", exact=True).click()
    worker.is_told(leila, "Asked. Elm Street Surgery is told")

    amara.goto("/referrals/")
    then.it_says(amara, "Your turn")
    amara.get_by_role("link", name="Rosa Duarte").click()
    then.it_says(amara, the_day.QUESTION)
    then.everybody_can_use(amara)
    amara.get_by_role("button", name="Answer the question").click()
    amara.get_by_label("Your answer").fill("The third, and the lift is broken.")
    then.everybody_can_use(amara)
    amara.get_by_role("button", name="Answer", exact=True).click()
    worker.is_told(amara, "Answered. Link workers can go on now.")

    worker.opens_the_worklist(leila)
    then.it_says(leila, "For you now", "Elm Street Surgery answered your question.")
    then.everybody_can_use(leila)
    leila.locator(".wr-for-you").get_by_role("link", name="Rosa Duarte").click()
    then.it_says(leila, "The third, and the lift is broken.")
    worker.accepts(leila)
    then.everybody_can_use(leila)


def test_a_referral_is_sent_on_to_the_team_that_can_help(world: World, sit: Sit) -> None:
    given.a_referral(world, advice_ticked=False)
    leila, ana = sit(world.link_worker), sit(world.adviser)
    worker.opens(leila, "Rosa Duarte")
    chooses_from_more(leila, "Send to another team")
    leila.get_by_role("radio", name="Welfare advisers").check()
    leila.get_by_role("radio", name="The other team can help better with this").check()
    leila.get_by_label("What does the next team need to know?").fill("Rent arrears; a letter came on Monday.")
    then.everybody_can_use(leila)
    leila.get_by_role("button", name="Send it on").click()
    worker.is_told(leila, "Sent on. Welfare advisers has it now")

    worker.opens(ana, "Rosa Duarte")
    then.it_says(ana, "Rent arrears; a letter came on Monday.", "Sent on to another team before work began.")
    worker.accepts(ana)
    then.everybody_can_use(ana)


def test_work_is_paused_and_started_again_and_what_happened_is_told(world: World, sit: Sit) -> None:
    the_day.taken_on(world)
    leila = sit(world.link_worker)
    worker.opens(leila, "Rosa Duarte")
    worker.records_an_attempt(leila, "In person", "Came to an appointment")
    chooses_from_more(leila, "Pause until a day")
    leila.get_by_role("radio", name="In hospital").check()
    fills_in_day(leila, "The day on which it goes on", timezone.localdate() + timedelta(days=14))
    then.everybody_can_use(leila)
    leila.get_by_role("button", name="Pause", exact=True).click()
    worker.is_told(leila, "Paused until")
    then.it_says(leila, "In hospital", "The person came to an appointment with Link workers.")
    then.everybody_can_use(leila)
    leila.get_by_role("button", name="Start again now").click()
    worker.is_told(leila, "Started again.")
    then.it_says(leila, "Leila Haddad started the work at Link workers again.")


def test_a_colleague_takes_the_work_on_or_says_why_not(world: World, sit: Sit) -> None:
    the_day.taken_on(world)
    leila, tom = sit(world.link_worker), sit(world.second_link_worker)
    for why_not in ("I am full until May.", ""):
        worker.opens(leila, "Rosa Duarte")
        chooses_from_more(leila, "Offer to a colleague")
        leila.get_by_role("radio", name="Tom Price").check()
        leila.get_by_label("What do they need to know?").fill("I am away from Monday.")
        then.everybody_can_use(leila)
        leila.get_by_role("button", name="Offer it").click()
        worker.is_told(leila, "Offered to Tom Price. It stays yours until they take it on.")
        worker.opens_the_worklist(tom)
        then.it_says(tom, "Leila Haddad asks you to take this on. I am away from Monday.")
        tom.locator(".wr-for-you").get_by_role("link", name="Rosa Duarte").click()
        if not why_not:
            break
        tom.get_by_role("button", name="Not take on").click()
        tom.get_by_label("A sentence for your colleague").fill(why_not)
        tom.get_by_role("button", name="Do not take it on").click()
        worker.opens_the_worklist(leila)
        then.it_says(leila, "Tom Price did not take this on: I am full until May. It is still yours.")
    then.everybody_can_use(tom)
    tom.get_by_role("button", name="Take on", exact=False).first.click()
    worker.is_told(tom, "Taken on. It is yours now.")
    worker.opens_more(tom)
    expect(tom.get_by_role("link", name="Pause until a day")).to_be_visible()


def test_a_supervisor_decides_and_the_worker_writes(world: World, sit: Sit) -> None:
    case = the_day.to_decide(world)
    ana, joy = sit(world.adviser), sit(world.advice_supervisor)
    ana.goto(f"/case/{case.pk}/lost-contact/")
    then.it_says(ana, "All tries are made.", "a supervisor’s decision")
    worker.opens_the_worklist(joy)
    then.it_says(joy, "all tries are made. Decide how to go on")
    joy.locator(".wr-for-you").get_by_role("link", name="Rosa Duarte").click()
    joy.get_by_role("button", name="Decide how to go on").click()
    joy.get_by_role("radio", name="Write to them, and go on trying").check()
    then.everybody_can_use(joy)
    joy.get_by_role("button", name="Decide", exact=True).click()
    worker.is_told(joy, "The worker has a task to write to them, and goes on trying.")
    worker.opens(ana, "Rosa Duarte")
    then.it_says(ana, "To do", "Write to them", "Joy Mensah decided to write to the person, and go on trying.")
    then.everybody_can_use(ana)
    ana.get_by_role("button", name=re.compile("Done.*Write to them")).click()
    worker.is_told(ana, "Done.")


def test_a_task_is_written_down_given_and_done(world: World, sit: Sit) -> None:
    the_day.taken_on(world)
    leila, tom = sit(world.link_worker), sit(world.second_link_worker)
    worker.opens(leila, "Rosa Duarte")
    chooses_from_more(leila, "Add a task")
    leila.get_by_label("What is to be done?").fill("Ring the lunch club about a lift")
    fills_in_day(leila, "The day by which it is to be done", timezone.localdate())
    then.everybody_can_use(leila)
    leila.get_by_role("button", name="Add the task").click()
    worker.is_told(leila, "Task added.")
    worker.opens_the_worklist(leila)
    then.it_says(leila, "Ring the lunch club about a lift")
    leila.get_by_role("link", name="Tasks", exact=True).click()
    then.everybody_can_use(leila)
    leila.get_by_role("link", name="Give to somebody else").click()
    leila.get_by_role("radio", name="Tom Price").check()
    leila.get_by_role("button", name="Give", exact=True).click()
    worker.is_told(leila, "Given.")
    tom.goto("/tasks/")
    tom.get_by_role("button", name=re.compile("Done.*Ring the lunch club")).click()
    worker.is_told(tom, "Done.")
    then.it_says(tom, "Nothing is to be done.")


def test_closed_work_is_opened_again_when_the_person_comes_back(world: World, sit: Sit) -> None:
    the_day.taken_on(world)
    leila = sit(world.link_worker)
    worker.opens(leila, "Rosa Duarte")
    here = leila.url
    worker.closes(leila, "Helped with part of it")
    leila.goto(here)
    worker.opens_more(leila)
    leila.get_by_role("button", name="Open again").click()
    worker.is_told(leila, "Opened again. It is yours: make contact, and write it down.")
    then.it_says(leila, "Leila Haddad opened the work at Link workers again.")
    then.everybody_can_use(leila)
