"""Following referrals: the list, one journey as its referrer sees it, and messages back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wraparound.documents.message_back import MessageBackContent
from wraparound.events.action import Refused
from wraparound.messaging.models import MessageBack
from wraparound.messaging.reading import mark_read, message_of, messages_of, unread_by_journey
from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability
from wraparound.people.reading import note_access
from wraparound.referrals import actions
from wraparound.referrals.models import Journey, Referral
from wraparound.referrals.reading import alerts_for, questions_on, sent_journeys, timeline
from wraparound.referrals.ringing import ring_now
from wraparound.referrals.signposting import signposts_on
from wraparound.referrals.unmet import unmet_on
from wraparound.web.access import Request, needs
from wraparound.web.came_in import came_in
from wraparound.web.consents.pages import notices
from wraparound.web.finding import journey_or_404
from wraparound.web.referring.pages import asked_for, happenings, sender_moves, standings, unhelped_by_anybody
from wraparound.web.waiting.pages import not_met


@needs(Capability.SEE_PRACTICE_REFERRALS)
@require_GET
def referrals(request: Request) -> HttpResponse:
    """What the actor, or the whole practice, has sent, and where each is."""
    actor = request.actor
    mine = actor.can(Capability.REFER) and request.GET.get("whose") != "practice"
    page = sent_journeys(actor, mine=mine, after=request.GET.get("after", ""))
    unread = unread_by_journey(actor, [journey.pk for journey in page.rows])
    unmet, signposts = unmet_on(actor, page.rows), signposts_on(actor, page.rows)
    rows = [
        {
            "journey": journey,
            "standings": standings(actor, journey),
            "unread": unread.get(journey.pk, 0),
            "unmet": not_met(actor, unmet.get(journey.pk, [])),
            "signposts": signposts.get(journey.pk, []),
        }
        for journey in page.rows
    ]
    shown = {"rows": rows, "mine": mine, "after": page.after, "first": not request.GET.get("after")}
    return render(request, "referring/referrals.jinja", shown)


@needs(Capability.SEE_PRACTICE_REFERRALS)
@require_GET
def referral(request: Request, reference: str) -> HttpResponse:
    """One journey, as its referrer sees it."""
    return _journey_page(request, _journey(request, reference), just_sent=False)


@needs(Capability.SEE_PRACTICE_REFERRALS)
@require_GET
def sent(request: Request, reference: str) -> HttpResponse:
    """The same journey, just sent: what happens next comes first."""
    return _journey_page(request, _journey(request, reference), just_sent=True)


def _journey_page(request: Request, journey: Journey, *, just_sent: bool) -> HttpResponse:
    actor = request.actor
    note_access(actor, journey.person, "referral")
    alerts = alerts_for(actor, journey)
    unhelped = [alert for alert in alerts if alert.status != "helped"]
    wanted, reason = asked_for(journey)
    unmet = not_met(actor, unmet_on(actor, [journey]).get(journey.pk, []))
    flags = [flag for alert in unhelped for flag in alert.flags] or unhelped_by_anybody(journey, alerts, unmet)
    page = {
        "journey": journey,
        "person": journey.person,
        "standings": standings(actor, journey),
        "messages": messages_of(actor, journey),
        "happenings": happenings(timeline(actor, journey)),
        "alerts": alerts,
        "questions": questions_on(actor, journey),
        "ring_now": ring_now(actor, journey, flags) if flags else None,
        "unmet": unmet,
        "signposts": signposts_on(actor, [journey]).get(journey.pk, []),
        "just_sent": just_sent,
        "wanted": wanted,
        "came_in": came_in(actor, journey),
        "notices": notices(actor, journey.person),
        "reason": reason if actor.can(Capability.SEE_REASON) else "",
    }
    return render(request, "referring/referral.jinja", page)


@needs(Capability.REFER)
@require_POST
def acknowledge(request: Request, reference: str, pk: int) -> HttpResponse:
    """The referrer has read how it ended."""
    _, found = _referral(request, reference, pk)
    try:
        actions.acknowledge(by=request.actor, referral=found)
        messages.success(request, f"Noted: you have seen what {found.to_team.name} said.")
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("referral", reference=reference)


@needs(Capability.REFER)
@require_http_methods(["GET", "POST"])
def withdraw(request: Request, reference: str, pk: int) -> HttpResponse:
    """Take back a referral that nobody has accepted yet, after asking once."""
    journey, found = _referral(request, reference, pk)
    if request.method == "POST":
        try:
            actions.withdraw(by=request.actor, referral=found)
            messages.success(request, f"Withdrawn. {found.to_team.name} no longer has this referral.")
        except Refused as refusal:
            messages.warning(request, refusal.sentence)
        return redirect("referral", reference=reference)
    may = "withdraw" in {move.verb for move in sender_moves(request.actor, found)}
    return render(request, "referring/withdraw.jinja", {"journey": journey, "referral": found, "may": may})


@needs(Capability.SEE_PRACTICE_REFERRALS)
@require_GET
def message(request: Request, pk: int) -> HttpResponse:
    """One message back, which opening marks as read."""
    found = _message(request.actor, pk)
    mark_read(request.actor, found)
    content = MessageBackContent.from_json(found.content)
    return render(request, "referring/message.jinja", {"message": found, "content": content})


@needs(Capability.SEE_PRACTICE_REFERRALS)
@require_GET
def message_pdf(request: Request, pk: int) -> HttpResponse:
    """The message as a PDF for the clinical record."""
    found = _message(request.actor, pk, "message-pdf")
    if found.pdf is None:
        return render(request, "referring/pdf_not_yet.jinja", {"message": found}, status=202)
    mark_read(request.actor, found)
    again = f"-{found.times_reopened + 1}" if found.times_reopened else ""
    name = f"{found.journey.reference}-{found.occasion}{again}.pdf".replace("_", "-")
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(bytes(found.pdf), content_type="application/pdf", headers=headers)


def _journey(request: Request, reference: str) -> Journey:
    """A journey that the reader's organisation began."""
    journey = journey_or_404(request, reference)
    if journey.from_organisation_id != request.actor.organisation_id:
        raise Http404
    return journey


def _referral(request: Request, reference: str, pk: int) -> tuple[Journey, Referral]:
    journey = _journey(request, reference)
    for found in journey.referrals.all():
        if found.pk == pk:
            return journey, found
    raise Http404


def _message(actor: Actor, pk: int, page: str = "message") -> MessageBack:
    """A message written to the actor's organisation."""
    try:
        found = message_of(actor, pk)
    except MessageBack.DoesNotExist:
        raise Http404 from None
    if found.to_organisation_id != actor.organisation_id:
        raise Http404
    note_access(actor, found.person, page)
    return found
