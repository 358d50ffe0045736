"""Digests: what is news and to whom, when one goes, and that none goes twice."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from tests.factories import NOW, World, details, make_world, member, referral_to, referred
from tests.house.seeing import Owner, committing
from tests.messaging.mail_server import mail_server
from wraparound.casework.actions import accept, record_contact
from wraparound.casework.models import ContactBy, ContactResult
from wraparound.events.action import Refused
from wraparound.messaging.digests import choose_digest, news
from wraparound.messaging.models import DigestSent
from wraparound.messaging.post import NotSent, Post
from wraparound.messaging.slots import daily_slot, weekly_slot
from wraparound.messaging.tasks import make_digest, post_digest, sweep_digests
from wraparound.organisations.actor import Actor, acting_as, system
from wraparound.organisations.models import Digest, Membership, User
from wraparound.organisations.roles import Role
from wraparound.pathways.calendar import calendar_for, local
from wraparound.pathways.vocabulary import Nation, Service
from wraparound.referrals.actions import decline
from wraparound.referrals.models import Journey, UnmetNeed
from wraparound.referrals.states import DeclineReason

ENGLAND = calendar_for(Nation.ENGLAND)
MORNING = datetime(2026, 11, 24, 7, 15, tzinfo=UTC)


def london(day: int, hour: int, minute: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "daily", "weekly"),
    [
        # Tuesday 24 November 2026, in winter time.
        (london(24, 7, 29), None, None),
        (london(24, 7, 30), london(24, 7, 15), london(23, 7, 15)),
        (london(24, 16, 0), london(24, 7, 15), london(23, 7, 15)),
        (london(23, 7, 30), london(23, 7, 15), london(23, 7, 15)),
        # A Saturday and a Sunday.
        (london(28, 9, 0), None, None),
        (london(29, 9, 0), None, None),
        # Monday 31 August 2026 is a bank holiday, and it is summer time.
        (london(31, 9, 0, 8), None, None),
        (london(1, 6, 29, 9), None, None),
        (london(1, 6, 30, 9), london(1, 6, 15, 9), london(1, 6, 15, 9)),
        (london(2, 12, 0, 9), london(2, 6, 15, 9), london(1, 6, 15, 9)),
    ],
)
def test_a_digest_goes_from_half_past_seven_on_working_days(
    now: datetime, daily: datetime | None, weekly: datetime | None
) -> None:
    assert (daily_slot(now, ENGLAND), weekly_slot(now, ENGLAND)) == (daily, weekly)


@given(st.integers(0, 2_000_000), st.sampled_from(list(Nation)))
def test_no_digest_counts_what_has_not_happened_and_a_weeks_is_never_later_than_a_days(
    minutes: int, nation: Nation
) -> None:
    now, calendar = NOW + timedelta(minutes=minutes), calendar_for(nation)
    daily, weekly = daily_slot(now, calendar), weekly_slot(now, calendar)
    assert (daily is None) == (weekly is None)
    if daily and weekly:
        assert weekly <= daily <= now
        assert local(daily).date() == local(now).date()
        assert local(weekly).isocalendar()[:2] == local(now).isocalendar()[:2]


def of(actor: Actor) -> Membership:
    return Membership.objects.select_related("user").get(pk=actor.membership_id)


def told(
    world: World, reader: Actor, since: timedelta = timedelta(0), until: datetime = MORNING
) -> dict[str, list[str]]:
    """What the reader's digest would say, by reference."""
    by = system(world.scheme, reader.organisation_id)
    with acting_as(by):
        found = news(of(reader), NOW - timedelta(days=1) + since, until, by)
    return {str(each["reference"]): [name for name, _ in each["news"]] for each in found}  # type: ignore[attr-defined]


def worked_on(journey: Journey, by: Actor) -> None:
    with acting_as(by):
        case = accept(by=by, referral=referral_to(journey, by))
        for result in (ContactResult.NO_ANSWER, ContactResult.SPOKE):
            record_contact(by=by, case=case, channel=ContactBy.PHONE, result=result)


def sent_by(world: World, who: Actor, family_name: str) -> Journey:
    return referred(world, by=who, person=details(family_name=family_name, date_of_birth=date(1990, 1, 2)))


@pytest.mark.django_db
def test_a_referrer_hears_of_their_own_referrals_and_a_practice_manager_of_all() -> None:
    world = make_world()
    manager = member(world.scheme, world.practice, Role.PRACTICE_MANAGER, "Pat Manager")
    hers, his = sent_by(world, world.clinician, "Duarte"), sent_by(world, world.receptionist, "Okoro")
    for journey in (hers, his):
        worked_on(journey, world.link_worker)
    happened = ["referral_accept", "referral_reach"]
    assert told(world, world.clinician) == {hers.reference: happened}
    assert told(world, world.receptionist) == {his.reference: happened}
    assert told(world, manager) == {hers.reference: happened, his.reference: happened}
    assert told(world, world.other_clinician) == {}


