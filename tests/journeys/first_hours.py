"""What a first hour begins with: somebody in every chair, what waits for each, and where each may go."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from tests.factories import PASSWORD, World, details, intake, member, referral_to
from tests.journeys import given, schemes, the_day, then
from wraparound.casework.to_do import add_task
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.models import Membership, Partner, SafeguardingLead, Team, User
from wraparound.organisations.roles import Role
from wraparound.pathways.calendar import local
from wraparound.pathways.vocabulary import Need, UrgentFlag
from wraparound.people.models import Person
from wraparound.referrals.actions import claim, decline, refer
from wraparound.referrals.asking import ask
from wraparound.referrals.models import Journey
from wraparound.referrals.states import DeclineReason
from wraparound.referrals.transferring import offer
from wraparound.reporting.counting import recount
from wraparound.safeguarding.actions import raise_concern
from wraparound.safeguarding.states import ConcernKind

_REFERRER = ("Home", "Referrals", "Refer someone")
_WORKER = (*_REFERRER, "Worklist", "Same-day alerts", "My hours")
_ADVISER = (*_REFERRER, "Worklist", "Time limits", "My day", "Same-day alerts", "My hours")
# What the header offers each role.
OFFERED = {
    "clinician": (*_REFERRER, "Call lists", "Concerns"),
    "receptionist": (*_REFERRER, "Call lists"),
    "health_visitor": _REFERRER,
    "ward": _REFERRER,
    "council": _REFERRER,
    "voluntary": (*_REFERRER, "Members"),
    "link_worker": _WORKER,
    "adviser": _ADVISER,
    "hybrid_worker": _ADVISER,
    "advice_supervisor": (
        *_REFERRER, "Worklist", "Time limits", "My day", "Waiting list", "Same-day alerts", "Concerns", "Team",
        "My hours", "Figures",
    ),
    "volunteer": ("Home", "Worklist"),
    "manager": ("Home", "Worklist", "Waiting list", "Same-day alerts", "Concerns", "Team", "Figures"),
    "practice_manager": ("Home", "Referrals", "Figures"),
    "commissioner": ("Home", "Figures"),
    "administrator": ("Home", "Scheme", "Figures"),
}  # fmt: skip
EVERYWHERE = {
    "/refer/": "Refer someone", "/call-lists/": "Call lists", "/worklist/": "Worklist", "/team/": "Team",
    "/hours/": "My hours", "/alerts/": "Same-day alerts", "/scheme/": "Scheme",
    "/figures/": "Figures",
}  # fmt: skip


def everybody(world: World) -> World:
    """The chairs that a small world leaves empty, and a password for all."""
    links, team = world.social.organisation, world.social
    schemes.joins(world, "hybrid_worker", Role.HYBRID_WORKER, "Noor Aziz", links, team)
    schemes.joins(world, "volunteer", Role.VOLUNTEER, "Ian Farrow", links, team)
    schemes.joins(world, "manager", Role.SERVICE_MANAGER, "Mo Khan", links)
    schemes.joins(world, "practice_manager", Role.PRACTICE_MANAGER, "Pat Hill", world.practice)
    have_passwords(world)
    return world


def have_passwords(world: World) -> None:
    users = Membership.objects.filter(scheme=world.scheme).values("user")
    User.objects.filter(pk__in=users).update(password=make_password(PASSWORD))


def signs_in(page: Page, actor: Actor) -> None:
    """As on any morning; it leads to the first page."""
    page.goto("/")
    page.get_by_label("Email address").fill(User.objects.get(pk=actor.user_id).email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    on_the_first_page(page)


def on_the_first_page(page: Page) -> None:
    expect(page.get_by_role("heading", level=1, name="What to do now")).to_be_visible()


def goes_home(page: Page) -> None:
    page.get_by_role("link", name="Wraparound", exact=True).click()
    on_the_first_page(page)


def waiting(page: Page, heading: str) -> Locator:
    """What stands under a heading of the first page."""
    return page.locator("section.wr-now").filter(has=page.get_by_role("heading", name=heading))


def opens(page: Page, heading: str, name: str) -> None:
    """The line about somebody or something, under its heading on the first page."""
    waiting(page, heading).get_by_role("link", name=name, exact=True).click()


def only_what_they_may(page: Page, chair: str) -> None:
    """The header offers exactly this, no link of the page is refused, and what is not offered is."""
    then.everybody_can_use(page)
    menu = page.get_by_role("navigation", name="Menu")
    shown = menu.locator("a").all_inner_texts()
    assert tuple(text.strip() for text in shown) == OFFERED[chair]
    links = page.locator("a[href^='/']").evaluate_all("each => [...new Set(each.map(link => link.pathname))]")
    for path in {*links, *EVERYWHERE}:
        offered = path in links
        assert offered or EVERYWHERE[path] not in OFFERED[chair]
        assert page.request.get(path).status == (200 if offered else 403), path


def sent(by: Actor, name: str, *, days_ago: int = 0, advice: bool = False, **changes: Any) -> Journey:
    """Somebody of this name, referred to the link workers, and to the advisers too with `advice`."""
    given_names, family_name = name.split()
    person = details(given_names=given_names, family_name=family_name, date_of_birth=None)
    by = by.at(given.days_before(days_ago)) if days_ago else by
    with acting_as(by):
        return refer(
            by=by,
            intake=intake(person=person, needs=frozenset({Need.LONELINESS}), advice_ticked=advice, **changes),
        )


def asked(world: World, by: Actor, name: str) -> None:
    """The link workers ask the referrer about somebody."""
    worker, referral = world.second_link_worker, referral_to(sent(by, name), world.second_link_worker)
    with acting_as(worker):
        ask(by=worker, referral=claim(by=worker, referral=referral), question="Which floor, and is there a lift?")


def not_taken(world: World, by: Actor, name: str) -> None:
    worker, referral = world.second_link_worker, referral_to(sent(by, name), world.second_link_worker)
    with acting_as(worker):
        decline(by=worker, referral=referral, reason=DeclineReason.PERSON_SAID_NO)


def a_day(world: World) -> World:
    """Something waits for everybody, each with people of their own."""
    for_referrers(world)
    for_workers(world)
    for_those_who_manage(world)
    return world


def for_referrers(world: World) -> None:
    for chair, name in (("clinician", "Ada Obi"), ("health_visitor", "Dina Roy"), ("council", "Finn Gray")):
        asked(world, world.actors[chair], name)
    for chair, name in (("clinician", "Ben Cole"), ("receptionist", "Cem Kaya"), ("ward", "Eva Stone")):
        not_taken(world, world.actors[chair], name)
    Team.objects.filter(pk=world.advice.pk).update(closed_until=timezone.localdate() + timedelta(days=9))
    sent(world.voluntary, "Gita Shah", advice=True)
    Team.objects.filter(pk=world.advice.pk).update(closed_until=None)


def for_workers(world: World) -> None:
    offered = given.accepted(sent(world.clinician, "Hana Ito"), world.second_link_worker)
    colleague = User.objects.get(pk=world.link_worker.user_id)
    with acting_as(world.second_link_worker):
        offer(by=world.second_link_worker, referral=offered.referral, to=colleague, why="I am away from Monday.")
    case = given.accepted(sent(world.clinician, "Jo Marsh"), world.link_worker)
    with acting_as(world.link_worker):
        add_task(
            by=world.link_worker, title="Ring the lunch club", due_on=local(timezone.now()).date(), case=case,
            worker_id=world.link_worker.user_id,
        )  # fmt: skip
    late = sent(world.clinician, "Kofi Mensah", days_ago=8, urgent_flags=frozenset({UrgentFlag.LEGAL_DEADLINE_NEAR}))
    given.accepted(late, world.adviser, days_ago=7)
    sent(world.clinician, "Lia Costa", advice=True)


def for_those_who_manage(world: World) -> None:
    the_day.to_decide(world)
    sent(world.clinician, "Mia Frost", urgent_flags=frozenset({UrgentFlag.NO_FOOD}))
    schemes.places(world.social, 0)
    sent(world.clinician, "Nia Webb")
    schemes.places(world.social, None)
    not_taken(world, world.clinician, "Omar Diaz")
    recount()


def nothing_is_missing(world: World) -> None:
    """What an administrator would be told of is there."""
    Team.objects.filter(scheme=world.scheme).update(places=30)
    Team.objects.filter(pk=world.social.pk).update(same_day_lead=world.link_supervisor.user_id)
    for partner in Partner.objects.filter(scheme=world.scheme).select_related("organisation"):
        # Somebody in none of these chairs: whoever is named is offered concerns, whatever their role.
        lead = member(world.scheme, partner.organisation, Role.VOLUNTEER, "Lou Finch")
        SafeguardingLead.objects.create(scheme=world.scheme, organisation=partner.organisation, user_id=lead.user_id)
    # Nobody's role is new, and whoever lets people in has done so for long.
    long_ago = given.days_before(90)
    Membership.objects.filter(scheme=world.scheme).update(started=long_ago, changed=long_ago)


def a_concern_for(world: World, lead: Actor, name: str) -> None:
    """Raised at the practice, which has named its lead."""
    SafeguardingLead.objects.create(scheme=world.scheme, organisation=world.practice, user_id=lead.user_id)
    by = world.receptionist
    with acting_as(by):
        given_names, family_name = name.split()
        person = Person.objects.visible_to(by).get(given_names=given_names, family_name=family_name)
        raise_concern(by=by, person=person, kind=ConcernKind.DANGER)
