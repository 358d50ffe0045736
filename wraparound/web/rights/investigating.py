"""Who looked at records and who changed them, for the lead of the organisation whose users they are."""

from datetime import date, datetime, time, timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from wraparound.audit.models import Access
from wraparound.audit.sealing import sealing_stopped
from wraparound.organisations.roles import Capability
from wraparound.pathways.calendar import LONDON, calendar_for
from wraparound.pathways.vocabulary import Nation
from wraparound.people.reading import find_people, note_accesses
from wraparound.privacy import investigating
from wraparound.privacy.investigating import Asked
from wraparound.privacy.oddities import Oddity, odd_looks
from wraparound.web.access import Request, needs
from wraparound.web.rights import forms
from wraparound.web.team.forms import posted

MOST_FOUND = 20
DAYS = 7
MOST_DAYS = 31


@needs(Capability.INVESTIGATE)
@require_http_methods(["GET", "POST"])
def investigation(request: Request) -> HttpResponse:
    """Looks of this organisation's users: by person, by user, by day."""
    asked, form, found = _asked(request), forms.FindForm(posted(request)), None
    if form.is_bound and form.is_valid():
        found = find_people(request.actor, words=form.cleaned_data["words"], most=MOST_FOUND)
    page = investigating.looks(request.actor, asked, request.GET.get("after", ""))
    shown_people = [each.person_id for each in page.rows]
    names = investigating.names_of(request.actor, shown_people)
    note_accesses(request.actor, shown_people, "investigation")
    shown = {
        **_around(request, asked),
        "form": form,
        "found": found,
        "rows": [(each, names.get(each.person_id, "")) for each in page.rows],
        "after": page.after,
        "stopped": sealing_stopped(request.actor.now()),
        "notes": investigating.notes_on(request.actor, [each.pk for each in page.rows]),
    }
    return render(request, "rights/investigation.jinja", shown)


@needs(Capability.INVESTIGATE)
@require_GET
def changes(request: Request) -> HttpResponse:
    """Old versions of rows that this organisation could read: of one person, or by one user, or of some days."""
    asked = _asked(request)
    rows, after = investigating.changes(request.actor, asked, request.GET.get("after", ""))
    if asked.person_id:
        note_accesses(request.actor, [asked.person_id], "investigation-changes")
    shown = {**_around(request, asked), "rows": rows, "after": after}
    return render(request, "rights/changes.jinja", shown)


@needs(Capability.INVESTIGATE)
@require_GET
def odd(request: Request) -> HttpResponse:
    """Looks of some days that stand out, each kind with what it means."""
    asked = _asked(request)
    now = request.actor.now()
    until = asked.until or now + timedelta(minutes=1)
    since = max(asked.since or until - timedelta(days=DAYS), until - timedelta(days=MOST_DAYS))
    found = odd_looks(request.actor, since, until, calendar_for(Nation(request.membership.scheme.nation)))
    kinds = [(kind, [each for each in found if each.kind is kind]) for kind in Oddity]
    shown_people = [each.person_id for each in found[:200] if each.person]
    note_accesses(request.actor, shown_people, "investigation-odd")
    shown = {
        **_around(request, asked),
        "kinds": [(kind, rows[:50], len(rows)) for kind, rows in kinds],
        "since": since,
        "until": until,
        "notes": investigating.notes_on(request.actor, [each.access_id for each in found]),
    }
    return render(request, "rights/odd.jinja", shown)


@needs(Capability.INVESTIGATE)
@require_http_methods(["GET", "POST"])
def looked_into(request: Request, pk: int) -> HttpResponse:
    """One look, what was noted on it, and a further note."""
    try:
        look = investigating.look_of(request.actor, pk)
    except Access.DoesNotExist:
        raise Http404 from None
    form = forms.LookedIntoForm(posted(request))
    if form.done(lambda said: investigating.write_looked_into(by=request.actor, look=look, **said)):
        messages.success(request, "Noted.")
        return redirect("looked-into", pk=pk)
    note_accesses(request.actor, [look.person_id], "looked-into")
    shown = {
        "form": form,
        "look": look,
        "person": investigating.names_of(request.actor, [look.person_id]).get(look.person_id, ""),
        "notes": investigating.notes_on(request.actor, [pk]).get(pk, []),
    }
    return render(request, "rights/looked_into.jinja", shown)


def _asked(request: Request) -> Asked:
    since, until = _day(request.GET.get("from", "")), _day(request.GET.get("to", ""))
    return Asked(
        _number(request.GET.get("person", "")),
        _number(request.GET.get("user", "")),
        _midnight(since) if since else None,
        _midnight(until + timedelta(days=1)) if until and until < date.max else None,
    )


def _around(request: Request, asked: Asked) -> dict[str, object]:
    """What stays the same from page to page: what is asked, in words and as the end of an address."""
    given = {name: request.GET.get(name, "") for name in ("person", "user", "from", "to")}
    person = investigating.names_of(request.actor, [asked.person_id]) if asked.person_id else {}
    return {
        "asked": None,
        "given": given,
        "person_name": person.get(asked.person_id or 0, ""),
        "users": investigating.users_of(request.actor),
        "query": "&".join(f"{name}={value}" for name, value in given.items() if _plain(name, value)),
    }


def _plain(name: str, value: str) -> bool:
    return (_number(value) if name in ("person", "user") else _day(value)) is not None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)
