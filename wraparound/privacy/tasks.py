"""The jobs that collect an organisation's part of an answer, and set what was released as documents."""

from dataclasses import replace

from wraparound.documents.subject_access import Pack, Part
from wraparound.documents.subject_access_pdf import subject_access_pdf
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor, system
from wraparound.organisations.jobs import job
from wraparound.privacy import packing
from wraparound.privacy.collecting import Whose, everything
from wraparound.privacy.models import AccessPack, AccessPart, AccessRecord, ReleasedPart, SubjectAccessRequest
from wraparound.privacy.models.subject_access import PartStatus
from wraparound.privacy.redacting import to_decide
from wraparound.privacy.same_person import all_records_of


def collect_later(part: AccessPart, by: Actor) -> None:
    """Queue the collecting of a part, as its own organisation."""
    own = replace(system(part.scheme_id, part.organisation_id), moment=by.moment)
    collect_part.later(by=own, part_id=part.pk)


@job(queue="documents")
def collect_part(*, by: Actor, part_id: int) -> None:
    """Copy what the acting organisation holds, in words. Run again, it changes nothing."""
    part = AccessPart.objects.visible_to(by).select_for_update(of=("self",)).select_related("request").get(pk=part_id)
    if part.status != PartStatus.COLLECTING or part.organisation_id != by.organisation_id:
        return
    request = part.request
    whose = Whose(part.scheme_id, part.organisation_id, took=request.organisation_id == part.organisation_id)
    found = everything(all_records_of(request.person_id), scheme_id=part.scheme_id, whose=whose)
    rows = [
        AccessRecord(
            scheme_id=part.scheme_id,
            organisation_id=part.organisation_id,
            part=part,
            kind=each.kind,
            row=each.row,
            version=each.version,
            at=each.at,
            said=each.said,
            to_decide=len(to_decide(each.said, {})),
        )
        for each in found
    ]
    AccessRecord.objects.bulk_create(rows, batch_size=500)
    part.status = PartStatus.TO_REVIEW if rows else PartStatus.NOTHING_HELD
    part.collected_at = by.now()
    part.save(update_fields=["status", "collected_at"])
    record("subject_access_collected", by=by, told=part.organisation_ids, data={"part": part.pk, "rows": len(rows)})


@job(queue="documents")
def set_part(*, by: Actor, part_id: int) -> None:
    """Set a released part as a document, and the pack that it goes into anew."""
    released = ReleasedPart.objects.visible_to(by).select_related("part__request").get(part_id=part_id)
    request = released.part.request
    part = Part.from_json(released.content)
    alone = replace(packing.pack_of(request, by), parts=[part], apart=[], answered_by=part.organisation)
    released.pdf = subject_access_pdf(alone)
    released.save(update_fields=["pdf"])
    set_pack.later(
        by=replace(system(request.scheme_id, request.organisation_id), moment=by.moment), request_id=request.pk
    )


@job(queue="documents")
def set_pack(*, by: Actor, request_id: int) -> None:
    """Set the parts that go together as one document, for the organisation that took the request."""
    request = SubjectAccessRequest.objects.visible_to(by).select_for_update().get(pk=request_id)
    pack: Pack = packing.pack_of(request, by)
    if pack.parts:
        made = {"pdf": subject_access_pdf(pack), "made_at": by.now(), "parts": len(pack.parts)}
        own = {"scheme_id": request.scheme_id, "organisation_id": request.organisation_id}
        AccessPack.objects.update_or_create(request=request, defaults=made, create_defaults={**own, **made})
