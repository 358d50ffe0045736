"""What waits for somebody who has left, or for nobody by name, is before those who are there."""

import pytest
from django.utils import timezone

from tests.factories import World, details, make_world, member, referral_to, referred
from tests.reporting.test_dropout import managers
from tests.web.conftest import SignIn
from tests.web.reading import text
from wraparound.casework.actions import accept
from wraparound.casework.models import Task
from wraparound.casework.to_do import add_task
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.members import end_membership
from wraparound.organisations.models import Membership
from wraparound.organisations.roles import Role
from wraparound.pathways.vocabulary import Entry
from wraparound.referrals.actions import decline
from wraparound.referrals.models import Journey, Referral
from wraparound.referrals.states import DeclineReason

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    """Everybody acts at the time it is."""
    world = managers(make_world())
    world.actors = {name: actor.at(timezone.now()) for name, actor in world.actors.items()}
    return world


def leaves(world: World, who: Actor) -> None:
    with acting_as(world.administrator):
        end_membership(by=world.administrator, membership=Membership.objects.get(pk=who.membership_id))


def declined(world: World, by: Actor, **who: object) -> Journey:
    journey = referred(world, by=by, advice_ticked=False, person=details(date_of_birth=None, postcode="", **who))
    with acting_as(world.link_worker):
        referral = referral_to(journey, world.link_worker)
        decline(by=world.link_worker, referral=referral, reason=DeclineReason.NOT_FOR_US)
    return journey


def home(sign_in: SignIn, who: Actor) -> str:
    return text(sign_in(who).get("/home/"))


@pytest.mark.parametrize("chair", ["ward", "council", "voluntary", "clinician"])
def test_an_answer_to_somebody_who_left_is_before_who_refers_there_now(
    world: World, sign_in: SignIn, chair: str
) -> None:
    sender = world.actors[chair]
    place = Membership.objects.get(pk=sender.membership_id).organisation
    colleague = member(world.scheme, place, sender.role, "Nia Rees").at(timezone.now())
    declined(world, sender, given_names="Wei")
    assert "Wei Duarte" in home(sign_in, sender)
    assert "Wei Duarte" not in home(sign_in, colleague)
    leaves(world, sender)
    said = home(sign_in, colleague)
    assert f"Referred by {sender.name}, who does not refer here any more." in said and "Wei Duarte" in said
    elsewhere = world.actors["health_visitor"]
    assert "Wei Duarte" not in home(sign_in, elsewhere)


def test_somebody_who_may_not_answer_for_it_any_more_has_left_it(world: World, sign_in: SignIn) -> None:
    colleague = member(world.scheme, world.practice, Role.CLINICIAN, "Nia Rees").at(timezone.now())
    declined(world, world.clinician, given_names="Wei")
    Membership.objects.filter(pk=world.clinician.membership_id).update(role=Role.COMMISSIONER)
    assert "Wei Duarte" in home(sign_in, colleague)


def test_an_answer_to_what_came_without_a_name_is_everybodys(world: World, sign_in: SignIn) -> None:
    journey = declined(world, world.ward, given_names="Wei")
    with acting_as(world.ward):
        Referral.objects.filter(journey=journey).update(from_user=None)
    place = Membership.objects.get(pk=world.ward.membership_id).organisation
    colleague = member(world.scheme, place, Role.REFERRING_WORKER, "Nia Rees").at(timezone.now())
    for who in (world.ward, colleague):
        assert "Wei Duarte Link workers: not taken" in home(sign_in, who)
    assert "Sent without the name of a colleague." in home(sign_in, colleague)


def test_what_a_worker_referred_before_they_left_is_their_colleagues(world: World, sign_in: SignIn) -> None:
    person = details(given_names="Wei", date_of_birth=None, postcode="")
    journey = referred(world, by=world.link_worker, entry=Entry.WORKER, told="Needs advice", person=person)
    with acting_as(world.adviser):
        decline(by=world.adviser, referral=referral_to(journey, world.adviser), reason=DeclineReason.NOT_FOR_US)
    section = "Sent to others, and ended without help Wei Duarte"
    assert section not in home(sign_in, world.second_link_worker)
    leaves(world, world.link_worker)
    assert section in home(sign_in, world.second_link_worker)


def a_task(by: Actor, title: str, **changes: object) -> Task:
    with acting_as(by):
        return add_task(by=by, title=title, due_on=by.today(), worker_id=by.user_id, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("chair", ["link_supervisor", "manager"])
def test_a_task_of_who_has_left_is_given_to_a_colleague_by_who_looks_after_the_team(
    world: World, sign_in: SignIn, chair: str
) -> None:
    task = a_task(world.link_worker, "Ring the lunch club")
    client = sign_in(world.actors[chair])
    assert "Ring the lunch club" not in text(client.get("/home/"))
    leaves(world, world.link_worker)
    said = text(client.get("/home/"))
    assert "Tasks to give to another worker Ring the lunch club" in said and "Of Leila Haddad, who has left." in said
    assert "Ring the lunch club" not in home(sign_in, world.advice_supervisor)
    address = f"/tasks/{task.pk}/give/"
    assert f'href="{address}"' in client.get("/home/").content.decode()
    offered = text(client.get(address))
    assert "Tom Price" in offered and ("Me " in offered) == (chair == "link_supervisor")
    client.post(address, {"worker": world.second_link_worker.user_id}, follow=True)
    assert "Ring the lunch club" in home(sign_in, world.second_link_worker)
    assert "Ring the lunch club" not in text(client.get("/home/"))


def test_a_task_goes_with_the_person_while_they_are_in_the_hands_of_who_left(world: World, sign_in: SignIn) -> None:
    first = world.link_worker
    journey = referred(world, advice_ticked=False)
    with acting_as(first):
        case = accept(by=first, referral=referral_to(journey, first))
    a_task(first, "Write to the landlord", case=case)
    leaves(world, first)
    said = home(sign_in, world.link_supervisor)
    assert "Has left, with 1 person in hand." in said and "Write to the landlord" not in said
    with acting_as(world.second_link_worker):
        Referral.objects.filter(journey=journey).update(worker=world.second_link_worker.user_id)
    assert "Write to the landlord" in home(sign_in, world.link_supervisor)


def test_who_sees_the_worklist_alone_gives_no_task(world: World, sign_in: SignIn) -> None:
    task = a_task(world.link_worker, "Ring the lunch club")
    place = world.social.organisation
    volunteer = member(world.scheme, place, Role.VOLUNTEER, "Ash Lee", world.social)
    for who in (volunteer, world.advice_supervisor):
        assert sign_in(who).post(f"/tasks/{task.pk}/give/", {"worker": "team"}).status_code == 404
    assert sign_in(world.clinician).get(f"/tasks/{task.pk}/give/").status_code == 403
