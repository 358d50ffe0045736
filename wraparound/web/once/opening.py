"""What the link of a one-time page leads to, for somebody who has no account."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wraparound.events.action import Refused
from wraparound.organisations.actor import acting_as
from wraparound.pathways.vocabulary import Need
from wraparound.people.models import YesNo
from wraparound.referrals.one_time import Closed, closed_page, open_once
from wraparound.web.access import everybody
from wraparound.web.once.forms import CodeForm
from wraparound.web.team.forms import posted
from wraparound.web.wording import NEEDS

WRONG = "That is not the code. Check it with whoever told you. After five wrong codes the page closes for good"


@everybody
@never_cache
@require_http_methods(["GET", "POST"])
def opened(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the code, then show the page this once."""
    found = closed_page(token)
    if found is None or found.over:
        return render(request, "once/over.jinja", {"closed": found}, status=404 if found is None else 410)
    form = CodeForm(posted(request))
    if form.is_bound and form.is_valid():
        try:
            with acting_as(found.reader):
                shown = open_once(by=found.reader, token=token, code=form.cleaned_data["code"])
        except Refused:
            return render(request, "once/over.jinja", {"closed": found}, status=410)
        if shown is not None:
            return render(request, "once/shown.jinja", _told(found, shown))
        form.add_error("code", WRONG)
    return render(request, "once/code.jinja", {"closed": found, "form": form})


def _told(closed: Closed, shown: Mapping[str, Any]) -> dict[str, Any]:
    contact = shown.get("contact", {})
    needs = [NEEDS[Need(each)] for each in shown.get("needs", [])]
    born = contact.get("born")
    return {
        "closed": closed,
        "shown": shown,
        "needs": needs,
        "born": date.fromisoformat(born) if born else None,
        "reach": _reach(contact),
        "care": _care(contact),
    }


def _reach(contact: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    """Ways to reach the person that they do not refuse."""
    where = ", ".join(filter(None, [", ".join(contact.get("address", "").splitlines()), contact.get("postcode", "")]))
    ways = [
        ("Mobile", _but(contact.get("mobile", ""), contact, mobile_calls="do not call", mobile_texts="do not text")),
        ("Landline", contact.get("landline", "")),
        ("Email", contact.get("email", "")),
        ("Address", _but(where, contact, letters="do not send letters")),
        (
            "Language",
            contact.get("language", "") + (", needs an interpreter" * bool(contact.get("interpreter_needed"))),
        ),
        ("Access needs", contact.get("access_needs", "")),
    ]
    return [(name, text) for name, text in ways if text]


def _but(text: str, contact: Mapping[str, Any], **refused: str) -> str:
    nots = [said for field, said in refused.items() if contact.get(field) == YesNo.NO]
    return f"{text} ({', '.join(nots)})" if text and nots else text


def _care(contact: Mapping[str, Any]) -> Sequence[str]:
    """What to do, and not to do, to make contact safely."""
    said = [
        "Do not leave a voicemail." if contact.get("voicemail") == YesNo.NO else "",
        "Do not say who is calling until you know that you speak with them."
        if contact.get("may_say_who_is_calling") == YesNo.NO
        else "",
        f"When: {contact['safe_times']}" if contact.get("safe_times") else "",
        contact.get("contact_notes", ""),
    ]
    return [each for each in said if each]
