"""The first page after signing in: each role's answer to “What should I do now?”"""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability
from wraparound.web.access import Request
from wraparound.web.figures.pages import in_days
from wraparound.web.home import managing, working
from wraparound.web.home.evidence import asked_by_you, asked_of_you
from wraparound.web.home.files import documents_not_kept
from wraparound.web.home.lines import Section, shown
from wraparound.web.home.referring import for_referrer


@require_GET
def home(request: Request) -> HttpResponse:
    """Nobody is refused: what is shown goes by what the role may do."""
    return _page_of(request.actor)(request)


def _page_of(actor: Actor) -> Callable[[Request], HttpResponse]:
    """The first of these that fits: somebody who supervises also works, and a practice manager also sees figures."""
    pages: list[tuple[Capability, Callable[[Request], HttpResponse]]] = [
        (Capability.MANAGE_TEAM, _service),
        (Capability.WORK_REFERRALS, _work),
        (Capability.FOLLOW_REFERRALS, _referring),
        (Capability.MANAGE_SCHEME, _scheme),
        (Capability.SEE_PRACTICE_REFERRALS, _practice),
        (Capability.SEE_FIGURES, _figures),
    ]
    return next((page for capability, page in pages if actor.can(capability)), _volunteering)


def _work(request: Request) -> HttpResponse:
    supervises = request.actor.can(Capability.SUPERVISE)
    sections = working.for_supervisor if supervises else working.for_worker
    found = sections(request.actor, request.membership.organisation)
    return _list(request, [*found, asked_by_you(request.actor), documents_not_kept(request.actor)])


def _referring(request: Request) -> HttpResponse:
    return _list(request, [asked_of_you(request.actor), *for_referrer(request.actor)], refers=True)


def _volunteering(request: Request) -> HttpResponse:
    return _list(request, working.for_volunteer(request.actor, request.membership.organisation))


def _service(request: Request) -> HttpResponse:
    actor = request.actor
    sections = [
        working.alerts(actor), working.concerns(actor), working.openings(actor), working.left(actor),
        working.tasks_to_give(actor),
    ]  # fmt: skip
    roles = shown([managing.roles_here(actor)])
    return _render(
        request,
        "service",
        {"page": managing.service(actor), "sections": shown(sections), "stuck": working.stuck, "roles": roles},
    )


def _practice(request: Request) -> HttpResponse:
    # A practice often names its manager for safeguarding.
    sections = shown([working.concerns(request.actor), working.openings(request.actor)])
    page, roles = managing.practice(request.actor), shown([managing.roles_here(request.actor)])
    return _render(request, "practice", {"page": page, "in_days": in_days, "sections": sections, "roles": roles})


def _scheme(request: Request) -> HttpResponse:
    return _render(request, "scheme", {"page": managing.administering(request.actor)})


def _figures(request: Request) -> HttpResponse:
    return _render(request, "figures", {"found": managing.commissioning(request.actor)})


def _list(request: Request, sections: list[Section], **more: object) -> HttpResponse:
    if request.actor.can(Capability.MANAGE_MEMBERS):
        sections = [*sections, managing.roles_here(request.actor)]
    return _render(request, "list", {"sections": shown(sections), **more})


def _render(request: Request, name: str, context: dict[str, object]) -> HttpResponse:
    today = request.actor.today()
    return render(request, f"home/{name}.jinja", {"today": today, **context})