@pytest.mark.django_db
def test_what_one_did_oneself_is_no_news_and_neither_is_what_is_past_or_to_come() -> None:
    world = make_world()
    journey = sent_by(world, world.clinician, "Duarte")
    assert told(world, world.clinician) == {}
    worked_on(journey, world.link_worker)
    assert told(world, world.clinician, since=timedelta(days=1)) == {}
    assert told(world, world.clinician, until=NOW - timedelta(seconds=1)) == {}


@pytest.mark.django_db
def test_a_worker_hears_of_what_they_handed_over_themselves() -> None:
    world = make_world()
    journey = referred(world, by=world.link_worker)
    worked_on(journey, world.adviser)
    assert told(world, world.link_worker) == {journey.reference: ["referral_accept", "referral_reach"]}


@pytest.mark.django_db
def test_a_need_that_nobody_could_meet_is_news() -> None:
    world = make_world()
    journey = sent_by(world, world.clinician, "Duarte")
    with acting_as(world.clinician):
        UnmetNeed.objects.create(
            scheme=world.scheme, organisation_ids=[world.practice.pk], journey=journey, person_id=journey.person_id,
            service=Service.WELFARE_ADVICE, needs=["debt"], why=UnmetNeed.Why.FULL, recorded_at=NOW,
            from_organisation=world.practice, from_user_id=world.clinician.user_id,
        )  # fmt: skip
    assert told(world, world.clinician) == {journey.reference: ["unmet_need_recorded"]}


@pytest.mark.django_db
def test_a_reader_chooses_and_who_sends_nothing_cannot() -> None:
    world = make_world()
    with acting_as(world.clinician):
        assert choose_digest(by=world.clinician, digest=Digest.WEEKLY).digest == Digest.WEEKLY
    with pytest.raises(Refused):
        choose_digest(by=world.commissioner, digest=Digest.DAILY)


# From here on transactions are committed, as a worker's are.
@pytest.fixture
def seeing(django_db_setup: None, django_db_blocker) -> Iterator[Owner]:
    with committing(django_db_blocker) as owner:
        yield owner


@pytest.fixture
def box(settings: Settings, tmp_path: Path) -> Post:
    settings.KEEP_LETTERS_IN = tmp_path
    return Post("", "x@example.org", tmp_path)


def with_news(names: str = "Duarte") -> tuple[World, Journey]:
    world = make_world()
    Membership.objects.filter(pk=world.clinician.membership_id).update(digest=Digest.DAILY)
    journey = sent_by(world, world.clinician, names)
    worked_on(journey, world.link_worker)
    return world, journey


def do_jobs(owner: Owner) -> None:
    """What the worker would do with the jobs that are waiting, each once."""
    jobs = {job.task.name: job for job in (make_digest, post_digest)}
    for _ in range(2):
        rows = owner.query(
            "SELECT task_name, args::text FROM procrastinate_jobs WHERE task_name LIKE '%%_digest' ORDER BY id"
        )
        owner.run("DELETE FROM procrastinate_jobs")
        for name, text in rows:
            jobs[name]._run(**json.loads(text))


def sent(owner: Owner) -> list[tuple[bool, bool]]:
    return owner.query(
        "SELECT attempted_at IS NOT NULL, sent_at IS NOT NULL FROM messaging_digestsent WHERE content <> '[]'"
    )


def test_one_letter_goes_that_names_nobody_and_leads_to_a_page_with_names(seeing: Owner, box: Post) -> None:
    world, journey = with_news()
    for _ in range(3):
        sweep_digests(MORNING + timedelta(minutes=20))
        do_jobs(seeing)
    [(_, letter)] = box.kept()
    user = User.objects.get(pk=world.clinician.user_id)
    assert letter.to == user.email and letter.body.startswith("1 referral has news.")
    whole = letter.subject + letter.body
    assert not [word for word in ("Rosa", "Duarte", journey.reference, "Elm", "Amara", "social") if word in whole]
    [address] = [word for word in letter.body.split() if "/news/" in word]
    client = Client()
    client.force_login(user)
    page = client.get(address.partition(":8000")[2]).content.decode()
    assert "Rosa Duarte" in page and "Social prescribing: in contact with the person" in page
    assert seeing.query("SELECT count(*) FROM messaging_digestsent WHERE read_at IS NOT NULL") == [(1,)]


