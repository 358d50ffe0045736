"""Who sees a concern, and everywhere that it must not show."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import World, make_world, member, referral_to, referred
from tests.safeguarding.concerning import at_the_practice, events_told_to, name_lead, owned, raised, seen, waits
from wraparound.casework.actions import accept
from wraparound.messaging.content import write_content
from wraparound.messaging.models import Occasion
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.models import User
from wraparound.organisations.roles import Role
from wraparound.referrals.actions import claim
from wraparound.referrals.reading import timeline
from wraparound.safeguarding.actions import acknowledge, decide_gp, own
from wraparound.safeguarding.models import Concern
from wraparound.safeguarding.reading import colleagues
from wraparound.safeguarding.states import ConcernKind, TellGp

pytestmark = pytest.mark.django_db

WORDS = ("safeguarding", "concern", "abuse", "neglect", "danger", "suicid", "self-harm", "child may")


def told(world: World, concern: Concern, by: Actor) -> Concern:
    with acting_as(by):
        return decide_gp(by=by, concern=concern, tell_gp=TellGp.WITHOUT_AGREEMENT, why="He may kill her")


def get(actor: Actor, path: str) -> tuple[int, str]:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    answer = client.get(path)
    return answer.status_code, answer.content.decode()


def test_whoever_raised_it_and_those_who_answer_see_it_and_their_colleagues_do_not() -> None:
    world = make_world()
    concern = raised(at_the_practice(world), world.link_worker)
    assert seen(world.link_worker) == seen(world.link_supervisor) == [concern.pk]
    for nobody in (world.second_link_worker, world.adviser, world.advice_supervisor, world.clinician):
        assert seen(nobody) == []
        assert get(nobody, f"/concerns/{concern.pk}/")[0] == 404


def test_a_lead_sees_it_whatever_their_role_and_also_one_named_later() -> None:
    world = make_world()
    concern = raised(at_the_practice(world), world.link_worker)
    assert seen(world.second_link_worker) == []
    name_lead(world, world.social.organisation, world.second_link_worker)
    assert seen(world.second_link_worker) == [concern.pk]
    assert waits(world.second_link_worker) == ["acknowledge"]


def test_who_only_sees_figures_sees_none_though_named() -> None:
    world = make_world()
    name_lead(world, world.practice, world.commissioner)
    concern = raised(at_the_practice(world), world.clinician)
    assert concern.lead_id is None and seen(world.commissioner) == []


def test_the_practice_sees_it_once_it_is_told_and_its_receptionist_never_does() -> None:
    world = make_world()
    concern = raised(at_the_practice(world, world.other_clinician), world.link_worker)
    assert seen(world.clinician) == []
    told(world, concern, world.link_worker)
    assert seen(world.clinician) == [concern.pk]
    assert waits(world.clinician) == ["acknowledge"]
    assert seen(world.receptionist) == seen(world.other_clinician) == []
    status, page = get(world.clinician, f"/concerns/{concern.pk}/")
    assert status == 200 and "Rosa Duarte" in page


def test_at_the_practice_one_clinicians_reading_serves_and_its_lead_reads_it_too() -> None:
    world = make_world()
    name_lead(world, world.practice, world.receptionist)
    second = member(world.scheme, world.practice, Role.CLINICIAN, "Dr Lim")
    concern = told(world, raised(at_the_practice(world), world.link_worker), world.link_worker)
    assert waits(second) == waits(world.clinician) == waits(world.receptionist) == ["acknowledge"]
    with acting_as(second):
        acknowledge(by=second, concern=concern)
    assert waits(world.clinician) == [] and waits(world.receptionist) == ["acknowledge"]


def test_the_practice_reads_it_and_does_not_own_it() -> None:
    world = make_world()
    concern = told(world, raised(at_the_practice(world), world.link_worker), world.link_worker)
    with acting_as(world.clinician), pytest.raises(Exception, match="Neighbourly answers this"):
        own(by=world.clinician, concern=concern)


def test_one_about_the_lead_goes_to_the_deputy_and_the_lead_never_sees_it() -> None:
    world = make_world()
    deputy = member(world.scheme, world.social.organisation, Role.SUPERVISOR, "Bo Lund", world.social)
    name_lead(world, world.social.organisation, world.link_supervisor, deputy)
    journey = at_the_practice(world)
    with acting_as(world.link_worker):
        assert [user.name for user in colleagues(world.link_worker)] == ["Bo Lund", "Grace Obi"]
    concern = raised(journey, world.link_worker, kept_from=[world.link_supervisor.user_id])
    assert (concern.lead_id, concern.deputy_id) == (deputy.user_id, None)
    assert seen(deputy) == [concern.pk] and waits(deputy) == ["acknowledge"]
    assert seen(world.link_supervisor) == [] and waits(world.link_supervisor) == []
    assert get(world.link_supervisor, f"/concerns/{concern.pk}/")[0] == 404


def test_no_timeline_has_a_trace_of_it() -> None:
    world = make_world()
    journey = at_the_practice(world)
    told(world, owned(raised(journey, world.link_worker), world.link_supervisor), world.link_supervisor)
    for reader in (world.adviser, world.clinician, world.second_link_worker, world.receptionist):
        with acting_as(reader):
            names = {event.name for event in timeline(reader, journey)}
        assert not {name for name in names if "concern" in name}, reader.name
    for reader in (world.adviser, world.clinician, world.receptionist):
        with acting_as(reader):
            assert "referral_mark" not in {event.name for event in timeline(reader, journey)}


def test_no_line_of_a_journey_tells_a_colleague_that_there_is_one() -> None:
    world = make_world()
    journey = at_the_practice(world)
    _, before = get(world.second_link_worker, f"/journey/{journey.reference}/")
    owned(raised(journey, world.link_worker), world.link_supervisor)
    _, after = get(world.second_link_worker, f"/journey/{journey.reference}/")
    lines = [page[page.index("wr-timeline") : page.index("The pathway that this")] for page in (before, after)]
    assert lines[0] == lines[1]


def test_its_events_are_told_to_those_organisations_alone_and_say_neither_whom_nor_what() -> None:
    world = make_world()
    journey = at_the_practice(world)
    concern = told(world, owned(raised(journey, world.link_worker), world.link_supervisor), world.link_supervisor)
    assert not [event for event in events_told_to(world.adviser) if "concern" in event.name or "mark" in event.name]
    own_events = [event for event in events_told_to(world.link_worker) if event.name.startswith("concern")]
    assert [event.name for event in own_events] == ["concern_raised", "concern_owned", "concern_gp_decided"]
    for event in own_events:
        assert event.data == {"concern": concern.pk}
        assert (event.person_id, event.journey_id, event.referral_id) == (None, None, None)


def test_no_page_of_the_others_speaks_of_it() -> None:
    world = make_world()
    journey = at_the_practice(world)
    raised(journey, world.link_worker)
    for reader, path in (
        (world.adviser, f"/journey/{journey.reference}/"),
        (world.clinician, f"/referrals/{journey.reference}/"),
        (world.receptionist, f"/referrals/{journey.reference}/"),
        (world.adviser, "/worklist/"),
    ):
        status, page = get(reader, path)
        assert status == 200
        shown = page.lower()
        for offer in ("raise a safeguarding concern", "concerns already raised", "safeguarding lead is told at once"):
            shown = shown.replace(offer, "")
        assert "next steps" not in shown and "marked" not in shown


def test_a_message_back_does_not_speak_of_it() -> None:
    world = make_world()
    journey = at_the_practice(world)
    raised(journey, world.link_worker)
    with acting_as(world.link_worker):
        accept(by=world.link_worker, referral=referral_to(journey, world.link_worker))
        content = write_content(referral_to(journey, world.link_worker), Occasion.ACCEPTED)
    text = json.dumps(content.to_json()).lower()
    assert not [word for word in WORDS if word in text]


def test_its_title_and_the_menu_do_not_say_what_it_is() -> None:
    world = make_world()
    concern = raised(at_the_practice(world), world.link_worker)
    for path in (f"/concerns/{concern.pk}/", "/concerns/"):
        _, page = get(world.link_supervisor, path)
        title = page[page.index("<title>") : page.index("</title>")].lower()
        menu = page[page.index("<header") : page.index("</header>")].lower()
        assert "rosa" not in title and not [word for word in WORDS[2:] if word in title + menu]
        assert "safeguarding" not in title + menu


def test_another_schemes_people_find_nothing() -> None:
    world, other = make_world(), make_world()
    concern = raised(referred(world), world.link_worker)
    for stranger in (other.link_supervisor, other.clinician):
        assert seen(stranger) == [] and get(stranger, f"/concerns/{concern.pk}/")[0] == 404


def test_whom_it_is_kept_from_is_not_told_by_what_they_may_do_no_more() -> None:
    world = make_world()
    journey = referred(world)
    theirs = referral_to(journey, world.link_worker)
    with acting_as(world.link_worker):
        claim(by=world.link_worker, referral=theirs)
    raised(journey, world.second_link_worker, kept_from=[world.link_worker.user_id])
    assert not referral_to(journey, world.link_worker).supervisor_decides
    raised(journey, world.second_link_worker, ConcernKind.ABUSE)
    assert referral_to(journey, world.link_worker).supervisor_decides


def menu(actor: Actor) -> str:
    _, page = get(actor, "/home/")
    return page[page.index("<header") : page.index("</header>")]


def test_whom_their_organisation_names_finds_concerns_in_the_menu_whatever_their_role() -> None:
    world = make_world()
    for who in (world.second_link_worker, world.link_worker, world.commissioner):
        assert "Concerns" not in menu(who)
    name_lead(world, world.social.organisation, world.second_link_worker, world.link_worker)
    name_lead(world, world.practice, world.commissioner)
    assert "Concerns" in menu(world.second_link_worker) and "Concerns" in menu(world.link_worker)
    assert "Concerns" not in menu(world.commissioner) and "Concerns" not in menu(world.adviser)


def test_whether_somebody_is_named_is_asked_once_for_a_page() -> None:
    world = make_world()
    raised(at_the_practice(world), world.link_worker)
    name_lead(world, world.social.organisation, world.second_link_worker)
    for path in ("/home/", "/concerns/", "/worklist/"):
        with CaptureQueriesContext(connection) as captured:
            assert get(world.second_link_worker, path)[0] == 200
        asked = [each for each in captured if "organisations_safeguardinglead" in each["sql"]]
        # Who else is named is another question, asked where a concern is answered.
        assert len([each for each in asked if "LIMIT 1" in each["sql"] and each["sql"].startswith("SELECT 1")]) == 1
