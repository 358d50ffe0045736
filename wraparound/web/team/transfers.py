"""Giving one's work to a colleague: offered, taken on, not taken on, taken back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from wraparound.organisations.away import away_until_of, workers_of
from wraparound.organisations.roles import Capability
from wraparound.people.reading import note_access
from wraparound.referrals import transferring
from wraparound.referrals.models import Transfer
from wraparound.referrals.reading import transfer_of
from wraparound.web.access import Request, needs
from wraparound.web.formats import day
from wraparound.web.team.day_forms import NotTakenForm, TransferForm
from wraparound.web.team.forms import posted
from wraparound.web.team.passing import answer_with, do, referral_to_work_on


@needs(Capability.WORK_REFERRALS)
@require_http_methods(["GET", "POST"])
def give(request: Request, pk: int) -> HttpResponse:
    """Offer one's work to a colleague, who must take it on."""
    found = referral_to_work_on(request, pk)
    workers = workers_of(request.actor)
    away = away_until_of(workers, request.actor.today())
    form = TransferForm(
        posted(request),
        colleagues=[each for each in workers if each.user_id != found.worker_id],
        away={each.user_id: f"Away until {day(away[each.pk])}" for each in workers if each.pk in away},
    )
    if form.done(lambda said: transferring.offer(by=request.actor, referral=found, **said)):
        messages.success(request, f"Offered to {form.cleaned_data['to'].name}. It stays yours until they take it on.")
        return redirect("journey", reference=found.journey.reference)
    return answer_with(request, found, "take_over", form)


@needs(Capability.WORK_REFERRALS)
@require_POST
def take(request: Request, pk: int) -> HttpResponse:
    """Take on what a colleague offers."""
    found = _transfer(request, pk)
    return do(
        request, found.referral, lambda: transferring.take_over(by=request.actor, transfer=found),
        "Taken on. It is yours now.",
    )  # fmt: skip


@needs(Capability.WORK_REFERRALS)
@require_http_methods(["GET", "POST"])
def not_take(request: Request, pk: int) -> HttpResponse:
    """Not take it on, with a sentence for the colleague."""
    found = _transfer(request, pk)
    form = NotTakenForm(posted(request))
    if form.done(lambda said: transferring.not_take_over(by=request.actor, transfer=found, **said)):
        messages.success(request, f"{found.from_user.name} is told. It stays theirs.")
        return redirect("worklist")
    note_access(request.actor, found.referral.person, "transfer")
    shown = {"transfer": found, "person": found.referral.person, "journey": found.referral.journey, "form": form}
    return render(request, "team/not_take.jinja", shown)


@needs(Capability.WORK_REFERRALS)
@require_POST
def take_back(request: Request, pk: int) -> HttpResponse:
    """Keep it after all."""
    found = _transfer(request, pk)
    return do(
        request, found.referral, lambda: transferring.take_back(by=request.actor, transfer=found),
        "Taken back. It stays yours.",
    )  # fmt: skip


def _transfer(request: Request, pk: int) -> Transfer:
    try:
        return transfer_of(request.actor, pk)
    except Transfer.DoesNotExist:
        raise Http404 from None
