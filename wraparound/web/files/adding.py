"""Adding documents to a case, and a newer version of one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_http_methods

from wraparound.files import adding
from wraparound.files.reading import how_much
from wraparound.organisations.roles import Capability
from wraparound.people.reading import note_access
from wraparound.web.access import Request, needs
from wraparound.web.files import pages
from wraparound.web.files.forms import AddForm, VersionForm, initial_of_new
from wraparound.web.finding import case_or_404
from wraparound.web.team.forms import posted

ADDED = "Added. It is looked through first, and can be opened in some seconds."


def _sent(request: HttpRequest) -> "MultiValueDict[str, object] | None":
    return request.FILES if request.method == "POST" else None  # type: ignore[return-value]


@needs(Capability.WRITE_NOTES)
@require_http_methods(["GET", "POST"])
def add(request: Request, pk: int) -> HttpResponse:
    """One document: photographs or a PDF, and what it is. On a matter's behalf where the address names one."""
    case, actor = case_or_404(request, pk), request.actor
    initial = initial_of_new(passed_on=actor.today(), matter=request.GET.get("matter", ""))
    form = AddForm(posted(request), _sent(request), matters=pages.matters_of(actor, case), initial=initial)
    if form.done(
        lambda said: adding.add_document(
            by=actor, case=case, given=said["chosen"], about=form.about(), matter=form.matter_chosen()
        )
    ):
        messages.success(request, ADDED)
        return redirect("documents", pk=pk)
    note_access(actor, case.person, "document-add")
    size = how_much(actor, case)
    context = {**pages.about_case(case), "form": form, "kept": pages.size_said(size) if size else ""}
    return render(request, "files/add.jinja", context)


@needs(Capability.WRITE_NOTES)
@require_http_methods(["GET", "POST"])
def version(request: Request, pk: int) -> HttpResponse:
    """A newer version of the same: what is known of the document is known of it too."""
    file = pages.document_or_404(request, pk)
    form = VersionForm(posted(request), _sent(request))
    if form.done(lambda said: adding.add_version(by=request.actor, file=file, given=said["chosen"])):
        messages.success(request, f"{ADDED} Until then the older version stays in the list.")
        return redirect("documents", pk=file.case_id)
    note_access(request.actor, file.person, "document-version")
    context = {**pages.about_case(file.case), "document": file, "form": form, "heading": "Add a newer version"}
    words = "The older version is kept, and can be found from the newer one."
    return render(request, "files/step.jinja", {**context, "words": words, "press": "Add it", "files": True})
