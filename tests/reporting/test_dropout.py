"""What each role is told of how far people come, and the journeys behind it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import NOW, World, details, make_world, member, referral_to, referred
from wraparound.casework.actions import accept, close, record_contact
from wraparound.casework.models import ContactBy, ContactResult
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.models import Team
from wraparound.organisations.roles import Role
from wraparound.referrals.actions import decline, withdraw
from wraparound.referrals.models import Referral
from wraparound.referrals.states import DeclineReason, Outcome
from wraparound.reporting.behind import CONDITIONS, behind, people_of
from wraparound.reporting.counting import recount
from wraparound.reporting.dropout import Dropout, Way, dropout, totals
from wraparound.reporting.filters import Filters, lately
from wraparound.reporting.rows import not_chased, unmet_needs, waits, why_not_taken
from wraparound.reporting.telling import told

pytestmark = pytest.mark.django_db
MONTH = Filters(NOW.date().replace(day=1), NOW.date())
LATER = NOW + timedelta(days=2)


def managers(world: World) -> World:
    world.actors["manager"] = member(world.scheme, world.social.organisation, Role.SERVICE_MANAGER, "Mo Khan")
    world.actors["practice_manager"] = member(world.scheme, world.practice, Role.PRACTICE_MANAGER, "Pat Hill")
    world.actors["administrator"] = member(world.scheme, world.practice, Role.SCHEME_ADMINISTRATOR, "Lou Ray")
    return world


def somebody(world: World, number: int, by: Actor | None = None) -> Referral:
    who = details(family_name=f"Duarte{number}", date_of_birth=None, postcode="")
    return referral_to(referred(world, by=by, advice_ticked=False, person=who), world.link_worker)


def lives(world: World) -> list[Referral]:
    """Seven people sent to the link workers, each of whom came to another end."""
    sent = [somebody(world, number) for number in range(7)]
    by = world.link_worker.at(LATER)
    with acting_as(by):
        decline(by=by, referral=sent[1], reason=DeclineReason.NO_CAPACITY)
        cases = [accept(by=by, referral=each) for each in sent[2:5]]
        for case in cases[1:]:
            record_contact(by=by.at(LATER + timedelta(days=1)), case=case, channel=ContactBy.PHONE,
                           result=ContactResult.SPOKE)  # fmt: skip
        close(by=by.at(LATER + timedelta(days=1)), case=cases[2], outcome=Outcome.HELPED)
    with acting_as(world.clinician):
        withdraw(by=world.clinician, referral=sent[5])
    recount()
    return sent


def seen_by(actor: Actor, filters: Filters = MONTH) -> Dropout:
    with acting_as(actor):
        found = dropout(actor, filters)
    assert found is not None
    return found


def only_way(actor: Actor, filters: Filters = MONTH) -> Way:
    [way] = seen_by(actor, filters).ways
    return way


def counts(way: Way) -> list[tuple[str, str, dict[str, str]]]:
    return [(step.name, step.count.text, {left.name: left.count.text for left in step.left}) for step in way.steps]


def test_a_manager_sees_where_people_left_and_who_is_still_on_the_way() -> None:
    world = managers(make_world())
    lives(world)
    way = only_way(world.manager)
    assert counts(way) == [
        ("referred", "7", {"left_unanswered": "0", "left_withdrawn": "1"}),
        ("answered", "4", {"left_declined": "1", "left_sent_on": "0", "left_unreached": "0"}),
        ("reached", "2", {"left_unattended": "0"}),
        ("attended", "1", {"left_unfinished": "0"}),
        ("finished", "1", {}),
    ]
    assert [step.still and step.still.text for step in way.steps] == ["2", "1", "1", "0", None]
    assert way.days_to_answer == 2 and way.days_to_contact == 3


@pytest.mark.parametrize("role", ["clinician", "receptionist", "link_worker", "adviser"])
def test_a_role_that_sees_no_figures_gets_none(role: str) -> None:
    world = make_world()
    lives(world)
    by = world.actors[role]
    with acting_as(by):
        assert dropout(by, MONTH) is None and unmet_needs(by, MONTH) == [] and waits(by) is None
        assert behind(by, "referred", MONTH).rows == [] and totals(by, MONTH)["referred"] == 0


def test_each_sees_their_own_part() -> None:
    world = managers(make_world())
    somebody(world, 1)
    for number in range(2, 9):
        somebody(world, number, by=world.other_clinician)
    recount()
    assert only_way(world.practice_manager).steps[0].count.text == "1"
    assert only_way(world.manager).steps[0].count.text == only_way(world.link_supervisor).steps[0].count.text == "8"
    assert seen_by(world.advice_supervisor).ways == ()
    assert only_way(world.commissioner).steps[0].count.text == only_way(world.administrator).steps[0].count.text == "10"


def test_another_schemes_figures_are_nobodys() -> None:
    lives(make_world())
    elsewhere = managers(make_world())
    for role in ("manager", "practice_manager", "commissioner", "administrator", "link_supervisor"):
        assert seen_by(elsewhere.actors[role]).ways == ()


def test_who_sees_a_scheme_is_told_no_small_number_nor_a_mean_of_few() -> None:
    world = managers(make_world())
    lives(world)
    for by in (world.commissioner, world.administrator):
        way = only_way(by)
        texts = [step.count.text for step in way.steps] + [left.count.text for s in way.steps for left in s.left]
        assert set(texts) == {"5", "Fewer than 5"} and way.days_to_answer is None and way.share is None


def test_who_sees_a_scheme_sees_whole_months() -> None:
    """Two periods that differ by a day would give that day's people."""
    world = make_world()
    asked = Filters(date(2026, 11, 3), date(2026, 12, 4))
    assert seen_by(world.commissioner, asked).filters == Filters(date(2026, 11, 1), date(2026, 12, 31))


