"""One worker for both sides of a person: plan and matters on one page, and a specialist beside them when it is more."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.advice.advising import permit
from tests.factories import World, member, referral_to
from tests.journeys import given, then, worker
from tests.journeys.screens import PHONE, Screens
from wraparound.advice.competence import record_permission
from wraparound.advice.models import Matter, Permission
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.models import Scheme, Team
from wraparound.organisations.roles import Role
from wraparound.pathways.vocabulary import Model, Service
from wraparound.referrals.models import Referral

HEARING = "The hearing about her PIP"


@pytest.fixture
def hub(world: World) -> World:
    """The link workers' team does both, as a scheme of one service is set up; the advice centre is its partner."""
    Scheme.objects.filter(pk=world.scheme.pk).update(model=Model.SINGLE)
    Team.objects.filter(pk=world.social.pk).update(also=[Service.WELFARE_ADVICE])
    links = world.social.organisation
    made = (
        member(world.scheme, links, Role.HYBRID_WORKER, "Noor Aziz", world.social),
        member(world.scheme, links, Role.ADVISER, "Femi Cole", world.social),
    )
    world.actors["hybrid"], world.actors["colleague"] = (replace(each, moment=None) for each in made)
    with acting_as(world.link_supervisor):
        record_permission(by=world.link_supervisor, kind=Permission.Kind.INSURANCE, starts=date(2025, 1, 1))
    permit(world, Permission.Kind.INSURANCE)
    return world


def opens_a_matter(page: Page, title: str, level: str, stage: str) -> None:
    page.get_by_role("link", name="Open a matter", exact=True).click()
    page.get_by_role("radio", name="Welfare benefits").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("What is it, in a few words?").fill(title)
    page.get_by_label(level, exact=True).check()
    page.get_by_label(stage, exact=True).check()


def works_out_the_last_day(page: Page, dated: date) -> None:
    page.get_by_role("button", name="Work out a last day").click()
    page.get_by_role("link", name="Ask for a mandatory reconsideration", exact=True).click()
    letter = page.get_by_role("group", name="What is the date on the letter?")
    for label, part in (("Day", dated.day), ("Month", dated.month), ("Year", dated.year)):
        letter.get_by_label(label).fill(str(part))
    page.get_by_role("button", name="Work out the last day").click()
    page.get_by_role("button", name="Confirm this day").click()


def asks_a_specialist_in(page: Page, told: str) -> None:
    page.get_by_role("link", name="Ask a specialist of a partner in").click()
    page.get_by_role("radio", name="Welfare advisers").check()
    page.get_by_label("What have they already told you?").fill(told)
    page.get_by_role("radio", name="By phone or video").check()
    then.everybody_can_use(page)
    page.get_by_role("button", name="Ask them in").click()
    worker.is_told(page, "They are asked, and must accept it. The person stays yours.")


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (PHONE, False)], ids=["wide", "a phone without scripts"])
def test_a_hybrid_workers_day(hub: World, screens: Screens, width: int, scripts: bool) -> None:
    noor_is: Actor = hub.actors["hybrid"]
    journey = given.a_referral(hub, advice_ticked=False)
    noor = screens(noor_is, width=width, scripts=scripts)
    worker.opens(noor, "Rosa Duarte")
    worker.accepts(noor)
    here = noor.url

    worker.opens_the_conversation(noor)
    noor.get_by_label("What they said: money").fill("Her PIP was stopped.")
    noor.get_by_role("button", name="Save", exact=True).click()
    noor.get_by_role("button", name="Add a goal").click()
    noor.get_by_label("What do they want?").fill("Get to the allotment again")
    noor.get_by_role("button", name="Save the goal").click()

    noor.goto(here)
    opens_a_matter(noor, "PIP was stopped", "Casework", "Mandatory reconsideration")
    noor.get_by_role("button", name="Save", exact=True).click()
    works_out_the_last_day(noor, noor_is.today() - timedelta(days=9))
    expect(noor.get_by_text("Confirmed by Noor Aziz")).to_be_visible()

    # Both sides are on the one page, and nothing was sent to anybody for it.
    noor.goto(here)
    then.it_says(noor, "Get to the allotment again", "PIP was stopped", "Ask for a mandatory reconsideration")
    if scripts:
        then.everybody_can_use(noor)
    with acting_as(noor_is):
        assert Referral.objects.visible_to(noor_is).filter(journey=journey).count() == 1

    # A hearing is more than this worker does: it says who could, and keeps what was typed.
    opens_a_matter(noor, HEARING, "Representation", "First tribunal")
    noor.get_by_role("button", name="Save", exact=True).click()
    then.it_says(noor, "Here it could be taken by")
    expect(noor.get_by_label("What is it, in a few words?")).to_have_value(HEARING)
    noor.goto(here)
    noor.get_by_role("link", name="PIP was stopped").click()
    asks_a_specialist_in(noor, "PIP refused in October; the hearing is to be asked for.")

    # The specialist has what was agreed to be told, and neither the plan nor the hybrid worker's matter.
    ana = screens(hub.adviser, width=width, scripts=scripts)
    worker.opens(ana, "Rosa Duarte")
    worker.accepts(ana)
    then.it_says(ana, "PIP refused in October; the hearing is to be asked for.", "No matter yet.")
    expect(ana.get_by_text("Get to the allotment again")).to_have_count(0)
    expect(ana.get_by_text("PIP was stopped")).to_have_count(0)
    noor.goto(here)
    then.it_says(noor, "Your work:", "PIP was stopped")
    with acting_as(noor_is):
        own = referral_to(journey, noor_is)
        assert own.worker_id == noor_is.user_id and own.is_open
        assert [each.worker_id for each in Matter.objects.visible_to(noor_is)] == [noor_is.user_id]
