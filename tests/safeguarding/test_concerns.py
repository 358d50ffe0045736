"""A concern: who is asked, until when, who may do what, and that nothing but an owner's words ends it."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.factories import NOW, World, make_world, member, referral_to, referred
from tests.safeguarding.concerning import at_the_practice, gone, name_lead, owned, raised, waits
from wraparound.casework.actions import accept
from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor, acting_as, system
from wraparound.organisations.roles import Role
from wraparound.pathways.vocabulary import UrgentFlag
from wraparound.people.models import Person
from wraparound.referrals.actions import decline, let_time_pass
from wraparound.referrals.models import Referral
from wraparound.referrals.states import DeclineReason
from wraparound.safeguarding.actions import acknowledge, decide_gp, end, hand_on, write_said
from wraparound.safeguarding.models import Acknowledgement, Concern
from wraparound.safeguarding.reading import concern_of, offered
from wraparound.safeguarding.states import ConcernKind, ConcernStatus, TellGp

pytestmark = pytest.mark.django_db


def named_world() -> World:
    """Tom is the link workers' lead, though his role answers none; Grace, their supervisor, is his deputy."""
    world = make_world()
    name_lead(world, world.social.organisation, world.second_link_worker, world.link_supervisor)
    return world


def test_the_lead_and_the_deputy_are_asked_at_once_and_nobody_else_is() -> None:
    world = named_world()
    also = member(world.scheme, world.social.organisation, Role.SERVICE_MANAGER, "Ola Berg")
    raised(referred(world), world.link_worker)
    assert waits(world.second_link_worker) == waits(world.link_supervisor) == ["acknowledge"]
    assert waits(also) == []
    assert waits(world.link_worker) == ["say"]


def test_where_no_lead_is_named_supervisors_and_managers_are_asked() -> None:
    world = make_world()
    manager = member(world.scheme, world.social.organisation, Role.SERVICE_MANAGER, "Ola Berg")
    raised(referred(world), world.link_worker)
    assert waits(world.link_supervisor) == waits(manager) == ["own"]


def test_a_lead_who_has_left_is_passed_over() -> None:
    world = named_world()
    gone(world.second_link_worker)
    concern = raised(referred(world), world.link_worker)
    assert (concern.lead_id, concern.deputy_id) == (world.link_supervisor.user_id, None)


def test_where_nobody_answers_it_stays_with_whoever_raised_it() -> None:
    world = make_world()
    ward = member(world.scheme, world.other_practice, Role.REFERRING_WORKER, "Ward Clerk")
    gone(world.other_clinician)
    concern = raised(referred(world, by=ward), ward)
    assert waits(ward) == ["own"]
    assert owned(concern, ward).owner_id == ward.user_id


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (datetime(2026, 11, 23, 10, 0, tzinfo=UTC), datetime(2026, 11, 23, 12, 0, tzinfo=UTC)),
        (datetime(2026, 11, 23, 16, 30, tzinfo=UTC), datetime(2026, 11, 23, 18, 30, tzinfo=UTC)),
        (datetime(2026, 11, 23, 20, 0, tzinfo=UTC), datetime(2026, 11, 24, 11, 0, tzinfo=UTC)),
        (datetime(2026, 11, 27, 18, 0, tzinfo=UTC), datetime(2026, 11, 30, 11, 0, tzinfo=UTC)),
        (datetime(2026, 12, 24, 17, 0, tzinfo=UTC), datetime(2026, 12, 29, 11, 0, tzinfo=UTC)),
    ],
)
def test_it_is_due_two_hours_on_or_two_hours_after_the_next_opening(at: datetime, due: datetime) -> None:
    world = make_world()
    assert raised(referred(world), world.link_worker.at(at)).due_at == due


def test_reading_it_never_ends_or_owns_it() -> None:
    world = named_world()
    concern = raised(referred(world), world.link_worker)
    lead = world.second_link_worker
    with acting_as(lead):
        after = acknowledge(by=lead, concern=concern)
        assert (after.status, after.owner_id) == (ConcernStatus.RAISED, None)
        with pytest.raises(Refused, match="already"):
            acknowledge(by=lead, concern=concern)
    assert waits(lead) == ["own"]


