"""The first page: each role's answer to what they should do now."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import World, details, intake, make_world, member, referral_to, referred
from tests.journeys.given import CARE
from tests.reporting.test_dropout import lives, managers, somebody
from tests.web.conftest import SignIn
from tests.web.reading import text
from wraparound.casework.actions import accept
from wraparound.casework.to_do import add_task
from wraparound.consent.agreed import AgreedHow
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.members import end_membership
from wraparound.organisations.models import Leave, Membership, Team, User, WorkingTime
from wraparound.organisations.roles import Role
from wraparound.pathways.calendar import local
from wraparound.pathways.vocabulary import Entry, Need, UrgentFlag
from wraparound.people.actions import change_contact
from wraparound.people.models import Person
from wraparound.referrals.actions import acknowledge, claim, decline
from wraparound.referrals.asking import ask
from wraparound.referrals.asking_for_help import ask_for_help, asker
from wraparound.referrals.models import Journey, Referral, UnmetNeed
from wraparound.referrals.states import DeclineReason
from wraparound.referrals.transferring import offer
from wraparound.referrals.unmet import see_unmet_need
from wraparound.reporting.counting import recount

pytestmark = pytest.mark.django_db
WEI = details(given_names="Wei", date_of_birth=None, postcode="")


@pytest.fixture
def world(db: None) -> World:
    """Everybody acts at the time it is."""
    world = managers(make_world())
    world.actors["hybrid"] = member(
        world.scheme, world.social.organisation, Role.HYBRID_WORKER, "Sky Bell", world.social
    )
    world.actors["volunteer"] = member(world.scheme, world.social.organisation, Role.VOLUNTEER, "Ash Lee", world.social)
    world.actors["visitor"] = member(world.scheme, world.other_practice, Role.HEALTH_VISITOR, "Bo Park")
    world.actors = {name: actor.at(timezone.now()) for name, actor in world.actors.items()}
    return world


def home(world: World, sign_in: SignIn, who: str) -> str:
    answer = sign_in(world.actors[who]).get("/home/")
    assert answer.status_code == 200
    return text(answer)


def long_ago(world: World, days: int = 20, **changes: object) -> Journey:
    by = world.clinician.at(timezone.now() - timedelta(days=days))
    return referred(world, by=by, advice_ticked=False, **changes)


def in_hand(world: World, journey: Journey, by: Actor, days_ago: int = 10) -> None:
    with acting_as(by):
        accept(by=by.at(timezone.now() - timedelta(days=days_ago)), referral=referral_to(journey, by))


ROLES = ("clinician", "receptionist", "visitor", "link_worker", "adviser", "hybrid", "link_supervisor", "volunteer",
         "manager", "practice_manager", "commissioner", "administrator")  # fmt: skip


@pytest.mark.parametrize("who", ROLES)
def test_each_role_has_a_first_page_when_nothing_has_happened(world: World, sign_in: SignIn, who: str) -> None:
    assert "What to do now" in home(world, sign_in, who)


@pytest.mark.parametrize("who", ["link_worker", "adviser", "hybrid"])
def test_an_empty_day_says_so_kindly(world: World, sign_in: SignIn, who: str) -> None:
    assert "Nothing waits for you. All that was due is done" in home(world, sign_in, who)


def test_a_worker_sees_what_is_overdue_by_name_and_how_to_make_contact(world: World, sign_in: SignIn) -> None:
    journey = long_ago(world)
    in_hand(world, journey, world.link_worker)
    with acting_as(world.clinician):
        change_contact(by=world.clinician, person=Person.objects.get(pk=journey.person_id), changes=CARE)
    said = home(world, sign_in, "link_worker")
    assert "Overdue and due today" in said and "Rosa Duarte" in said and "Contact with care" in said
    assert "make first contact" in said and "Overdue" in said
    assert "Rosa Duarte" not in home(world, sign_in, "second_link_worker")


def test_a_worker_sees_alerts_offers_tasks_and_what_is_new(world: World, sign_in: SignIn) -> None:
    new = referred(world, urgent_flags=frozenset({UrgentFlag.NO_FOOD}), person=details(given_names="Wei", postcode=""))
    theirs = long_ago(world, person=details(given_names="Ana", date_of_birth=None, postcode=""))
    in_hand(world, theirs, world.second_link_worker)
    second, first = world.second_link_worker, world.link_worker
    with acting_as(second):
        offer(by=second, referral=referral_to(theirs, second), to=User.objects.get(pk=first.user()), why="I am leaving")
    with acting_as(first):
        add_task(by=first, title="Ring the food bank", due_on=local(timezone.now()).date())
    said = home(world, sign_in, "link_worker")
    assert "Tom Price offers them to you." in said and "Ring the food bank" in said
    assert "New, to claim" in said and "Wei Duarte" in said
    adviser = home(world, sign_in, "adviser")
    assert "Same-day alerts" in adviser and "No food" in adviser
    assert new.reference


def test_a_legal_deadline_is_before_all_else_for_an_adviser(world: World, sign_in: SignIn) -> None:
    flags = {"Early": frozenset({UrgentFlag.BAILIFFS_DUE}), "Late": frozenset({UrgentFlag.LEGAL_DEADLINE_NEAR})}
    for number, (name, flag) in enumerate(flags.items()):
        who = details(given_names=name, date_of_birth=None, postcode="")
        by = world.clinician.at(timezone.now() - timedelta(days=20 - number))
        journey = referred(world, by=by, urgent_flags=flag, needs=frozenset({Need.DEBT}), person=who)
        in_hand(world, journey, world.adviser)
    said = home(world, sign_in, "adviser")
    assert said.index("Late Duarte") < said.index("Early Duarte") and "Legal deadline" in said


def test_a_hybrid_worker_sees_what_is_advice_and_what_is_link_work(world: World, sign_in: SignIn) -> None:
    in_hand(world, long_ago(world), world.hybrid)
    assert "Link work Overdue" in home(world, sign_in, "hybrid")
    in_hand(
        world, long_ago(world, person=details(given_names="Wei", postcode="", date_of_birth=None)), world.link_worker
    )
    assert "Link work Overdue" not in home(world, sign_in, "link_worker")


def test_a_supervisor_sees_what_is_overdue_in_the_team_and_leave_without_cover(world: World, sign_in: SignIn) -> None:
    in_hand(world, long_ago(world), world.link_worker)
    today = local(timezone.now()).date()
    Leave.objects.create(membership_id=world.second_link_worker.membership_id, starts=today, ends=today)
    said = home(world, sign_in, "link_supervisor")
    assert "Overdue in the team" in said and "Rosa Duarte" in said
    assert "Away with nobody to look after their people" in said and "Tom Price" in said


def test_a_referrer_sees_questions_and_answers_and_then_refers(world: World, sign_in: SignIn) -> None:
    asked, declined = (
        long_ago(world, 2),
        long_ago(world, 2, person=details(given_names="Wei", postcode="", date_of_birth=None)),
    )
    by = world.link_worker
    with acting_as(by):
        claim(by=by, referral=referral_to(asked, by))
        ask(by=by, referral=referral_to(asked, by), question="Does she have a phone?")
        decline(by=by, referral=referral_to(declined, by), reason=DeclineReason.OUT_OF_AREA)
    said = home(world, sign_in, "clinician")
    assert "Asked by Link workers: Does she have a phone?" in said and "Wei Duarte Link workers: not taken" in said
    assert said.index("Answers to read") < said.index("Refer someone", said.index("Answers to read"))
    assert "Wei Duarte" in home(world, sign_in, "receptionist")
    visitor = home(world, sign_in, "visitor")
    assert "Nothing waits for you." in visitor and "Refer someone" in visitor and "Wei" not in visitor


@pytest.mark.parametrize(("sender", "reader"), [("clinician", "clinician"), ("link_worker", "link_supervisor")])
def test_who_is_declined_for_want_of_room_stands_there_once_with_both_facts(
    world: World, sign_in: SignIn, sender: str, reader: str
) -> None:
    said = {"entry": Entry.WORKER, "told": "Owes rent"} if sender == "link_worker" else {}
    journey = referred(world, by=world.actors[sender], needs=frozenset({Need.DEBT}), person=WEI, **said)
    sent = referral_to(journey, world.adviser)
    with acting_as(world.adviser):
        decline(by=world.adviser, referral=sent, reason=DeclineReason.NO_CAPACITY)
    shown = home(world, sign_in, reader)
    assert shown.count("Wei Duarte") == 1 and "What nobody could take" not in shown
    assert "Welfare advisers: not taken. Nobody could take welfare advice: declined for want of room." in shown
    with acting_as(world.actors[reader]):
        acknowledge(by=world.actors[reader], referral=sent)
    shown = home(world, sign_in, reader)
    assert shown.count("Wei Duarte") == 1 and "What nobody could take Wei Duarte" in shown


def test_a_service_manager_sees_room_load_and_who_left(world: World, sign_in: SignIn) -> None:
    lives(world)
    WorkingTime.objects.create(membership_id=world.link_worker.membership_id, minutes=[450] * 5 + [0, 0], places=30)
    said = home(world, sign_in, "manager")
    assert "Link workers" in said and "30" in said and "Leila Haddad" in said
    assert "2 people of 7 left so far (29 in 100): withdrawn 1, declined 1" in said
    assert "Nobody was turned away" in said or "What nobody could give" in said


def test_a_practice_manager_reads_counts_and_never_a_person_or_a_reason(world: World, sign_in: SignIn) -> None:
    lives(world)
    recount()
    said = home(world, sign_in, "practice_manager")
    for words in ("Referred 7", "Reached 2", "Attended 1", "Finished 1", "no room at present 1",
                  "Referrals that needed no chasing 4", "Messages back received", "1 answer waits"):  # fmt: skip
        assert words in said, words
    assert "Duarte" not in said and "hours" not in said.lower()


def test_a_scheme_administrator_sees_what_the_scheme_lacks(world: World, sign_in: SignIn) -> None:
    said = home(world, sign_in, "administrator")
    assert "Both at once, version 1" in said and "Link workers" in said
    assert "Teams that nobody leads on the same day" in said and "Teams without a number of places" in said


def test_a_commissioner_reads_figures_alone(world: World, sign_in: SignIn) -> None:
    lives(world)
    said = home(world, sign_in, "commissioner")
    assert "Social prescribing: referral 5 Fewer than 5" in said.replace("Referred", "").replace("Reached", "").replace(
        "  ", " "
    )
    assert "Duarte" not in said


@pytest.fixture
def elsewhere() -> Iterator[World]:
    yield managers(make_world())


def test_nothing_of_another_scheme_is_on_anybodys_page(world: World, elsewhere: World, sign_in: SignIn) -> None:
    lives(elsewhere)
    for who in ROLES:
        assert "Duarte" not in home(world, sign_in, who)


def test_a_front_door_reads_what_became_of_who_asked_by_themselves(world: World, sign_in: SignIn) -> None:
    """Nobody's own referral is everybody's to read, or somebody who asked for help would hear nothing more."""
    Team.objects.filter(pk=world.advice.pk).update(closed_until=timezone.localdate() + timedelta(days=9))
    by = asker(world.scheme).at(timezone.now())
    with acting_as(by):
        unmet = ask_for_help(by=by, intake=intake(entry=Entry.SELF, agreed_how=AgreedHow.ONLINE), place="192.0.2.1")
    Team.objects.filter(pk=world.advice.pk).update(closed_until=None)
    with acting_as(by):
        asked = ask_for_help(
            by=by, intake=intake(entry=Entry.SELF, agreed_how=AgreedHow.ONLINE, person=WEI), place="192.0.2.1"
        )
    with acting_as(world.adviser):
        sent = Referral.objects.visible_to(world.adviser).get(journey__reference=asked.reference, to_team=world.advice)
        decline(by=world.adviser, referral=sent, reason=DeclineReason.NOT_FOR_US)
    for who in ("link_worker", "second_link_worker", "hybrid", "link_supervisor"):
        page = sign_in(world.actors[who]).get("/home/")
        said = text(page)
        assert "Sent to others, and ended without help Wei Duarte Welfare advisers: not taken." in said, said
        assert "What nobody could take Rosa Duarte" in said, said
        for reference in (asked.reference, unmet.reference):
            assert f'href="/referrals/{reference}/"' in page.content.decode()
    assert "What nobody could take" not in home(world, sign_in, "adviser")


def test_an_old_unmet_need_is_not_hidden_by_newer_ones_that_were_read(world: World, sign_in: SignIn) -> None:
    Team.objects.filter(pk=world.social.pk).update(closed_until=timezone.localdate() + timedelta(days=9))
    for number in range(7):
        person = details(family_name=f"No {number}", date_of_birth=None, postcode="")
        long_ago(world, days=20 - number, person=person)
    with acting_as(world.clinician):
        for need in UnmetNeed.objects.visible_to(world.clinician).order_by("-recorded_at")[:6]:
            see_unmet_need(by=world.clinician, unmet=need)
    assert "What nobody could take Rosa No 0" in home(world, sign_in, "clinician")


def test_the_people_of_who_has_left_are_before_who_may_give_them_on(world: World, sign_in: SignIn) -> None:
    referral = referral_to(referred(world), world.link_worker)
    with acting_as(world.link_worker):
        claim(by=world.link_worker, referral=referral)
    assert "Has left" not in home(world, sign_in, "link_supervisor") + home(world, sign_in, "manager")
    with acting_as(world.administrator):
        member_ = Membership.objects.get(pk=world.link_worker.membership_id)
        end_membership(by=world.administrator, membership=member_)
    for who in ("link_supervisor", "manager"):
        assert "Leila Haddad Has left, with 1 person in hand." in home(world, sign_in, who)
    page = sign_in(world.link_supervisor).get("/home/").content.decode()
    assert f'href="/team/give/?whose={world.link_worker.user_id}"' in page
    assert "Has left" not in home(world, sign_in, "advice_supervisor")


@pytest.mark.parametrize("who", ["manager", "practice_manager"])
def test_whoever_manages_an_organisation_sees_who_was_let_in_there(world: World, sign_in: SignIn, who: str) -> None:
    """A scheme's administrator may be from elsewhere, and lets people into it."""
    Membership.objects.update(started=timezone.now() - timedelta(days=90))
    assert "New or changed roles here" not in home(world, sign_in, who)
    place = Membership.objects.get(pk=world.actors[who].membership_id).organisation
    for number in range(11):
        member(world.scheme, place, Role.RECEPTIONIST, f"Zoë {number:02}")
    member(world.scheme, world.other_practice, Role.RECEPTIONIST, "Mei Chen")
    Membership.objects.filter(user__name__lt="Zoë 10", user__name__gte="Zoë").update(
        started=timezone.now() - timedelta(days=1)
    )
    said = home(world, sign_in, who)
    assert "New or changed roles here Zoë 10 Receptionist, since" in said and "Mei Chen" not in said
    assert "These are the latest 10; there are more." in said and said.count("Zoë") == 10
    assert "tell an administrator of the scheme at once" in said
    Membership.objects.filter(user__name__startswith="Zoë").update(ended=timezone.now())
    held = Membership.objects.filter(organisation=place).exclude(pk=world.actors[who].membership_id).earliest("pk")
    Membership.objects.filter(pk=held.pk).update(changed=timezone.now())
    assert f"{held.user.name} {Role(held.role).label}" in home(world, sign_in, who)
    assert "changed on" in home(world, sign_in, who)


def queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/home/").status_code == 200
    return len([query for query in captured if "SAVEPOINT" not in query["sql"]])


MOST = {"link_worker": 23, "adviser": 24, "link_supervisor": 34, "manager": 26, "practice_manager": 16, "clinician": 11,
        "commissioner": 8, "administrator": 18}  # fmt: skip


@pytest.mark.parametrize("who", MOST)
def test_a_page_asks_the_same_however_many_there_are(world: World, sign_in: SignIn, who: str) -> None:
    client = sign_in(world.actors[who])
    some(world, 0, 3)
    queries(client)
    before = queries(client)
    some(world, 3, 9)
    recount()
    assert queries(client) == before <= MOST[who]


def some(world: World, first: int, past: int) -> None:
    """People of every kind: new ones, overdue ones in hand, and answers to read."""
    for number in range(first, past):
        by = world.clinician.at(timezone.now() - timedelta(days=20))
        referral = somebody(world, 3 * number, by=by)
        in_hand(world, Journey(pk=referral.journey_id), world.link_worker)
        somebody(world, 3 * number + 1)
        declined = somebody(world, 3 * number + 2)
        with acting_as(world.link_worker):
            decline(by=world.link_worker, referral=declined, reason=DeclineReason.NOT_FOR_US)
    recount()
