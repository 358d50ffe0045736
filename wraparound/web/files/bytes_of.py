"""A document itself, to keep; and pictures of its pages. Nothing that came from outside is answered as a page."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from wraparound.files.models import Part
from wraparound.files.reading import content_of
from wraparound.files.states import FileStatus
from wraparound.organisations.roles import Capability
from wraparound.people.reading import note_access
from wraparound.web.access import Request, needs
from wraparound.web.files import pages

# Whatever a browser takes it for, it may run nothing, load nothing and reach nothing of the site.
SANDBOX = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}


@needs(Capability.SEE_REASON)
@require_GET
def pdf(request: Request, pk: int) -> HttpResponse:
    """The document, to be kept."""
    file = pages.document_or_404(request, pk)
    held = content_of(request.actor, file, Part.DOCUMENT)
    if held is None:
        raise Http404
    note_access(request.actor, file.person, "document-pdf")
    disposition = f'attachment; filename="{pages.name_of(file)}"'
    headers = {"Content-Disposition": disposition, **SANDBOX}
    return HttpResponse(bytes(held.data), content_type="application/pdf", headers=headers)


@needs(Capability.SEE_REASON)
@require_GET
def page(request: Request, pk: int, number: int) -> HttpResponse:
    """A page as a picture, counted from 1; 0 is the first one, small. A look, unless the page it is on was noted."""
    file = pages.document_or_404(request, pk)
    part = Part.PAGE if number else Part.SMALL
    held = content_of(request.actor, file, part, number or 1) if file.status == FileStatus.READY else None
    if held is None:
        raise Http404
    if not pages.was_seen(request.GET.get("seen", ""), file, request.actor):
        note_access(request.actor, file.person, "document")
    headers = {"Content-Disposition": f'inline; filename="page-{number}.jpg"', **SANDBOX}
    return HttpResponse(bytes(held.data), content_type="image/jpeg", headers=headers)
