"""The conversation: written part by part, kept while one writes, and nobody's words lost where two write."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from wraparound.casework.models import Case
from wraparound.events.action import Refused
from wraparound.organisations.models import HelpNow
from wraparound.organisations.roles import Capability
from wraparound.referrals.ringing import ring_now
from wraparound.social_prescribing.conversation import Clash, digest_of, write_conversation
from wraparound.social_prescribing.models import Answer
from wraparound.social_prescribing.reading import answers_of
from wraparound.social_prescribing.topics import Topic
from wraparound.web.access import Request, needs
from wraparound.web.gate import BY_ITSELF
from wraparound.web.plan.forms import ConversationForm
from wraparound.web.plan.found import case_or_404, draw
from wraparound.web.plan.pages import FOR_AN_ADVISER, TODAY
from wraparound.web.team.forms import posted


@needs(Capability.SEE_REASON)
@require_http_methods(["GET", "POST"])
def conversation(request: Request, pk: int) -> HttpResponse:
    """All parts on one page. The page's script sends it while one writes; the button does the same."""
    case = case_or_404(request, pk)
    form = ConversationForm(posted(request), held=answers_of(request.actor, case))
    clashes = _write(request, case, form)
    if BY_ITSELF in request.headers and request.method == "POST":
        return _kept(request, case, form, clashes)
    if form.is_bound and form.is_valid() and not clashes:
        messages.success(request, "Saved.")
        return redirect("plan", pk=pk)
    if clashes:
        form.compare(clashes)
    return draw(
        request, case, "conversation", form=form, answers=form.held, for_an_adviser=FOR_AN_ADVISER,
        today=_today(request, case),
    )  # fmt: skip


def _write(request: Request, case: Case, form: ConversationForm) -> dict[Topic, Answer | None]:
    """Keep what can be kept. What comes back is what stands in the parts where somebody else wrote meanwhile."""
    if not (form.is_bound and form.is_valid()):
        return {}
    said = form.said()
    try:
        clashes = write_conversation(by=request.actor, case=case, said=said).clashes if said else ()
    except Clash as clash:
        clashes = clash.clashes
    except Refused as refusal:
        clashes = ()
        if refusal.code != "already_saved":
            form.refuse(refusal)
    held = answers_of(request.actor, case) if clashes else {}
    return {topic: held.get(topic) for topic in clashes}


def _kept(request: Request, case: Case, form: ConversationForm, clashes: dict[Topic, Answer | None]) -> HttpResponse:
    """For the script: what each part was kept as, and what stands against the rest."""
    held = answers_of(request.actor, case) if form.is_valid() else form.held
    seen = {f"seen_{topic.value}": digest_of(held.get(topic)) for topic in Topic if topic not in clashes}
    wrong = " ".join(error["text"] for error in form.error_list)
    if clashes:
        labels = ", ".join(topic.label for topic in clashes)
        wrong = f"Somebody else wrote here too: {labels}. Press Save to see both."
    return JsonResponse({"seen": seen if form.is_valid() else {}, "wrong": wrong})


def _today(request: Request, case: Case) -> dict[Topic, tuple[HelpNow, ...]]:
    """Whom to ring today, for the parts that cannot wait."""
    return {topic: ring_now(request.actor, case.journey, [flag]).numbers for topic, flag in TODAY.items()}