def test_only_its_owner_ends_it_and_with_words() -> None:
    world = named_world()
    concern = owned(raised(at_the_practice(world), world.link_worker), world.link_supervisor)
    lead = world.second_link_worker
    with acting_as(lead), pytest.raises(Refused, match="Grace Obi owns this"):
        end(by=lead, concern=decided(concern, lead), ending="Safe")
    with acting_as(world.link_supervisor):
        with pytest.raises(Refused, match="Write what was done"):
            end(by=world.link_supervisor, concern=concern, ending="  ")
        ended = end(by=world.link_supervisor, concern=concern, ending="Safe with her sister")
        assert (ended.status, ended.ending) == (ConcernStatus.ENDED, "Safe with her sister")
        with pytest.raises(Refused, match="ended already"):
            write_said(by=world.link_supervisor, concern=concern, said="More")


def decided(concern: Concern, by: Actor) -> Concern:
    with acting_as(by):
        return decide_gp(by=by, concern=concern, tell_gp=TellGp.NO, why="She said no and the risk is past")


def test_it_does_not_end_before_somebody_decided_about_the_practice() -> None:
    world = named_world()
    supervisor = world.link_supervisor
    concern = owned(raised(at_the_practice(world), world.link_worker), supervisor)
    with acting_as(supervisor), pytest.raises(Refused) as refused:
        end(by=supervisor, concern=concern, ending="Safe")
    assert refused.value.code == "gp_undecided"


def test_raised_at_their_own_practice_there_is_nothing_to_decide() -> None:
    world = make_world()
    concern = owned(raised(at_the_practice(world), world.clinician), world.clinician)
    with acting_as(world.clinician):
        assert not offered(world.clinician, concern_of(world.clinician, concern.pk)).decide_gp
        assert end(by=world.clinician, concern=concern, ending="Seen today").status == ConcernStatus.ENDED


def test_ownership_is_handed_on_to_somebody_who_may_answer_and_to_nobody_else() -> None:
    world = named_world()
    concern = owned(raised(referred(world), world.link_worker), world.link_supervisor)
    by = world.link_supervisor
    with acting_as(by):
        for nobody in (world.link_worker, world.adviser, world.clinician):
            with pytest.raises(Refused, match="Choose somebody here"):
                hand_on(by=by, concern=concern, to=nobody.user_id or 0)
        assert hand_on(by=by, concern=concern, to=world.second_link_worker.user_id or 0).status == "owned"
    assert waits(world.second_link_worker) == ["work"]
    assert waits(by) == []


def test_an_owner_who_has_left_leaves_it_before_the_others() -> None:
    world = named_world()
    owned(raised(referred(world), world.link_worker), world.link_supervisor)
    assert waits(world.second_link_worker) == []
    gone(world.link_supervisor)
    assert waits(world.second_link_worker) == ["own"]


def test_without_agreement_and_not_telling_both_need_a_reason() -> None:
    world = named_world()
    concern = raised(at_the_practice(world), world.link_worker)
    with acting_as(world.link_worker):
        for choice in (TellGp.WITHOUT_AGREEMENT, TellGp.NO):
            with pytest.raises(Refused) as refused:
                decide_gp(by=world.link_worker, concern=concern, tell_gp=choice, why=" ")
            assert (refused.value.code, refused.value.field) == ("no_reason", "tell_gp_why")
        with pytest.raises(Refused, match="Choose whether"):
            decide_gp(by=world.link_worker, concern=concern, tell_gp=TellGp.TO_DECIDE)


def test_what_the_practice_was_told_is_not_taken_back() -> None:
    world = named_world()
    concern = raised(at_the_practice(world), world.link_worker)
    with acting_as(world.link_worker):
        told = decide_gp(by=world.link_worker, concern=concern, tell_gp=TellGp.AGREED)
        assert told.practice_id == world.practice.pk
        with pytest.raises(Refused, match="told already"):
            decide_gp(by=world.link_worker, concern=concern, tell_gp=TellGp.NO, why="A mistake")


