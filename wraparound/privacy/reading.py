"""What the pages about people's rights read."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Membership
from wraparound.organisations.roles import CAPABILITIES, Capability
from wraparound.privacy.holdings import HOLDINGS
from wraparound.privacy.marks import Mark
from wraparound.privacy.models import AccessPack, AccessPart, AccessRecord, ReleasedPart, SubjectAccessRequest
from wraparound.privacy.models.subject_access import PartStatus
from wraparound.privacy.redacting import Decision
from wraparound.privacy.saying import Said

ANSWERING = [role.value for role, held in CAPABILITIES.items() if Capability.ANSWER_RIGHTS in held]


def open_requests(actor: Actor) -> list[SubjectAccessRequest]:
    """Requests that the actor's organisation took, or has a part in that it has not released; the soonest due first."""
    rows = SubjectAccessRequest.objects.visible_to(actor).filter(ended_at=None)
    mine = AccessPart.objects.visible_to(actor).filter(organisation_id=actor.organisation_id)
    waiting = mine.filter(status__in=[PartStatus.COLLECTING, PartStatus.TO_REVIEW]).values("request_id")
    own = rows.filter(Q(organisation_id=actor.organisation_id) | Q(pk__in=waiting))
    return list(own.select_related("organisation").order_by("due_on", "pk")[:200])


def ended_requests(actor: Actor) -> list[SubjectAccessRequest]:
    rows = SubjectAccessRequest.objects.visible_to(actor).exclude(ended_at=None).select_related("organisation")
    return list(rows.order_by("-ended_at")[:20])


def request_of(actor: Actor, pk: int) -> SubjectAccessRequest:
    """SubjectAccessRequest.DoesNotExist when it is not the actor's to see."""
    return SubjectAccessRequest.objects.visible_to(actor).select_related("organisation", "taken_by").get(pk=pk)


@dataclass(frozen=True)
class PartNow:
    """One organisation's part; `nobody`: no member of it may answer."""

    part: AccessPart
    nobody: bool


def parts_of(actor: Actor, request: SubjectAccessRequest) -> list[PartNow]:
    """The actor's own part and, for whoever took the request, all of them."""
    rows = AccessPart.objects.visible_to(actor).filter(request=request).select_related("organisation")
    members = Membership.objects.filter(scheme_id=actor.scheme_id, role__in=ANSWERING, ended=None)
    answered = set(members.values_list("organisation_id", flat=True))
    return [PartNow(each, each.organisation_id not in answered) for each in rows.order_by("organisation__name")]


def part_of(actor: Actor, pk: int) -> AccessPart:
    """The actor's own part. AccessPart.DoesNotExist for any other."""
    own = AccessPart.objects.visible_to(actor).filter(organisation_id=actor.organisation_id)
    return own.select_related("request__organisation", "organisation").get(pk=pk)


@dataclass(frozen=True)
class ToDecide:
    """A record with what is marked in it. `whole`: the marks are of one kind over all of it, decided at once."""

    record: AccessRecord
    heading: str
    marked: list[Said]
    rest: list[Said]
    decided: dict[str, Decision]

    @property
    def whole(self) -> bool:
        return len(self.marked) > 1 and {each.mark for each in self.marked} == {Mark.SAFEGUARDING}


def records_to_decide(actor: Actor, part: AccessPart, most: int) -> list[ToDecide]:
    rows = AccessRecord.objects.visible_to(actor).filter(part=part, to_decide__gt=0)
    return [_to_decide(each) for each in rows.order_by("kind", "at", "pk")[:most]]


def decided_records(actor: Actor, part: AccessPart, most: int) -> list[ToDecide]:
    """Those in which something is left out."""
    rows = AccessRecord.objects.visible_to(actor).filter(part=part, to_decide=0).exclude(decided={})
    found = [_to_decide(each) for each in rows.order_by("kind", "at", "pk")]
    return [each for each in found if any(one.reason for one in each.decided.values())][:most]


def record_of(actor: Actor, pk: int) -> ToDecide:
    """AccessRecord.DoesNotExist when it is not of the actor's own part."""
    return _to_decide(AccessRecord.objects.visible_to(actor).select_related("part__request").get(pk=pk))


def _to_decide(record: AccessRecord) -> ToDecide:
    said = [Said(*each) for each in record.said]
    marked = [each for each in said if each.mark and each.mark != Mark.WORKER]
    return ToDecide(
        record,
        HOLDINGS[record.kind].heading if record.kind in HOLDINGS else record.kind,
        marked,
        [each for each in said if each not in marked],
        {name: Decision.from_json(kept) for name, kept in record.decided.items()},
    )


def counts_of(actor: Actor, part: AccessPart) -> list[tuple[str, int]]:
    """How many records of each kind the part has, old versions among them."""
    rows = AccessRecord.objects.visible_to(actor).filter(part=part).values_list("kind")
    found = dict(rows.annotate(many=Count("pk")))
    return [(holding.heading, found[kind]) for kind, holding in HOLDINGS.items() if kind in found]


def undecided(actor: Actor, part: AccessPart) -> int:
    return AccessRecord.objects.visible_to(actor).filter(part=part, to_decide__gt=0).count()


def released_of(actor: Actor, part: AccessPart) -> ReleasedPart | None:
    return ReleasedPart.objects.visible_to(actor).filter(part=part).first()


def pack_pdf_of(actor: Actor, request: SubjectAccessRequest) -> bytes | None:
    """The parts that go together as a document, for whoever took the request; None before it is set."""
    found = AccessPack.objects.visible_to(actor).filter(request=request).values_list("pdf", flat=True).first()
    return bytes(found) if found else None


def is_late(request: SubjectAccessRequest, today: date) -> bool:
    return request.ended_at is None and request.due_on is not None and request.due_on < today
