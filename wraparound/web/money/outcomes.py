"""What came of a matter: writing it down, putting it right, and what the person says changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from wraparound.advice.models import Matter
from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability
from wraparound.outcomes import recording
from wraparound.outcomes.kinds import Kind, Money, kinds
from wraparound.outcomes.models import Outcome, WhatChanged
from wraparound.outcomes.reading import history_of, in_force, outcome_of, said_of
from wraparound.outcomes.spending import hours
from wraparound.outcomes.timing import minutes_on
from wraparound.outcomes.worth import RULES
from wraparound.web.access import Request, needs
from wraparound.web.finding import matter_or_404
from wraparound.web.money.found import answer, draw
from wraparound.web.money.outcome_forms import ChangedForm, OutcomeForm, WithdrawForm
from wraparound.web.team.forms import posted


@dataclass(frozen=True)
class OutcomeShown:
    outcome: Outcome
    kind: Kind


@dataclass(frozen=True)
class CameOfIt:
    """What a matter's page shows of its outcomes, of what the person said, and of time."""

    standing: Sequence[OutcomeShown]
    earlier: Sequence[OutcomeShown]
    said: Sequence[WhatChanged]
    spent: str


def came_of_it(actor: Actor, matter: Matter) -> CameOfIt:
    return CameOfIt(
        standing=[OutcomeShown(each, kinds()[each.kind]) for each in in_force(actor, [matter])],
        earlier=[OutcomeShown(each, kinds()[each.kind]) for each in history_of(actor, matter)],
        said=said_of(actor, matter),
        spent=hours(minutes) if (minutes := minutes_on(actor, matter)) else "",
    )


@needs(Capability.GIVE_ADVICE)
@require_http_methods(["GET", "POST"])
def outcome_new(request: Request, pk: int) -> HttpResponse:
    """What kind of outcome it is, and then the outcome."""
    matter = matter_or_404(request, pk)
    kind = kinds().get(request.GET.get("kind", ""))
    if kind is None:
        return draw(request, matter.case, "outcome-kind", matter=matter, kinds=kinds().values())
    form = OutcomeForm(posted(request), kind=kind, today=request.actor.today())
    return answer(
        request, matter.case, "outcome", form, "Saved.", reverse("matter", kwargs={"pk": pk}),
        lambda _: recording.record_outcome(by=request.actor, matter=matter, about=form.about()),
        matter=matter, kind=kind, rule=RULES.get(kind.money, ""),
    )  # fmt: skip


@needs(Capability.GIVE_ADVICE)
@require_http_methods(["GET", "POST"])
def outcome_correct(request: Request, pk: int) -> HttpResponse:
    """Put another in its place; the first stays to be read."""
    found = _or_404(request, pk)
    kind = kinds().get(request.GET.get("kind", found.kind), kinds()[found.kind])
    form = OutcomeForm(posted(request), kind=kind, today=request.actor.today(), held=found)
    return answer(
        request, found.matter.case, "outcome", form, "Saved.", reverse("matter", kwargs={"pk": found.matter_id}),
        lambda _: recording.correct_outcome(by=request.actor, outcome=found, about=form.about()),
        matter=found.matter, kind=kind, rule=RULES.get(kind.money, ""), outcome=found, kinds=kinds().values(),
    )  # fmt: skip


@needs(Capability.GIVE_ADVICE)
@require_http_methods(["GET", "POST"])
def outcome_withdraw(request: Request, pk: int) -> HttpResponse:
    """It should not have been there."""
    found = _or_404(request, pk)
    return answer(
        request, found.matter.case, "outcome-withdraw", WithdrawForm(posted(request)),
        "Taken out. It can still be read.", reverse("matter", kwargs={"pk": found.matter_id}),
        lambda said: recording.withdraw_outcome(by=request.actor, outcome=found, **said),
        matter=found.matter, kind=kinds()[found.kind], outcome=found,
    )  # fmt: skip


@needs(Capability.GIVE_ADVICE)
@require_http_methods(["GET", "POST"])
def what_changed(request: Request, pk: int) -> HttpResponse:
    """What the person says changed, in three short questions."""
    matter = matter_or_404(request, pk)
    form = ChangedForm(posted(request))
    return answer(
        request, matter.case, "what-changed", form, "Saved.", reverse("matter", kwargs={"pk": pk}),
        lambda said: recording.write_what_changed(by=request.actor, matter=matter, **said), matter=matter,
    )  # fmt: skip


@needs(Capability.GIVE_ADVICE)
@require_GET
def meaning(request: Request) -> HttpResponse:
    """What each kind of outcome means, and how its money counts."""
    shown = {"kinds": kinds().values(), "rules": {each: rule for each, rule in RULES.items()}, "none": Money.NONE}
    return render(request, "money/meaning.jinja", shown)


def _or_404(request: Request, pk: int) -> Outcome:
    try:
        return outcome_of(request.actor, pk)
    except Outcome.DoesNotExist:
        raise Http404 from None
