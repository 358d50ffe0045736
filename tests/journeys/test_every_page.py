"""Every page that the product has, found by looking, is one that everybody can use, on any screen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.factories import World, details, referral_to
from tests.journeys import (
    advising,
    documents,
    evidencing,
    given,
    managing,
    money,
    planning,
    referring_in,
    rights,
    setting_up,
    signing_in,
    the_day,
)
from tests.journeys.screens import PHONE, SMALLEST, Screens, problems_for_some_readers, scrolls_sideways
from tests.journeys.stage import do_waiting_jobs
from tests.journeys.test_bad_input import FORMS, NOTHING_TO_GET_WRONG
from wraparound.casework.models import Case
from wraparound.messaging.models import DigestSent, MessageBack
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.models import User
from wraparound.pathways.vocabulary import UrgentFlag
from wraparound.referrals.launching import start_launch, token_of
from wraparound.referrals.models import Journey, Referral, SameDayAlert
from wraparound.safeguarding.models import Concern

# Machines read these; browsers do not.
FOR_MACHINES = ("fhir/", "launch/", "api/", "oauth/", "healthz", "sign-in/with/")
CHAIRS = (
    "nobody", "clinician", "link_worker", "adviser", "advice_supervisor", "receptionist", "commissioner",
    "administrator", "voluntary", "practice_lead", "links_lead",
)  # fmt: skip

ASKED = "main form[method=post] :is(input:not([type=hidden]), textarea, select)"


@dataclass
class Lived:
    """A scheme in which every kind of thing has happened once."""

    world: World
    journey: Journey
    case: Case
    alert: SameDayAlert
    message: MessageBack
    handed_over: Referral
    concern: Concern
    digest: DigestSent

    def launch(self) -> str:
        with acting_as(self.world.clinician):
            return token_of(start_launch(by=self.world.clinician, details=details()))


# What stands for each parameter of a route: by the route's name, or for every route that has the parameter.
OBJECTS: dict[str, Callable[[Lived], Any]] = {
    "slug": lambda lived: lived.world.scheme.slug,
    "reference": lambda lived: lived.journey.reference,
    "token": Lived.launch,
    "refer-person.pk": lambda lived: lived.journey.person_id,
    "withdraw.pk": lambda lived: referral_to(lived.journey, lived.world.adviser).pk,
    "decline.pk": lambda lived: referral_to(lived.journey, lived.world.adviser).pk,
    "answer.pk": lambda lived: referral_to(lived.journey, lived.world.adviser).pk,
    "acknowledge.pk": lambda lived: referral_to(lived.journey, lived.world.adviser).pk,
    "claim.pk": lambda lived: referral_to(lived.journey, lived.world.adviser).pk,
    "release.pk": lambda lived: referral_to(lived.journey, lived.world.adviser).pk,
    "accept.pk": lambda lived: referral_to(lived.journey, lived.world.adviser).pk,
    "message.pk": lambda lived: lived.message.pk,
    "message-pdf.pk": lambda lived: lived.message.pk,
    "handover-seen.pk": lambda lived: lived.handed_over.pk,
    "handover-withdraw.pk": lambda lived: lived.handed_over.pk,
    "alert-acknowledge.pk": lambda lived: lived.alert.pk,
    "alert-help.pk": lambda lived: lived.alert.pk,
    "team-capacity.pk": lambda lived: lived.world.advice.pk,
    "share-out.pk": lambda lived: lived.world.advice.pk,
    "worker.pk": lambda lived: lived.world.adviser.membership_id,
    "working-hours.pk": lambda lived: lived.world.adviser.membership_id,
    "leave.pk": lambda lived: lived.world.adviser.membership_id,
    "leave-change.pk": lambda lived: managing.on_leave(lived.world.adviser).pk,
    "leave-cancel.pk": lambda lived: managing.on_leave(lived.world.adviser).pk,
    "offer-place.pk": lambda lived: given.somebody_waiting(lived.world).pk,
    "unmet-seen.pk": lambda lived: given.an_unmet_need(lived.world).pk,
    "unmet-end.pk": lambda lived: given.an_unmet_need(lived.world).pk,
    "raise-concern.pk": lambda lived: lived.concern.person_id,
    "raise-about-colleague.pk": lambda lived: lived.concern.person_id,
    "concern.pk": lambda lived: lived.concern.pk,
    "digest.pk": lambda lived: lived.digest.pk,
} | {
    name: lambda lived, find=find: find(lived.world)
    for name, find in (setting_up.OBJECTS | referring_in.OBJECTS | signing_in.OBJECTS | the_day.OBJECTS).items()
} | {
    name: lambda lived, find=find: find(lived.world) for name, find in (rights.OBJECTS | planning.OBJECTS).items()
} | {
    name: lambda lived, find=find: find(lived.world)
    for name, find in (advising.OBJECTS | evidencing.OBJECTS | documents.OBJECTS | money.OBJECTS).items()
} | {
    f"concern-{name}.pk": lambda lived: lived.concern.pk
    for name in ("acknowledge", "own", "look-again", "hand-on", "practice", "end")
} | {
    f"{name}.pk": lambda lived: lived.case.pk
    for name in (
        "contact-attempt", "note", "notes", "handover", "close", "lost-contact", "advice-issue", *planning.CASES,
    )
}  # fmt: skip


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, list[str]]]:
    """Each route that is for people, with the names of its parameters."""
    for pattern in patterns:
        path = before + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, path)
        elif not path.startswith(FOR_MACHINES):
            assert pattern.name, f"The route {path} has no name."
            yield pattern.name, list(pattern.pattern.converters)


ROUTES = dict(routes(get_resolver().url_patterns))


@pytest.fixture(scope="package")
def lived(server: str) -> Lived:
    world = given.a_world()
    person = details(address="4 Tallow Lane")
    journey = given.a_referral(world, days_ago=3, person=person, urgent_flags=frozenset(UrgentFlag))
    given.contact_needs_care(world, journey)
    case = given.accepted(journey, world.link_worker, days_ago=2)
    given.tried(case, world.link_worker, days_ago=[1, 0])
    given.noted(case, world.link_worker, "She told me about her sister.\n\nWants to cook for people again.")
    alone = given.accepted(given.a_referral(world, person=person, advice_ticked=False), world.link_worker)
    handed_over = given.handed_over(alone, world.link_worker, "She has a letter from the bailiffs.")
    concern = given.a_concern(world, owned=True)
    setting_up.a_draft(world)
    do_waiting_jobs()
    with acting_as(world.clinician):
        message = MessageBack.objects.get(journey=journey)
        alert = SameDayAlert.objects.get(journey=journey)
    return Lived(world, journey, case, alert, message, handed_over, concern, given.a_digest(world))


def address_of(name: str, lived: Lived) -> str:
    values = {}
    for parameter in ROUTES[name]:
        find = OBJECTS.get(f"{name}.{parameter}") or OBJECTS.get(parameter)
        assert find, f"Say in OBJECTS what {parameter} of the route “{name}” is, so that its page is tested too."
        with acting_as(lived.world.clinician):
            values[parameter] = find(lived)
    return reverse(name, kwargs=values)


def whoever_can_open(address: str, lived: Lived) -> Actor | str | None:
    """Who first gets a page there: or why there is none to look at (a button, a file, a way to another page)."""
    answered = set()
    for chair in CHAIRS:
        client, actor = Client(), lived.world.actors.get(chair)
        if actor is not None:
            client.force_login(User.objects.get(pk=actor.user_id))
        # An address that only gets a name for what is sent from it leads to itself.
        answer = client.get(address)
        if answer.status_code == 302 and answer["Location"].startswith(f"{address}?"):
            answer = client.get(answer["Location"])
        answered.add(answer.status_code)
        if answer.status_code == 200 and "html" in answer["Content-Type"]:
            return actor
        if answer.status_code in (200, 405):
            return "no page"
    assert 302 in answered, f"Nobody of CHAIRS can open {address}: {answered}."
    return "no page"


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_a_page_is_for_everybody(name: str, lived: Lived, screens: Screens) -> None:
    address = address_of(name, lived)
    who = whoever_can_open(address, lived)
    if isinstance(who, str):
        return
    page = screens(who)
    page.goto(address)
    if page.locator(ASKED).count():
        assert {name} <= {*FORMS, *NOTHING_TO_GET_WRONG}, f"Say in FORMS what somebody may get wrong on “{name}”."
    assert problems_for_some_readers(page) == []
    for width in (SMALLEST, PHONE):
        assert not scrolls_sideways(page, width), f"{address} is wider than {width} pixels."
    page.set_viewport_size({"width": PHONE, "height": 740})
    assert problems_for_some_readers(page) == []


def test_an_address_that_leads_nowhere_and_one_that_is_not_ours(lived: Lived, screens: Screens) -> None:
    screens.expect_status(404, 403)
    page = screens(lived.world.clinician)
    for address in ("/nowhere/", f"/case/{lived.case.pk}/note/", "/worklist/"):
        page.goto(address)
        assert problems_for_some_readers(page) == []
        assert not scrolls_sideways(page, SMALLEST)
