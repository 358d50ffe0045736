"""Translations of what people agree to: listed, added, and withdrawn."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wraparound.consent.agreed import WORDINGS
from wraparound.consent.models import Translation
from wraparound.consent.translating import add_translation, translation_in, translations_in, withdraw_translation
from wraparound.events.action import Refused
from wraparound.organisations.roles import Capability
from wraparound.referrals.paging import PAGE, page_of, past
from wraparound.web.access import Request, needs
from wraparound.web.scheme.translation_forms import TranslationForm
from wraparound.web.team.forms import posted

NEWEST = ("pk",)
LABELS = {name: label for name, (label, _) in WORDINGS.items()}


@needs(Capability.MANAGE_SCHEME)
@require_GET
def listed(request: Request) -> HttpResponse:
    """The latest first, a page at a time."""
    rows = past(translations_in(request.actor), NEWEST, request.GET.get("after", ""), int, newest_first=True)
    page = page_of(list(rows[: PAGE + 1]), PAGE, NEWEST)
    shown = {"page": page, "labels": LABELS, "later": bool(request.GET.get("after"))}
    return render(request, "scheme/translations.jinja", shown)


@needs(Capability.MANAGE_SCHEME)
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Add one that somebody checked, beside the English."""
    form = TranslationForm(posted(request))
    made: list[Translation] = []
    if form.done(lambda said: made.append(add_translation(by=request.actor, **said))):
        messages.success(request, "Saved. Pages show it beside the English from now on.")
        return redirect("scheme-translation", pk=made[0].pk)
    return render(request, "scheme/translation_new.jinja", {"form": form, "wordings": WORDINGS.values()})


@needs(Capability.MANAGE_SCHEME)
@require_GET
def one(request: Request, pk: int) -> HttpResponse:
    """One translation beside its English, with who checked it."""
    found = _translation(request, pk)
    label, wording = WORDINGS.get(found.wording, ("", None))
    return render(request, "scheme/translation.jinja", {"translation": found, "label": label, "wording": wording})


@needs(Capability.MANAGE_SCHEME)
@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """It is said to nobody any more."""
    found = _translation(request, pk)
    try:
        withdraw_translation(by=request.actor, translation=found)
        messages.success(request, "Withdrawn. No page shows it any more.")
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("scheme-translation", pk=pk)


def _translation(request: Request, pk: int) -> Translation:
    try:
        return translation_in(request.actor, pk)
    except Translation.DoesNotExist:
        raise Http404 from None
