"""What waits for those who refer: questions to answer, and answers to read."""

from collections.abc import Sequence

from django.urls import reverse

from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Role
from wraparound.pathways.vocabulary import Status
from wraparound.referrals.at_hand import answers_waiting
from wraparound.referrals.models import Referral, UnmetNeed
from wraparound.referrals.reading import questions_to_answer
from wraparound.web.formats import due
from wraparound.web.home import untaken
from wraparound.web.home.lines import Line, Section
from wraparound.web.home.working import concerns
from wraparound.web.wording import STATUSES

# Whoever is at the desk answers for all of the practice; the others for what they sent themselves, and for what nobody
# else is left to answer for.
FOR_ALL = (Role.RECEPTIONIST,)


def for_referrer(actor: Actor) -> list[Section]:
    answers, needs = answers_waiting(actor, mine=actor.role not in FOR_ALL), untaken.untaken(actor)
    return [
        concerns(actor), _questions(actor), _answers(actor, answers, needs), untaken.section(actor, needs, answers)
    ]  # fmt: skip


def _questions(actor: Actor) -> Section:
    lines = [
        _line(each.referral.person.name, each.referral.journey.reference,
              f"Asked by {each.referral.to_team.name}: {each.question}")
        for each in questions_to_answer(actor)
    ]  # fmt: skip
    return Section("questions", "Questions to answer", lines)


def _answers(actor: Actor, answers: Sequence[Referral], needs: Sequence[UnmetNeed]) -> Section:
    lines = [
        _line(each.person.name, each.journey.reference,
              f"{each.to_team.name}: {STATUSES[Status(each.status)][0].lower()}."
              + untaken.beside(each, needs)
              + (f" Read it by {due(each.due_at)}." if each.due_at else "")
              + _sender(each, actor))
        for each in answers
    ]  # fmt: skip
    return Section("answers", "Answers to read", lines, (reverse("referrals"), "All referrals"))


def _sender(referral: Referral, actor: Actor) -> str:
    """Why somebody reads of what they did not send themselves."""
    if actor.role in FOR_ALL or referral.from_user_id == actor.user_id:
        return ""
    if referral.from_user is None:
        return " Sent without the name of a colleague."
    return f" Referred by {referral.from_user.name}, who does not refer here any more."


def _line(name: str, reference: str, said: str) -> Line:
    return Line(name, reverse("referral", kwargs={"reference": reference}), said)
