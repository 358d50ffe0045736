"""The scheme's pathway: the one in force, the library, the draft, what it would change, and publishing it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from wraparound.events.action import Refused
from wraparound.organisations.drafting import Drafted, begin_draft, draft_of, publish_draft, save_draft
from wraparound.organisations.pathways import pathway_of
from wraparound.organisations.roles import Capability
from wraparound.organisations.scheme_reading import scheme_of_actor, versions_in
from wraparound.pathways.library import names
from wraparound.pathways.parameters import differences
from wraparound.web.access import Request, needs
from wraparound.web.scheme import pages
from wraparound.web.scheme.differing import differing
from wraparound.web.scheme.pathway_forms import ParametersForm
from wraparound.web.team.forms import posted


@needs(Capability.MANAGE_SCHEME)
@require_GET
def now(request: Request) -> HttpResponse:
    """The pathway that new journeys follow, and every version before it."""
    scheme = scheme_of_actor(request.actor)
    pathway, draft = pages.in_force(scheme), draft_of(scheme)
    shown = {
        "version": scheme.pathway_version,
        "shown": pages.drawn(pathway) if pathway else None,
        "versions": list(versions_in(request.actor)),
        "draft": draft if draft and differences(pathway, draft.pathway) else None,
    }
    return render(request, "scheme/pathway.jinja", shown)


@needs(Capability.MANAGE_SCHEME)
@require_GET
def version(request: Request, pk: int) -> HttpResponse:
    """One version as it was published, and what it changed."""
    versions = list(versions_in(request.actor))
    found = next((each for each in versions if each.pk == pk), None)
    if found is None:
        raise Http404
    before = next((each for each in versions if each.number < found.number), None)
    shown = {
        "version": found,
        "shown": pages.drawn(pathway_of(found.pk)),
        "earlier": before,
        "differing": differing(pages.changes_of(found, before)),
    }
    return render(request, "scheme/version.jinja", shown)


@needs(Capability.MANAGE_SCHEME)
@require_http_methods(["GET", "POST"])
def library(request: Request) -> HttpResponse:
    """Choose what to begin from. Taking one makes it the draft, in the place of any draft before."""
    scheme = scheme_of_actor(request.actor)
    if request.method == "POST":
        name = request.POST.get("name", "")
        if name not in names():
            raise Http404
        try:
            begin_draft(by=request.actor, name=name, seen=request.POST.get("seen", ""))
        except Refused as refusal:
            messages.warning(request, refusal.sentence)
            return redirect("scheme-library")
        return redirect("scheme-draft-settings")
    shown = {"scheme": scheme, "files": pages.library(scheme), "draft": draft_of(scheme)}
    return render(request, "scheme/library.jinja", shown)


@needs(Capability.MANAGE_SCHEME)
@require_http_methods(["GET", "POST"])
def parameters(request: Request) -> HttpResponse:
    """What the scheme sets over the file that was chosen."""
    held = draft_of(scheme_of_actor(request.actor))
    if held is None:
        return redirect("scheme-library")
    form = ParametersForm(held.pathway, held.parameters, held.seen, posted(request))
    if form.done_with(lambda said, seen: save_draft(by=request.actor, parameters=said, seen=seen)):
        messages.success(request, "The draft is saved. Nobody follows it until you publish it.")
        return redirect("scheme-draft")
    return render(request, "scheme/parameters.jinja", {"form": form, "draft": held})


@needs(Capability.MANAGE_SCHEME)
@require_GET
def draft(request: Request) -> HttpResponse:
    """The draft as it stands: drawn, beside today's, and tried on what came in."""
    held = draft_of(scheme_of_actor(request.actor))
    if held is None:
        return redirect("scheme-library")
    return render(request, "scheme/draft.jinja", _beside_today(request, held))


@needs(Capability.MANAGE_SCHEME)
@require_http_methods(["GET", "POST"])
def publish(request: Request) -> HttpResponse:
    """What will change, once more, and the button that changes it."""
    held = draft_of(scheme_of_actor(request.actor))
    if held is None:
        return redirect("scheme-library")
    refused = ""
    if request.method == "POST":
        number = request.POST.get("in_force", "")
        try:
            published = publish_draft(
                by=request.actor, seen=request.POST.get("seen", ""), in_force=int(number) if number.isdecimal() else 0
            )
        except Refused as refusal:
            refused = refusal.sentence
        else:
            messages.success(request, f"Version {published.number} is published. New journeys follow it.")
            return redirect("scheme-pathway")
    return render(request, "scheme/publish.jinja", {**_beside_today(request, held), "refused": refused})


def _beside_today(request: Request, held: Drafted) -> dict[str, object]:
    scheme = scheme_of_actor(request.actor)
    return {
        "draft": held,
        "version": scheme.pathway_version,
        "shown": pages.drawn(held.pathway),
        "differing": differing(differences(pages.in_force(scheme), held.pathway)),
        "tried": pages.tried(request.actor, scheme, held.pathway),
    }
