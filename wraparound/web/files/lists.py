"""The documents of a case, and one of them."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from wraparound.files.labels import LABELS
from wraparound.files.reading import Which, documents_on, how_much, versions_of
from wraparound.files.states import FileStatus
from wraparound.organisations.roles import Capability
from wraparound.people.reading import note_access
from wraparound.web.access import Request, needs
from wraparound.web.files import pages
from wraparound.web.finding import case_or_404


@needs(Capability.SEE_REASON)
@require_GET
def documents(request: Request, pk: int) -> HttpResponse:
    """What there is on a case: of one label or one matter, or what was put away."""
    case, actor = case_or_404(request, pk), request.actor
    note_access(actor, case.person, "documents")
    matters = {str(each.pk): each for each in pages.matters_of(actor, case)}
    asked = {name: request.GET.get(name, "") for name in ("label", "matter", "away")}
    which = Which(asked["label"], matters.get(asked["matter"]), bool(asked["away"]))
    after = request.GET.get("after", "")
    found = documents_on(actor, case, which, after=after)
    context = {
        **pages.about_case(case), "rows": [pages.shown(each, actor) for each in found.rows], "next": found.after,
        "first": not after, "which": which, "labels": LABELS, "matters": matters.values(), "away": which.away,
        "asked": urlencode({name: value for name, value in asked.items() if value}),
        "kept": pages.size_said(size) if (size := how_much(actor, case)) else "",
    }  # fmt: skip
    return render(request, "files/documents.jinja", context)


@needs(Capability.SEE_REASON)
@require_GET
def document(request: Request, pk: int) -> HttpResponse:
    """What is known of a document, and its pages."""
    file, actor = pages.document_or_404(request, pk), request.actor
    note_access(actor, file.person, "document")
    status = FileStatus(file.status)
    opened = status in (FileStatus.READY, FileStatus.PUT_AWAY) and file.pages > 0
    context = {
        **pages.about_case(file.case), "document": file, "shown": pages.shown(file, actor),
        "moves": pages.moves_of(file, actor), "scan": "" if status in NOT_KEPT else pages.scan_said(file),
        "size": pages.size_said(file.size), "opened": opened, "versions": versions_of(actor, file),
        "pictures": [pages.picture_of(file, number, actor) for number in range(1, min(file.pages, 30) + 1)]
        if status is FileStatus.READY
        else [],
    }  # fmt: skip
    return render(request, "files/document.jinja", context)


NOT_KEPT = (FileStatus.HARMFUL, FileStatus.UNREADABLE)
