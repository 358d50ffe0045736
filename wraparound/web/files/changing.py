"""What may be changed of a document: what it is, the order of its pages, and whether it is shown."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from wraparound.events.action import Refused
from wraparound.files import changing
from wraparound.files.models import File
from wraparound.organisations.roles import Capability
from wraparound.people.reading import note_access
from wraparound.web.access import Request, needs
from wraparound.web.files import pages
from wraparound.web.files.forms import AboutForm, PutAwayForm, initial_of
from wraparound.web.team.forms import posted

TURNS = ((0, "As it is"), (90, "A quarter to the right"), (180, "Upside down"), (270, "A quarter to the left"))


@needs(Capability.WRITE_NOTES)
@require_http_methods(["GET", "POST"])
def change(request: Request, pk: int) -> HttpResponse:
    """What it is, and which matter it is for."""
    file, actor = pages.document_or_404(request, pk), request.actor
    matters = pages.matters_of(actor, file.case, file.matter)
    form = AboutForm(posted(request), matters=matters, initial=initial_of(file))
    if form.done(
        lambda _: changing.change_document(by=actor, file=file, about=form.about(), matter=form.matter_chosen())
    ):
        messages.success(request, "Saved.")
        return redirect("document", pk=pk)
    return _step(request, file, form, "Say what it is", "Save")


@needs(Capability.WRITE_NOTES)
@require_http_methods(["GET", "POST"])
def put_away(request: Request, pk: int) -> HttpResponse:
    """Off the lists, with a reason."""
    file = pages.document_or_404(request, pk)
    form = PutAwayForm(posted(request))
    if form.done(lambda said: changing.put_away(by=request.actor, file=file, why=said["why"])):
        messages.success(request, f"“{file.title}” is put away.")
        return redirect("documents", pk=file.case_id)
    words = "It leaves the list, and goes with the rest of the case when that is removed. It can still be found there."
    return _step(request, file, form, "Put it away", "Put it away", words)


def _step(
    request: Request, file: File, form: AboutForm | PutAwayForm, heading: str, press: str, words: str = ""
) -> HttpResponse:
    note_access(request.actor, file.person, "document")
    context = {**pages.about_case(file.case), "document": file, "form": form, "heading": heading}
    return render(request, "files/step.jinja", {**context, "words": words, "press": press, "files": False})


@needs(Capability.WRITE_NOTES)
@require_http_methods(["GET", "POST"])
def pages_of(request: Request, pk: int) -> HttpResponse:
    """Put the pages of photographs in another order, turn them, or leave some out."""
    file, actor = pages.document_or_404(request, pk), request.actor
    told = ""
    if request.method == "POST":
        order = order_of(request.POST, file.pages)
        turns = [_turn(request.POST.get(f"turn-{number}", "")) for number in order]
        try:
            changing.arrange_pages(by=actor, file=file, order=order, turns=turns)
        except Refused as refused:
            told = refused.sentence
        else:
            messages.success(request, "The pages are being put in order. It takes some seconds.")
            return redirect("document", pk=pk)
    note_access(actor, file.person, "document-pages")
    may = "arrange" in pages.moves_of(file, actor)
    listed = [
        (number, pages.picture_of(file, number, actor), request.POST.get(f"place-{number}", str(number)))
        for number in range(1, file.pages + 1)
    ]
    context = {**pages.about_case(file.case), "document": file, "told": told, "listed": listed if may else []}
    return render(request, "files/pages.jinja", {**context, "turns": TURNS})


def order_of(said: Mapping[str, str], pages: int) -> list[int]:
    """The numbers of the pages in their new order. One that was given another's place comes before that one; one whose
    place was emptied is left out."""
    placed = []
    for number in range(1, pages + 1):
        place = said.get(f"place-{number}", "").strip()
        if place:
            at = int(place) if place.isdecimal() and len(place) < 4 else number
            # Moved back, it comes after the page whose place it takes; moved forward, before.
            placed.append((at + (0.5 if at > number else -0.5 if at < number else 0), number))
    return [number for _, number in sorted(placed)]


def _turn(said: str) -> int:
    return int(said) if said in {str(degrees) for degrees in changing.TURNS} else 0
