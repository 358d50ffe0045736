"""A person with ten years behind them: the journey page of 2,000 events and 40 matters, against an empty one."""

from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction
from django.test import Client

from bench.ground import Ground
from bench.timing import Act, show, side_by_side
from wraparound.advice.models import Matter, TimeLimit
from wraparound.advice.states import Level, LimitStatus, MatterStatus, Stage
from wraparound.casework.models import Case
from wraparound.casework.reading import cases_on
from wraparound.events.models import Event
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.models import Membership
from wraparound.organisations.roles import Role
from wraparound.referrals.models import Referral

TIMES, EVENTS, MATTERS, LIMITS_EACH = 500, 2_000, 40, 3
EMPTY, LONG = "with nothing behind them", "with ten years behind them"


def run(ground: Ground) -> None:
    adviser, (empty, long) = next(_advisers_with_two())
    _ten_years(adviser, long)
    client = Client()
    client.force_login(ground.user(adviser))
    acts: dict[str, Act] = {EMPTY: _get(client, empty), LONG: _get(client, long)}
    show("The page of a person", side_by_side(acts, times=TIMES), against=EMPTY)


def _advisers_with_two() -> Iterator[tuple[Actor, list[Case]]]:
    """Advisers of teams that work with two people at least, with a case of each of those."""
    for membership in Membership.objects.select_related("user").filter(role=Role.ADVISER).order_by("pk"):
        adviser = Actor.of(membership)
        with acting_as(adviser), transaction.atomic():
            rows = Referral.objects.to_team_of(adviser).open().filter(status__in=["accepted", "in_progress"])
            found = list(rows.select_related("journey").order_by("pk")[:2])
            if len(found) == 2:
                yield adviser, [_case(adviser, each) for each in found]


def _case(adviser: Actor, referral: Referral) -> Case:
    held = next((each for each in cases_on(adviser, referral.journey) if each.referral_id == referral.pk), None)
    case = held or Case.objects.create(
        scheme_id=adviser.scheme_id, organisation_id=adviser.organisation_id, referral=referral,
        journey=referral.journey, person_id=referral.person_id, team_id=referral.to_team_id,
        worker_id=adviser.user(), opened_at=referral.sent_at,
    )  # fmt: skip
    case.journey = referral.journey
    return case


def _ten_years(adviser: Actor, case: Case) -> None:
    now = adviser.now()
    own = {"scheme_id": adviser.scheme_id, "organisation_id": adviser.organisation_id}
    with acting_as(adviser), transaction.atomic():
        if Matter.objects.filter(case=case).exists():
            return
        Event.objects.bulk_create(
            Event(
                scheme_id=adviser.scheme_id, organisation_ids=[adviser.organisation_id], name="note_written",
                person_id=case.person_id, journey_id=case.journey_id, referral_id=case.referral_id,
                by_user_id=adviser.user_id, by_organisation_id=adviser.organisation_id,
                occurred_at=now - timedelta(days=10 * 365 * n / EVENTS),
            )
            for n in range(EVENTS)
        )  # fmt: skip
        matters = Matter.objects.bulk_create(
            Matter(
                **own, case=case, person_id=case.person_id, worker_id=adviser.user(), title=f"Decision {n}",
                category="benefits", level=Level.CASEWORK, stage=Stage.MANDATORY_RECONSIDERATION,
                status=MatterStatus.OPEN if n % 4 == 0 else MatterStatus.CLOSED,
                opened_at=now - timedelta(days=90 * n), closed_at=None if n % 4 == 0 else now,
            )
            for n in range(MATTERS)
        )  # fmt: skip
        TimeLimit.objects.bulk_create(
            TimeLimit(
                **own, matter=matter, case=case, person_id=case.person_id, what="Ask for a mandatory reconsideration",
                last_day=adviser.today() + timedelta(days=n), status=LimitStatus.PROVISIONAL,
                made_by_id=adviser.user(), made_at=now,
            )
            for matter in matters
            for n in range(LIMITS_EACH)
        )  # fmt: skip


def _get(client: Client, case: Case) -> Act:
    address = f"/journey/{case.journey.reference}/"

    def got() -> None:
        response = client.get(address)
        assert response.status_code == 200, response.status_code

    return got
