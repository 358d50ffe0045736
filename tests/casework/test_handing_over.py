"""A hand-over goes where there is room, waits where there is none, and is never simply lost."""

from typing import Any

import pytest

from tests.factories import NOW, World, handover_agreed, make_world, partner, referral_to, referred
from wraparound.casework.actions import accept, hand_over
from wraparound.casework.models import Case
from wraparound.consent.agreed import AgreedHow
from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.models import Organisation, Team
from wraparound.pathways.vocabulary import Need, Service, Status
from wraparound.referrals.models import Referral, UnmetNeed

pytestmark = pytest.mark.django_db


def a_case(world: World) -> Case:
    journey = referred(world, advice_ticked=False, needs=frozenset({Need.LONELINESS}))
    with acting_as(world.link_worker):
        return accept(by=world.link_worker, referral=referral_to(journey, world.link_worker))


def handed(world: World, case: Case, by: Actor | None = None, **changes: Any) -> Referral | None:
    said = {"service": Service.WELFARE_ADVICE, "needs": frozenset({Need.DEBT}), "told": "Arrears since May"}
    by = by or world.link_worker
    with acting_as(by):
        return hand_over(by=by, case=case, agreed=handover_agreed(AgreedHow.BY_PHONE), **(said | changes))


def change(team: Team, **columns: object) -> None:
    Team.objects.filter(pk=team.pk).update(**columns)


def another_advice_team(world: World, **columns: Any) -> Team:
    organisation = Organisation.objects.create(name="Law Centre", kind=Organisation.Kind.ADVICE)
    partner(world.scheme, organisation)
    return Team.objects.create(
        scheme=world.scheme, organisation=organisation, name="Law Centre advisers", service=Service.WELFARE_ADVICE,
        **columns,
    )  # fmt: skip


def test_it_goes_to_the_team_with_a_place() -> None:
    world = make_world("link-worker-first")
    other = another_advice_team(world)
    change(world.advice, closed_until=NOW.date().replace(year=2027))
    sent = handed(world, a_case(world))
    assert sent is not None and (sent.to_team_id, sent.status) == (other.pk, Status.SENT)


def test_a_team_that_gives_the_service_beside_its_own_has_a_referral_for_it() -> None:
    world = make_world("link-worker-first")
    change(world.advice, service=Service.SOCIAL_PRESCRIBING, also=[Service.WELFARE_ADVICE])
    sent = handed(world, a_case(world))
    assert sent is not None and sent.service == Service.WELFARE_ADVICE


def test_where_the_only_team_is_full_they_are_on_its_waiting_list() -> None:
    world = make_world("link-worker-first")
    change(world.advice, places=0)
    sent = handed(world, a_case(world))
    assert sent is not None and (sent.status, sent.to_team_id) == (Status.WAITING, world.advice.pk)


def test_what_nobody_can_take_is_written_down_and_told() -> None:
    world = make_world("link-worker-first")
    change(world.advice, closed_until=NOW.date().replace(year=2027))
    case = a_case(world)
    assert handed(world, case) is None
    with acting_as(world.link_worker):
        [unmet] = UnmetNeed.objects.visible_to(world.link_worker)
        assert (unmet.service, unmet.why, unmet.needs) == ("welfare_advice", "closed", ["debt"])
        assert unmet.managed_by_id == world.advice.organisation_id
        assert Referral.objects.visible_to(world.link_worker).get(pk=case.referral_id).status == Status.ACCEPTED


def test_only_who_has_the_person_in_hand_may_write_that_down() -> None:
    world = make_world("link-worker-first")
    change(world.advice, closed_until=NOW.date().replace(year=2027))
    case = a_case(world)
    with pytest.raises(Refused) as refused:
        handed(world, case, by=world.second_link_worker)
    assert refused.value.code == "taken"


def test_somebody_urgent_does_not_wait_for_a_place_where_the_fast_track_goes() -> None:
    world = make_world("link-worker-first")
    case = a_case(world)
    change(world.advice, places=0)
    with acting_as(world.link_worker):
        Referral.objects.filter(pk=case.referral_id).update(urgent_flags=["bailiffs_due"], rank=0)
    sent = handed(world, case)
    assert sent is not None and (sent.status, sent.rank, sent.urgent_flags) == (Status.SENT, 0, ["bailiffs_due"])
