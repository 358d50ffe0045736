"""The guides' pictures for an organisation's own administrator."""

from dataclasses import replace

from tests.factories import World, member
from tests.house.members import an_own_invitation
from tests.journeys.pictures import WIDTH, Clock, take
from tests.journeys.screens import Screens
from wraparound.organisations.actor import acting_as
from wraparound.organisations.credentials import NewCredential, make_credential
from wraparound.organisations.models import Credential, Organisation, User
from wraparound.organisations.roles import Capability, Role


def test_members_and_systems(world: World, clock: Clock, screens: Screens) -> None:
    place = Organisation.objects.get(pk=world.voluntary.organisation_id)
    for name, administers in (("Nadia Karim", True), ("Ffion Pugh", False), ("Luca Bianchi", False)):
        there = member(world.scheme, place, Role.REFERRING_WORKER, name, administers=administers)
        email = f"{name.split()[0].lower()}@foodbank.example"
        User.objects.filter(pk=there.user_id).update(email=email, last_login=clock.now)
    User.objects.filter(pk=world.voluntary.user_id).update(email="mina@foodbank.example")
    an_own_invitation(world, name="Lee Park", email="lee@foodbank.example")
    by = replace(world.voluntary, moment=None)
    with acting_as(by):
        for name, given in (
            ("Desk system", {Capability.REFER, Capability.SEE_PRACTICE_REFERRALS}),
            ("Reports", {Capability.FOLLOW_REFERRALS}),
        ):
            make_credential(by=by, credential=NewCredential(name=name, capabilities=frozenset(given)))
    for number, held in enumerate(Credential.objects.order_by("pk")):
        Credential.objects.filter(pk=held.pk).update(client_id=f"wrc_4f1d0a7be2c9583{number}")
    page = screens(world.voluntary, width=WIDTH)
    page.goto("/members/")
    take(page, "members", first=page.get_by_role("heading", level=1), last=page.locator("table"))
    page.goto("/members/systems/")
    take(page, "systems", first=page.get_by_role("heading", level=1), last=page.locator("table"))
