"""Which team takes somebody when teams are full, closed or far away: from values alone, with the reason.

`routing` says which service a referral reaches; this says which team of that service gets it, or that it waits, or that
nobody can take it now.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from wraparound.pathways.vocabulary import Model, WhenFull


class How(StrEnum):
    """How the team came to be chosen."""

    FIRST = "first"
    NEXT_NEAREST = "next_nearest"
    SPOT_PURCHASE = "spot_purchase"
    OVER_CAPACITY = "over_capacity"


class Ends(StrEnum):
    """What becomes of the referral: it goes to the team, waits for a place there, or nobody takes it."""

    SENT = "sent"
    WAITING = "waiting"
    UNMET = "unmet"


class NobodyWhy(StrEnum):
    """Why nobody can take it."""

    NO_TEAM = "no_team"
    NO_AGREEMENT = "no_agreement"
    CLOSED = "closed"
    FULL = "full"
    DECLINED = "declined"


class Serves(StrEnum):
    """Whether a team is for the place that the person comes from: named for it, for everybody, or for others."""

    THIS = "this"
    ALL = "all"
    OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A team that gives the service. `closed`: it takes nobody new now. `km` is None where it is not known.

    `no_agreement`: no data-sharing agreement is in force between the sender and its organisation.
    """

    id: int
    name: str
    full: bool = False
    closed: bool = False
    no_agreement: bool = False
    serves: Serves = Serves.ALL
    km: float | None = None

    @property
    def takes_new(self) -> bool:
        """Somebody new may be sent to it."""
        return not (self.closed or self.no_agreement)


@dataclass(frozen=True, slots=True)
class Placement:
    """What becomes of one referral. `team` is the chosen team's id, None when unmet, and `placed` with it.

    `because` is a sentence for the referrer; `nobody` says why it is unmet, and then the referrer is told.
    """

    team: int | None
    placed: How | None
    status: Ends
    because: str
    nobody: NobodyWhy | None = None

    @property
    def tell_referrer(self) -> bool:
        return self.status is Ends.UNMET


_SERVES_FIRST = {Serves.THIS: 0, Serves.ALL: 1, Serves.OTHERS: 2}


def in_order(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The teams as they are tried: those named for the place, then by distance (unknown last), then the oldest."""
    return sorted(candidates, key=lambda team: (_SERVES_FIRST[team.serves], team.km is None, team.km or 0.0, team.id))


def place(
    when_full: Sequence[WhenFull], model: Model, candidates: Iterable[Candidate], *, urgent: bool = False
) -> Placement:
    """Choose a team for a new referral.

    The first open team with a place, if that is the first that is tried; then `when_full` in its order. Urgent
    referrals never wait, and are never unmet while a team is open. Where `when_full` says nothing (more) that can be
    done, the first open team gets it although it is full.
    """
    teams = in_order(candidates)
    open_ = [team for team in teams if team.takes_new]
    if not open_:
        return _nobody_open(teams)
    home = open_[0]
    if not home.full:
        return _with_a_place(home, teams[0])
    for word in when_full:
        found = _tried(word, home, open_[1:], model, urgent)
        if found is not None:
            return found
    why = "urgent referrals do not wait for a place" if urgent and when_full else "it is sent all the same"
    return Placement(home.id, How.OVER_CAPACITY, Ends.SENT, f"{home.name} is full at present; {why}.")


def place_again(
    when_full: Sequence[WhenFull],
    model: Model,
    others: Iterable[Candidate],
    *,
    declined_by: str,
    urgent: bool = False,
    for_room: bool = True,
) -> Placement:
    """Choose another team once the team `declined_by` has said no, for want of room unless `for_room` is False.

    Another team gets it where `when_full` offers the next nearest and one has a place, or where a place can be bought
    from it. Nobody waits at a team that they were not sent to. Urgent ones go to any other open team.
    """
    open_ = [team for team in in_order(others) if team.takes_new]
    said = f"{declined_by} could not take this"
    for word in when_full:
        found = _elsewhere(word, open_, model, said)
        if found is not None:
            return found
        if word is WhenFull.TELL_REFERRER and not urgent:
            break
    if urgent and open_:
        first = next((team for team in open_ if not team.full), open_[0])
        how = How.OVER_CAPACITY if first.full else How.NEXT_NEAREST
        return Placement(first.id, how, Ends.SENT, f"{said}; it is urgent, and goes to {first.name}.")
    why = NobodyWhy.DECLINED if for_room else NobodyWhy.NO_TEAM
    return Placement(None, None, Ends.UNMET, f"{said}, and no other team can.", why)


def _with_a_place(home: Candidate, nearest: Candidate) -> Placement:
    if home is nearest:
        return Placement(home.id, How.FIRST, Ends.SENT, f"{home.name} is the team for this place.")
    why = f"{nearest.name} takes nobody new at present"
    if nearest.no_agreement:
        why = f"There is no data-sharing agreement with {nearest.name}"
    because = f"{why}; {home.name} is the next nearest with a place."
    return Placement(home.id, How.NEXT_NEAREST, Ends.SENT, because)


def _nobody_open(teams: Sequence[Candidate]) -> Placement:
    if not teams:
        return Placement(None, None, Ends.UNMET, "No team gives this here.", NobodyWhy.NO_TEAM)
    apart = [team for team in teams if not team.closed]
    if apart:
        because = f"No data-sharing agreement is in force with {' or '.join(team.name for team in apart[:3])}."
        return Placement(None, None, Ends.UNMET, because, NobodyWhy.NO_AGREEMENT)
    names = " and ".join(team.name for team in teams[:2]) if len(teams) < 3 else f"All {len(teams)} teams for it"
    verb = "takes" if len(teams) == 1 else "take"
    return Placement(None, None, Ends.UNMET, f"{names} {verb} nobody new at present.", NobodyWhy.CLOSED)


def _tried(
    word: WhenFull, home: Candidate, others: Sequence[Candidate], model: Model, urgent: bool
) -> Placement | None:
    """What one word of `when_full` comes to when `home` is full, or None when it comes to nothing."""
    said = f"{home.name} is full at present"
    if word in (WhenFull.OFFER_NEXT_NEAREST, WhenFull.SPOT_PURCHASE):
        bought = word is WhenFull.SPOT_PURCHASE and not others
        return _elsewhere(word, [home] if bought else others, model, said)
    if urgent:
        return None
    if word is WhenFull.WAITING_LIST:
        return Placement(home.id, How.FIRST, Ends.WAITING, f"{said}; they are on its waiting list.")
    return Placement(None, None, Ends.UNMET, f"{said}, and no other team has a place.", NobodyWhy.FULL)


def _elsewhere(word: WhenFull, open_: Sequence[Candidate], model: Model, said: str) -> Placement | None:
    """A place at one of these teams, where the word and the model allow one."""
    if word is WhenFull.OFFER_NEXT_NEAREST:
        for team in open_:
            if not team.full:
                because = f"{said}; {team.name} is the next nearest with a place."
                return Placement(team.id, How.NEXT_NEAREST, Ends.SENT, because)
    if word is WhenFull.SPOT_PURCHASE and model is Model.CO_FUNDED and open_:
        team = open_[0]
        because = f"{said}; a place at {team.name} is paid for from the shared pot."
        return Placement(team.id, How.SPOT_PURCHASE, Ends.SENT, because)
    return None
