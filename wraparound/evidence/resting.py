"""The mandate that a request rests on, and who can be asked."""

from collections.abc import Sequence

from wraparound.consent.mandates import full
from wraparound.consent.models import Consent, Signature
from wraparound.consent.reading import standing_of
from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Membership, Organisation, Partner
from wraparound.organisations.roles import Role
from wraparound.pathways.vocabulary import ConsentFor
from wraparound.people.models import Person
from wraparound.referrals.standing_on import deadline_runs


def mandates_in_force(actor: Actor, person: Person) -> list[Consent]:
    """Consents that let the actor's organisation read the health record today, the latest first; signed or not."""
    rows = Consent.objects.visible_to(actor).standing().filter(
        person=person,
        purpose=ConsentFor.READ_HEALTH_RECORD,
        to_organisation_ids__contains=[actor.organisation_id],
        ended_at=None,
    )  # fmt: skip
    runs = deadline_runs(actor, person)
    found = rows.select_related("scheme").order_by("-given_at", "-pk")
    return [each for each in found if standing_of(actor, each, deadline_runs=runs).holds]


def signed_mandate(actor: Actor, person: Person) -> tuple[Consent, Signature]:
    """The mandate in force and the latest signature under one. Refused, with what to do: `no_mandate`, `not_signed`."""
    permits = mandates_in_force(actor, person)
    if not permits:
        raise Refused(
            "no_mandate",
            "Ask the person first whether you may read the parts of their health record that matter, and have the "
            "mandate signed. Nobody is asked for evidence without it.",
        )
    rows = Signature.objects.visible_to(actor).filter(consent__in=permits).select_related("consent")
    signature = rows.order_by("-recorded_at", "-pk").first()
    if signature is None:
        raise Refused("not_signed", "They agreed, and nobody has signed the mandate yet. Have it signed first.")
    return signature.consent, signature


def mandate_said(consent: Consent, signature: Signature) -> str:
    """“Rosa Duarte signed it on 3 March 2026. It holds until …”, for whoever is asked."""
    until = f"until {full(consent.until)}" if consent.until else "as long as the case is open"
    return f"Signed by {signature.name} on {full(signature.signed_on)}. It holds {until}."[:300]


def who_can_be_asked(actor: Actor, person: Person) -> Sequence[Organisation]:
    """Organisations of the scheme with a clinician, other than the actor's own; the person's practice first."""
    rows = Membership.objects.filter(scheme_id=actor.scheme_id, role=Role.CLINICIAN, ended=None)
    rows = rows.exclude(organisation_id=actor.organisation_id)
    partners = Partner.objects.filter(scheme_id=actor.scheme_id, ended=None).values("organisation_id")
    found = Organisation.objects.filter(pk__in=rows.values("organisation_id")).filter(pk__in=partners)
    return sorted(found, key=lambda each: (each.pk != person.practice_id, each.name, each.pk))