def test_a_part_can_be_asked_for_and_never_more_than_the_whole() -> None:
    world = managers(make_world())
    lives(world)
    for number in (11, 12):
        somebody(world, number, by=world.other_clinician)
    recount()
    asked = {
        "practice": replace(MONTH, practice=world.other_practice.pk),
        "entry": replace(MONTH, entry="reception"),
        "pathway": replace(MONTH, pathway="both-at-once"),
        "another pathway": replace(MONTH, pathway="link-worker-first"),
        "before": Filters(date(2020, 1, 1), date(2020, 12, 31)),
        "another's team": replace(MONTH, team=world.advice.pk),
    }
    sent = {
        name: sum(int(way.steps[0].count.text) for way in seen_by(world.manager, filters).ways)
        for name, filters in asked.items()
    }
    assert sent == {"practice": 2, "entry": 0, "pathway": 9, "another pathway": 0, "before": 0, "another's team": 0}


def test_behind_each_number_are_as_many_people() -> None:
    world = managers(make_world())
    lives(world)
    by = world.manager
    with acting_as(by):
        way = only_way(by)
        told_ = {step.name: step.count.about for step in way.steps}
        told_ |= {left.name: left.count.about for step in way.steps for left in step.left}
        told_ |= {f"still_{step.name}": step.still.about for step in way.steps if step.still}
        told_ |= {"urgent": way.urgent.about, "accepted": way.accepted.about}
        found = {name: len(behind(by, name, MONTH).rows) for name in CONDITIONS}
    assert found == told_ and len(found) == 18


def test_nobody_looks_behind_a_number_but_who_may_see_its_people() -> None:
    world = managers(make_world())
    lives(world)
    for role in ("practice_manager", "commissioner", "administrator", "advice_supervisor", "clinician"):
        by = world.actors[role]
        with acting_as(by):
            assert list(behind(by, "referred", MONTH).rows) == [], role
    elsewhere = managers(make_world())
    with acting_as(elsewhere.manager):
        assert list(behind(elsewhere.manager, "referred", replace(MONTH, team=world.social.pk)).rows) == []


