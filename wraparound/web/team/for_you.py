"""What waits for one reader above the worklist: a few lines, each with where it leads."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from wraparound.casework.reading import tasks_due
from wraparound.organisations.actor import Actor
from wraparound.pathways import words
from wraparound.referrals.models import Referral
from wraparound.referrals.reading import (
    decisions_for_supervisor,
    questions_answered,
    questions_to_answer,
    transfers_not_taken,
    transfers_offered_to,
)
from wraparound.web.team.turns import for_whom

MOST = 5


@dataclass(frozen=True)
class Waiting:
    """Whom it is about (or what), where the link leads, and what is said after it."""

    name: str
    address: str
    said: str


def for_you(actor: Actor) -> list[Waiting]:
    """Work that colleagues offer comes first."""
    return [*_offers(actor), *_questions(actor), *_decisions(actor), *_tasks(actor)]


def _offers(actor: Actor) -> Iterator[Waiting]:
    for offered in transfers_offered_to(actor, MOST):
        said = f"{offered.from_user.name} asks you to take this on. {offered.why}"
        yield Waiting(offered.referral.person.name, _part(offered.referral), said)
    for back in transfers_not_taken(actor, MOST):
        said = f"{back.to_user.name} did not take this on: {back.answer} It is still yours."
        yield Waiting(back.referral.person.name, _part(back.referral), said)


def _questions(actor: Actor) -> Iterator[Waiting]:
    for asked in questions_to_answer(actor, MOST):
        team, due = asked.referral.to_team.name, asked.referral.due_at
        said = f"{team} asks you something" + (f". Answer by {words.by(due)}." if due else ".")
        yield Waiting(asked.referral.person.name, reverse("question", kwargs={"pk": asked.pk}), said)
    told = {question.referral_id: question for question in questions_answered(actor, MOST)}
    for question in told.values():
        what = "answered your question" if question.answered_at else "did not answer in time: go on without"
        said = f"{question.referral.from_organisation.name} {what}{for_whom(question.referral.worker, actor)}."
        yield Waiting(question.referral.person.name, _part(question.referral), said)


def _decisions(actor: Actor) -> Iterator[Waiting]:
    for referral in decisions_for_supervisor(actor, MOST):
        by = f" by {words.by(referral.due_at)}" if referral.due_at else ""
        yield Waiting(referral.person.name, _part(referral), f"all tries are made. Decide how to go on{by}.")


def _tasks(actor: Actor) -> Iterator[Waiting]:
    due = tasks_due(actor, most=MOST + 1)
    for task in due[:MOST]:
        journey, about = task.journey, task.person.name if task.person else ""
        address = reverse("journey", kwargs={"reference": journey.reference}) if journey else reverse("tasks")
        whose = for_whom(task.worker, actor) if task.worker else ", for anybody"
        yield Waiting(task.title, address, f"{about}{whose}".removeprefix(", "))
    if len(due) > MOST:
        yield Waiting("More tasks", reverse("tasks"), "are due today.")


def _part(referral: Referral) -> str:
    return reverse("journey", kwargs={"reference": referral.journey.reference}) + f"#referral-{referral.pk}"
