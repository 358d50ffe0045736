"""Writing an agreement down as part of an action: the act, and each thing that it permits."""

from collections.abc import Iterable

from wraparound.consent.agreed import AgreedHow
from wraparound.consent.asking import Against, Agreed, against, age_on
from wraparound.consent.models import Agreement, Consent
from wraparound.consent.purposes import PURPOSES
from wraparound.consent.rules import CONFIRM_AFTER
from wraparound.consent.translating import spoken_by
from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor
from wraparound.pathways.vocabulary import ConsentFor
from wraparound.people.models import Person


def record_agreement(
    person: Person, agreed: Agreed, *, to: Iterable[int], by: Actor, needed: frozenset[ConsentFor] = frozenset()
) -> Agreement:
    """Write down that the person agreed, or why a referral is made without. No agreement, no referral.

    `to` are the organisations that it is sent to. Only they and the sender may read it: why somebody lacks capacity is
    not for others on the journey. Refused, naming the field, where something stands against it.
    """
    found = against(agreed, age=age_on(person.date_of_birth, by.today()), needed=needed)
    if found is not None:
        raise Refused(found.code, found.sentence + _in_their_language(found, person, by), found.field)
    assert agreed.how is not None
    services = sorted(set(to))
    readers = sorted({by.organisation_id, *services})
    agreement = Agreement.objects.create(
        scheme_id=by.scheme_id,
        organisation_ids=readers,
        person=person,
        how=agreed.how,
        exception_reason=agreed.exception_reason.strip() if agreed.how.is_exception else "",
        wording=agreed.wording.name,
        language=agreed.language,
        given_by=agreed.given_by,
        representative=agreed.representative.strip(),
        capacity=agreed.capacity,
        capacity_note=agreed.capacity_note.strip(),
        recorded_by_id=by.user_id,
        recorded_by_organisation_id=by.organisation_id,
        recorded_at=by.now(),
    )
    Consent.objects.bulk_create(
        _permitted(agreement, purpose, _who_may(purpose, agreed, services, by), by)
        for purpose in sorted(agreed.purposes)
    )
    return agreement


def _in_their_language(found: Against, person: Person, by: Actor) -> str:
    """What to ask the person, where there is a translation: set apart, so that it reads from its own side."""
    if not found.asks or not person.preferred_language:
        return ""
    spoken = spoken_by(by, person.preferred_language)
    said = [each.words for wording in found.asks if (each := spoken.of(wording))]
    if spoken.language is None or len(said) < len(found.asks):
        return ""
    return f" In {spoken.language.name}: \u2068{' '.join(said)}\u2069"


def _who_may(purpose: ConsentFor, agreed: Agreed, services: list[int], by: Actor) -> list[int]:
    """To whom it is permitted. A sender who is to be told how it went is no service that helps; a colleague is."""
    if purpose is ConsentFor.TELL_REFERRER_OUTCOME:
        return [by.organisation_id]
    helps_too = ConsentFor.TELL_REFERRER_OUTCOME not in agreed.wording.permits
    return sorted({*services, by.organisation_id}) if helps_too or not services else services


def _permitted(agreement: Agreement, purpose: ConsentFor, may: list[int], by: Actor) -> Consent:
    """One thing permitted. What somebody else says that the person agrees to is asked again at once."""
    said_by_another = agreement.how == AgreedHow.SAID_BY_HELPER
    return Consent(
        scheme_id=agreement.scheme_id,
        organisation_ids=agreement.organisation_ids,
        person_id=agreement.person_id,
        agreement=agreement,
        purpose=purpose,
        to_organisation_ids=may,
        categories=sorted(PURPOSES[purpose].covers),
        given_at=agreement.recorded_at,
        ask_again_on=by.today() if said_by_another else by.today() + CONFIRM_AFTER,
    )


def join_agreement(agreement: Agreement, organisation_id: int) -> None:
    """A further organisation stands in for one that was agreed to, and reads what the person agreed to."""
    readers = sorted({*agreement.organisation_ids, organisation_id})
    if readers == agreement.organisation_ids:
        return
    agreement.organisation_ids = readers
    agreement.save(update_fields=["organisation_ids"])
    for consent in agreement.consents.all():
        consent.organisation_ids = readers
        if consent.purpose == ConsentFor.SHARE_BETWEEN_SERVICES:
            consent.to_organisation_ids = sorted({*consent.to_organisation_ids, organisation_id})
        consent.save(update_fields=["organisation_ids", "to_organisation_ids"])
