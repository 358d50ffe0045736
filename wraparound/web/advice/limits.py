"""Time limits: working one out, its page, and what came of it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wraparound.advice import limits as actions
from wraparound.advice.models import TimeLimit
from wraparound.advice.reading import limit_of, limits_ahead
from wraparound.events.action import Refused
from wraparound.organisations.roles import Capability
from wraparound.people.reading import note_access
from wraparound.time_limits.working_out import RULES
from wraparound.web.access import Request, needs
from wraparound.web.advice.forms import DayForm, LimitForm, OtherDayForm, WordsForm
from wraparound.web.advice.pages import (
    answer_of,
    days_of_letter,
    letter_hint,
    limit_shown,
    moves_of_limit,
    nation_of,
    rules_offered,
    there_by,
)
from wraparound.web.finding import matter_or_404
from wraparound.web.team.forms import ActionForm, posted


@needs(Capability.GIVE_ADVICE)
@require_GET
def ahead(request: Request) -> HttpResponse:
    """Every running time limit with a day, the nearest first."""
    actor, asked = request.actor, request.GET
    everybodys = asked.get("whose") == "team"
    page = limits_ahead(actor, mine=not everybodys, after=asked.get("after", ""))
    shown = {
        "limits": [limit_shown(each, actor.today()) for each in page.rows], "everybodys": everybodys,
        "next": page.after, "first": not asked.get("after"),
    }  # fmt: skip
    return render(request, "advice/limits.jinja", shown)


@needs(Capability.GIVE_ADVICE)
@require_http_methods(["GET", "POST"])
def new(request: Request, pk: int) -> HttpResponse:
    """Work out a last day: first which letter it is, then its days."""
    found = matter_or_404(request, pk)
    note_access(request.actor, found.person, "time-limit")
    nation = nation_of(found.case)
    shown: dict[str, Any] = {"matter": found, "case": found.case, "person": found.person}
    chosen = request.GET.get("rule", "")
    if chosen not in RULES:
        hint = letter_hint(request.actor, found.case)
        offered = rules_offered(found.category, nation)
        return render(request, "advice/rules.jinja", {**shown, "offered": offered, "hint": hint})
    rule = RULES[chosen]
    form = LimitForm(posted(request), rule=rule, nation=nation, initial=days_of_letter(found.case, rule.key))
    made: list[TimeLimit] = []
    if form.done(lambda _: made.append(
        actions.add_limit(by=request.actor, matter=found, rule=rule.key, facts=form.facts())
    )):  # fmt: skip
        return redirect("limit", pk=made[0].pk) if made else redirect("matter", pk=found.pk)
    return render(request, "advice/limit_new.jinja", {**shown, "form": form, "rule": rule})


@needs(Capability.GIVE_ADVICE)
@require_http_methods(["GET", "POST"])
def new_day(request: Request, pk: int) -> HttpResponse:
    """Write down a last day that is known, such as one that a court has set."""
    found = matter_or_404(request, pk)
    hint = letter_hint(request.actor, found.case)
    form = DayForm(posted(request), initial={"last_day": hint.day} if hint and hint.names_its_day else {})
    if form.done(lambda said: actions.add_day(by=request.actor, matter=found, **said)):
        messages.success(request, "Saved.")
        return redirect("matter", pk=found.pk)
    note_access(request.actor, found.person, "time-limit")
    shown = {
        "matter": found, "case": found.case, "person": found.person, "form": form,
        "heading": "Write down a day that you know", "press": "Save", "nobody": "", "back": "matter",
        "back_pk": found.pk, "about": found.title,
    }  # fmt: skip
    return render(request, "advice/act.jinja", shown)


@needs(Capability.GIVE_ADVICE)
@require_GET
def limit(request: Request, pk: int) -> HttpResponse:
    """The day, how it was worked out, where the law says so, and what can still be done when it is over."""
    found = _limit_or_404(request, pk)
    note_access(request.actor, found.person, "time-limit")
    shown = {
        "limit": found, "shown": limit_shown(found, request.actor.today()), "matter": found.matter,
        "case": found.case, "person": found.person, "answer": answer_of(found), "moves": moves_of_limit(found),
        "there_by": there_by(found),
        "over": found.last_day is not None and found.last_day < request.actor.today(),
    }  # fmt: skip
    return render(request, "advice/limit.jinja", shown)


@needs(Capability.GIVE_ADVICE)
@require_POST
def confirm(request: Request, pk: int) -> HttpResponse:
    """Confirm the day that the page showed."""
    found = _limit_or_404(request, pk)
    try:
        if found.last_day is None or request.POST.get("day") != found.last_day.isoformat():
            raise Refused("changed", "This day was changed meanwhile. Look at it again.")
        actions.confirm_limit(by=request.actor, limit=found, seen_day=found.last_day)
        messages.success(request, "Confirmed.")
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("limit", pk=found.pk)


@needs(Capability.GIVE_ADVICE)
@require_http_methods(["GET", "POST"])
def other_day(request: Request, pk: int) -> HttpResponse:
    """Set another day than was worked out."""
    found = _limit_or_404(request, pk)
    form = OtherDayForm(posted(request), initial={"last_day": found.last_day})
    return _answer(
        request, found, form, "Set the day", "Save the day",
        lambda said: actions.set_day(by=request.actor, limit=found, **said),
    )  # fmt: skip


@needs(Capability.GIVE_ADVICE)
@require_http_methods(["GET", "POST"])
def done(request: Request, pk: int) -> HttpResponse:
    """What had to be done was done."""
    found = _limit_or_404(request, pk)
    form = WordsForm("how", "What was done, and when?", posted(request), missing="Enter what was done, and when",
                     hint="For example: request posted on 3 November, proof of posting in the file.")  # fmt: skip
    return _answer(
        request, found, form, "It is done", "Save",
        lambda said: actions.meet_limit(by=request.actor, limit=found, how=said["how"]),
    )  # fmt: skip


@needs(Capability.GIVE_ADVICE)
@require_http_methods(["GET", "POST"])
def aside(request: Request, pk: int) -> HttpResponse:
    """It does not apply, or is not used: never without a reason."""
    found = _limit_or_404(request, pk)
    form = WordsForm("why", "Why does it not apply, or why is it not used?", posted(request),
                     missing="Enter why it does not apply, or why it is not used")  # fmt: skip
    return _answer(
        request, found, form, "It does not apply", "Save",
        lambda said: actions.set_limit_aside(by=request.actor, limit=found, why=said["why"]),
    )  # fmt: skip


def _limit_or_404(request: Request, pk: int) -> TimeLimit:
    try:
        return limit_of(request.actor, pk)
    except TimeLimit.DoesNotExist:
        raise Http404 from None


def _answer(
    request: Request, found: TimeLimit, form: ActionForm, heading: str, button: str,
    act: Callable[[dict[str, Any]], object],
) -> HttpResponse:  # fmt: skip
    if form.done(act):
        messages.success(request, "Saved.")
        return redirect("limit", pk=found.pk)
    note_access(request.actor, found.person, "time-limit")
    shown = {
        "matter": found.matter, "case": found.case, "person": found.person, "form": form, "heading": heading,
        "press": button, "nobody": "", "back": "limit", "back_pk": found.pk, "about": found.what,
    }  # fmt: skip
    return render(request, "advice/act.jinja", shown)
