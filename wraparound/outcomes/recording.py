"""Writing down what came of a matter, putting it right, and closing the matter with it."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Protocol

from wraparound.advice.holding import own, sum_of, tell, words
from wraparound.advice.matters import close_matter
from wraparound.advice.models import Matter
from wraparound.advice.sums import Often
from wraparound.events.action import Refused, action
from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability
from wraparound.outcomes.kinds import Kind, Money, kinds
from wraparound.outcomes.models import Outcome, WhatChanged
from wraparound.outcomes.reading import alike, in_force
from wraparound.outcomes.worth import counted
from wraparound.referrals.moves import worked_on
from wraparound.social_prescribing.holding import not_twice

LONGEST = {"seen": 200, "told": 500, "looked_at": 300}
LONGEST_WORDS = 2_000
FURTHEST = timedelta(days=5 * 366)
# Kinds that say that nothing is counted yet, or nothing came of it.
NOTHING_YET = ("too_early", "not_known", "nothing_changed", "lost")


@dataclass(frozen=True, kw_only=True)
class AboutOutcome:
    """What is said of an outcome. `pounds` only where its kind has money; `often` and `starts` where that goes on.
    `looked_at` says why it is not the same money as an outcome that is like it."""

    kind: str
    on: date
    confirmed: bool = False
    pounds: Decimal | None = None
    often: Often | None = None
    starts: date | None = None
    ends: date | None = None
    seen: str = ""
    told: str = ""
    looked_at: str = ""


@action
def record_outcome(*, by: Actor, matter: Matter, about: AboutOutcome) -> Outcome:
    """Write down what came of a matter, whether or not it or the work is closed.

    Refused with its field: `no_kind`, `no_sum`, `wrong_sum`, `no_often`, `no_start`, `wrong_day`, `not_seen`,
    `too_long`; `counted_already` where another matter of the case has one like it and `looked_at` is empty.
    """
    return _keep(_matter(matter, by), about, None, by)


@action
def correct_outcome(*, by: Actor, outcome: Outcome, about: AboutOutcome) -> Outcome:
    """Put another in its place. The first stays and counts no more. Refused as `record_outcome`, and `too_late` where
    it was replaced already."""
    held = _standing(outcome, by)
    return _keep(_matter(held.matter, by), about, held, by)


@action
def withdraw_outcome(*, by: Actor, outcome: Outcome, why: str) -> Outcome:
    """It should not have been there: it stays to be read, and counts no more."""
    held = _standing(outcome, by)
    matter = _matter(held.matter, by)
    said = words(why, LONGEST["told"], "why")
    if not said:
        raise Refused("no_reason", "Write why it is taken out.", "why")
    row = Outcome.objects.create(
        matter=matter,
        kind=held.kind,
        confirmed=False,
        on=by.today(),
        told=said,
        replaces=held,
        withdrawn=True,
        recorded_by_id=by.user(),
        recorded_at=by.now(),
        **own(matter.case, by),
    )
    tell("outcome_withdrawn", matter.case, by=by, matter=matter.pk)
    return row


class Close(Protocol):
    """How a matter is closed, once it has its outcome."""

    def __call__(self, *, by: Actor, matter: Matter, why: str) -> Matter: ...


@action
def close_with_outcome(*, by: Actor, matter: Matter, why: str, kind: str = "", close: Close = close_matter) -> Matter:
    """Close a matter once it has an outcome, or with one that needs no sum: its kind, and `why` as its words.

    `close` does the closing. Refused as it, and `no_outcome` where there is neither; then nothing is kept.
    """
    by.require(Capability.GIVE_ADVICE)
    standing = in_force(by, [matter])
    if kind:
        if kind not in kinds() or kinds()[kind].money is not Money.NONE:
            raise Refused("no_kind", "Write an outcome with money down first, then close the matter.", "kind")
        _keep(_matter(matter, by), AboutOutcome(kind=kind, on=by.today(), told=why[: LONGEST["told"]]), None, by)
    elif not standing:
        raise Refused("no_outcome", "Say what came of it; if nobody knows, say that.", "kind")
    return close(by=by, matter=matter, why=why)


@action
def write_what_changed(*, by: Actor, matter: Matter, different: str, able: str, hard: str) -> WhatChanged:
    """Write down what the person says changed, in their words; each may be empty, but not all."""
    held = _matter(matter, by)
    said = {"different": different.strip(), "able": able.strip(), "hard": hard.strip()}
    for name, text in said.items():
        if len(text) > LONGEST_WORDS:
            raise Refused("too_long", f"Write it in {LONGEST_WORDS:,} characters or fewer.", name)
    if not any(said.values()):
        raise Refused("empty", "Write what they said to at least one, or go back: they need not answer.", "different")
    not_twice(WhatChanged.objects.visible_to(by).filter(matter=held, **said), by.now(), "recorded_at")
    row = WhatChanged.objects.create(
        matter=held, recorded_by_id=by.user(), recorded_at=by.now(), **said, **own(held.case, by)
    )
    tell("what_changed_said", held.case, by=by, matter=held.pk)
    return row


def _matter(matter: Matter, by: Actor) -> Matter:
    """The matter, whether or not it is closed: what came of it is often known later."""
    by.require(Capability.GIVE_ADVICE)
    rows = Matter.objects.visible_to(by).select_for_update(of=("self",)).select_related("case__referral")
    held: Matter = rows.get(pk=matter.pk)
    if held.case.closed_at is None:
        worked_on(held.case.referral, by=by)
    return held


def _standing(outcome: Outcome, by: Actor) -> Outcome:
    by.require(Capability.GIVE_ADVICE)
    rows = Outcome.objects.visible_to(by).select_related("matter__case__referral")
    held: Outcome = rows.get(pk=outcome.pk)
    _matter(held.matter, by)
    if held.withdrawn or Outcome.objects.visible_to(by).filter(replaces=held).exists():
        raise Refused("too_late", "Another outcome stands in its place already. Look at the matter again.")
    return held


def _keep(matter: Matter, about: AboutOutcome, replaces: Outcome | None, by: Actor) -> Outcome:
    values = _checked(about, by)
    rows = Outcome.objects.visible_to(by).filter(matter=matter, replaces=replaces)
    not_twice(rows.filter(**values), by.now(), "recorded_at")
    _not_counted_twice(matter, values, replaces, by)
    row = Outcome.objects.create(
        matter=matter,
        replaces=replaces,
        recorded_by_id=by.user(),
        recorded_at=by.now(),
        **values,
        **own(matter.case, by),
    )
    tell("outcome_corrected" if replaces else "outcome_recorded", matter.case, by=by, matter=matter.pk)
    return row


def _not_counted_twice(matter: Matter, values: dict[str, Any], replaces: Outcome | None, by: Actor) -> None:
    """Two matters may not count the same money: somebody looks at both, and writes why they are not the same."""
    if values["looked_at"]:
        return
    found = alike(by, matter, values["kind"], values["counted"], replaces)
    if found is not None:
        raise Refused(
            "counted_already",
            f"“{found.matter.title}” has one like it: {kinds()[found.kind].label.lower()}. If it is the same, count it "
            "once and go back. If not, write why.",
            "looked_at",
        )


def _checked(about: AboutOutcome, by: Actor) -> dict[str, Any]:
    kind = kinds().get(about.kind)
    if kind is None:
        raise Refused("no_kind", "Choose what came of it.", "kind")
    said = {name: words(getattr(about, name), most, name) for name, most in LONGEST.items()}
    if about.on > by.today() and about.confirmed:
        raise Refused("wrong_day", "What has not happened yet is expected, not confirmed.", "on")
    if abs(about.on - by.today()) > FURTHEST:
        raise Refused("wrong_day", "Check the year.", "on")
    if about.confirmed and kind.money is not Money.NONE and not said["seen"]:
        raise Refused("not_seen", "Write what you saw, such as the award letter and its date.", "seen")
    return {
        **said,
        **_sums(about, kind),
        "kind": kind.key,
        "on": about.on,
        "confirmed": about.confirmed,
        "seen": said["seen"] if about.confirmed else "",
    }


def _sums(about: AboutOutcome, kind: Kind) -> dict[str, Any]:
    """The columns of money: empty for a kind that has none. Help in kind and a managed debt may have no sum."""
    if kind.money is Money.NONE:
        return {"pounds": None, "often": "", "starts": None, "ends": None, "counted": None}
    sum_ = sum_of(about.pounds, "pounds")
    if not sum_ and kind.money is not Money.WORTH:
        raise Refused("no_sum", "Write how much it is, in pounds.", "pounds")
    goes_on = kind.money is Money.GAIN_ONGOING
    if goes_on and about.often is None:
        raise Refused("no_often", "Choose how often it is paid.", "often")
    if goes_on and about.starts is None:
        raise Refused("no_start", "Write from when it is paid.", "starts")
    if goes_on and about.ends and about.starts and about.ends < about.starts:
        raise Refused("wrong_day", "It cannot end before it starts.", "ends")
    often, starts, ends = (about.often, about.starts, about.ends) if goes_on else (None, None, None)
    worth = counted(kind.money, sum_ or None, often, starts, ends)
    return {"pounds": sum_ or None, "often": often or "", "starts": starts, "ends": ends, "counted": worth}
