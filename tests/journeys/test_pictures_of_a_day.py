"""The guides' pictures of those who refer, who are asked, who work with people and who ask for help themselves."""

from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.factories import World, referral_to
from tests.journeys import clinician, given, referring_in, worker
from tests.journeys.pictures import COLUMN, WIDTH, Clock, somebody, take
from tests.journeys.screens import PHONE, Screens
from tests.journeys.test_asking import answer
from wraparound.casework.to_do import add_task
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.models import Organisation, SafeguardingLead, Scheme, Team, User
from wraparound.organisations.pathways import publish
from wraparound.pathways.library import load
from wraparound.pathways.vocabulary import Need, Service, UrgentFlag
from wraparound.people.actions import change_contact
from wraparound.people.models import Person
from wraparound.referrals.actions import claim, decline
from wraparound.referrals.asking import ask
from wraparound.referrals.models import Journey, Referral
from wraparound.referrals.sharing_out import assign
from wraparound.referrals.signposting import signpost_only
from wraparound.referrals.states import DeclineReason
from wraparound.referrals.transferring import offer
from wraparound.web.asking import views

SENDS_ON = "Lives above the Rights First office, and has asked for somebody near."


@pytest.fixture
def place(clock: Clock, world: World) -> World:
    """The world of these pictures, with what a slip and a page for the public say of it."""
    Team.objects.filter(pk=world.social.pk).update(phone="020 7946 0110")
    Team.objects.filter(pk=world.advice.pk).update(
        phone="020 7946 0120", opening="Monday to Friday, 9am to 5pm; Wednesday until 7pm"
    )
    Organisation.objects.filter(pk=world.social.organisation_id).update(phone="020 7946 0110")
    Organisation.objects.filter(pk=world.advice.organisation_id).update(address="2 Market Hall, Riverbank")
    return world


def link_work(world: World, number: int, *needs: Need, days_ago: int = 1, **changes: object) -> Referral:
    """Somebody sent to the link workers alone."""
    wanted = frozenset(needs or {Need.LONELINESS})
    journey = given.a_referral(world, days_ago=days_ago, advice_ticked=False, person=somebody(number), needs=wanted,
                               **changes)  # fmt: skip
    referral = referral_to(journey, world.link_worker)
    referral.journey = journey
    return referral


def in_panel(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name)


def test_who_refers(place: World, screens: Screens) -> None:
    """A clinician's first page and question, and a slip."""
    by = place.link_worker
    asked, not_taken = link_work(place, 0, days_ago=3), link_work(place, 1, Need.WELLBEING, days_ago=3)
    with acting_as(by):
        claim(by=by, referral=asked)
        ask(
            by=by.at(given.days_before(0)), referral=asked, question="Does she use a wheelchair? The choir is upstairs."
        )
        decline(by=by, referral=not_taken, reason=DeclineReason.NOT_FOR_US)
    Team.objects.filter(pk=place.advice.pk).update(closed_until=given.days_before(-9).date())
    given.a_referral(place, days_ago=0, person=somebody(2), needs=frozenset({Need.DEBT}))
    page = screens(place.clinician, width=WIDTH)
    page.goto("/home/")
    take(page, "home-clinician", last=page.get_by_role("link", name="All that you have referred"))
    page.get_by_role("link", name="Maryam Siddiq").click()
    page.get_by_role("button", name="Answer the question").click()
    page.get_by_label("Your answer").fill("She walks with a stick. Two steps are fine, a whole floor is not.")
    take(
        page,
        "question",
        width=COLUMN,
        first=page.get_by_role("heading", level=1),
        last=page.get_by_role("button", name="Answer"),
    )
    with acting_as(place.clinician):
        slip = signpost_only(by=place.clinician, service=Service.WELFARE_ADVICE)
    page.goto(f"/signposts/{slip.reference}/")
    take(page, "slip", width=COLUMN, first=page.locator(".wr-slip"), last=page.locator(".wr-slip"))


def test_reception(place: World, screens: Screens) -> None:
    person = given.somebody_known_to_the_practice(place, **vars(somebody(5)))
    publish(scheme=place.scheme, name="reception-booking", pathway=load("reception-booking"), at=given.days_before(0))
    page = screens(place.receptionist, width=WIDTH, height=640)
    page.goto(f"/refer/person/{person.pk}/")
    page.get_by_role("checkbox", name="Money and bills").check()
    expect(clinician.looks_ahead(page)).to_contain_text("session")
    page.evaluate("() => scrollTo(0, 0)")
    take(page, "reception", first=page.get_by_role("heading", level=1), last=page.get_by_text("At the practice"))