def test_every_page_behind_a_number_follows_the_one_before() -> None:
    world = managers(make_world())
    for number in range(12):
        day = world.clinician.at(NOW - timedelta(days=number // 4))
        somebody(world, number, by=day)
    recount()
    pages, after = [], ""
    with acting_as(world.manager):
        while True:
            page = behind(world.manager, "still_referred", MONTH, after=after, size=5)
            pages.append([row.pk for row in page.rows])
            if not (after := page.after):
                break
        shown = [pk for page in pages for pk in page]
        assert len(shown) == len(set(shown)) == 12 and [len(page) for page in pages[:2]] == [5, 5]
        assert shown == list(Referral.objects.order_by("-sent_at", "-id").values_list("pk", flat=True))


def test_those_who_moved_on_since_the_count_are_passed_over() -> None:
    world = managers(make_world())
    sent = [somebody(world, number, by=world.clinician.at(NOW - timedelta(days=number))) for number in range(8)]
    recount()
    by = world.link_worker.at(LATER)
    with acting_as(by):
        for each in sent[:6]:
            decline(by=by, referral=each, reason=DeclineReason.NOT_FOR_US)
    with acting_as(world.manager):
        first = behind(world.manager, "still_referred", MONTH, size=5)
        second = behind(world.manager, "still_referred", MONTH, size=5, after=first.after)
    assert [*first.rows, *second.rows] == sent[6:]


def test_a_record_that_has_closed_again_is_counted_and_not_named() -> None:
    world = managers(make_world())
    sent = lives(world)
    with acting_as(world.manager):
        rows = behind(world.manager, "left_withdrawn", MONTH).rows
        assert list(rows) == [sent[5]] and people_of(world.manager, rows) == {}
        rows = behind(world.manager, "finished", MONTH).rows
        assert [person.family_name for person in people_of(world.manager, rows).values()] == ["Duarte4"]


def test_a_key_that_is_none_begins_at_the_beginning() -> None:
    world = managers(make_world())
    lives(world)
    with acting_as(world.manager):
        assert len(behind(world.manager, "referred", MONTH, after="nonsense~x").rows) == 7


def asked_of_the_database(by: Actor) -> dict[str, int]:
    reads = {
        "dropout": lambda: dropout(by, MONTH),
        "behind": lambda: behind(by, "referred", MONTH).rows,
        "waits": lambda: waits(by),
        "unmet": lambda: unmet_needs(by, MONTH),
    }
    found = {}
    with acting_as(by):
        for name, read in reads.items():
            with CaptureQueriesContext(connection) as captured:
                read()
            found[name] = len(captured)
    return found


def test_the_database_is_asked_the_same_however_many_there_are() -> None:
    world = managers(make_world())
    lives(world)
    few = asked_of_the_database(world.manager)
    for number in range(20, 50):
        somebody(world, number)
    Team.objects.create(scheme=world.scheme, organisation=world.social.organisation, name="Second", service="social")
    recount()
    assert asked_of_the_database(world.manager) == few
    assert few == {"dropout": 3, "behind": 3, "waits": 1, "unmet": 1}


def test_nine_in_ten_and_the_reasons_are_read_from_the_newest_rows() -> None:
    world = managers(make_world())
    lives(world)
    for by in (world.manager.at(LATER), world.practice_manager.at(LATER)):
        with acting_as(by):
            found = waits(by)
            assert found is not None and (found.to_answer, found.to_contact) == (2, 3)
            assert why_not_taken(by, MONTH) == {"No room at present": 1}
            assert not_chased(by, MONTH) == 4
    with acting_as(world.commissioner):
        assert waits(world.commissioner) is None and why_not_taken(world.commissioner, MONTH) == {}


def test_months_are_shown_from_their_first_day() -> None:
    assert lately(date(2026, 1, 31)) == Filters(date(2025, 10, 1), date(2026, 1, 31))
    assert lately(date(2026, 11, 23), months=0).first == date(2026, 11, 1)


def test_signposts_stand_beside_referrals() -> None:
    from wraparound.referrals.models import Signpost

    world = managers(make_world())
    lives(world)
    with acting_as(world.clinician):
        for came in (None, None, LATER):
            Signpost.objects.create(
                scheme=world.scheme, organisation_ids=[world.practice.pk], from_organisation=world.practice,
                service="social_prescribing", needs=[], given_at=NOW, followed_at=came, to_team=world.social,
            )  # fmt: skip
    recount()
    [(service, (referral, signpost))] = seen_by(world.manager).conversions.items()
    assert service == "social_prescribing" and referral is not None and signpost is not None
    assert [step.count for step in signpost.steps] == [told(3, exactly=True), told(1, exactly=True)]
    assert referral.share is not None and round(referral.share.of_a_hundred) == 29
    assert signpost.share is not None and round(signpost.share.of_a_hundred) == 33
    with acting_as(world.manager):
        assert list(behind(world.manager, "referred", replace(MONTH, kind="signpost")).rows) == []
