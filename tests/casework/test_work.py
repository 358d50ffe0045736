"""A service's own work, from taking the person on to the end."""

from datetime import timedelta

import pytest

from tests.factories import NOW, World, handover_agreed, make_world, referral_to, referred
from wraparound.casework.actions import accept, close, hand_over, lose_contact, record_contact, write_note
from wraparound.casework.models import Case, ContactAttempt, ContactBy, ContactResult, Note
from wraparound.consent.agreed import AgreedHow
from wraparound.events.action import Refused
from wraparound.events.models import Event
from wraparound.organisations.actor import Actor, acting_as
from wraparound.pathways.vocabulary import Need, Service, UrgentFlag
from wraparound.people.models import Person
from wraparound.referrals.actions import acknowledge, decline, withdraw
from wraparound.referrals.models import Journey, Referral
from wraparound.referrals.reading import possible_moves, timeline
from wraparound.referrals.states import DeclineReason, Outcome

pytestmark = pytest.mark.django_db


def accepted(world: World, by: Actor, journey: Journey | None = None, **changes: object) -> Case:
    referral = referral_to(journey or referred(world, **changes), by)
    with acting_as(by):
        return accept(by=by, referral=referral)


def tried(case: Case, by: Actor, result: ContactResult = ContactResult.NO_ANSWER) -> None:
    with acting_as(by):
        record_contact(by=by, case=case, channel=ContactBy.PHONE, result=result)


def handed_over(case: Case, by: Actor, **changes: object) -> Referral:
    said = {
        "told": "Rent arrears since May.",
        "needs": frozenset({Need.DEBT}),
        "agreed": handover_agreed(AgreedHow.IN_PERSON),
    }
    with acting_as(by):
        return hand_over(by=by, case=case, service=Service.WELFARE_ADVICE, **(said | changes))  # type: ignore[arg-type]


def now(referral: Referral, by: Actor) -> Referral:
    with acting_as(by):
        return Referral.objects.visible_to(by).get(pk=referral.pk)


def day(by: Actor, number: int) -> Actor:
    """Some days on, every other time in the afternoon."""
    return by.at(NOW + timedelta(days=number, hours=4 * (number % 2)))


def test_accepting_opens_a_case_and_keeps_the_record_open() -> None:
    world = make_world()
    case = accepted(world, world.link_worker)
    assert now(case.referral, world.link_worker).status == "accepted"
    with acting_as(world.link_worker):
        assert Person.objects.visible_to(world.link_worker).filter(pk=case.person_id).exists()


def test_the_first_conversation_moves_the_referral_on() -> None:
    world = make_world()
    case = accepted(world, world.link_worker)
    tried(case, world.link_worker, ContactResult.SPOKE)
    referral = now(case.referral, world.link_worker)
    assert (referral.status, referral.attempts) == ("in_progress", 0)


def test_each_try_is_counted_though_the_page_was_loaded_before() -> None:
    world = make_world()
    case = accepted(world, world.link_worker)
    for number in range(3):
        tried(case, day(world.link_worker, number))
    assert now(case.referral, world.link_worker).attempts == 3


def test_a_try_cannot_be_in_the_future_or_before_the_case() -> None:
    world = make_world()
    by = world.link_worker
    case = accepted(world, by)
    for moment, code in ((NOW + timedelta(minutes=1), "in_the_future"), (NOW - timedelta(minutes=1), "too_early")):
        with acting_as(by), pytest.raises(Refused) as refused:
            record_contact(
                by=by, case=case, channel=ContactBy.PHONE, result=ContactResult.NO_ANSWER, occurred_at=moment
            )
        assert (refused.value.code, refused.value.field) == (code, "occurred_at")


def test_contact_is_lost_only_after_tries_on_enough_days() -> None:
    world = make_world()
    by = world.link_worker
    case = accepted(world, by)
    for number, result in ((0, ContactResult.NO_ANSWER), (0, ContactResult.MESSAGE_LEFT), (1, ContactResult.NO_ANSWER)):
        tried(case, day(by, number), result)
    with acting_as(by), pytest.raises(Refused, match=r"Try once more, on another day\. You may stop after tries on 3"):
        lose_contact(by=day(by, 1), case=case)
    tried(case, day(by, 2))
    with acting_as(by):
        lose_contact(by=day(by, 2), case=case)
    assert now(case.referral, by).status == "lost_contact"


