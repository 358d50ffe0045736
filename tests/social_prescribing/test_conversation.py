"""A conversation is kept part by part: over several contacts, by two who write at once, and for one organisation."""

from datetime import timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist

from tests.casework.taking_on import taken_on
from tests.factories import NOW, make_world
from tests.social_prescribing.talking import a_goal, a_step, opened, said, talked_with, texts
from wraparound.casework.actions import close
from wraparound.events.action import Refused
from wraparound.events.models import Event
from wraparound.measures.library import ONS4
from wraparound.organisations.actor import acting_as
from wraparound.people.models import Person, Restriction
from wraparound.referrals.reading import timeline
from wraparound.referrals.restricting import restrict
from wraparound.referrals.states import Outcome
from wraparound.social_prescribing.conversation import Said, write_conversation
from wraparound.social_prescribing.measuring import record_measure
from wraparound.social_prescribing.models import Answer, Goal, Measured, Step
from wraparound.social_prescribing.topics import Heard, Topic

pytestmark = pytest.mark.django_db
FIRST = "Her garden, and her sister."


def test_a_second_contact_goes_on_from_the_first() -> None:
    world = make_world()
    by, case = world.link_worker, talked_with(world)
    said(case, by, Topic.MATTERS, FIRST)
    later = by.at(NOW + timedelta(days=7))
    said(case, later, Topic.MONEY, "The heating is off by day.", Heard.YES)
    said(case, later, Topic.MATTERS, FIRST + " To cook for people.")
    assert texts(case, by) == {"matters": FIRST + " To cook for people.", "money": "The heating is off by day."}


def test_of_two_who_write_in_one_part_the_second_overwrites_nothing() -> None:
    world = make_world()
    by, other, case = world.link_worker, world.second_link_worker, talked_with(world)
    shown = opened(case, other, Topic.MATTERS)
    said(case, by, Topic.MATTERS, FIRST)
    with pytest.raises(Refused) as refused:
        said(case, other, Topic.MATTERS, "Her cat.", seen=shown)
    assert refused.value.code == "changed_meanwhile" and texts(case, by) == {"matters": FIRST}


def test_what_nobody_else_touched_is_kept_all_the_same() -> None:
    world = make_world()
    by, other, case = world.link_worker, world.second_link_worker, talked_with(world)
    shown = opened(case, other, Topic.MATTERS)
    said(case, by, Topic.MATTERS, FIRST)
    both = {Topic.MATTERS: Said(Heard.NOT_ASKED, "Her cat.", shown), Topic.FOOD: Said(Heard.NO, "", shown)}
    with acting_as(other):
        written = write_conversation(by=other, case=case, said=both)
        heard = Answer.objects.visible_to(other).get(topic=Topic.FOOD).heard
    assert (written.kept, written.clashes, heard) == ((Topic.FOOD,), (Topic.MATTERS,), "no")


def test_two_who_write_the_same_do_not_clash() -> None:
    world = make_world()
    by, case = world.link_worker, talked_with(world)
    shown = opened(case, by, Topic.MATTERS)
    said(case, by, Topic.MATTERS, FIRST)
    with pytest.raises(Refused) as refused:
        said(case, world.second_link_worker, Topic.MATTERS, f" {FIRST}\n", seen=shown)
    assert refused.value.code == "already_saved"


def test_every_version_of_a_part_is_kept() -> None:
    world = make_world()
    by, case = world.link_worker, talked_with(world)
    for text in (FIRST, "Something else.", ""):
        said(case, by, Topic.MATTERS, text)
    assert texts(case, by) == {"matters": ""}


@pytest.mark.parametrize("chair", ["adviser", "clinician", "receptionist", "advice_supervisor", "commissioner"])
def test_nobody_outside_the_organisation_reads_or_writes_it(chair: str) -> None:
    world = make_world()
    case, stranger = talked_with(world), world.actors[chair]
    said(case, world.link_worker, Topic.SAFETY, "Her brother shouts.", Heard.YES)
    with acting_as(stranger):
        assert not Answer.objects.visible_to(stranger).exists() and not Answer.objects.exists()
    with pytest.raises((Refused, ObjectDoesNotExist)):
        said(case, stranger, Topic.SAFETY, "Nothing.")


def test_a_restricted_record_keeps_its_conversation_and_plan_from_colleagues() -> None:
    world = make_world()
    by, colleague, case = world.link_worker, world.second_link_worker, talked_with(world)
    said(case, by, Topic.MATTERS, FIRST)
    a_step(a_goal(case, by), by)
    with acting_as(by):
        record_measure(by=by, case=case, measure=ONS4, answers={"happy": 1})
        person = Person.objects.get(pk=case.person_id)
    with acting_as(world.link_supervisor):
        restrict(by=world.link_supervisor, person=person, why=Restriction.Why.STAFF, readers=[], kept_from=[])
    for model in (Answer, Goal, Step, Measured):
        with acting_as(by):
            assert model.objects.visible_to(by).count() == 1, model
        with acting_as(colleague):
            assert not model.objects.exists(), model


def test_an_advisers_case_has_no_conversation() -> None:
    world = make_world()
    case = taken_on(world, world.adviser)
    with pytest.raises(Refused) as refused:
        said(case, world.adviser, Topic.MONEY, "Arrears.", Heard.YES)
    assert refused.value.code == "not_social_prescribing"


def test_work_that_is_closed_is_read_and_not_written() -> None:
    world = make_world()
    by, case = world.link_worker, talked_with(world)
    said(case, by, Topic.MATTERS, FIRST)
    with acting_as(by):
        close(by=by, case=case, outcome=Outcome.HELPED)
    with pytest.raises(Refused, match="Open it again"):
        said(case, by, Topic.MATTERS, "More.")
    assert texts(case, by) == {"matters": FIRST}


def test_the_timeline_has_that_it_began_and_no_word_of_it() -> None:
    world = make_world()
    by, case = world.link_worker, talked_with(world)
    for text in (FIRST, "Something else.", "A third thing."):
        said(case, by, Topic.MATTERS, text)
    with acting_as(by):
        names = [event.name for event in timeline(by, case.journey)]
        data = [event.data for event in Event.objects.filter(name__startswith="conversation")]
    assert names.count("conversation_begun") == 1 and "conversation_written" not in names
    assert data == [{}, {}, {}]
    with acting_as(world.clinician):
        assert not Event.objects.filter(name__startswith="conversation").exists()
