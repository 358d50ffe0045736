"""What nobody could take: a section of its own, but said once beside the answer where an answer told of it."""

from collections.abc import Iterable, Sequence

from django.urls import reverse

from wraparound.organisations.actor import Actor
from wraparound.referrals.models import Referral, UnmetNeed
from wraparound.referrals.unmet import names_of, unmet_to_read
from wraparound.web.home.lines import Line, Section

MOST, LOOKED_AT = 5, 25


def untaken(actor: Actor) -> list[UnmetNeed]:
    """What the actor's organisation referred, nobody could take and nobody there has read."""
    return unmet_to_read(actor, most=LOOKED_AT)


def beside(answer: Referral, needs: Iterable[UnmetNeed]) -> str:
    """“ Nobody could take welfare advice: every team for it is full.” for what came of the same referral, or ""."""
    return "".join(
        f" Nobody could take {each.get_service_display().lower()}: {_why(each)}."
        for each in needs
        if _of_answer(each, answer)
    )


def section(actor: Actor, needs: Iterable[UnmetNeed], answers: Sequence[Referral]) -> Section:
    """What is beside none of the `answers`."""
    found = [each for each in needs if not any(_of_answer(each, answer) for answer in answers)][:MOST]
    names = names_of(actor, found) if found else {}
    lines = [
        Line(
            names.get(each.person_id, each.reference),
            reverse("referral", kwargs={"reference": each.journey.reference}),
            f"{each.get_service_display()}: {each.get_why_display()}.",
        )
        for each in found
    ]
    return Section("unmet", "What nobody could take", lines)


def _of_answer(need: UnmetNeed, answer: Referral) -> bool:
    return need.journey_id == answer.journey_id and need.service in (answer.service, *answer.joined)


def _why(need: UnmetNeed) -> str:
    said = need.get_why_display()
    return said[0].lower() + said[1:]
