"""From the month's list to a file that was put right: who reads what, and nothing that was written is lost."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.factories import World, make_world, member
from tests.house.advice import a_limit, a_matter, advised_in
from tests.house.supervising import a_log, all_said, begun, finished, to_review, written
from wraparound.advice.matters import close_matter, reopen_matter
from wraparound.casework.models import Task
from wraparound.casework.to_do import finish_task
from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor, acting_as, system
from wraparound.organisations.roles import Role
from wraparound.supervision.checklist import retired, shipped
from wraparound.supervision.counting import by_adviser, findings
from wraparound.supervision.drawing import add_by_hand, add_risks, draw_again, draw_month, month_of, set_size
from wraparound.supervision.learning import log_learning, note_session
from wraparound.supervision.models import Draw, Finding, Learning, Review
from wraparound.supervision.questions import change_checklist
from wraparound.supervision.reading import learning_in, needs_work, own_reviews, review_of, reviews_of, to_read
from wraparound.supervision.reviewing import (
    OVERALL,
    Clash,
    Part,
    Said,
    answer,
    begin,
    close,
    digest_of,
    finish,
    parts_of,
    questions_of,
    write,
)  # fmt: skip
from wraparound.supervision.states import Grade, ReviewStatus, Verdict, Why
from wraparound.supervision.tasks import look_through, sweep

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def listed(by: Actor) -> list[Review]:
    with acting_as(by):
        return list(reviews_of(by, month_of(by)).rows)


def drawn(world: World, files: int) -> list[Review]:
    for number in range(files):
        advised_in(world).matter(title=f"Letter {number}")
    with acting_as(world.advice_supervisor):
        draw_month(by=world.advice_supervisor)
    return listed(world.advice_supervisor)


def risks(world: World) -> list[Review]:
    clock = system(world.scheme, world.advice.organisation_id).at(world.adviser.now())
    with acting_as(clock):
        return add_risks(by=clock)


def test_a_month_is_drawn_once_and_again_only_with_a_reason(world: World) -> None:
    by = world.advice_supervisor
    with acting_as(by):
        set_size(by=by, number=2)
        set_size(by=by, number=3, worker_id=world.adviser.user_id)
    assert len(drawn(world, 6)) == 3
    with acting_as(by):
        with pytest.raises(Refused, match="drawn already"):
            draw_month(by=by)
        kept = begin(by=by, review=listed(by)[0])
        with pytest.raises(Refused, match="why"):
            draw_again(by=by, why=" ")
        draw_again(by=by, why="Ana asked for others")
        assert [each.number for each in Draw.objects.order_by("pk")] == [1, 2]
        left = Review.objects.filter(status=ReviewStatus.LEFT_OUT)
        assert {each.ended_why for each in left} == {"Drawn again: Ana asked for others"} and len(left) == 2
    assert kept.pk in {each.pk for each in listed(by)} and len(listed(by)) == 3


def test_the_clock_draws_each_organisations_list_and_does_nothing_twice(world: World) -> None:
    a_matter(world)
    assert sweep() >= 1
    clock = system(world.scheme, world.advice.organisation_id).at(world.adviser.now())
    for _ in range(2):
        look_through.now(by=clock)
    assert [each.why for each in listed(world.advice_supervisor)] == [Why.SAMPLE]


def test_where_one_supervisor_is_alone_nobody_reviews_their_files(world: World) -> None:
    found, by = advised_in(world), world.advice_supervisor
    own = found.matter(by)
    with acting_as(by):
        draw_month(by=by)
        with pytest.raises(Refused, match="own work"):
            add_by_hand(by=by, matter=own, why="To learn")
    assert listed(by) == []
    other = member(world.scheme, world.advice.organisation, Role.SUPERVISOR, "Edith Bell", world.advice)
    with acting_as(other):
        review = add_by_hand(by=other, matter=own, why="To learn")
    with acting_as(by), pytest.raises(Refused, match="own work"):
        begin(by=by, review=review)
    with acting_as(by), pytest.raises(Review.DoesNotExist):
        review_of(by, review.pk)


def test_what_is_at_risk_comes_on_the_list_with_its_reasons(world: World) -> None:
    limit = a_limit(world)
    with acting_as(world.adviser):
        limit.last_day = world.adviser.today() - timedelta(days=2)
        limit.save(update_fields=["last_day"])
    [review] = risks(world)
    assert (review.matter_id, review.risks) == (limit.matter_id, ["limit_missed"])
    with pytest.raises(Refused, match="Nothing new"):
        risks(world)


def test_what_was_opened_again_or_closed_without_a_note_is_looked_at(world: World) -> None:
    again, closed, by = a_matter(world), a_matter(world), world.adviser
    with acting_as(by):
        for each in (again, closed):
            close_matter(by=by, matter=each, why="Won")
        reopen_matter(by=by, matter=again)
    found = {each.matter_id: each.risks for each in risks(world)}
    assert found == {again.pk: ["reopened"], closed.pk: ["closed_bare"]}


def test_a_review_keeps_the_checklist_that_it_was_begun_with(world: World) -> None:
    review, by = begun(world), world.advice_supervisor
    with acting_as(by):
        change_checklist(by=by, seen=1, questions=retired(shipped()[0], "whole"), what="Retired one")
        assert "whole" in {each.key for each in questions_of(review_of(by, review.pk))}
        with pytest.raises(Refused, match="meanwhile"):
            change_checklist(by=by, seen=1, questions=retired(shipped()[0], "notes"), what="Late")


def test_two_who_write_lose_nothing(world: World) -> None:
    review, by = begun(world), world.advice_supervisor
    nothing = digest_of(Part())
    with acting_as(by):
        write(by=by, review=review, said={"facts": Said(Part(verdict="no", remark="No tenancy"), nothing)})
        late = {"facts": Said(Part(verdict="yes"), nothing), "notes": Said(Part(verdict="yes"), nothing)}
        done = write(by=by, review=review, said=late)
        assert (done.kept, done.clashes) == (("notes",), ("facts",))
        with pytest.raises(Clash):
            write(by=by, review=review, said={"facts": late["facts"]})
        assert parts_of(review_of(by, review.pk))["facts"].remark == "No tenancy"


def test_a_review_is_finished_only_when_all_is_said(world: World) -> None:
    review, by = begun(world), world.advice_supervisor
    with acting_as(by):
        with pytest.raises(Refused) as refused:
            finish(by=by, review=review)
        assert refused.value.field == "verdict_identity"
        said = all_said(review, Grade.NEEDS_WORK)
        said[OVERALL] = replace(said[OVERALL], part=Part(verdict=Grade.NEEDS_WORK.value))
        write(by=by, review=review, said=said)
        with pytest.raises(Refused, match="needs work now"):
            finish(by=by, review=review)


def test_a_finding_is_the_advisers_task_and_needs_work_stays_until_it_is_done(world: World) -> None:
    review, by, adviser = (
        finished(world, Grade.NEEDS_WORK, in_writing=Verdict.NO),
        world.advice_supervisor,
        world.adviser,
    )
    with acting_as(by):
        finding = Finding.objects.select_related("task").get()
        assert finding.task.title == "File review: Confirm the advice to the person in writing"
        assert (finding.task.worker_id, finding.task.case_id) == (adviser.user_id, review.case_id)
        assert [each.pk for each in needs_work(by, 5)] == [review.pk]
        with pytest.raises(Refused, match="still to be put right"):
            close(by=by, review=review)
    with acting_as(adviser):
        answer(by=adviser, review=review, words="Written today.")
        assert [each.pk for each in to_read(adviser, 5)] == [review.pk], "answered, and still needs work"
        finish_task(by=adviser, task=Task.objects.get())
    with acting_as(by):
        close(by=by, review=review)
        assert needs_work(by, 5) == []
        [row] = [each for each in by_adviser(by, month_of(by)) if each.name == adviser.name]
        assert (row.listed, row.reviewed, row.grades[Grade.NEEDS_WORK]) == (1, 1, 1)
        assert [(each.times, each.put_right) for each in findings(by)] == [(1, 1)]


def test_an_adviser_reads_their_own_once_it_is_finished_and_nobody_else_does(world: World) -> None:
    review = written(world, facts=Verdict.PARTLY)
    other = member(world.scheme, world.advice.organisation, Role.ADVISER, "Bo Lind", world.advice)

    def seen(by: Actor) -> tuple[int, int]:
        with acting_as(by):
            return Review.objects.count(), Finding.objects.count()

    assert seen(world.adviser) == (0, 0)
    with acting_as(world.advice_supervisor):
        finish(by=world.advice_supervisor, review=review)
    assert seen(world.adviser) == (1, 1)
    with acting_as(world.adviser):
        assert [each.pk for each in own_reviews(world.adviser).rows] == [review.pk]
    for by in (other, world.link_supervisor, world.clinician, world.advice_lead, world.link_worker):
        assert seen(by) == (0, 0), by.name


def test_only_the_adviser_answers(world: World) -> None:
    review, by = finished(world), world.advice_supervisor
    with acting_as(by), pytest.raises(Refused, match="Ana Sousa answers"):
        answer(by=by, review=review, words="Fine")


def test_a_file_is_on_a_months_list_once(world: World) -> None:
    review, by = to_review(world), world.advice_supervisor
    with acting_as(by), pytest.raises(Refused, match="on this month"):
        add_by_hand(by=by, matter=review.matter, why="Again")


def test_what_was_agreed_in_supervision_becomes_tasks_and_counts_as_learning(world: World) -> None:
    by, adviser = world.advice_supervisor, world.adviser
    a_log(world)
    with acting_as(by):
        note_session(by=by, worker_id=adviser.user(), day=by.today(), minutes=60, agreed=["Read ADM A3", "Shadow Joy"])
        assert [each.title for each in Task.objects.order_by("pk")] == ["Read ADM A3", "Shadow Joy"]
        with pytest.raises(Refused, match="Another supervisor"):
            note_session(by=by, worker_id=by.user(), day=by.today(), minutes=60)
    with acting_as(adviser):
        assert [each.minutes for each in learning_in(adviser, 2026)] == [60, 45]


def test_learning_is_read_by_oneself_and_ones_supervisor(world: World) -> None:
    a_log(world)
    other = member(world.scheme, world.advice.organisation, Role.ADVISER, "Bo Lind", world.advice)
    for by, number in ((world.adviser, 1), (world.advice_supervisor, 1), (other, 0), (world.link_supervisor, 0)):
        with acting_as(by):
            assert len(learning_in(by, 2026)) == Learning.objects.count() == number, by.name


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"minutes": 0}, "minutes"), ({"minutes": 6_001}, "minutes"), ({"what": " "}, "what"),
     ({"kind": Learning.Kind.SUPERVISION}, "kind")],
)  # fmt: skip
def test_learning_that_makes_no_sense_is_refused(world: World, changes: dict[str, object], field: str) -> None:
    by = world.adviser
    said = {"kind": Learning.Kind.COURSE, "what": "Appeals", "day": by.today(), "minutes": 30} | changes
    with acting_as(by), pytest.raises(Refused) as refused:
        log_learning(by=by, **said)  # type: ignore[arg-type]
    assert refused.value.field == field
