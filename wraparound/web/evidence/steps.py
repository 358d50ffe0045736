"""The adviser's next steps with a request: one question each, one action each."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from wraparound.evidence import asking, ending, using
from wraparound.organisations.roles import Capability
from wraparound.web.access import Request, View, needs
from wraparound.web.evidence import forms
from wraparound.web.evidence.pages import own_or_404, render_own
from wraparound.web.team.forms import ActionForm, posted


def _step(page: str, heading: str, button: str, said: str, form_of: type[ActionForm], act: Callable[..., Any],
          before: str = "") -> View:  # fmt: skip
    """A page with one form, whose answers go to one action; `before` stands above the form."""

    @needs(Capability.GIVE_ADVICE)
    @require_http_methods(["GET", "POST"])
    def step(request: Request, pk: int) -> HttpResponse:
        found = own_or_404(request, pk)
        initial = {"words": found.words} if "words" in form_of.base_fields else None
        form = form_of(posted(request), initial=initial)
        if form.done(lambda answers: act(by=request.actor, request=found, **answers)):
            messages.success(request, said)
            return redirect("evidence-request", pk=pk)
        words = {"heading": heading, "button_text": button, "before_form": before}
        return render_own(request, found, "step", page, form=form, **words)

    return step


send = _step("evidence-send", "Ask them", "Ask", "They have been asked.", forms.SendForm, asking.send)
agreed = _step(
    "evidence-agreed", "The person agrees that it is used", "Put on record", "They agreed: it may be used.",
    forms.AgreedForm, using.agree,
    "Read the letter to them, or give it to them, with what speaks against their claim. It goes nowhere before this.",
)  # fmt: skip
used = _step("evidence-used", "The letter was used", "Save", "Saved.", forms.UsedForm, using.use)
outcome = _step("evidence-outcome", "What came of it", "Save", "Saved.", forms.OutcomeForm, using.end)
unlikely = _step(
    "evidence-unlikely", "Unlikely to qualify", "Put on record and end it", "On record. The request has ended.",
    forms.UnlikelyForm, ending.tell_unlikely,
    "Tell them honestly and early. They may still claim; say so.",
)  # fmt: skip
withdraw = _step(
    "evidence-withdraw", "Withdraw the request", "Withdraw", "Withdrawn.", forms.WithdrawForm, ending.withdraw
)
paper = _step(
    "evidence-signed-paper", "A signed letter came on paper", "Save", "Saved.", forms.PaperForm,
    using.write_down_paper,
)  # fmt: skip


@needs(Capability.GIVE_ADVICE)
@require_POST
def received(request: Request, pk: int) -> HttpResponse:
    """The adviser has read the letter."""
    using.receive(by=request.actor, request=own_or_404(request, pk))
    return redirect("evidence-request", pk=pk)
