"""What is handed over, as values: each organisation's part by kind, and the pack of those that go together."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime

from wraparound.documents.subject_access import Entry, LeftOut, Pack, Part, Section
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Organisation, Scheme
from wraparound.privacy.collecting import Record
from wraparound.privacy.holdings import HOLDINGS
from wraparound.privacy.marks import REASONS, Reason
from wraparound.privacy.models import AccessPart, AccessRecord, ReleasedPart, SubjectAccessRequest
from wraparound.privacy.models.subject_access import HandedOver, PartStatus
from wraparound.privacy.redacting import Decision, How, handed_over
from wraparound.privacy.saying import Said, plain

SHOWN = Decision(How.SHOW)


def keep_released(part: AccessPart, by: Actor) -> ReleasedPart:
    """Keep the part as it is handed over now, for those who may read it."""
    content = asdict(part_of(part, by))
    together = part.handed_over == HandedOver.TOGETHER
    return ReleasedPart.objects.create(
        scheme_id=part.scheme_id,
        organisation_ids=part.organisation_ids if together else [part.organisation_id],
        organisation_id=part.organisation_id,
        part=part,
        content=content,
        sha256=hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest(),
        made_at=by.now(),
    )


def part_of(part: AccessPart, by: Actor) -> Part:
    """An organisation's part by what was decided of it. ValueError while something is not decided."""
    names = SHOWN
    if not part.names_of_workers:
        names = Decision(How.LEAVE_OUT, (), Reason(part.names_reason))
    why: Counter[Reason] = Counter()
    told: list[tuple[str, Entry]] = []
    for each in AccessRecord.objects.visible_to(by).filter(part=part).order_by("at", "row", "-version"):
        values = handed_over([Said(*said) for said in each.said], each.decided, names)
        why.update(reason for _, _, reason in values if reason)
        told.append(
            (each.kind, Entry(_said_at(each.at), bool(each.version), [(label, text) for label, text, _ in values]))
        )
    left_out = [LeftOut(REASONS[reason].label, REASONS[reason].source, count) for reason, count in sorted(why.items())]
    return Part(organisation=part.organisation.name, sections=_sections(told), left_out=left_out)


def whole_part(organisation: str, records: Iterable[Record]) -> Part:
    """Everything, with each mark said beside its value and nothing left out: for the operator."""
    told = []
    for each in records:
        values = [(said.label, f"{said.text}{_marked(said)}") for said in each.said]
        told.append((each.kind, Entry(_said_at(each.at), bool(each.version), values)))
    return Part(organisation=organisation, sections=_sections(told), left_out=[])


def _marked(said: Said) -> str:
    return " ▸ look before handing over" if said.mark else ""


def _said_at(at: datetime | None) -> str:
    return plain(at) if at else ""


def _sections(told: Sequence[tuple[str, Entry]]) -> list[Section]:
    """By kind, in the order in which the kinds are declared: who the person is comes first."""
    by_kind: dict[str, list[Entry]] = {}
    for kind, entry in told:
        by_kind.setdefault(kind, []).append(entry)
    return [Section(holding.heading, by_kind[kind]) for kind, holding in HOLDINGS.items() if kind in by_kind]


def pack_of(request: SubjectAccessRequest, by: Actor) -> Pack:
    """What the organisation that took the request hands over: the parts that go together, by organisation."""
    released = ReleasedPart.objects.visible_to(by).filter(part__request=request).select_related("part__organisation")
    parts = [
        Part.from_json(each.content)
        for each in sorted(released, key=lambda one: one.part.organisation.name)
        if each.organisation_id == by.organisation_id or each.part.handed_over == HandedOver.TOGETHER
    ]
    elsewhere = request.parts.filter(status=PartStatus.RELEASED, handed_over=HandedOver.OURSELVES)
    apart = [
        each.organisation.name
        for each in elsewhere.exclude(organisation_id=by.organisation_id).select_related("organisation")
    ]
    scheme = Scheme.objects.get(pk=request.scheme_id)
    return Pack(
        name=request.name,
        asked_on=plain(request.asked_on),
        made_on=plain(by.today()),
        answered_by=Organisation.objects.get(pk=request.organisation_id).name,
        scheme=scheme.name,
        invented=scheme.invented,
        parts=parts,
        apart=sorted(apart),
    )
