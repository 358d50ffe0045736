"""What waits of medical evidence: for the clinician who is asked, and for the adviser who asked."""

from django.urls import reverse

from wraparound.evidence.models import EvidenceRequest
from wraparound.evidence.reading import is_late, to_answer, to_follow
from wraparound.evidence.states import EvidenceStatus
from wraparound.organisations.actor import Actor
from wraparound.web.formats import due
from wraparound.web.home.lines import OVERDUE, Line, Section, Tag

MOST = 15
SPECIAL = ("Special rules", "red")
NEXT = {
    EvidenceStatus.PREPARING: "Being prepared: ask, or withdraw it.",
    EvidenceStatus.SENT_BACK: "Sent back with a reason.",
    EvidenceStatus.SIGNED: "Signed: read it, and ask the person whether it may be used.",
    EvidenceStatus.AGREED: "May be used: write down when it was.",
}


def asked_of_you(actor: Actor) -> Section:
    lines = [
        Line(each.person.name, reverse("evidence-asked", kwargs={"pk": each.pk}), _asked(each), _tags(each, actor))
        for each in to_answer(actor, MOST)
    ]
    return Section("evidence", "Evidence asked of you", lines, (reverse("evidence"), "All medical evidence"))


def asked_by_you(actor: Actor) -> Section:
    lines = [
        Line(each.person.name, reverse("evidence-request", kwargs={"pk": each.pk}), _next(each), _tags(each, actor))
        for each in to_follow(actor, MOST)
    ]
    return Section("evidence", "Medical evidence", lines, (reverse("evidence"), "All medical evidence"))


def _asked(each: EvidenceRequest) -> str:
    said = f"{each.benefit_name}, for {each.organisation.name}."
    taken = f" {each.taken_by.name} answers." if each.taken_by else ""
    return said + (f" Due by {due(each.due_at)}." if each.due_at else "") + taken


def _next(each: EvidenceRequest) -> str:
    said = NEXT.get(EvidenceStatus(each.status), f"{each.asked_of} has not answered: ring them.")
    return f"{each.benefit_name}. {said}"


def _tags(each: EvidenceRequest, actor: Actor) -> list[Tag]:
    return ([SPECIAL] if each.special_rules else []) + ([OVERDUE] if is_late(each, actor) else [])
