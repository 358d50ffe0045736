"""One scheme's year, as it happens: everything in the order of its time, silence and the jobs included."""

import heapq
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random
from typing import Any, TypeVar

from django.db.models.signals import post_save

from wraparound.casework.tasks import close_case_of, give_case_to_worker
from wraparound.demo.scheme import Made
from wraparound.events.action import Refused
from wraparound.messaging.tasks import write_message_back
from wraparound.organisations.actor import Actor, acting_as, system
from wraparound.organisations.jobs import Kept, keeping
from wraparound.organisations.models import Scheme
from wraparound.organisations.pathways import calendar_of, pathway_of
from wraparound.organisations.roles import CAPABILITIES, Capability
from wraparound.pathways.calendar import LONDON, Calendar
from wraparound.pathways.vocabulary import Status
from wraparound.referrals.actions import let_time_pass
from wraparound.referrals.models import Referral
from wraparound.referrals.tasks import offer_free_places, share_out_team

# What follows from an action is done at once; letters to workers wait for the jobs' worker.
FOLLOWING = (close_case_of, give_case_to_worker, write_message_back, offer_free_places, share_out_team)
SENDER_WAITS = (Status.DECLINED, Status.LOST_CONTACT, Status.NOT_ANSWERED)
# Yields the moment at which it goes on; it knows then what time it is.
Steps = Iterator[datetime]
T = TypeVar("T")


