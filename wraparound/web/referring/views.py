"""Referring: finding the person, the one page of a referral, and what would happen to it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from wraparound.consent.agreed import REFERRAL
from wraparound.consent.translating import Spoken, spoken_by
from wraparound.events.action import Refused
from wraparound.organisations.roles import Capability
from wraparound.pathways.vocabulary import ClinicalReason, Entry, Need, UrgentFlag
from wraparound.people.details import PersonDetails
from wraparound.people.models import Person
from wraparound.people.reading import find_people, note_access, person_of
from wraparound.referrals.actions import refer as send_referral
from wraparound.referrals.entries import Broad, WayIn, entry_of, way_in
from wraparound.referrals.intake import LetterSaid
from wraparound.referrals.models import Journey, Referral
from wraparound.referrals.preview import Preview, preview
from wraparound.referrals.reading import working_with
from wraparound.time_limits.letters import Letter, fault
from wraparound.web.access import Request, needs
from wraparound.web.referring.entry_fields import Asking
from wraparound.web.referring.forms import FindForm, NewPersonReferForm, ReferForm, new_submission
from wraparound.web.team.forms import posted

MOST_FOUND = 20


@dataclass(frozen=True)
class Whom:
    """Whom a referral page is about: somebody shown read-only, or (with nobody) asked for on the page.

    `sent_with` is how the intake names them, `send` the action that takes it, `entry` the way in where it is not the
    actor's own, and `known` what the page has filled in already.
    """

    form: type[ReferForm] = ReferForm
    person: Person | PersonDetails | None = None
    sent_with: dict[str, Any] = field(default_factory=dict)
    send: Callable[..., Journey] = send_referral
    entry: Entry | None = None
    known: dict[str, str] = field(default_factory=dict)
    already: Referral | None = None


@needs(Capability.REFER)
@require_http_methods(["GET", "POST"])
def find(request: Request) -> HttpResponse:
    """Start a referral: somebody the organisation has referred before, or somebody new.

    Who is looked for is posted: an address is kept by browsers, proxies and logs.
    """
    way = way_in(request.actor, own_entry(request))
    if way.refused:
        return _closed(request, way)
    form, found = FindForm(posted(request)), None
    if form.is_bound and form.is_valid():
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
    if _typed_by_hand(request):
        return _with_a_name(request)
    note_access(request.actor, person, "refer-person")
    already = working_with(request.actor, person.pk)
    return referral_page(request, Whom(person=person, sent_with={"person_id": person.pk}, already=already))


@needs(Capability.REFER)
@require_http_methods(["GET", "POST"])
def refer_new(request: Request) -> HttpResponse:
    if _typed_by_hand(request):
        return _with_a_name(request)
    return referral_page(request, Whom(form=NewPersonReferForm))


def _typed_by_hand(request: Request) -> bool:
    return request.method == "GET" and not request.GET.get("form")


def _with_a_name(request: Request) -> HttpResponse:
    """The same address with a name for what is sent from it: the page makes one referral however often it is sent."""
    return redirect(f"{request.path}?form={new_submission()}")


def referral_page(request: Request, whom: Whom) -> HttpResponse:
    """The one page: filled in, looked ahead with, or sent."""
    way = way_in(request.actor, whom.entry or own_entry(request))
    if way.refused:
        return _closed(request, way)
    asking, spoken = Asking.of(request.actor, way), _spoken(request, whom)
    if request.method == "GET":
        submission = request.GET.get("form") or new_submission()
        return _show(request, whom, whom.form.new(submission, asking, spoken, **whom.known), spoken)
    if request.POST.get("do") == "preview":
        return _show(request, whom, whom.form.kept(request.POST, asking, spoken), spoken, looked_ahead=True)
    form = whom.form(request.POST, asking=asking, spoken=spoken)
    if not form.is_valid():
        return _show(request, whom, form, spoken)
    practice = request.membership.organisation.practice_code
    try:
        journey = whom.send(by=request.actor, intake=form.intake(practice=practice, **whom.sent_with))
    except Refused as refusal:
        form.refuse(_in_words_of_the_page(refusal))
        return _show(request, whom, form, spoken)
    return redirect("sent", reference=journey.reference)


def own_entry(request: Request) -> Entry:
    """Where the referrals of whoever asks come in."""
    return entry_of(request.actor.role, request.membership.organisation.kind)


def _closed(request: Request, way: WayIn) -> HttpResponse:
    """Said before anything is typed."""
    return render(request, "referring/closed.jinja", {"way": way})


def _spoken(request: Request, whom: Whom) -> Spoken:
    """What there is in the language that they prefer, as the record says it or the page does."""
    typed = request.POST.get("preferred_language", "")
    return spoken_by(request.actor, whom.person.preferred_language if whom.person else typed[:60])


def _show(request: Request, whom: Whom, form: ReferForm, spoken: Spoken, *, looked_ahead: bool = False) -> HttpResponse:
    page = {
        "form": form,
        "person": whom.person,
        "asks_who": whom.form is NewPersonReferForm,
        "already": whom.already,
        "wording": REFERRAL,
        "spoken": spoken,
        "preview": _preview(request, form.asking.way.entry),
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
    from_call = request.POST.get("way") == Entry.CALL_LIST and request.actor.can(Capability.RUN_CALL_LISTS)
    entry = Entry.CALL_LIST if from_call else own_entry(request)
    return render(request, "referring/preview.jinja", {"preview": _preview(request, entry)})


def _preview(request: Request, entry: Entry) -> Preview | str | None:
    """What would happen with these answers; None with none yet, and a sentence where the scheme cannot say."""
    actor, data = request.actor, request.POST
    broad = (Broad(value).needs for value in data.getlist("broad") if value in set(Broad))
    named = (Need(value) for value in data.getlist("needs") if value in set(Need))
    wanted = frozenset(named).union(*broad)
    flags = frozenset(UrgentFlag(value) for value in data.getlist("urgent_flags") if value in set(UrgentFlag))
    advice = bool(data.get("advice"))
    if not (wanted or flags or advice):
        return None
    said = data.get("clinical_reason", "")
    clinical = ClinicalReason(said) if said in set(ClinicalReason) and actor.can(Capability.SEE_REASON) else None
    try:
        return preview(
            actor, needs=wanted, urgent_flags=flags, advice_ticked=advice, entry=entry, clinical_reason=clinical,
            practice_id=_registered_at(request), letter=_letter(request) if actor.can(Capability.SEE_REASON) else None,
        )  # fmt: skip
    except LookupError as fault:
        return str(fault)


def _letter(request: Request) -> LetterSaid | None:
    """The letter as far as it is filled in rightly; the form says what is wrong once it is sent."""
    said, today = request.POST.get("letter", ""), request.actor.today()
    try:
        day = date(*(int(request.POST.get(f"letter_day-{part}", "")) for part in ("year", "month", "day")))
    except (ValueError, OverflowError):
        return None
    return LetterSaid(Letter(said), day) if said in set(Letter) and not fault(Letter(said), day, today) else None


def _registered_at(request: Request) -> int | None:
    """The practice of whom the page is about, or the actor's own: which team is nearest may hang on it."""
    known = request.POST.get("person", "")
    if known.isdecimal() and len(known) < 19:
        try:
            return person_of(request.actor, int(known)).practice_id
        except Person.DoesNotExist:
            return None
    organisation = request.membership.organisation
    return organisation.pk if organisation.is_practice else None
