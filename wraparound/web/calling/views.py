"""Call lists: making them, putting people on them, and how far each has come."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wraparound.events.action import Refused
from wraparound.organisations.roles import Capability
from wraparound.pathways.vocabulary import Entry
from wraparound.people.reading import find_people
from wraparound.referrals.call_reading import PARTS, call_list_of, call_lists, calls_on, progress_of
from wraparound.referrals.call_rows import read_people
from wraparound.referrals.calling import (
    Added,
    add_people_to_call_list,
    add_to_call_list,
    close_call_list,
    make_call_list,
    take_next_call,
)
from wraparound.referrals.entries import way_in
from wraparound.referrals.models import CallList
from wraparound.web.access import Request, needs
from wraparound.web.calling.forms import CallListForm, FileForm
from wraparound.web.formats import counted
from wraparound.web.referring.forms import FindForm
from wraparound.web.team.forms import posted

MOST_FOUND = 50
CHOOSE_SOMEBODY = "Select at least one person"


@needs(Capability.RUN_CALL_LISTS)
@require_GET
def lists(request: Request) -> HttpResponse:
    """Every list of the practice with how far it has come."""
    found = call_lists(request.actor)
    progress = progress_of(request.actor, found)
    rows = [(each, progress[each.pk]) for each in found]
    return render(request, "calling/lists.jinja", {"rows": rows, "way": way_in(request.actor, Entry.CALL_LIST)})


@needs(Capability.RUN_CALL_LISTS)
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    way = way_in(request.actor, Entry.CALL_LIST)
    if way.refused:
        return render(request, "referring/closed.jinja", {"way": way})
    form, made = CallListForm(posted(request)), []
    if form.done(lambda said: made.append(make_call_list(by=request.actor, **said))):
        messages.success(request, "The list is made. Now put people on it.")
        return redirect("call-list", pk=made[0].pk)
    return render(request, "calling/new.jinja", {"form": form})


@needs(Capability.RUN_CALL_LISTS)
@require_GET
def call_list(request: Request, pk: int) -> HttpResponse:
    """One list, one part of it at a time."""
    found = _list(request, pk)
    part = request.GET.get("part", "")
    part = part if part in PARTS else PARTS[0]
    page = calls_on(request.actor, found, part, after=request.GET.get("after", ""))
    shown = {
        "list": found,
        "progress": progress_of(request.actor, [found])[found.pk],
        "part": part,
        "calls": page.rows,
        "after": page.after,
        "first": not request.GET.get("after"),
        "now": request.actor.now(),
    }
    return render(request, "calling/list.jinja", shown)


@needs(Capability.RUN_CALL_LISTS)
@require_POST
def next_call(request: Request, pk: int) -> HttpResponse:
    """The next person, held for whoever asked."""
    found = _list(request, pk)
    try:
        call = take_next_call(by=request.actor, call_list=found)
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
        return redirect("call-list", pk=pk)
    return redirect("call", pk=call.pk)


@needs(Capability.RUN_CALL_LISTS)
@require_http_methods(["GET", "POST"])
def close(request: Request, pk: int) -> HttpResponse:
    """End a list, after asking once."""
    found = _list(request, pk)
    if request.method == "POST":
        try:
            close_call_list(by=request.actor, call_list=found)
            messages.success(request, "The list is closed. Nobody on it is called any more.")
        except Refused as refusal:
            messages.warning(request, refusal.sentence)
        return redirect("call-list", pk=pk)
    progress = progress_of(request.actor, [found])[found.pk]
    return render(request, "calling/close.jinja", {"list": found, "progress": progress})


@needs(Capability.RUN_CALL_LISTS)
@require_http_methods(["GET", "POST"])
def add(request: Request, pk: int) -> HttpResponse:
    """Search among the people whom the practice has here, and put those chosen on the list.

    Who is looked for is posted: an address is kept by browsers, proxies and logs.
    """
    found = _list(request, pk)
    chosen = [int(value) for value in request.POST.getlist("person") if value.isdecimal() and len(value) < 19]
    if chosen:
        _tell(request, add_to_call_list(by=request.actor, call_list=found, person_ids=chosen))
        return redirect("call-list", pk=pk)
    form, people = FindForm(posted(request)), None
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        people = find_people(request.actor, words=said["words"], born=said["born"], most=MOST_FOUND + 1)
    missing = CHOOSE_SOMEBODY if people and request.POST.get("do") == "add" else ""
    if missing:
        form.refuse(Refused("nobody", missing))
    shown = {"list": found, "form": form, "people": people, "most": MOST_FOUND, "missing": missing}
    return render(request, "calling/add.jinja", shown)


@needs(Capability.RUN_CALL_LISTS)
@require_http_methods(["GET", "POST"])
def add_file(request: Request, pk: int) -> HttpResponse:
    """A file is looked at first; its good rows come onto the list once the user says so."""
    held = _list(request, pk)
    form = FileForm(posted(request), request.FILES if request.method == "POST" else None)
    read = None
    if form.is_bound and form.is_valid():
        practice = request.membership.organisation.practice_code
        read = read_people(form.cleaned_data["text"], today=request.actor.today(), practice=practice)
        if not form.refuse_file(read) and request.POST.get("do") == "add" and read.good:
            people = [row.details for row in read.good]
            _tell(request, add_people_to_call_list(by=request.actor, call_list=held, people=people))
            return redirect("call-list", pk=pk)
    text = form.cleaned_data.get("text", "") if read and not read.fault else ""
    return render(request, "calling/file.jinja", {"list": held, "form": form, "read": read, "text": text})


def _tell(request: Request, added: Added) -> None:
    """How many came onto the list; and how many not, and why."""
    said = [f"{counted(added.added, 'person', 'people')} put on the list."]
    if added.already:
        said.append(f"{counted(added.already, 'was', 'were')} on it already.")
    if added.declined:
        said.append(f"{added.declined:,} said before that they do not want to be called.")
    if added.no_phone:
        said.append(f"{added.no_phone:,} cannot be called: no phone number, or one that must not be used.")
    (messages.success if added.added else messages.warning)(request, " ".join(said))


def _list(request: Request, pk: int) -> CallList:
    try:
        return call_list_of(request.actor, pk)
    except CallList.DoesNotExist:
        raise Http404 from None