class Year:
    """What is still to happen in one scheme, up to now.

    `on_arrival` tells the story of a referral that has come to a team, `on_answer` that of an answer which its sender
    has to read.
    """

    def __init__(self, made: Made, now: datetime) -> None:
        self.made, self.now = made, now
        self.actors = made.actors
        self.calendar = _calendar(made.scheme_id)
        self.chance = Random(f"wraparound demo {made.data.slug}")
        self.refused: list[str] = []
        # Whose turn it is to talk with a link worker: every so many-th has a plan.
        self.talks = count()
        # Who has each referral now, by the ids of referral and user.
        self.holders: dict[int, int | None] = {}
        # The stories that are not left to chance, by the journey whose first referral they are of.
        self.telling: dict[int, Callable[[Any], Steps]] = {}
        self.on_arrival: Callable[[Referral, datetime], Steps | None] = lambda referral, at: None
        self.on_answer: Callable[[Referral, datetime], Steps | None] = lambda referral, at: None
        self._ahead: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self._serial = count()
        self._clocks: dict[int, datetime | None] = {}
        self._waiting: set[int] = set()
        self._saved: dict[int, tuple[Referral, bool]] = {}

    def begin(self, steps: Steps) -> None:
        """Let somebody's story go on from its first moment, when that comes."""
        self._go_on(steps)

    def run(self) -> None:
        """Everything up to now, in its order."""
        post_save.connect(self._note, sender=Referral)
        try:
            while self._ahead and self._ahead[0][0] <= self.now:
                moment, _, happen = heapq.heappop(self._ahead)
                happen(moment)
        finally:
            post_save.disconnect(self._note, sender=Referral)

    def do(self, by: Actor, at: datetime, act: Callable[[Actor], T]) -> T:
        """Act as somebody at a moment, with all that follows at once. Refused goes through, and nothing was done."""
        self._saved.clear()
        actor = by.at(at)
        with keeping(FOLLOWING) as kept:
            with acting_as(actor):
                done = act(actor)
            self._follow(kept)
        self._look_at_what_was_saved(at)
        return done

    def tried(self, by: Actor, at: datetime, act: Callable[[Actor], object]) -> bool:
        """As `do`; False when the product said no, which ends a story and not the load."""
        try:
            self.do(by, at, act)
        except Refused as refused:
            self.refused.append(f"{refused.code}: {refused.sentence}")
            return False
        return True

    def sent(self, referrals: list[Referral], at: datetime) -> None:
        """Referrals that were made many at once, which no signal tells of."""
        for referral in referrals:
            self._set_clock(referral)
            self._arrive(referral, at)

    def working_hour(self, at: datetime, days: int, chance: Random, hours: tuple[int, int] = (9, 15)) -> datetime:
        """So many working days after a moment, at a surgery hour, never before the moment itself."""
        day = self.calendar.add_working_days(at, days) if days else at
        hour = datetime.combine(
            day.astimezone(LONDON).date(), time(chance.randint(*hours), chance.randint(0, 59)), LONDON
        )
        return max(hour, at + timedelta(minutes=chance.randint(2, 40)))

    def day(self, days: int) -> date:
        """The day so many days from today; before today when negative."""
        return self.now.astimezone(LONDON).date() + timedelta(days=days)

    def on_day(self, days_ago: int, hour: int = 11, minute: int = 0) -> datetime:
        """An hour of the working day that was so many days ago or next before; never later than now."""
        day = self.day(-days_ago)
        while not self.calendar.is_working_day(day):
            day -= timedelta(days=1)
        return min(datetime.combine(day, time(hour, minute), LONDON), self.now - timedelta(minutes=5))

    def reader(self, organisation_id: int) -> Actor | None:
        """Somebody of an organisation who answers for what it sent."""
        found = (actor for actor in self.actors.values() if actor.organisation_id == organisation_id)
        return next((actor for actor in found if Capability.FOLLOW_REFERRALS in CAPABILITIES[actor.role]), None)

    def _go_on(self, steps: Steps, since: datetime | None = None) -> None:
        ahead = next(steps, None)
        if ahead is not None:
            self._push(max(ahead, since or ahead), lambda moment: self._go_on(steps, moment))

    def _push(self, at: datetime, happen: Callable[[datetime], None]) -> None:
        heapq.heappush(self._ahead, (at, next(self._serial), happen))

    def _follow(self, kept: Kept) -> None:
        while kept:
            kept.pop(0)()

    def _note(self, sender: type[Referral], instance: Referral, created: bool, **rest: Any) -> None:
        made = created or self._saved.get(instance.pk, (instance, False))[1]
        self._saved[instance.pk] = (instance, made)

    def _look_at_what_was_saved(self, at: datetime) -> None:
        saved, self._saved = self._saved, {}
        for referral, created in saved.values():
            self.holders[referral.pk] = referral.worker_id
            self._set_clock(referral)
            if created:
                self._arrive(referral, at)
            elif referral.pk in self._waiting and referral.status != Status.WAITING:
                self._waiting.discard(referral.pk)
                if referral.status == Status.SENT:
                    self._arrive(referral, at)
            if referral.status in SENDER_WAITS and referral.status_since == at:
                self._tell(self.on_answer(referral, at))

    def _arrive(self, referral: Referral, at: datetime) -> None:
        if referral.status == Status.WAITING:
            self._waiting.add(referral.pk)
        else:
            self._tell(self.on_arrival(referral, at))

    def _tell(self, steps: Steps | None) -> None:
        if steps is not None:
            self._go_on(steps)

    def _set_clock(self, referral: Referral) -> None:
        times = [at for at in (referral.escalate_at, referral.timeout_at) if at is not None]
        strikes = min(times, default=None)
        if self._clocks.get(referral.pk) != strikes:
            self._clocks[referral.pk] = strikes
            if strikes is not None:
                self._push(strikes, lambda moment: self._strike(referral, moment))

    def _strike(self, referral: Referral, at: datetime) -> None:
        """What silence does, unless something has happened since the clock was set."""
        if self._clocks.get(referral.pk) != at:
            return
        self._clocks[referral.pk] = None
        waits = SENDER_WAITS if referral.status in SENDER_WAITS else ()
        place = referral.from_organisation_id if waits else referral.to_organisation_id
        self.tried(system(referral.scheme_id, place), at, lambda by: let_time_pass(by=by, referral=referral))


def _calendar(scheme_id: int) -> Calendar:
    version = Scheme.objects.get(pk=scheme_id).pathway_version_id
    assert version is not None
    return calendar_of(pathway_of(version))