def test_with_nothing_happened_none_is_sent_and_the_next_one_goes_on_from_there(seeing: Owner, box: Post) -> None:
    world = make_world()
    Membership.objects.filter(pk=world.clinician.membership_id).update(digest=Digest.DAILY)
    journey = sent_by(world, world.clinician, "Duarte")
    sweep_digests(MORNING + timedelta(minutes=20))
    do_jobs(seeing)
    assert box.kept() == []
    worked_on(journey, world.link_worker.at(MORNING + timedelta(hours=2)))
    sweep_digests(MORNING + timedelta(days=1, minutes=20))
    do_jobs(seeing)
    assert len(box.kept()) == 1
    rows = seeing.query("SELECT since, until FROM messaging_digestsent ORDER BY until")
    assert rows[1] == (MORNING, MORNING + timedelta(days=1))


def test_nobody_gets_one_who_did_not_ask_or_has_left(seeing: Owner, box: Post) -> None:
    world, _ = with_news()
    Membership.objects.filter(pk=world.clinician.membership_id).update(digest=Digest.NONE)
    assert sweep_digests(MORNING + timedelta(hours=1)) == 0
    Membership.objects.filter(pk=world.clinician.membership_id).update(digest=Digest.DAILY)
    User.objects.filter(pk=world.clinician.user_id).update(is_active=False)
    assert sweep_digests(MORNING + timedelta(hours=1)) == 0


def test_a_worker_that_dies_after_the_attempt_is_committed_never_sends_again(
    seeing: Owner, box: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_news()

    class Died(BaseException):
        pass

    def dies(self: Post, letter: object) -> None:
        raise Died

    sweep_digests(MORNING + timedelta(minutes=20))
    with monkeypatch.context() as dying:
        dying.setattr(Post, "send", dies)
        with pytest.raises(Died):
            do_jobs(seeing)
    assert sent(seeing) == [(True, False)]
    [(pk, scheme, organisation)] = seeing.query("SELECT id, scheme_id, organisation_id FROM messaging_digestsent")
    post_digest.now(by=system(scheme, organisation), digest_id=pk)
    sweep_digests(MORNING + timedelta(minutes=40))
    do_jobs(seeing)
    assert box.kept() == []


@pytest.mark.parametrize(
    ("faults", "state", "raises"), [({"fails_at": "."}, (False, False), True), ({"dies_at": "."}, (True, False), False)]
)
def test_what_surely_did_not_go_is_tried_again_and_what_may_have_gone_is_not(
    seeing: Owner, settings: Settings, faults: dict[str, str], state: tuple[bool, bool], raises: bool
) -> None:
    with_news()
    sweep_digests(MORNING + timedelta(minutes=20))
    with mail_server(**faults) as server:
        settings.MAIL_URL = server.address
        if raises:
            with pytest.raises(NotSent):
                do_jobs(seeing)
        else:
            do_jobs(seeing)
    assert sent(seeing) == [state]
    [(pk, scheme, organisation)] = seeing.query("SELECT id, scheme_id, organisation_id FROM messaging_digestsent")
    with mail_server() as server:
        settings.MAIL_URL = server.address
        post_digest.now(by=system(scheme, organisation), digest_id=pk)
    assert len(server.taken) == (1 if raises else 0)


def test_a_digest_is_its_readers_alone(seeing: Owner, box: Post) -> None:
    world, _ = with_news()
    sweep_digests(MORNING + timedelta(minutes=20))
    do_jobs(seeing)
    [(pk,)] = seeing.query("SELECT id FROM messaging_digestsent WHERE content <> '[]'")
    for reader, status in ((world.clinician, 200), (world.receptionist, 404), (world.other_clinician, 404)):
        client = Client()
        client.force_login(User.objects.get(pk=reader.user_id))
        assert client.get(f"/news/{pk}/").status_code == status
    with acting_as(world.receptionist):
        assert not DigestSent.objects.visible_to(world.receptionist).exists()


def test_a_second_decline_is_told_in_the_next(seeing: Owner, box: Post) -> None:
    world, journey = with_news()
    sweep_digests(MORNING + timedelta(minutes=20))
    do_jobs(seeing)
    later = world.adviser.at(MORNING + timedelta(hours=3))
    with acting_as(later):
        decline(by=later, referral=referral_to(journey, later), reason=DeclineReason.NOT_FOR_US)
    sweep_digests(MORNING + timedelta(days=1, hours=1))
    do_jobs(seeing)
    assert len(box.kept()) == 2
    rows = seeing.query("SELECT content->0->'news' FROM messaging_digestsent ORDER BY until")
    assert [json.loads(news) for (news,) in rows[1:]] == [[["referral_decline", "welfare_advice"]]]
