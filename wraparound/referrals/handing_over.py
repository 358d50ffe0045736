"""Where a hand-over goes: to the team that has room for it, to its waiting list, or to nobody, which is recorded."""

from dataclasses import dataclass

from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Scheme, Team
from wraparound.organisations.pathways import pathway_of
from wraparound.pathways.placing import Ends
from wraparound.pathways.vocabulary import Model, Service, Status
from wraparound.referrals.models import Placed, Referral, UnmetNeed
from wraparound.referrals.placing import Nobody, place_service


@dataclass(frozen=True)
class Receiver:
    """Who would get a hand-over now. `team` is None when nobody can take it, and `nobody` says why."""

    service: Service
    team: Team | None
    placed: Placed
    status: Status
    because: str
    nobody: Nobody | None
    urgent_flags: tuple[str, ...] = ()

    @property
    def waits(self) -> bool:
        return self.status is Status.WAITING


def other_service(referral: Referral) -> Service | None:
    """The service that this referral's worker may hand over to; None where one worker gives both."""
    own = {referral.service, *referral.joined}
    return next((service for service in Service if service not in own), None)


def receiver_of(
    by: Actor, referral: Referral, service: Service, *, hold: bool = False, routine: bool = True
) -> Receiver:
    """The team for this person (`referral` comes with its person and journey), as a new referral would find it.

    It is urgent where the referral is and the fast track goes to the service too. `hold` keeps its last place from
    being given twice. What is not `routine` needs no data-sharing agreement.
    """
    pathway = pathway_of(referral.journey.pathway_version_id)
    urgent = referral.urgent and service in pathway.urgent.to
    known = service in {terms.service for terms in pathway.services}
    model, front_door = Scheme.objects.values_list("model", "front_door_id").get(pk=by.scheme_id)
    found, team, nearest = place_service(
        by, service, pathway.terms(service).when_full if known else (), Model(model),
        practice_id=referral.person.practice_id, urgent=urgent, hold=hold, routine=routine,
    )  # fmt: skip
    nobody = None
    if team is None:
        assert found.nobody is not None
        managed_by = nearest.organisation_id if nearest else front_door
        nobody = Nobody(service, UnmetNeed.Why(found.nobody.value), found.because, managed_by)
    status = Status.WAITING if found.status is Ends.WAITING else Status.SENT
    placed = Placed(found.placed.value) if found.placed else Placed.FIRST
    return Receiver(
        service, team, placed, status, found.because, nobody, tuple(referral.urgent_flags) if urgent else ()
    )
