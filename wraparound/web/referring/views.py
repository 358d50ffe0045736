"""Referring: finding the person, the one page of a referral, and what would happen to it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wraparound.consent.agreed import REFERRAL
from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Organisation
from wraparound.organisations.roles import Capability
from wraparound.pathways.vocabulary import Need, UrgentFlag
from wraparound.people.details import PersonDetails
from wraparound.people.models import Person
from wraparound.people.reading import find_people, note_access, person_of
from wraparound.referrals.actions import refer as send_referral
from wraparound.referrals.models import Journey
from wraparound.referrals.preview import Preview, preview
from wraparound.web.access import Request, needs
from wraparound.web.referring.forms import FindForm, NewPersonReferForm, ReferForm, entry_of, new_submission

MOST_FOUND = 20


@dataclass(frozen=True)
class Whom:
    """Whom a referral page is about: somebody shown read-only, or (with nobody) asked for on the page.

    `sent_with` is how the intake names them, and `send` the action that takes it.
    """

    form: type[ReferForm] = ReferForm
    person: Person | PersonDetails | None = None
    sent_with: dict[str, Any] = field(default_factory=dict)
    send: Callable[..., Journey] = send_referral


@needs(Capability.REFER)
@require_GET
def find(request: Request) -> HttpResponse:
    """Start a referral: somebody the practice has referred before, or somebody new."""
    asked = bool(request.GET)
    form = FindForm(request.GET if asked else None)
    found = None
    if asked and form.is_valid():
        said = form.cleaned_data
        found = find_people(request.actor, words=said["words"], born=said["born"], most=MOST_FOUND + 1)
    shown = {"form": form, "found": found, "most": MOST_FOUND, "submission": new_submission()}
    return render(request, "referring/find.jinja", shown)


@needs(Capability.REFER)
@require_http_methods(["GET", "POST"])
def refer_person(request: Request, pk: int) -> HttpResponse:
    try:
        person = person_of(request.actor, pk)
    except Person.DoesNotExist:
        raise Http404 from None
    note_access(request.actor, person, "refer-person")
    return referral_page(request, Whom(person=person, sent_with={"person_id": person.pk}))


@needs(Capability.REFER)
@require_http_methods(["GET", "POST"])
def refer_new(request: Request) -> HttpResponse:
    return referral_page(request, Whom(form=NewPersonReferForm))


def referral_page(request: Request, whom: Whom) -> HttpResponse:
    """The one page: filled in, looked ahead with, or sent."""
    if request.method == "GET":
        return _show(request, whom, whom.form.new(request.GET.get("form", "")))
    if request.POST.get("do") == "preview":
        return _show(request, whom, whom.form.kept(request.POST), looked_ahead=True)
    form = whom.form(request.POST)
    if not form.is_valid():
        return _show(request, whom, form)
    try:
        intake = form.intake(request.actor, practice=_practice(request), **whom.sent_with)
        journey = whom.send(by=request.actor, intake=intake)
    except Refused as refusal:
        form.refuse(_in_words_of_the_page(refusal))
        return _show(request, whom, form)
    return redirect("sent", reference=journey.reference)


def _practice(request: Request) -> str:
    """The code of the practice that the actor works at: where somebody new is taken to be registered."""
    organisation = request.membership.organisation
    return organisation.ods_code if organisation.kind == Organisation.Kind.PRACTICE else ""


def _show(request: Request, whom: Whom, form: ReferForm, *, looked_ahead: bool = False) -> HttpResponse:
    page = {
        "form": form,
        "person": whom.person,
        "asks_who": whom.form is NewPersonReferForm,
        "words": REFERRAL.words,
        "preview": _preview(request.actor, request.POST),
        "looked_ahead": looked_ahead,
    }
    return render(request, "referring/refer.jinja", page)


def _in_words_of_the_page(refusal: Refused) -> Refused:
    if refusal.code != "already_sent_changed":
        return refusal
    sentence = (
        "This page was already sent, and you have changed it since. The first one stands: find it under Referrals. "
        "To send another, start again from Refer someone."
    )
    return Refused(refusal.code, sentence)


@needs(Capability.REFER)
@require_POST
def look_ahead(request: Request) -> HttpResponse:
    """What would happen, as a fragment for the page while it is filled in."""
    return render(request, "referring/preview.jinja", {"preview": _preview(request.actor, request.POST)})


def _preview(actor: Actor, data: QueryDict) -> Preview | str | None:
    """What would happen with these answers; None with none yet, and a sentence where the scheme cannot say."""
    known = {need.value for need in Need}, {flag.value for flag in UrgentFlag}
    wanted = frozenset(Need(value) for value in data.getlist("needs") if value in known[0])
    flags = frozenset(UrgentFlag(value) for value in data.getlist("urgent_flags") if value in known[1])
    advice = bool(data.get("advice"))
    if not (wanted or flags or advice):
        return None
    try:
        return preview(actor, needs=wanted, urgent_flags=flags, advice_ticked=advice, entry=entry_of(actor))
    except LookupError as fault:
        return str(fault)
