"""Where referrals go, as truth tables; and what the referrer reads."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.pathways.test_reader import changed
from wraparound.pathways import library
from wraparound.pathways.calendar import calendar_for
from wraparound.pathways.engine import AT_ONCE, Facts, NoSuchEntry, plan
from wraparound.pathways.reader import from_tree
from wraparound.pathways.vocabulary import Entry, Nation, Need, Service, Turn, UrgentFlag

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 23, 10, 20, tzinfo=LONDON)
SP, ADVICE = Service.SOCIAL_PRESCRIBING, Service.WELFARE_ADVICE


def planned(name, entry=Entry.CLINICIAN, *, needs=(), flags=(), ticked=False, now=NOW):
    facts = Facts(entry, frozenset(needs), frozenset(flags), ticked)
    return plan(library.load(name), facts, calendar_for(Nation.ENGLAND), now)


def shape(steps):
    """(service, starts, local due date, urgent, same day) of each step."""
    return [
        (step.service, step.starts, step.first_contact_due.astimezone(LONDON).date(), step.urgent, step.same_day)
        for step in steps
    ]


ONE_WEEK = date(2026, 11, 30)
THREE_DAYS, NEXT_DAY, TODAY = date(2026, 11, 26), date(2026, 11, 24), date(2026, 11, 23)
HANDED_OVER, HANDED_OVER_SOON = date(2026, 12, 14), date(2026, 12, 10)


@pytest.mark.parametrize(
    ("needs", "ticked", "flags", "expected"),
    [
        ([], False, [], [(SP, AT_ONCE, ONE_WEEK, False, False)]),
        ([Need.LONELINESS], False, [], [(SP, AT_ONCE, ONE_WEEK, False, False)]),
        ([], True, [], [(SP, AT_ONCE, ONE_WEEK, False, False), (ADVICE, AT_ONCE, ONE_WEEK, False, False)]),
        # A need for advice without the tick: the link worker prepares the person and hands over.
        ([Need.DEBT], False, [], [(SP, AT_ONCE, ONE_WEEK, False, False), (ADVICE, SP, HANDED_OVER, False, False)]),
        ([Need.DEBT], True, [], [(SP, AT_ONCE, ONE_WEEK, False, False), (ADVICE, AT_ONCE, ONE_WEEK, False, False)]),
        ([], False, [UrgentFlag.BAILIFFS_DUE],
         [(ADVICE, AT_ONCE, NEXT_DAY, True, False), (SP, AT_ONCE, ONE_WEEK, False, False)]),
        ([], True, [UrgentFlag.BAILIFFS_DUE],
         [(ADVICE, AT_ONCE, NEXT_DAY, True, False), (SP, AT_ONCE, ONE_WEEK, False, False)]),
        ([], False, [UrgentFlag.NO_FOOD],
         [(ADVICE, AT_ONCE, TODAY, True, True), (SP, AT_ONCE, ONE_WEEK, False, False)]),
    ],
)  # fmt: skip
def test_a_clinician_on_both_at_once(needs, ticked, flags, expected):
    assert shape(planned("both-at-once", needs=needs, ticked=ticked, flags=flags).steps) == expected


@pytest.mark.parametrize(
    ("needs", "ticked", "flags", "expected"),
    [
        ([], False, [], [(SP, AT_ONCE, THREE_DAYS, False, False)]),
        ([Need.LONELINESS], False, [], [(SP, AT_ONCE, THREE_DAYS, False, False)]),
        ([], True, [], [(SP, AT_ONCE, THREE_DAYS, False, False), (ADVICE, SP, HANDED_OVER_SOON, False, False)]),
        ([Need.DEBT], False, [],
         [(SP, AT_ONCE, THREE_DAYS, False, False), (ADVICE, SP, HANDED_OVER_SOON, False, False)]),
        # The fast track goes round the link worker, who is told and carries on.
        ([], False, [UrgentFlag.EVICTION_WITHIN_14_DAYS],
         [(ADVICE, AT_ONCE, NEXT_DAY, True, False), (SP, AT_ONCE, THREE_DAYS, False, False)]),
        ([], False, [UrgentFlag.HOMELESS_TONIGHT],
         [(ADVICE, AT_ONCE, TODAY, True, True), (SP, AT_ONCE, THREE_DAYS, False, False)]),
    ],
)  # fmt: skip
def test_a_clinician_on_link_worker_first(needs, ticked, flags, expected):
    assert shape(planned("link-worker-first", needs=needs, ticked=ticked, flags=flags).steps) == expected


@pytest.mark.parametrize("entry", [Entry.RECEPTION, Entry.SELF, Entry.WORKER])
@pytest.mark.parametrize(
    ("needs", "ticked", "reached"),
    [
        ([], False, [SP]),
        ([Need.DEBT], False, [ADVICE]),
        ([], True, [ADVICE]),
        ([Need.LONELINESS], False, [SP]),
        ([Need.DEBT, Need.LONELINESS], False, [ADVICE, SP]),
    ],
)
def test_the_other_entries_on_both_at_once(entry, needs, ticked, reached):
    steps = planned("both-at-once", entry, needs=needs, ticked=ticked).steps
    assert [step.service for step in steps if step.starts == AT_ONCE] == reached


def test_each_service_is_told_of_the_others_step():
    first, second = planned("link-worker-first", flags=[UrgentFlag.BAILIFFS_DUE]).steps
    assert (first.told, second.told) == ((SP,), (ADVICE,))
    (alone,) = planned("both-at-once").steps
    assert alone.told == ()


def test_whose_turn_each_step_is():
    now, later = planned("link-worker-first", ticked=True).steps
    assert (now.turn, later.turn) == (Turn.RECEIVING_TEAM, Turn.OTHER_TEAM)


def test_why_each_service_is_reached():
    advice, social = planned("both-at-once", flags=[UrgentFlag.NO_FOOD, UrgentFlag.BAILIFFS_DUE]).steps
    assert advice.because == "Urgent: no food and bailiffs due."
    assert social.because == "Every referral from a clinician reaches social prescribing first."
    _, ticked = planned("both-at-once", ticked=True).steps
    assert ticked.because == "The referrer ticked “welfare advice”."


def test_what_a_clinician_reads():
    teams = {SP: "Elm Street Hub"}
    assert planned("both-at-once", ticked=True).sentences(teams) == (
        "The link worker at Elm Street Hub will contact them by Monday 30 November.",
        "An adviser will contact them by Monday 30 November.",
    )
    assert planned("link-worker-first", ticked=True).sentences() == (
        "A link worker will contact them by Thursday 26 November.",
        "Then the link worker hands over to an adviser, who is expected to contact them by Thursday 10 December.",
    )
    assert planned("both-at-once", flags=[UrgentFlag.BAILIFFS_DUE]).sentences()[0] == (
        "Urgent: an adviser will contact them by Tuesday 24 November."
    )


def test_what_a_clinician_reads_when_it_cannot_wait():
    said = planned("both-at-once", flags=[UrgentFlag.NO_FOOD, UrgentFlag.IMMEDIATE_DANGER]).sentences()
    assert said[0].startswith("If anybody is in danger now, call 999")
    assert said[1].startswith("Give a food bank voucher")
    assert said[2] == "Same day: an adviser is to contact them by 12:20pm on Monday 23 November."
    sunday = datetime(2026, 11, 22, 2, 0, tzinfo=LONDON)
    said = planned("both-at-once", flags=[UrgentFlag.NO_FOOD], now=sunday).sentences()
    assert said[1] == "Services are closed until 9am on Monday 23 November: do not leave this to the referral."


def test_the_closed_services_are_named_only_when_it_cannot_wait():
    sunday = datetime(2026, 11, 22, 2, 0, tzinfo=LONDON)
    assert planned("both-at-once", flags=[UrgentFlag.BAILIFFS_DUE], now=sunday).sentences()[0].startswith("Urgent")


def test_what_a_clinician_reads_when_nothing_is_sent():
    made = planned("signpost-only", needs=[Need.DEBT])
    assert made.sentences({SP: "Elm Street Hub"}) == (
        "They are told about welfare advice and get in touch themselves: nothing is sent.",
        "They are told about social prescribing at Elm Street Hub and get in touch themselves: nothing is sent.",
    )
    assert [each.because for each in made.signposts] == [
        "“Welfare advice” was ticked, or a need was named that an adviser answers.",
        "Every referral.",
    ]


def test_what_reception_reads_when_a_session_is_to_be_booked():
    made = planned("reception-booking", Entry.RECEPTION, needs=[Need.DEBT])
    assert made.sentences({ADVICE: "Elm Street Hub"}) == (
        "A session with the adviser at Elm Street Hub is to be booked; without one, they are contacted by Monday 30 "
        "November.",
    )
    urgent = planned("reception-booking", Entry.RECEPTION, needs=[Need.DEBT], flags=[UrgentFlag.BAILIFFS_DUE])
    assert urgent.sentences()[0].startswith("Urgent: a session with an adviser is to be booked; without one, ")


def test_help_within_hours_is_not_left_to_a_session():
    made = planned("reception-booking", Entry.RECEPTION, needs=[Need.DEBT], flags=[UrgentFlag.NO_FOOD])
    assert [step.session for step in made.steps if step.same_day] == [False]


@pytest.mark.parametrize("entry", Entry)
def test_every_entry_can_be_spoken_of(entry):
    (step,) = planned("link-worker-first", entry).steps
    assert step.because.endswith((" reaches social prescribing first.", " reaches social prescribing."))


def test_a_hand_over_at_once_is_a_referral_at_once():
    pathway = from_tree(changed(("handover.0.at", "at_once")), "some.toml")
    calendar = calendar_for(Nation.ENGLAND)
    debt = plan(pathway, Facts(Entry.CLINICIAN, frozenset({Need.DEBT})), calendar, NOW)
    assert shape(debt.steps) == [(SP, AT_ONCE, ONE_WEEK, False, False), (ADVICE, AT_ONCE, ONE_WEEK, False, False)]
    assert debt.steps[1].because.startswith("A need was named that an adviser answers")
    assert [step.service for step in plan(pathway, Facts(Entry.CLINICIAN), calendar, NOW).steps] == [SP]


def test_an_entry_that_the_pathway_does_not_take():
    pathway = from_tree(changed(("entries", {"clinician": {"to": ["social_prescribing"]}})), "some.toml")
    with pytest.raises(NoSuchEntry, match="takes no referrals from this entry: self"):
        plan(pathway, Facts(Entry.SELF), calendar_for(Nation.ENGLAND), NOW)