def test_a_practice_outside_the_scheme_is_not_told_and_the_decision_stays() -> None:
    world = named_world()
    concern = raised(referred(world), world.link_worker)
    with acting_as(world.link_worker):
        after = decide_gp(by=world.link_worker, concern=concern, tell_gp=TellGp.AGREED)
    assert (after.tell_gp, after.practice_told_at) == (TellGp.AGREED, None)


def test_what_was_said_is_added_to_and_nothing_of_it_is_lost() -> None:
    world = named_world()
    concern = raised(referred(world), world.link_worker)
    with acting_as(world.link_worker):
        write_said(by=world.link_worker, concern=concern, said="He took her phone.")
        with pytest.raises(Refused, match="saved already"):
            write_said(by=world.link_worker, concern=concern, said="He took her phone.")
    with acting_as(world.link_supervisor):
        said = write_said(by=world.link_supervisor, concern=concern, said="Rang her: safe.").said
    assert said.startswith("He took her phone.\n\nGrace Obi, 23/11/2026:") and said.endswith("Rang her: safe.")


def test_the_same_button_pressed_twice_raises_one() -> None:
    world = make_world()
    journey = referred(world)
    raised(journey, world.link_worker)
    with pytest.raises(Refused) as refused:
        raised(journey, world.link_worker.at(NOW + timedelta(seconds=20)))
    assert refused.value.code == "already_saved"
    raised(journey, world.link_worker, ConcernKind.SUICIDAL)
    raised(journey, world.link_worker.at(NOW + timedelta(minutes=5)))


def test_raising_marks_the_organisations_own_referrals_whoever_has_them() -> None:
    world = make_world()
    journey = referred(world)
    with acting_as(world.second_link_worker):
        accept(by=world.second_link_worker, referral=referral_to(journey, world.second_link_worker))
    raised(journey, world.link_worker)
    with acting_as(world.clinician):
        marks = dict(Referral.objects.filter(journey=journey).values_list("service", "supervisor_decides"))
    assert marks == {"social_prescribing": True, "welfare_advice": False}


def test_raising_puts_off_nothing_that_was_promised_to_the_person() -> None:
    """What nobody did in time stays the supervisor's, and goes back to the referrer no later than it would have."""
    world = make_world()
    journey = referred(world, urgent_flags=frozenset({UrgentFlag.BAILIFFS_DUE}))
    late = referral_to(journey, world.adviser)
    clock = system(world.scheme, world.advice.organisation).at(late.escalate_at)
    with acting_as(clock):
        late = let_time_pass(by=clock, referral=late)
    raised(journey, world.adviser.at(late.due_at))
    marked = referral_to(journey, world.adviser)
    assert marked.supervisor_decides and marked.whose_turn == late.whose_turn == "supervisor"
    assert (marked.due_at, marked.timeout_at) == (late.due_at, late.timeout_at)


def test_it_stays_open_to_those_who_answer_when_the_organisation_has_nothing_else_to_do_with_the_person() -> None:
    world = make_world()
    journey = referred(world)
    concern = raised(journey, world.link_worker)
    with acting_as(world.link_worker):
        referral = referral_to(journey, world.link_worker)
        decline(by=world.link_worker, referral=referral, reason=DeclineReason.NOT_FOR_US)
    with acting_as(world.link_supervisor):
        assert Person.objects.visible_to(world.link_supervisor).filter(pk=journey.person_id).exists()
        assert concern_of(world.link_supervisor, concern.pk).person.name == "Rosa Duarte"


def test_each_reading_is_kept_with_who_it_was() -> None:
    world = named_world()
    concern = raised(referred(world), world.link_worker)
    for by in (world.second_link_worker, world.link_supervisor):
        with acting_as(by):
            acknowledge(by=by, concern=concern)
    with acting_as(world.link_worker):
        rows = Acknowledgement.objects.visible_to(world.link_worker).filter(concern=concern)
        assert {row.user_id for row in rows} == {world.second_link_worker.user_id, world.link_supervisor.user_id}
