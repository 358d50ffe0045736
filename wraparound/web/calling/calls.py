"""One call: what to know before it, what to say, and what came of it."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wraparound.consent.agreed import AgreedHow
from wraparound.events.action import Refused
from wraparound.organisations.roles import Capability
from wraparound.pathways.vocabulary import Entry
from wraparound.people.reading import note_access
from wraparound.referrals import calling
from wraparound.referrals.call_reading import TO_DO, call_of
from wraparound.referrals.calling import TRIES, is_held, refer_from_call
from wraparound.referrals.models import Call, CallStatus
from wraparound.web.access import Request, needs
from wraparound.web.referring.views import Whom, referral_page

_RESULTS = {
    CallStatus.NO_NEED: "Noted: {} needs nothing at present.",
    CallStatus.DECLINED: "Noted: {} does not want to be called, and is not put on another list.",
    CallStatus.NO_ANSWER: "Noted: no answer from {}. They come up again on another day.",
    CallStatus.NOT_REACHED: f"Noted: {{}} did not answer on {TRIES} days, and is not called again.",
}


@needs(Capability.RUN_CALL_LISTS)
@require_GET
def call(request: Request, pk: int) -> HttpResponse:
    """Whom to call and how, for the caller who holds it; for others, who does."""
    found = _call(request, pk)
    note_access(request.actor, found.person, "call")
    held = is_held(found, request.actor.now())
    shown = {
        "call": found,
        "person": found.person,
        "mine": held and found.caller_id == request.actor.user_id,
        "held": held,
        "done": found.status not in TO_DO,
        "tries": TRIES,
    }
    return render(request, "calling/call.jinja", shown)


@needs(Capability.RUN_CALL_LISTS)
@require_POST
def take(request: Request, pk: int) -> HttpResponse:
    found = _call(request, pk)
    try:
        calling.take_call(by=request.actor, call=found)
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("call", pk=pk)


@needs(Capability.RUN_CALL_LISTS)
@require_POST
def put_back(request: Request, pk: int) -> HttpResponse:
    found = _call(request, pk)
    try:
        calling.put_call_back(by=request.actor, call=found)
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("call-list", pk=found.call_list_id)


@needs(Capability.RUN_CALL_LISTS)
@require_POST
def answer(request: Request, pk: int) -> HttpResponse:
    """What came of the call."""
    found = _call(request, pk)
    result = request.POST.get("result")
    if result not in (CallStatus.NO_ANSWER, CallStatus.NO_NEED, CallStatus.DECLINED):
        raise Http404
    try:
        made = calling.record_call(by=request.actor, call=found, result=CallStatus(result))
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
        return redirect("call", pk=pk)
    messages.success(request, _RESULTS[CallStatus(made.status)].format(found.person.name))
    return redirect("call-list", pk=found.call_list_id)


@needs(Capability.RUN_CALL_LISTS)
@require_http_methods(["GET", "POST"])
def wants_help(request: Request, pk: int) -> HttpResponse:
    """The referral page for whoever was called: agreed on the telephone."""
    found = _call(request, pk)
    note_access(request.actor, found.person, "call-refer")
    whom = Whom(
        person=found.person,
        sent_with={"person_id": found.person_id},
        send=partial(refer_from_call, call=found),
        entry=Entry.CALL_LIST,
        known={"agreed_how": AgreedHow.BY_PHONE},
    )
    return referral_page(request, whom)


def _call(request: Request, pk: int) -> Call:
    try:
        return call_of(request.actor, pk)
    except Call.DoesNotExist:
        raise Http404 from None
