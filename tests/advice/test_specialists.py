"""A specialist beside the worker: who may be asked in or given a matter, with what, and what stays whose."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from tests.advice.advising import ABOUT, RECONSIDERATION, permit
from tests.casework.taking_on import taken_on
from tests.factories import NOW, World, handover_agreed, make_world, member
from wraparound.advice.competence import record_permission
from wraparound.advice.limits import add_limit
from wraparound.advice.matters import About, open_matter
from wraparound.advice.models import Matter, Permission
from wraparound.advice.reading import limits_on
from wraparound.advice.specialists import bring_in_specialist, draft_of, specialist_teams
from wraparound.advice.states import Level, Stage
from wraparound.casework.models import Case
from wraparound.consent.agreed import AgreedHow
from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.models import Scheme, Team
from wraparound.organisations.roles import Role
from wraparound.pathways.vocabulary import Model, Nation, Service, UrgentFlag
from wraparound.referrals.models import Referral
from wraparound.time_limits.definition import Fact, Facts

pytestmark = pytest.mark.django_db

TOLD = "PIP refused in October; she can walk ten metres on a good day."
AGREED = handover_agreed(AgreedHow.BY_PHONE)
HEARING = replace(ABOUT, stage=Stage.TRIBUNAL, level=Level.REPRESENTATION)


@dataclass(frozen=True)
class Hub:
    """A hybrid worker who has somebody in hand, a colleague who advises, and partners who are specialists."""

    world: World
    worker: Actor
    colleague: Actor
    case: Case

    def matter(self, about: About = ABOUT, worker_id: int | None = None) -> Matter:
        with acting_as(self.worker):
            return open_matter(by=self.worker, case=self.case, about=about, worker_id=worker_id)

    def teams(self, matter: Matter) -> list[Team]:
        with acting_as(self.worker):
            return specialist_teams(self.worker, matter)

    def ask_in(self, matter: Matter, team: Team | None = None, told: str = TOLD, how: object = AGREED) -> Referral:
        with acting_as(self.worker):
            return bring_in_specialist(
                by=self.worker,
                matter=matter,
                team=team or self.world.advice,
                told=told,
                agreed=how,  # type: ignore[arg-type]
            )


@pytest.fixture
def hub() -> Hub:
    world = make_world("single-service")
    Scheme.objects.filter(pk=world.scheme.pk).update(model=Model.SINGLE)
    Team.objects.filter(pk=world.social.pk).update(also=[Service.WELFARE_ADVICE])
    links = world.social.organisation
    worker = member(world.scheme, links, Role.HYBRID_WORKER, "Noor Aziz", world.social)
    colleague = member(world.scheme, links, Role.ADVISER, "Femi Cole", world.social)
    with acting_as(world.link_supervisor):
        starts = date(2025, 1, 1)
        record_permission(by=world.link_supervisor, kind=Permission.Kind.INSURANCE, starts=starts)
    permit(world, Permission.Kind.INSURANCE)
    return Hub(world, worker, colleague, taken_on(world, worker))


def test_a_partners_advisers_join_in_and_the_person_and_the_matter_stay_with_the_worker(hub: Hub) -> None:
    matter = hub.matter()
    assert [team.pk for team in hub.teams(matter)] == [hub.world.advice.pk]
    sent = hub.ask_in(matter)
    assert (sent.kind, sent.to_team_id, sent.told, sent.status) == ("handover", hub.world.advice.pk, TOLD, "sent")
    with acting_as(hub.world.adviser):
        seen = Referral.objects.visible_to(hub.world.adviser).get(pk=sent.pk)
        assert seen.person_id == hub.case.person_id
        assert not Matter.objects.visible_to(hub.world.adviser).exists()
    with acting_as(hub.worker):
        own = Referral.objects.visible_to(hub.worker).get(pk=hub.case.referral_id)
        kept = Matter.objects.visible_to(hub.worker).get(pk=matter.pk)
        assert own.worker_id == hub.worker.user_id and own.is_open
        assert kept.worker_id == hub.worker.user_id and kept.live


def test_a_near_time_limit_goes_along_as_a_flag(hub: Hub) -> None:
    matter = hub.matter()
    with acting_as(hub.worker):
        facts = Facts({Fact.LETTER_DATED: NOW.date() - timedelta(days=20)}, Nation.ENGLAND)
        add_limit(by=hub.worker, matter=matter, rule=RECONSIDERATION, facts=facts)
        draft = draft_of(matter, limits_on(hub.worker, [matter]))
    assert "Ask for a mandatory reconsideration: by" in draft and "(worked out, to be confirmed)" in draft
    sent = hub.ask_in(matter)
    assert sent.urgent_flags == [UrgentFlag.LEGAL_DEADLINE_NEAR] and sent.rank == 0


def test_without_agreement_or_words_nobody_is_told(hub: Hub) -> None:
    matter = hub.matter()
    for told, how, code in ((TOLD, handover_agreed(None), "no_agreement"), ("  ", AGREED, "nothing_told")):
        with pytest.raises(Refused) as refused:
            hub.ask_in(matter, told=told, how=how)
        assert refused.value.code == code
    with acting_as(hub.world.adviser):
        assert not Referral.objects.visible_to(hub.world.adviser).exists()


def test_a_team_that_may_not_take_it_is_not_offered_and_not_asked(hub: Hub) -> None:
    debt = replace(
        ABOUT, category="debt", level=Level.INFORMATION, stage=Stage.CREDITORS, first_type="", second_type=""
    )
    matter = hub.matter(debt)
    assert hub.teams(matter) == []
    with pytest.raises(Refused, match="Choose a team that may take this"):
        hub.ask_in(matter)
    permit(hub.world, Permission.Kind.DEBT)
    assert [team.pk for team in hub.teams(matter)] == [hub.world.advice.pk]


def test_a_team_that_is_closed_or_has_them_already_is_not_offered(hub: Hub) -> None:
    matter = hub.matter()
    Team.objects.filter(pk=hub.world.advice.pk).update(closed_until=NOW.date() + timedelta(days=3))
    assert hub.teams(matter) == []
    Team.objects.filter(pk=hub.world.advice.pk).update(closed_until=None)
    hub.ask_in(matter)
    assert hub.teams(matter) == []


def test_what_goes_beyond_the_worker_is_opened_for_a_colleague_who_may_take_it(hub: Hub) -> None:
    with pytest.raises(Refused, match="Here it could be taken by"):
        hub.matter(HEARING)
    with pytest.raises(Refused) as refused:
        hub.matter(HEARING, worker_id=hub.colleague.user_id)
    assert refused.value.code == "beyond_competence"
    supervisor = hub.world.link_supervisor.user_id
    assert hub.matter(HEARING, worker_id=supervisor).worker_id == supervisor


def test_a_matter_is_opened_for_nobody_elsewhere(hub: Hub) -> None:
    with pytest.raises(Refused) as refused:
        hub.matter(worker_id=hub.world.adviser.user_id)
    assert refused.value.code == "no_adviser"
