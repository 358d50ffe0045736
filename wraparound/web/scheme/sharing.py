"""Which data-sharing agreements are in force, between which organisations of the scheme."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from wraparound.consent.data_sharing import (
    agreement_in,
    agreements_in,
    end_sharing_agreement,
    leave_sharing_agreement,
    may_sign,
    parties_of,
    party_in,
    record_sharing_agreement,
    sign_for,
    without_agreement,
)
from wraparound.consent.models import DataSharingAgreement, SharingParty
from wraparound.events.action import Refused
from wraparound.organisations.roles import Capability
from wraparound.web.access import Request, needs
from wraparound.web.scheme.sharing_forms import EndForm, SharingForm, SignForm
from wraparound.web.team.forms import posted

SHOWN = 12


@needs(Capability.MANAGE_SCHEME)
@require_GET
def listed(request: Request) -> HttpResponse:
    """The agreements, and the organisations that are in none: nothing goes to them."""
    apart = list(without_agreement(request.actor))
    shown = {"agreements": agreements_in(request.actor), "apart": apart[:SHOWN], "more": max(len(apart) - SHOWN, 0)}
    return render(request, "scheme/sharing.jinja", shown | {"today": request.actor.today()})


@needs(Capability.MANAGE_SCHEME)
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Write down an agreement that was signed."""
    form = SharingForm(posted(request))
    made: list[DataSharingAgreement] = []
    if form.done(lambda _: made.append(record_sharing_agreement(by=request.actor, terms=form.terms()))):
        messages.success(request, "Written down. Now say which organisations signed it.")
        return redirect("scheme-sharing-sign", pk=made[0].pk)
    return render(request, "scheme/sharing_new.jinja", {"form": form})


@needs(Capability.MANAGE_SCHEME)
@require_GET
def one(request: Request, pk: int) -> HttpResponse:
    """One agreement with its parties."""
    agreement = _agreement(request, pk)
    return _render(request, "sharing_agreement", agreement, parties=parties_of(agreement))


@needs(Capability.MANAGE_SCHEME)
@require_http_methods(["GET", "POST"])
def sign(request: Request, pk: int) -> HttpResponse:
    """Say which organisations signed it, and when."""
    agreement = _agreement(request, pk)
    form = SignForm(list(may_sign(request.actor, agreement)), posted(request))
    if form.done(lambda said: sign_for(by=request.actor, agreement=agreement, **form.signed())):
        messages.success(request, "Saved. They share under it from now on.")
        return redirect("scheme-sharing-agreement", pk=pk)
    return _render(request, "sharing_sign", agreement, form=form)


@needs(Capability.MANAGE_SCHEME)
@require_http_methods(["GET", "POST"])
def end(request: Request, pk: int) -> HttpResponse:
    """Give the agreement a last day."""
    agreement = _agreement(request, pk)
    form = EndForm(posted(request), initial={"last_day": agreement.ends})
    if form.done(lambda said: end_sharing_agreement(by=request.actor, agreement=agreement, **said)):
        messages.success(request, "Saved. Nothing is shared under it after that day.")
        return redirect("scheme-sharing-agreement", pk=pk)
    return _render(request, "sharing_end", agreement, form=form)


@needs(Capability.MANAGE_SCHEME)
@require_http_methods(["GET", "POST"])
def leave(request: Request, pk: int) -> HttpResponse:
    """Say what follows when an organisation leaves the agreement, then write it down."""
    try:
        party = party_in(request.actor, pk)
    except SharingParty.DoesNotExist:
        raise Http404 from None
    if request.method == "POST":
        try:
            leave_sharing_agreement(by=request.actor, party=party)
            messages.success(request, f"{party.organisation.name} is not a party any more.")
        except Refused as refusal:
            messages.warning(request, refusal.sentence)
        return redirect("scheme-sharing-agreement", pk=party.agreement_id)
    return _render(request, "sharing_leave", party.agreement, party=party)


def _render(request: Request, name: str, agreement: DataSharingAgreement, **shown: Any) -> HttpResponse:
    context = {"agreement": agreement, "today": request.actor.today(), **shown}
    return render(request, f"scheme/{name}.jinja", context)


def _agreement(request: Request, pk: int) -> DataSharingAgreement:
    try:
        return agreement_in(request.actor, pk)
    except DataSharingAgreement.DoesNotExist:
        raise Http404 from None