def test_after_a_conversation_tries_are_counted_anew() -> None:
    world = make_world()
    by = world.link_worker
    case = accepted(world, by)
    for number, result in enumerate((ContactResult.NO_ANSWER, ContactResult.SPOKE, ContactResult.NO_ANSWER)):
        tried(case, day(by, number), result)
    with acting_as(by), pytest.raises(Refused, match="Try on 2 more days"):
        lose_contact(by=day(by, 3), case=case)


def test_contact_is_not_lost_by_calling_at_the_same_hour_each_day() -> None:
    world = make_world()
    by = world.link_worker
    case = accepted(world, by)
    for number in range(4):
        tried(case, by.at(NOW + timedelta(days=number)))
    assert now(case.referral, by).attempts == 2
    with acting_as(by), pytest.raises(Refused, match="Try once more, in the afternoon or in the evening"):
        lose_contact(by=by.at(NOW + timedelta(days=3)), case=case)
    tried(case, by.at(NOW + timedelta(days=3, hours=8)))
    with acting_as(by):
        lose_contact(by=by.at(NOW + timedelta(days=3, hours=9)), case=case)
    assert now(case.referral, by).status == "lost_contact"


def test_losing_contact_with_somebody_urgent_is_a_supervisors_decision() -> None:
    world = make_world()
    case = accepted(world, world.adviser, urgent_flags=frozenset({UrgentFlag.BAILIFFS_DUE}))
    for number in range(3):
        tried(case, day(world.adviser, number))
    with acting_as(world.adviser), pytest.raises(Refused, match="This needs a supervisor"):
        lose_contact(by=day(world.adviser, 3), case=case)
    with acting_as(world.advice_supervisor):
        lose_contact(by=day(world.advice_supervisor, 3), case=case)


def test_closing_needs_an_outcome_and_ends_case_and_referral() -> None:
    world = make_world()
    by = world.adviser
    case = accepted(world, by)
    with acting_as(by):
        with pytest.raises(Refused, match="Choose how it ended"):
            close(by=by, case=case, outcome=Outcome.NOT_RECORDED)
        close(by=by, case=case, outcome=Outcome.HELPED)
        assert Case.objects.get(pk=case.pk).closed_at == NOW
    referral = now(case.referral, by)
    assert (referral.status, referral.outcome, referral.whose_turn) == ("closed", "helped", "nobody")


def test_another_worker_of_the_team_is_told_who_has_it() -> None:
    world = make_world()
    case = accepted(world, world.link_worker)
    with acting_as(world.second_link_worker), pytest.raises(Refused, match="Leila Haddad has taken this on"):
        close(by=world.second_link_worker, case=case, outcome=Outcome.HELPED)
    with acting_as(world.link_supervisor):
        close(by=world.link_supervisor, case=case, outcome=Outcome.HELPED)


def test_a_note_of_ten_thousand_characters_in_any_script_is_kept_whole() -> None:
    world = make_world()
    case = accepted(world, world.adviser)
    text = "Обсудили жильё. நிலுவை வாடகை. 房租拖欠。\n" * 300
    with acting_as(world.adviser):
        write_note(by=world.adviser, case=case, text=text)
        assert len(text) > 10_000 and Note.objects.get(case=case).text == text.strip()


def test_a_note_is_neither_empty_nor_endless() -> None:
    world = make_world()
    case = accepted(world, world.adviser)
    for text, code in ((" \n", "empty"), ("x" * 20_001, "too_long")):
        with acting_as(world.adviser), pytest.raises(Refused) as refused:
            write_note(by=world.adviser, case=case, text=text)
        assert (refused.value.code, refused.value.field) == (code, "text")


def test_the_other_service_cannot_write_on_a_case_that_is_not_its_own() -> None:
    world = make_world()
    case = accepted(world, world.link_worker)
    with acting_as(world.adviser), pytest.raises(Case.DoesNotExist):
        write_note(by=world.adviser, case=case, text="Not mine")


