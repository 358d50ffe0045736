"""Marking that somebody may be hurt by a person close to them, and taking the mark away."""

from django.db.models import QuerySet

from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability
from wraparound.people.models import AbuseMarker, Person

LONGEST = 500


@action
def put_abuse_marker(*, by: Actor, person: Person, words: str, shared: bool) -> AbuseMarker:
    """Tell whoever makes contact what they must know to do no harm. Said again, it takes the place of what was said.

    `shared` lets other organisations that work with the person know; ask the person first.
    Refused: `no_words`. What is to be done for safe contact is written there: only that is read by everybody.
    """
    by.require(Capability.SEE_ABUSE_MARKERS)
    said = words.strip()[:LONGEST]
    if not said:
        raise Refused("no_words", "Write what whoever makes contact must know.", "words")
    held = Person.objects.visible_to(by).select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    _standing(by, held).update(ended_at=by.now(), ended_by_id=by.user_id)
    marker = AbuseMarker.objects.create(
        scheme_id=by.scheme_id,
        person=held,
        words=said,
        shared=shared,
        put_by_id=by.user(),
        put_by_organisation_id=by.organisation_id,
        put_at=by.now(),
    )
    # That there is one says it already: nobody else is told, and the event does not say what it is about.
    record("contact_warning_put", by=by, person_id=held.pk, data={"marker": marker.pk})
    return marker


@action
def end_abuse_marker(*, by: Actor, marker: AbuseMarker) -> AbuseMarker:
    """Take it away once it does not hold any more. Refused: `too_late`."""
    by.require(Capability.SEE_ABUSE_MARKERS)
    held: AbuseMarker = AbuseMarker.objects.visible_to(by).select_for_update(of=("self",)).get(pk=marker.pk)
    if held.ended_at is not None:
        raise Refused("too_late", "It has been taken away already.")
    held.ended_at, held.ended_by_id = by.now(), by.user()
    held.save(update_fields=["ended_at", "ended_by"])
    record("contact_warning_ended", by=by, person_id=held.person_id, data={"marker": held.pk})
    return held


def _standing(by: Actor, person: Person) -> QuerySet[AbuseMarker]:
    rows = AbuseMarker.objects.visible_to(by).filter(person=person, put_by_organisation_id=by.organisation_id)
    return rows.filter(ended_at=None)
