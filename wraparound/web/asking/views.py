"""Asking for help, without signing in. Until it is sent, everything answered is in the page and nowhere else."""

import hashlib
import json
import uuid
from dataclasses import dataclass, replace
from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from wraparound.consent.translating import Spoken, spoken_by
from wraparound.events.action import Refused
from wraparound.organisations.actor import acting_as
from wraparound.organisations.models import Scheme
from wraparound.pathways.vocabulary import UrgentFlag
from wraparound.referrals.asking_for_help import (
    Asked,
    ask_for_help,
    asker,
    entries_booking,
    entries_of,
    practices_of,
    ring_now,
    schemes_to_ask,
)
from wraparound.web.access import everybody
from wraparound.web.asking.flow import CHECK, Flow
from wraparound.web.asking.questions import QUESTIONS, Question, QuestionForm
from wraparound.web.origins import network_address

# Seconds. A person needs longer than this to answer everything; a program that fills in forms does not.
QUICKEST = 10
_signer = signing.TimestampSigner(salt="wraparound.asking")


@everybody
@never_cache
@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """Where somebody may ask; straight to the one, where there is only one."""
    schemes = list(schemes_to_ask())
    if len(schemes) == 1:
        return redirect("ask-start", slug=schemes[0].slug)
    return render(request, "asking/places.jinja", {"schemes": schemes})


@everybody
@never_cache
@require_GET
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """What will be asked, and what happens with it."""
    return render(request, "asking/start.jinja", {"scheme": _scheme(slug)})


@everybody
@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """One question after another, then all of them to check, then sent."""
    scheme = _scheme(slug)
    practices = [(each.ods_code, each.name) for each in practices_of(scheme)]
    asking = Asking(request, scheme, Flow(request.POST, practices, entries_booking(scheme)))
    if request.method == "GET":
        return asking.show(QUESTIONS[0])
    step, go = request.POST.get("step", ""), request.POST.get("go", "next")
    if go == "send":
        return asking.send()
    if go.startswith("change-"):
        return asking.show(asking.flow.question(go.removeprefix("change-")), checking=True)
    question = asking.flow.question(step)
    if go == "back":
        return asking.show(asking.flow.question(asking.flow.before(step) if question or step == CHECK else ""))
    return asking.answered(question)


@dataclass(frozen=True)
class Asking:
    """One request of a flow, and what is shown in answer."""

    request: HttpRequest
    scheme: Scheme
    flow: Flow

    def answered(self, question: Question | None) -> HttpResponse:
        """The next question, once this one's answer will do."""
        if question is None:
            return self.show(QUESTIONS[0])
        form = self.flow.form(question, bound=True)
        checking = bool(self.request.POST.get("checking"))
        if not form.is_valid():
            return self.show(question, form, checking=checking)
        if question.name == "who" and self.flow.entry not in entries_of(self.scheme):
            form.add_error(None, f"Ring us instead: {self.scheme.name} does not take this kind of request here.")
            return self.show(question, form)
        after = self.flow.after(question.name)
        if checking:
            return self.check()
        return self.check() if after == CHECK else self.show(self.flow.question(after))

    def check(self, form: QuestionForm | None = None) -> HttpResponse:
        """All the answers, to be checked; or the first question whose answer will not do."""
        wrong = self.flow.first_wrong()
        if wrong is not None:
            return self.show(wrong, checking=True)
        shown = {"summary": self.flow.summary(), "wording": self.flow.wording, "spoken": self._spoken(), "form": form}
        return self._page("asking/check.jinja", CHECK, shown)

    def _spoken(self) -> Spoken:
        """What there is in the language of whoever asks; of somebody else's nobody here reads it."""
        prefers = "" if self.flow.for_somebody else self.flow.answers.get("preferred_language", "")[:60]
        by = asker(self.scheme)
        with acting_as(by):
            return spoken_by(by, prefers)

    def show(
        self, question: Question | None, form: QuestionForm | None = None, *, checking: bool = False
    ) -> HttpResponse:
        question = question or QUESTIONS[0]
        names = [each.name for each in self.flow.asked()]
        shown = {
            "form": form or self.flow.form(question, bound=False),
            "question": question,
            "heading": question.their_heading if self.flow.for_somebody else question.heading,
            "number": names.index(question.name) + 1,
            "checking": checking,
        }
        return self._page("asking/question.jinja", question.name, shown)

    def send(self) -> HttpResponse:
        """Send it once; sent again, it is the same request."""
        if self.flow.first_wrong() is not None:
            return self.check()
        form = QuestionForm(self.request.POST)
        try:
            asked = self._send()
        except Refused as refusal:
            form.refuse(refusal)
            return self.check(form)
        shown = {"scheme": self.scheme, "asked": asked, "ring_now": self._ring_now(), "them": self.flow.for_somebody}
        return render(self.request, "asking/sent.jinja", shown)

    def _send(self) -> Asked:
        posted = self.request.POST
        submission = self._submission()
        if posted.get("website"):
            raise Refused("filled", "The box that must stay empty was filled in. Empty it and send this again.")
        digest = hashlib.sha256(json.dumps(self.flow.said(), sort_keys=True, default=str).encode()).hexdigest()
        by, spoken, intake = asker(self.scheme), self._spoken(), self.flow.intake(submission, digest)
        if (stood_beside := spoken.of(self.flow.wording)) is not None:
            intake = replace(intake, agreed=replace(intake.agreed, language=stood_beside.language))
        with acting_as(by):
            return ask_for_help(by=by, intake=intake, place=network_address(self.request))

    def _submission(self) -> str:
        """The request's own name, given with its first page. Refused when it was filled in faster than one can read."""
        begun = self.request.POST.get("begun", "")
        try:
            submission = str(_signer.unsign(begun))
            _signer.unsign(begun, max_age=QUICKEST)
        except signing.SignatureExpired:
            return submission
        except signing.BadSignature:
            raise Refused(
                "not_ours", "Something is wrong with this page. Go back to the start and ask again."
            ) from None
        raise Refused("too_quick", "That was very quick. Check your answers, and send again in a few seconds.")

    def _page(self, template: str, step: str, shown: dict[str, Any]) -> HttpResponse:
        begun = self.request.POST.get("begun") or _signer.sign(str(uuid.uuid4()))
        page = {
            "scheme": self.scheme,
            "step": step,
            "begun": begun,
            "carried": self.flow.carried(step),
            "total": len(self.flow.asked()),
            "ring_now": self._ring_now(),
        }
        return render(self.request, template, page | shown)

    def _ring_now(self) -> list[Any]:
        known = set(UrgentFlag)
        raised = frozenset(UrgentFlag(flag) for flag in self.flow.answers.getlist("urgent_flags") if flag in known)
        return list(ring_now(self.scheme, raised))


def _scheme(slug: str) -> Scheme:
    scheme = schemes_to_ask().filter(slug=slug).first()
    if scheme is None or not entries_of(scheme):
        raise Http404
    return scheme