def test_a_call(place: World, screens: Screens) -> None:
    made = referring_in.a_call_list(place, 0)
    with acting_as(place.receptionist):
        people = [somebody(number) for number in (3, 8, 14)]
        referring_in.add_people_to_call_list(by=place.receptionist, call_list=made, people=people)
    page = screens(place.receptionist, width=WIDTH)
    page.goto(f"/call-lists/{made.pk}/")
    referring_in.calls_the_next(page)
    last = page.get_by_role("button", name="Put it back without calling")
    take(page, "call", width=COLUMN, first=page.get_by_role("heading", name="What to say"), last=last)


def test_a_link_workers_day(place: World, clock: Clock, screens: Screens) -> None:
    by = place.link_worker
    its_day(place, by, place.second_link_worker)
    page = screens(by, width=WIDTH)
    page.goto("/home/")
    take(page, "home-link-worker", last=page.locator(".wr-now").last)
    worker.opens_the_worklist(page)
    take(page, "worklist", first=page.get_by_role("heading", level=1), last=page.get_by_role("table"))
    page.goto("/tasks/")
    take(page, "tasks", first=page.get_by_role("heading", level=1), last=page.locator(".wr-tasks"))
    referral = link_work(place, 9, Need.ACTIVITY)
    with acting_as(by):
        claim(by=by, referral=referral)
    page.goto(f"/referral/{referral.pk}/send-on/")
    page.get_by_role("radio", name="Welfare advisers").check()
    page.get_by_role("radio", name="The other team is nearer").check()
    page.get_by_label("What does the next team need to know?").fill(SENDS_ON)
    first, last = page.get_by_role("heading", level=1), page.get_by_role("button", name="Send it on")
    take(page, "send-on", width=COLUMN, first=first, last=last)


def its_day(world: World, by: Actor, colleague: Actor) -> None:
    """Something offered, something due, something to do, and somebody new."""
    offered, due, spoken = (
        link_work(world, 4, days_ago=6),
        link_work(world, 5, days_ago=11),
        link_work(world, 6, days_ago=5),
    )
    with acting_as(colleague):
        case = given.accepted(offered.journey, colleague, days_ago=5)
        to = User.objects.get(pk=by.user_id)
        offer(
            by=colleague, referral=case.referral, to=to, why="I am away from Thursday, and she has a form to hand in."
        )
    given.accepted(due.journey, by, days_ago=10)
    case = given.accepted(spoken.journey, by, days_ago=4)
    with acting_as(by):
        for title, days in (("Ring the lunch club about a lift", 0), ("Ask how the first choir evening was", 2)):
            day = (by.now() + timedelta(days=days)).date()
            add_task(by=by, title=title, due_on=day, case=case, worker_id=by.user_id)
    with acting_as(world.link_supervisor):
        given_to = User.objects.get(pk=by.user_id)
        assign(by=world.link_supervisor, referral=link_work(world, 15, Need.WELLBEING), worker=given_to)
    link_work(world, 7, Need.CARING, days_ago=0)
    contact_with_care(world, due.journey)
    link_work(world, 10, Need.BEREAVEMENT, days_ago=0)


def test_contact_with_care_on_a_phone(place: World, screens: Screens) -> None:
    by = place.link_worker
    journey = link_work(place, 11, days_ago=1).journey
    contact_with_care(place, journey)
    case = given.accepted(journey, by)
    page = screens(by, width=PHONE, height=740)
    page.goto(f"/case/{case.pk}/contact-attempt/")
    first, last = page.get_by_role("heading", level=1), in_panel(page, "Contact details")
    take(page, "contact-phone", first=first, last=last)


def contact_with_care(world: World, journey: Journey) -> None:
    with acting_as(world.clinician):
        change_contact(by=world.clinician, person=Person.objects.get(pk=journey.person_id), changes=given.CARE)


