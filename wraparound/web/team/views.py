"""A team's worklist and its same-day alerts."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wraparound.casework.reading import nearest_limits
from wraparound.events.action import Refused
from wraparound.organisations.away import covers_now
from wraparound.organisations.roles import Capability
from wraparound.pathways import words
from wraparound.pathways.vocabulary import Status
from wraparound.people.reading import note_access
from wraparound.referrals.alerts import acknowledge_alert, record_help
from wraparound.referrals.models import SameDayAlert
from wraparound.referrals.reading import alert_of, alerts_for, answers_to_read, worklist, worklist_counts
from wraparound.web.access import Request, needs
from wraparound.web.team import pages
from wraparound.web.team.for_you import for_you
from wraparound.web.team.forms import HelpForm, posted
from wraparound.web.wording import STATUSES


@needs(Capability.SEE_WORKLIST)
@require_GET
def work(request: Request) -> HttpResponse:
    """What the team has to do: urgent first, then due first."""
    actor, asked = request.actor, request.GET
    page = worklist(
        actor,
        whose=asked.get("whose", ""),
        urgent=bool(asked.get("urgent")),
        status=asked.get("status", ""),
        after=asked.get("after", ""),
    )
    counts = worklist_counts(actor)
    shown = {
        "rows": [pages.row(referral, actor) for referral in page.rows],
        "limits": nearest_limits(actor, page.rows),
        "counts": counts,
        "filters": pages.filters(asked, counts),
        "statuses": [(status.value, STATUSES[status][0]) for status in pages.WORKED_ON],
        "next": pages.address(asked, {"after": page.after}) if page.after else "",
        "first": pages.address(asked, {}) if asked.get("after") else None,
        "alerts": alerts_for(actor),
        "answers": [
            (answer, STATUSES[Status(answer.status)][0], pages.read_at(actor, answer))
            for answer in answers_to_read(actor)
        ],
        "covering": covers_now(actor),
        "flags_said": pages.flags_said,
        "for_you": for_you(actor),
    }
    return render(request, "team/worklist.jinja", shown)


@needs(Capability.ANSWER_SAME_DAY)
@require_GET
def alerts(request: Request) -> HttpResponse:
    """Same-day alerts of the organisation's teams that no help has ended yet."""
    shown = {"alerts": alerts_for(request.actor), "flags_said": pages.flags_said}
    return render(request, "team/alerts.jinja", shown)


@needs(Capability.ANSWER_SAME_DAY)
@require_POST
def take_alert(request: Request, pk: int) -> HttpResponse:
    """Own an alert: its clock goes on until help is given."""
    alert = _alert(request, pk)
    try:
        taken = acknowledge_alert(by=request.actor, alert=alert)
        messages.success(
            request, f"The alert is yours. Give help by {words.by(taken.due_at)}, and write down what it was."
        )
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("alerts")


@needs(Capability.ANSWER_SAME_DAY)
@require_http_methods(["GET", "POST"])
def give_help(request: Request, pk: int) -> HttpResponse:
    """Write down the help that was given, which ends the alert."""
    alert = _alert(request, pk)
    form = HelpForm(posted(request))
    if form.done(lambda said: record_help(by=request.actor, alert=alert, **said)):
        messages.success(request, "Help is recorded and the alert has ended.")
        return redirect("alerts")
    note_access(request.actor, alert.person, "alert-help")
    return render(request, "team/help.jinja", {"alert": alert, "form": form, "flags_said": pages.flags_said})


def _alert(request: Request, pk: int) -> SameDayAlert:
    try:
        return alert_of(request.actor, pk)
    except SameDayAlert.DoesNotExist:
        raise Http404 from None
