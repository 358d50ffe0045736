"""What a worker does with one referral, as steps that each wait for their time: the verbs of every story."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.db.models import Q

from wraparound.casework import actions as casework
from wraparound.casework.models import Case, ContactBy, ContactResult, Task
from wraparound.casework.reopening import reopen
from wraparound.casework.to_do import add_task, finish_task
from wraparound.consent.agreed import HANDOVER, AgreedHow
from wraparound.consent.asking import Agreed
from wraparound.demo.talking import has_a_plan, talk
from wraparound.demo.year import Year
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import User
from wraparound.organisations.roles import Role
from wraparound.pathways.vocabulary import Need, Service
from wraparound.referrals.actions import claim
from wraparound.referrals.asking import answer, ask
from wraparound.referrals.models import WITH_A_TEAM, Question, Referral, Transfer
from wraparound.referrals.pausing import pause
from wraparound.referrals.states import Outcome, PauseReason
from wraparound.referrals.transferring import offer, take_over
from wraparound.social_prescribing.holding import prescribes

NOTES = {
    Service.SOCIAL_PRESCRIBING: (
        "Long talk about what a good week would look like. Misses cooking for people. Would try the lunch club.",
        "Came along to the first session, stayed for tea afterwards. Says it helped to have a reason to go out.",
        "Asked gently about money: some worry. Agreed that an adviser could help, and what to bring.",
        "Rang to see how it went. Sleeping a little better. Next talk in three weeks.",
    ),
    Service.WELFARE_ADVICE: (
        "Looked at the letters together and put them in order. Authority signed. Dates noted.",
        "Helped to fill in the form; copies kept. Told what happens next and how long it may take.",
        "Spoke with the office on the phone with the person. Waiting for their answer in writing.",
        "Answer came. Went through it together and agreed the next step.",
    ),
}
TASKS = {
    Service.SOCIAL_PRESCRIBING: (
        "Send the times of the walking group",
        "Ring the community garden about a place",
        "Ask the library about computer sessions",
        "Go along to the lunch club with them",
    ),
    Service.WELFARE_ADVICE: (
        "Ring the council about the rent arrears",
        "Send the form by recorded post",
        "Look at the bank statements before they come",
        "Chase the answer to the benefit appeal",
    ),
}
QUESTIONS = (
    ("Is there a time of day when ringing is safe?", "Mornings, when the children are at school."),
    ("Do they need somebody to interpret on the phone?", "Only for letters; talking is fine."),
    ("Which letter is the referral about, and is there a date on it?", "A decision of last week. Two weeks to answer."),
)
WORKING = (Role.LINK_WORKER, Role.ADVISER, Role.HYBRID_WORKER)
CHANNELS = (ContactBy.PHONE, ContactBy.PHONE, ContactBy.PHONE, ContactBy.TEXT, ContactBy.IN_PERSON)
Step = Generator[datetime, None, bool]


@dataclass
class Story:
    """One referral's course. Each step waits for its time and does something, unless the story has ended otherwise."""

    year: Year
    referral: Referral
    at: datetime
    chance: Random
    case: Case | None = None
    chosen: Actor | None = None
    turn: int | None = None
    noted: int = 0

    def step(self, days: int, act: Callable[[Actor], object], hours: tuple[int, int] = (9, 15)) -> Step:
        """Let so many working days pass, then act. False when the story is over."""
        return self.upon(self.year.working_hour(self.at, days, self.chance, hours), act)

    def upon(self, moment: datetime, act: Callable[[Actor], object], *, by: Actor | None = None) -> Step:
        """Act at a moment, or a little after whatever came last. `by` is the worker, where nobody else is said."""
        moment = max(moment, self.at + timedelta(minutes=2))
        yield moment
        self.at = moment
        return self.year.tried(by or self.worker(), moment, lambda actor: self._act(act, actor))

    def _act(self, act: Callable[[Actor], object], actor: Actor) -> None:
        self.referral = Referral.objects.visible_to(actor).get(pk=self.referral.pk)
        if self.case is not None:
            self.case.referral = self.referral
        act(actor)

    def worker(self) -> Actor:
        """Who has it; else one of the team, the same throughout. Their cover, while they are away."""
        has_it = self.year.holders.get(self.referral.pk, self.referral.worker_id)
        holder = next((each for each in self.team() if has_it and each.user_id == has_it), None)
        if holder is None:
            self.chosen = self.chosen or self.chance.choice(self.team(WORKING) or self.team())
            holder = self.chosen
        return self._present(holder)

    def team(self, roles: tuple[Role, ...] = (*WORKING, Role.SUPERVISOR)) -> list[Actor]:
        """Those who answer the team's referrals."""
        actors = self.year.actors.values()
        return [actor for actor in actors if actor.team_id == self.referral.to_team_id and actor.role in roles]

    def supervisor(self) -> Actor:
        return self.team((Role.SUPERVISOR,))[0]

    def _present(self, worker: Actor) -> Actor:
        keys = {actor.user_id: key for key, actor in self.year.actors.items()}
        for leave in self.year.made.data.away:
            there = self.year.day(leave.starts) <= self.at.date() <= self.year.day(leave.ends)
            if leave.cover and there and leave.key == keys[worker.user_id]:
                return self.year.actors[leave.cover]
        return worker

    @property
    def service(self) -> Service:
        """What the work is about just now: one of the two, where one worker does both."""
        return Service(self.chance.choice([self.referral.service, *self.referral.joined]))

    def held(self) -> Case:
        assert self.case is not None, "The referral is accepted before anything is done for the person."
        return self.case

    # What one step does: each is handed to `step` or `upon`.

    def claim(self, by: Actor) -> None:
        if self.referral.status == "sent":
            claim(by=by, referral=self.referral)

    def accept(self, by: Actor) -> None:
        self.case = casework.accept(by=by, referral=self.referral)

    def try_(self, result: ContactResult) -> Callable[[Actor], object]:
        seen = result in (ContactResult.CAME, ContactResult.DID_NOT_COME)
        channel = ContactBy.IN_PERSON if seen else self.chance.choice(CHANNELS)
        return lambda by: casework.record_contact(by=by, case=self.held(), channel=channel, result=result)

    def note(self, by: Actor) -> None:
        casework.write_note(by=by, case=self.held(), text=self.chance.choice(NOTES[self.service]))
        if not prescribes(self.referral):
            return
        if self.turn is None:
            self.turn = next(self.year.talks)
        if has_a_plan(self.turn):
            talk(self.held(), self.turn, self.noted, by)
            self.noted += 1

    def task(self, due_in: int) -> Callable[[Actor], object]:
        """Something to do so many days later."""
        title = self.chance.choice(TASKS[self.service])

        def act(by: Actor) -> None:
            due = by.now().date() + timedelta(days=due_in)
            add_task(by=by, title=title, due_on=due, case=self.held(), worker_id=by.user_id)

        return act

    def finish_tasks(self, by: Actor) -> None:
        """What was to be done is done, before the work ends."""
        for task in self._tasks(by):
            finish_task(by=by, task=task, needed=task.kind == Task.Kind.OWN)

    def _tasks(self, by: Actor) -> list[Task]:
        """What the actor has to do in the case."""
        mine = Q(worker_id=by.user_id) | Q(worker_id=None)
        return list(Task.objects.visible_to(by).filter(mine, case=self.held(), done_at=None).order_by("pk"))

    def settle(self, *, wanted: bool) -> Callable[[Actor], object]:
        """Where the pathway asks about the other service: handed over when that is wanted, else not needed."""

        def act(by: Actor) -> None:
            if any(task.kind != Task.Kind.OWN for task in self._tasks(by)):
                if wanted:
                    self.hand_over(by)
                else:
                    self.finish_tasks(by)
            else:
                casework.write_note(by=by, case=self.held(), text=self.chance.choice(NOTES[self.service]))

        return act

    def end(self, outcome: Outcome) -> Callable[[Actor], object]:
        def act(by: Actor) -> None:
            self.finish_tasks(by)
            casework.close(
                by=by, case=self.held(), outcome=outcome, other_service=casework.OtherService.NOT_WANTED
            )  # fmt: skip

        return act

    def lose(self, by: Actor) -> None:
        casework.lose_contact(by=by, case=self.held())

    def pause(self, days: int, reason: PauseReason) -> Callable[[Actor], object]:
        return lambda by: pause(
            by=by, referral=self.referral, until=by.now().date() + timedelta(days=days), reason=reason
        )

    def hand_over(self, by: Actor) -> None:
        """Prepared, introduced, and the other service still has to accept."""
        one = Service.SOCIAL_PRESCRIBING
        other = Service.WELFARE_ADVICE if self.referral.service == one else one
        with_them = Referral.objects.visible_to(by).filter(journey_id=self.referral.journey_id, service=other)
        if self.referral.joined or with_them.filter(status__in=WITH_A_TEAM).exists():
            return
        casework.hand_over(
            by=by,
            case=self.held(),
            service=other,
            needs=frozenset({Need.BENEFITS if other is Service.WELFARE_ADVICE else Need.LONELINESS}),
            told="Has a letter about a benefit decision, dated last week. Will bring it, and the bank statements."
            if other is Service.WELFARE_ADVICE
            else "The appeal is in hand. Says that the days are long, and would like to meet people.",
            agreed=Agreed(how=AgreedHow.IN_PERSON, wording=HANDOVER),
        )

    def ask(self, number: int) -> Callable[[Actor], object]:
        return lambda by: ask(by=by, referral=self.referral, question=QUESTIONS[number % len(QUESTIONS)][0])

    def answer(self, number: int) -> Callable[[Actor], object]:
        return lambda by: answer(
            by=by,
            question=Question.objects.visible_to(by).get(referral=self.referral, answered_at=None, lapsed_at=None),
            answer=QUESTIONS[number % len(QUESTIONS)][1],
        )

    def sender(self) -> Actor | None:
        """Whoever sent it, or somebody who answers for them there."""
        actors = self.year.actors.values()
        sent_by = next((actor for actor in actors if actor.user_id == self.referral.from_user_id), None)
        return sent_by or self.year.reader(self.referral.from_organisation_id)

    def colleague(self) -> Actor | None:
        """Another of the team, who is there: neither whoever has it nor whoever covers for them."""
        busy = {self.worker().user_id, self.year.holders.get(self.referral.pk)}
        others = [each for each in self.team() if each.user_id not in busy and self._present(each) is each]
        return self.chance.choice(others) if others else None

    def offer_to(self, colleague: Actor) -> Callable[[Actor], object]:
        def act(by: Actor) -> None:
            to = User.objects.get(pk=colleague.user())
            why = "I am away for a while, and you know the family. Next call is agreed for Tuesday."
            offer(by=by, referral=self.referral, to=to, why=why)

        return act

    def take_over(self, by: Actor) -> None:
        self.referral = take_over(by=by, transfer=Transfer.objects.visible_to(by).get(referral=self.referral))

    def reopen(self, by: Actor) -> None:
        self.case = reopen(by=by, case=self.held())
