"""When members work, when they are away, and with how many people a team works: set by themselves or their managers."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.asking_once import forget_answers
from wraparound.organisations.away import WORKERS
from wraparound.organisations.models import Leave, Membership, Team, WorkingTime
from wraparound.organisations.roles import Capability
from wraparound.organisations.sharing import WEEK
from wraparound.pathways import words
from wraparound.pathways.calendar import LONDON

MINUTES_OF_A_DAY = 24 * 60
MOST_PLACES, MOST_WEIGHT = 999, 200
LONGEST_LEAVE = timedelta(days=2 * 366)


@action
def set_working_time(
    *, by: Actor, membership: Membership, minutes: Sequence[int], places: int, weight: int = 100, takes_new: bool = True
) -> WorkingTime:
    """Say when a member works and with how many people at once. `minutes` of each weekday, Monday first.

    Refused: `not_allowed`, `not_yours`, `not_a_week`, `too_many_places`, `too_much_weight`.
    """
    [member] = _locked(by, membership.pk)
    if len(minutes) != WEEK or not all(0 <= worked <= MINUTES_OF_A_DAY for worked in minutes):
        raise Refused("not_a_week", "Each of the seven days has from 0 to 24 hours.", "minutes")
    if not 0 <= places <= MOST_PLACES:
        raise Refused("too_many_places", f"Places must be from 0 to {MOST_PLACES}.", "places")
    if not 0 <= weight <= MOST_WEIGHT:
        raise Refused("too_much_weight", f"The share must be from 0 to {MOST_WEIGHT} per cent.", "weight")
    said = {"minutes": list(minutes), "places": places, "weight": weight, "takes_new": takes_new}
    kept, _ = WorkingTime.objects.update_or_create(membership=member, defaults=said)
    record("working_time_set", by=by, data={"membership": member.pk, **said})
    return kept


@action
def set_leave(
    *,
    by: Actor,
    membership: Membership,
    starts: date,
    ends: date,
    cover: Membership | None = None,
    instead_of: Leave | None = None,
) -> Leave:
    """Write down that a member is away from `starts` to `ends`, both included, and who looks after their people.

    `instead_of` is cancelled: that is how dates and cover are changed. Refused: `not_allowed`, `not_yours`,
    `ends_before_it_starts`, `over_already`, `too_long`, `overlaps`, `covers_then`, `not_a_cover`, `cover_is_away`.
    """
    _check_days(starts, ends, by.today())
    # Whoever is away and whoever covers are locked for both checks: of two at once the second sees the first's.
    member, *covering = _locked(by, membership.pk, cover)
    if instead_of is not None:
        _cancel(Leave.objects.filter(membership=member, cancelled_at=None).get(pk=instead_of.pk), by)
    _check_free(member, starts, ends)
    if cover is not None:
        _check_cover(member, covering, starts, ends)
    leave = Leave.objects.create(membership=member, starts=starts, ends=ends, cover=cover)
    record("leave_set", by=by, data=_told(leave))
    forget_answers()
    return leave


@action
def cancel_leave(*, by: Actor, leave: Leave) -> Leave:
    """They are not away after all. What is over stays as it was."""
    [member] = _locked(by, leave.membership_id)
    current = Leave.objects.filter(membership=member, cancelled_at=None).get(pk=leave.pk)
    if current.ends < by.today():
        raise Refused("over_already", "This leave is over.")
    _cancel(current, by)
    forget_answers()
    return current


@action
def set_team_capacity(
    *, by: Actor, team: Team, places: int | None, closed_until: date | None, shares_out: bool
) -> Team:
    """Say with how many people a team works at once, until when it takes nobody new, and whether it is shared out.

    Without `places` it is the sum of its workers'. Refused: `not_allowed`, `too_many_places`, `in_the_past`.
    """
    if not by.can(Capability.SHARE_OUT):
        by.require(Capability.MANAGE_TEAM)
    own = Team.objects.filter(scheme_id=by.scheme_id, organisation_id=by.organisation_id)
    locked: Team = own.select_for_update(no_key=True).get(pk=team.pk)
    if places is not None and not 0 <= places <= MOST_PLACES * 10:
        raise Refused("too_many_places", f"Places must be from 0 to {MOST_PLACES * 10:,}.", "places")
    if closed_until is not None and closed_until <= by.today():
        raise Refused("in_the_past", "Choose a day after today, or leave it empty to take people now.", "closed_until")
    locked.places, locked.closed_until, locked.shares_out = places, closed_until, shares_out
    locked.save(update_fields=["places", "closed_until", "shares_out"])
    said = {"places": places, "closed_until": closed_until and closed_until.isoformat(), "shares_out": shares_out}
    record("team_capacity_set", by=by, data={"team": locked.pk, **said})
    return locked


def _locked(by: Actor, pk: int, cover: Membership | None = None) -> list[Membership]:
    """The member whose time it is, then the cover where there is one; locked in one order, and the actor's to set.

    Membership.DoesNotExist for somebody of another organisation.
    """
    manages = by.can(Capability.MANAGE_TEAM) or by.can(Capability.SHARE_OUT)
    if not manages:
        by.require(Capability.WORK_REFERRALS)
        if pk != by.membership_id:
            raise Refused("not_yours", "You set your own hours and leave. A supervisor or manager sets others’.")
    rows = Membership.objects.filter(
        scheme_id=by.scheme_id, organisation_id=by.organisation_id, ended=None, role__in=WORKERS
    )
    wanted = [pk, cover.pk] if cover else [pk]
    found = rows.filter(pk__in=wanted).select_for_update(of=("self",)).select_related("user").order_by("pk")
    by_pk = {member.pk: member for member in found}
    if pk not in by_pk:
        raise Membership.DoesNotExist
    return [by_pk[each] for each in wanted if each in by_pk]


def _check_days(starts: date, ends: date, today: date) -> None:
    if ends < starts:
        raise Refused("ends_before_it_starts", "The last day away must be the first day or later.", "ends")
    if ends < today:
        raise Refused("over_already", "This leave would be over already. Check the last day away.", "ends")
    if ends - starts > LONGEST_LEAVE:
        raise Refused("too_long", "This is more than two years. Check the year of the last day.", "ends")


def _check_free(member: Membership, starts: date, ends: date) -> None:
    """They are not away already on one of these days, and nobody counts on them as cover."""
    current = Leave.objects.filter(starts__lte=ends, ends__gte=starts, cancelled_at=None)
    other = current.filter(membership=member).order_by("starts").first()
    if other:
        raise Refused("overlaps", f"{member.user.name} is already away from {_days(other)}.", "starts")
    relies = current.filter(cover=member, membership__ended=None).select_related("membership__user").first()
    if relies:
        name = relies.membership.user.name
        sentence = f"{member.user.name} covers for {name} from {_days(relies)}. Choose another cover for {name} first."
        raise Refused("covers_then", sentence, "starts")


def _check_cover(member: Membership, covering: Sequence[Membership], starts: date, ends: date) -> None:
    if not covering or covering[0].user_id == member.user_id:
        raise Refused("not_a_cover", "Choose somebody else who works with people in this organisation.", "cover")
    away = Leave.objects.filter(membership=covering[0], starts__lte=ends, ends__gte=starts, cancelled_at=None).first()
    if away:
        sentence = f"{covering[0].user.name} is away from {_days(away)}. Choose somebody else."
        raise Refused("cover_is_away", sentence, "cover")


def _cancel(leave: Leave, by: Actor) -> None:
    leave.cancelled_at = by.now()
    leave.save(update_fields=["cancelled_at"])
    record("leave_cancelled", by=by, data=_told(leave))


def _told(leave: Leave) -> dict[str, object]:
    return {
        "membership": leave.membership_id,
        "starts": leave.starts.isoformat(),
        "ends": leave.ends.isoformat(),
        "cover": leave.cover_id,
    }


def _days(leave: Leave) -> str:
    first, last = (words.day(datetime.combine(day, time(12), LONDON)) for day in (leave.starts, leave.ends))
    return f"{first} to {last}" + (f" {leave.ends.year}" if leave.ends.year != leave.starts.year else "")
