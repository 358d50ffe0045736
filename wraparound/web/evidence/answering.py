"""The clinician's page: read, change, sign, or send back. One page, so that it is done in minutes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from wraparound.evidence import answering
from wraparound.organisations.roles import Capability
from wraparound.people.reading import note_access
from wraparound.web.access import Request, needs
from wraparound.web.evidence.forms import LetterForm, SendBackForm
from wraparound.web.evidence.pages import asked_or_404, shown
from wraparound.web.team.forms import posted


@needs(Capability.SIGN_EVIDENCE)
@require_http_methods(["GET", "POST"])
def asked(request: Request, pk: int) -> HttpResponse:
    """What is asked, and the letter: signed, or kept for later where that button was pressed."""
    found, actor = asked_or_404(request, pk), request.actor
    keeps = request.POST.get("do") == "keep"
    initial = {"text": found.draft, "name": actor.name}
    form = LetterForm(posted(request), initial=initial, signs=not keeps)
    if keeps:
        done = form.done(lambda said: answering.keep_draft(by=actor, request=found, text=said["text"]))
    else:
        done = form.done(lambda _: answering.sign(by=actor, request=found, **form.values()))
    if done:
        messages.success(request, "Kept. Nobody else reads it yet." if keeps else "Signed and sent to the adviser.")
        return redirect("evidence-asked", pk=pk)
    note_access(actor, found.person, "evidence-asked")
    context = {**shown(request, found), "form": form, "whys": answering.WHY_LEFT_OUT}
    return render(request, "evidence/asked.jinja", context)


@needs(Capability.SIGN_EVIDENCE)
@require_POST
def take_up(request: Request, pk: int) -> HttpResponse:
    """Tell one's colleagues that one answers it."""
    answering.take_up(by=request.actor, request=asked_or_404(request, pk))
    return redirect("evidence-asked", pk=pk)


@needs(Capability.SIGN_EVIDENCE)
@require_POST
def leave_out(request: Request, pk: int) -> HttpResponse:
    """A passage that must not leave the record."""
    found, number = asked_or_404(request, pk), request.POST.get("number", "")
    place = int(number) if number.isdecimal() and len(number) < 4 else -1
    answering.leave_out(by=request.actor, request=found, number=place, why=request.POST.get("why", ""))
    messages.success(request, "Left out of the letter and the request.")
    return redirect("evidence-asked", pk=pk)


@needs(Capability.SIGN_EVIDENCE)
@require_http_methods(["GET", "POST"])
def send_back(request: Request, pk: int) -> HttpResponse:
    """With why."""
    found = asked_or_404(request, pk)
    form = SendBackForm(posted(request))
    if form.done(lambda said: answering.send_back(by=request.actor, request=found, **said)):
        messages.success(request, "Sent back, with why.")
        return redirect("evidence-asked", pk=pk)
    note_access(request.actor, found.person, "evidence-send-back")
    return render(request, "evidence/send_back.jinja", {**shown(request, found), "form": form})
