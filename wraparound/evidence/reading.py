"""What pages read of evidence: what waits for whom, and one request as each end sees it."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from wraparound.casework.models import Case
from wraparound.evidence.models import EvidenceRequest, LetterPaper, SignedLetter
from wraparound.evidence.states import OVER, WITH_CLINICIAN, EvidenceStatus
from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability

_S = EvidenceStatus


def asked_request(actor: Actor, pk: int) -> EvidenceRequest:
    """One that the actor's organisation was asked. EvidenceRequest.DoesNotExist when it is not theirs to answer."""
    return _asked_of(actor).get(pk=pk)


def own_request(actor: Actor, pk: int) -> EvidenceRequest:
    """One that the actor's organisation asks. EvidenceRequest.DoesNotExist when it is not theirs."""
    found: EvidenceRequest = _asked_by(actor).select_related("case__journey", "case__person").get(pk=pk)
    return found


def requests_on(actor: Actor, case: Case) -> list[EvidenceRequest]:
    """What was asked on a case, the latest first."""
    return list(_asked_by(actor).filter(case=case).order_by("-made_at", "-pk")[:50])


def to_answer(actor: Actor, most: int = 50) -> list[EvidenceRequest]:
    """What the actor's organisation is asked and has not answered: special rules first, then due first."""
    rows = _asked_of(actor).filter(status__in=WITH_CLINICIAN)
    return list(rows.order_by("-special_rules", "due_at", "pk")[:most])


def to_follow(actor: Actor, most: int = 50) -> list[EvidenceRequest]:
    """What the actor asked, or on whose case they work, and has to go on with; and what is late, due first."""
    if actor.user_id is None:
        return []
    turn = Q(status__in=[_S.PREPARING, _S.SENT_BACK, _S.SIGNED, _S.AGREED])
    late = Q(status__in=WITH_CLINICIAN, due_at__lte=actor.now())
    mine = Q(asked_by_id=actor.user_id) | Q(case__worker_id=actor.user_id)
    return list(_asked_by(actor).filter(mine, turn | late).order_by("-special_rules", "due_at", "pk")[:most])


def listed(actor: Actor, most: int = 100) -> Sequence[EvidenceRequest]:
    """What both ends have open: to answer first, then what was asked."""
    open_ = _asked_by(actor).exclude(status__in=OVER).order_by("-special_rules", "due_at", "pk")
    answered = _asked_of(actor).exclude(status__in=WITH_CLINICIAN).order_by("-asked_at", "-pk")
    waiting = to_answer(actor, most)
    found = [*waiting, *open_[: most - len(waiting)]]
    return [*found, *answered[: max(0, most - len(found))]]


def letters_of(actor: Actor, request: EvidenceRequest) -> list[SignedLetter]:
    """Every version that was signed, the latest first."""
    rows = SignedLetter.objects.visible_to(actor).filter(request=request).select_related("signed_by", "recorded_by")
    return list(rows.order_by("-version"))


def paper_with(actor: Actor, request: EvidenceRequest, *, signed: bool) -> LetterPaper | None:
    """The latest document: of a signed letter, or of what is asked."""
    rows = LetterPaper.objects.visible_to(actor).filter(request=request, letter__isnull=not signed)
    return rows.order_by("-letter__version").first()


def is_late(request: EvidenceRequest, actor: Actor) -> bool:
    return request.status in WITH_CLINICIAN and request.due_at is not None and request.due_at <= actor.now()


def _asked_by(actor: Actor) -> QuerySet[EvidenceRequest]:
    rows = _rows(actor)
    return rows.filter(organisation_id=actor.organisation_id) if actor.can(Capability.GIVE_ADVICE) else rows.none()


def _asked_of(actor: Actor) -> QuerySet[EvidenceRequest]:
    may = actor.can(Capability.SIGN_EVIDENCE)
    rows = _rows(actor).exclude(status=_S.PREPARING)
    return rows.filter(to_organisation_id=actor.organisation_id) if may else rows.none()


def _rows(actor: Actor) -> QuerySet[EvidenceRequest]:
    return EvidenceRequest.objects.visible_to(actor).select_related(
        "person__practice", "organisation", "to_organisation", "asked_by", "taken_by"
    )