def test_a_supervisor_decides(place: World, screens: Screens) -> None:
    by = place.adviser
    flags = frozenset({UrgentFlag.BAILIFFS_DUE})
    journey = given.a_referral(place, days_ago=6, urgent_flags=flags, person=somebody(12))
    case = given.accepted(journey, by, days_ago=5)
    given.tried(case, by, days_ago=[4, 3])
    given.tried_at(case, by, given.at_another_time(2))
    page = screens(place.advice_supervisor, width=WIDTH)
    page.goto(f"/case/{case.pk}/decide/")
    first, last = page.get_by_role("heading", level=1), page.get_by_role("button", name="Decide")
    take(page, "decide", width=COLUMN, first=first, last=last)


def test_a_safeguarding_concern(place: World, screens: Screens) -> None:
    by = place.link_worker
    lead, organisation_id = place.link_supervisor.user_id, place.social.organisation_id
    SafeguardingLead.objects.create(scheme=place.scheme, organisation_id=organisation_id, user_id=lead)
    given.accepted(link_work(place, 13).journey, by)
    page = screens(by, width=WIDTH)
    worker.opens(page, "Samira Haddadi")
    page.locator("summary").filter(has_text="Raise a safeguarding concern").click()
    first, last = page.get_by_role("heading", level=1), page.locator(".wr-raise .nhsuk-details__text")
    take(page, "concern-raise", first=first, last=last)
    page.get_by_role("button", name="In danger from somebody").click()
    take(
        page, "concern-now", first=page.get_by_role("heading", level=1), last=page.get_by_label("What was said or seen")
    )


def test_news(place: World, screens: Screens) -> None:
    person = somebody(15)
    journey = given.a_referral(place, days_ago=3, person=person, needs=frozenset({Need.DEBT, Need.LONELINESS}))
    case = given.accepted(journey, place.link_worker, days_ago=2)
    worker_spoke(case.pk, place, screens)
    digest = given.a_digest(place)
    page = screens(place.clinician, width=WIDTH)
    page.goto(f"/news/{digest.pk}/")
    take(page, "digest", first=page.get_by_role("heading", level=1), last=page.locator(".wr-journeys"))


def worker_spoke(case: int, world: World, screens: Screens) -> None:
    page = screens(world.link_worker)
    worker.opens(page, "Mei-Ling Fong")
    worker.records_an_attempt(page, "Phone", "Spoke with the person")


def test_a_hybrid_worker(clock: Clock, screens: Screens) -> None:
    """One referral for both services, in a single service."""
    world = given.a_world("single-service")
    Scheme.objects.filter(pk=world.scheme.pk).update(model="single")
    Team.objects.filter(pk=world.social.pk).update(also=["welfare_advice"], name="Millbrook hub workers")
    needs = frozenset({Need.DEBT, Need.LONELINESS})
    journey = given.a_referral(world, days_ago=1, person=somebody(14), needs=needs)
    page = screens(world.link_worker, width=WIDTH)
    page.goto(f"/journey/{journey.reference}/")
    panel = page.locator(".wr-standing").first
    take(page, "hybrid", first=panel, last=panel)


def test_somebody_asks_for_help(place: World, screens: Screens, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "QUICKEST", 0)
    Scheme.objects.filter(pk=place.scheme.pk).update(name="Riverbank Together", slug="riverbank")
    page = screens(width=PHONE, height=1050)
    page.goto("/ask/riverbank/")
    page.get_by_role("button", name="Start").click()
    answer(page, "Who needs help?", "I do")
    page.get_by_label("Debt or bills").check()
    page.get_by_label("Meeting people").check()
    take(page, "ask-phone", height=1120)
    answer(page, "What would you like help with?")
    answer(page, "Is any of this true for you now?")
    answer(page, "What is your name?", First_name="Carmen", Last_name="Ortiz")
    answer(page, "Date of birth")
    answer(page, "How can we reach you?", Mobile_phone="07700 900408")
    for group in page.get_by_role("group").all():
        group.get_by_label("Yes", exact=True).check()
    answer(page, "How can we contact you safely?")
    answer(page, "Where do you live?")
    answer(page, "Which GP practice are you with?")
    answer(page, "How can we make it easier for you?")
    answer(page, "Is there anything else we should know?")
    page.get_by_role("button", name="Send").click()
    page.set_viewport_size({"width": PHONE, "height": 920})
    last = page.get_by_text("If other people use this phone")
    take(page, "ask-sent-phone", first=page.locator(".nhsuk-panel"), last=last)