def test_a_handover_waits_to_be_accepted_by_the_other_team() -> None:
    world = make_world()
    referral = handed_over(accepted(world, world.link_worker, advice_ticked=False), world.link_worker)
    assert (referral.kind, referral.status, referral.whose_turn) == ("handover", "sent", "receiving_team")
    seen = now(referral, world.adviser)
    assert seen.told == "Rent arrears since May."
    with acting_as(world.adviser):
        accept(by=world.adviser, referral=seen)
    assert now(referral, world.link_worker).status == "accepted"


def test_a_handover_goes_on_while_the_first_service_goes_on() -> None:
    world = make_world()
    case = accepted(world, world.link_worker, advice_ticked=False)
    handed_over(case, world.link_worker)
    assert now(case.referral, world.link_worker).status == "accepted"


def test_the_team_handed_over_to_sees_who_handed_over_and_when() -> None:
    world = make_world()
    journey = referred(world, advice_ticked=False)
    handed_over(accepted(world, world.link_worker, journey), world.link_worker)
    with acting_as(world.adviser):
        assert [event.name for event in timeline(world.adviser, journey)] == ["referral_hand_over"]


def test_nothing_is_handed_over_without_what_was_told_or_agreement_or_to_oneself() -> None:
    world = make_world()
    case = accepted(world, world.link_worker, advice_ticked=False)
    wrong = ({"told": " "}, "nothing_told"), ({"agreed": handover_agreed(None)}, "no_agreement")
    for changes, code in wrong:
        with pytest.raises(Refused) as refused:
            handed_over(case, world.link_worker, **changes)
        assert refused.value.code == code
    with acting_as(world.link_worker):
        assert Referral.objects.count() == 1 and not Event.objects.filter(name="referral_hand_over").exists()


def test_two_open_referrals_to_one_team_are_refused() -> None:
    world = make_world()
    case = accepted(world, world.link_worker, advice_ticked=True)
    with pytest.raises(Refused, match="Welfare advisers already has an open referral for this person"):
        handed_over(case, world.link_worker)


def test_the_worker_who_handed_over_may_take_it_back() -> None:
    world = make_world()
    referral = handed_over(accepted(world, world.link_worker, advice_ticked=False), world.link_worker)
    assert "withdraw" in {move.verb for move in possible_moves(referral, world.link_worker)}
    with acting_as(world.link_worker):
        withdraw(by=world.link_worker, referral=referral)
    with acting_as(world.adviser):
        assert not Person.objects.exists()


def test_a_declined_handover_is_read_and_closed_by_the_worker_who_handed_over() -> None:
    world = make_world()
    referral = handed_over(accepted(world, world.link_worker, advice_ticked=False), world.link_worker)
    with acting_as(world.adviser):
        decline(by=world.adviser, referral=referral, reason=DeclineReason.NO_CAPACITY)
    with acting_as(world.clinician), pytest.raises(Refused):
        acknowledge(by=world.clinician, referral=referral)
    with acting_as(world.link_worker):
        acknowledge(by=world.link_worker, referral=referral)
    assert now(referral, world.link_worker).status == "closed"


def test_a_button_pressed_twice_writes_once() -> None:
    world = make_world()
    by = world.link_worker
    case = accepted(world, by)
    with acting_as(by):
        write_note(by=by, case=case, text="Rang, no answer.")
        with pytest.raises(Refused, match="saved already"):
            write_note(by=by, case=case, text="Rang, no answer. ")
    tried(case, by)
    with pytest.raises(Refused, match="saved already"):
        tried(case, by)
    with acting_as(by):
        assert ContactAttempt.objects.count() == 1
    tried(case, by.at(by.now() + timedelta(hours=2)))
    with acting_as(by):
        assert ContactAttempt.objects.count() == 2
    # Two on one day come no further than one.
    assert now(case.referral, by).attempts == 1


def test_what_was_declined_may_be_handed_over_again() -> None:
    world = make_world()
    case = accepted(world, world.link_worker, referred(world, advice_ticked=False))
    first = handed_over(case, world.link_worker)
    with acting_as(world.adviser):
        decline(by=world.adviser, referral=first, reason=DeclineReason.NO_CAPACITY)
    assert handed_over(case, world.link_worker).pk != first.pk
