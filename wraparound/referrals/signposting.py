"""Signposts: telling somebody where to go instead of referring them, with a code that they can quote there."""

from collections.abc import Iterable

from django.db import connection

from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Team
from wraparound.organisations.roles import Capability
from wraparound.pathways.vocabulary import Need, Service
from wraparound.referrals.models import Journey, Signpost, as_reference
from wraparound.referrals.placing import teams_to_tell


def write_signpost(
    *, service: Service, team: Team | None, needs: Iterable[Need], by: Actor, journey: Journey | None = None
) -> Signpost:
    """A row for one service that the person, if it is kept who they are, was told of; and its event."""
    signpost = Signpost.objects.create(
        scheme_id=by.scheme_id,
        # Nobody waits for the person, so nobody else learns of them: they bring the code themselves.
        organisation_ids=[by.organisation_id],
        person_id=journey.person_id if journey else None,
        given_on=journey,
        from_organisation_id=by.organisation_id,
        from_user_id=by.user_id,
        service=service,
        to_team=team,
        needs=sorted(needs),
        given_at=by.now(),
    )
    record(
        "signpost_given",
        by=by,
        person_id=signpost.person_id,
        journey_id=journey.pk if journey else None,
        data={"service": service, "signpost": signpost.pk},
    )
    return signpost


def follow_code(code: str, journey: Journey, *, by: Actor) -> bool:
    """Mark the signpost of this code as followed by `journey`, which may be at another organisation than gave it.

    False for a code that is none of the scheme's: the person is helped all the same.
    """
    with connection.cursor() as cursor:
        asked = "SELECT referrals_follow_signpost(%s, %s, %s)"
        [found] = cursor.execute(asked, [as_reference(code), journey.pk, by.now()]).fetchone()
    if found is None:
        return False
    journey.signpost_id = found
    journey.save(update_fields=["signpost"])
    return True


@action
def signpost_only(*, by: Actor, service: Service, needs: frozenset[Need] = frozenset()) -> Signpost:
    """Tell somebody of whom nothing is kept where to go. It is counted, and the code says nothing of them.

    Refused: `not_allowed`, `no_team` where the scheme has nobody to send them to.
    """
    by.require(Capability.REFER)
    team = teams_to_tell(by, [service]).get(service)
    if team is None:
        name = service.label.lower()
        raise Refused("no_team", f"This scheme has no {name} team yet. Tell the scheme administrator.")
    return write_signpost(service=service, team=team, needs=needs, by=by)


def signpost_of(actor: Actor, reference: str) -> Signpost:
    """One signpost that the actor's organisation gave. Signpost.DoesNotExist when it gave none of this name."""
    rows = Signpost.objects.visible_to(actor).select_related("to_team__organisation", "given_on", "from_organisation")
    signpost: Signpost = rows.get(reference=reference, from_organisation_id=actor.organisation_id)
    return signpost


def services_to_tell(actor: Actor) -> dict[Service, Team]:
    """The services of the scheme that somebody can be told of, each with its team."""
    return teams_to_tell(actor, list(Service))


def signposts_on(actor: Actor, journeys: Iterable[Journey]) -> dict[int, list[Signpost]]:
    """What people were told of on these journeys, by the journey's id."""
    found: dict[int, list[Signpost]] = {}
    rows = Signpost.objects.visible_to(actor).filter(given_on_id__in=[journey.pk for journey in journeys])
    for signpost in rows.select_related("to_team").order_by("pk"):
        found.setdefault(signpost.given_on_id or 0, []).append(signpost)
    return found
