"""A concern is raised with two presses, and answered by whoever must."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.factories import World, member
from tests.journeys import given, then, worker
from tests.journeys.clinician import Keyboard
from tests.journeys.screens import Screens
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import SafeguardingLead
from wraparound.organisations.roles import Role

KINDS = (
    "Abuse or neglect", "In danger from somebody", "Thoughts of suicide or self-harm", "A child may be at risk",
)  # fmt: skip


def name_a_lead(world: World) -> None:
    SafeguardingLead.objects.create(
        scheme=world.scheme, organisation=world.social.organisation, user_id=world.link_supervisor.user_id
    )


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("link_worker", "/journey/{reference}/"),
        ("link_worker", "/case/{case}/note/"),
        ("clinician", "/referrals/{reference}/"),
        ("receptionist", "/refer/person/{person}/"),
    ],
)
def test_two_presses_with_the_keyboard_raise_it_from_any_page_about_a_person(
    who: str, path: str, scripts: bool, world: World, screens: Screens
) -> None:
    journey = given.a_referral(world)
    case = given.accepted(journey, world.link_worker)
    page = screens(world.actors[who], scripts=scripts)
    page.goto(path.format(reference=journey.reference, case=case.pk, person=journey.person_id))
    keys = Keyboard(page)
    keys.presses(page.locator("summary", has_text="Raise a safeguarding concern"))
    keys.presses(page.get_by_role("button", name="In danger from somebody"))
    expect(page.get_by_role("heading", name="What to do now")).to_be_visible()
    assert keys.done == 2
    then.it_says(page, "999 if anybody is in danger now.", "Do not leave the person", "Somebody must own it by")
    then.everybody_can_use(page)


def test_from_raising_to_its_end(world: World, sit: Callable[[Actor], Page]) -> None:
    name_a_lead(world)
    journey = given.a_referral(world)
    leila, grace = sit(world.link_worker), sit(world.link_supervisor)

    leila.goto(f"/journey/{journey.reference}/")
    leila.locator("summary", has_text="Raise a safeguarding concern").click()
    for kind in KINDS:
        expect(leila.get_by_role("button", name=kind)).to_be_visible()
    then.everybody_can_use(leila)
    leila.get_by_role("button", name=KINDS[0]).click()
    then.it_says(leila, "Grace Obi, named for this at Neighbourly, has been asked.")
    leila.get_by_label("What was said or seen").fill("Her brother keeps her card.")
    leila.get_by_role("button", name="Save").click()
    worker.is_told(leila, "Saved.")

    grace.goto("/concerns/")
    expect(grace).to_have_title("Concerns – Wraparound")
    then.it_says(grace, "Read this and say that you have")
    grace.get_by_role("link", name="Rosa Duarte").click()
    expect(grace).to_have_title("Next steps – Wraparound")
    then.it_says(grace, "Her brother keeps her card.")
    grace.get_by_role("button", name="I have read this").click()
    worker.is_told(grace, "It stays open until somebody owns it.")
    grace.get_by_role("button", name="I own this").click()
    worker.is_told(grace, "It is yours now")
    grace.get_by_role("link", name="Decide whether it is told").click()
    grace.get_by_role("radio", name="Yes: the person agrees").check()
    grace.get_by_role("button", name="Put this on record").click()
    then.it_says(grace, "cannot be told through Wraparound: ring it")
    grace.get_by_role("button", name="End it").click()
    grace.get_by_label("What was done, and why it can end").fill("The card is back; the bank knows.")
    grace.get_by_role("button", name="End it").click()
    worker.is_told(grace, "Ended.")
    then.it_says(grace, "The card is back; the bank knows.")
    then.everybody_can_use(grace)


def test_one_about_the_lead_is_kept_from_the_lead(world: World, sit: Callable[[Actor], Page]) -> None:
    name_a_lead(world)
    journey = given.a_referral(world)
    leila, grace = sit(world.link_worker), sit(world.link_supervisor)
    leila.goto(f"/journey/{journey.reference}/")
    leila.locator("summary", has_text="Raise a safeguarding concern").click()
    leila.get_by_role("link", name="It is about somebody who works here").click()
    leila.get_by_role("checkbox", name="Grace Obi").check()
    leila.get_by_role("radio", name=KINDS[0]).check()
    leila.get_by_role("button", name="Raise it").click()
    expect(leila.get_by_role("heading", name="What to do now")).to_be_visible()
    then.it_does_not_say(leila, "Grace Obi")
    grace.goto("/concerns/")
    then.it_says(grace, "Nothing is open that you may see.")


def test_a_reader_chooses_and_reads_the_news(world: World, sit: Callable[[Actor], Page]) -> None:
    journey = given.a_referral(world)
    given.accepted(journey, world.link_worker)
    amara = sit(world.clinician)
    amara.goto("/referrals/")
    amara.get_by_role("link", name="How you hear from us").click()
    amara.get_by_role("radio", name="Once a week").check()
    amara.get_by_role("button", name="Save").click()
    worker.is_told(amara, "Saved.")
    expect(amara.get_by_role("radio", name="Once a week")).to_be_checked()
    given.a_digest(world)
    amara.reload()
    amara.get_by_role("link", name="News to").click()
    then.it_says(amara, "Rosa Duarte", "Social prescribing: accepted")
    then.everybody_can_use(amara)


def test_what_its_owner_has_left_another_takes_on_and_looks_at_again(
    world: World, sit: Callable[[Actor], Page]
) -> None:
    concern = given.a_concern(world, owned=True, days_ago=9)
    second = member(world.scheme, world.social.organisation, Role.SUPERVISOR, "Ola Berg", world.social)
    grace, bo = sit(world.link_supervisor), sit(second)
    grace.goto("/home/")
    then.it_says(grace, "Look again now: it was due by")
    grace.goto(f"/concerns/{concern.pk}/")
    then.it_says(grace, "Look at it again now: others who answer here have been asked too.")
    then.everybody_can_use(grace)

    bo.goto("/home/")
    then.it_says(bo, "Its owner has not looked again: ask them, or take this on")
    bo.get_by_role("link", name="Rosa Duarte").first.click()
    then.it_says(bo, "Grace Obi has not looked at this again in time.", "Overdue")
    then.everybody_can_use(bo)
    bo.get_by_role("button", name="I take this on").click()
    worker.is_told(bo, "It is yours now")
    then.it_says(bo, "and looks at it again by")
    bo.get_by_role("button", name="Looked at again: it stays open").click()
    worker.is_told(bo, "Noted that you have looked at it again.")
    bo.goto("/home/")
    then.it_says(bo, "Yours until you end it. Look again by")
    grace.goto("/concerns/")
    then.it_does_not_say(grace, "Look again now", "Overdue")
