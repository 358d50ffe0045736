"""The waiting list: a place that comes free is offered to the first, urgent ones before the longest waiting."""

from typing import Any

from django.db.models import QuerySet

from wraparound.events.action import Refused, action
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Team
from wraparound.organisations.reading import own_teams
from wraparound.organisations.roles import Capability
from wraparound.pathways.vocabulary import Status
from wraparound.referrals.capacity import Room, closed, limit_of, rooms, with_limit
from wraparound.referrals.models import IN_HAND, Placed, Referral
from wraparound.referrals.moves import move
from wraparound.referrals.paging import PAGE, Page, moment, page_of, past

IN_TURN = ("rank", "status_since", "id")
MOST_AT_ONCE = 200


@action
def offer_place(*, by: Actor, referral: Referral) -> Referral:
    """Offer somebody on the waiting list a place now, whoever is before them and whether or not one is free.

    Promises count from now on. Refused: `not_allowed`, `not_yours`, `too_late`.
    """
    by.require(Capability.SHARE_OUT)
    seen = Referral.objects.visible_to(by).get(pk=referral.pk)
    team = _held(by, seen.to_team_id)
    over = team is not None and _room(team, by).full
    return _offer(seen, by, {"placed": Placed.OVER_CAPACITY} if over else {})


@action
def offer_places(*, by: Actor, team: Team) -> list[Referral]:
    """Offer each free place of the team to the first on its waiting list; those who were offered one.

    Two who do this at once offer nobody twice, and leave no place unused. Refused: `not_allowed`, and `no_place` when
    there is none to offer, or nobody to offer it to.
    """
    by.require(Capability.SHARE_OUT)
    held = _held(by, team.pk)
    offered: list[Referral] = []
    if held is not None and not closed(held, by.today()):
        free = _room(held, by).free
        for referral in _waiting(by, held)[:MOST_AT_ONCE]:
            if free is not None and len(offered) >= free:
                break
            try:
                offered.append(_offer(referral, by, {}))
            except Refused:
                # Somebody has claimed it or taken it back at this moment: the place is the next one's.
                continue
    if not offered:
        raise Refused("no_place", "There is no place to offer, or nobody who waits for one.")
    return offered


def _offer(referral: Referral, by: Actor, changes: dict[str, Any]) -> Referral:
    return move(referral, "offer_place", by=by, **changes)


def _held(by: Actor, team_id: int) -> Team | None:
    """The actor's own team with its limit, locked: nobody else fills its places meanwhile."""
    own = Team.objects.filter(pk=team_id, scheme_id=by.scheme_id, organisation_id=by.organisation_id)
    return with_limit(own, by.today()).select_for_update(of=("self",), no_key=True).first()


def _room(team: Team, by: Actor) -> Room:
    return rooms([team], by.today())[team.pk]


def _waiting(by: Actor, team: Team) -> QuerySet[Referral]:
    rows = Referral.objects.visible_to(by).filter(to_team=team, is_open=True, status=Status.WAITING)
    return rows.order_by(*IN_TURN)


def frees_a_place(before: str, after: str) -> bool:
    """Whether a move between these statuses leaves a place that was taken."""
    return before in IN_HAND and after not in IN_HAND


def team_with_limit(referral_id: int) -> Team | None:
    """The team of a referral, where it has a limit at all."""
    team = with_limit(Team.objects.filter(referrals__pk=referral_id)).first()
    return team if team is not None and limit_of(team) is not None else None


def waiting_list(actor: Actor, *, after: str = "", size: int = PAGE) -> Page:
    """Those waiting for a place at the actor's team, or its organisation's teams: the first to be offered one first."""
    rows = Referral.objects.to_team_of(actor).filter(is_open=True, status=Status.WAITING)
    rows = past(rows, IN_TURN, after, int, moment, int)
    found = (
        Referral.objects.visible_to(actor)
        .filter(pk__in=rows.order_by(*IN_TURN).values("pk")[: size + 1])
        .select_related("person", "journey", "to_team", "from_organisation")
        .order_by(*IN_TURN)
    )
    return page_of(list(found), size, IN_TURN)


def teams_of(actor: Actor) -> list[Team]:
    """The actor's own team, or its organisation's teams, each with its limit."""
    return list(with_limit(own_teams(actor), actor.today()))
