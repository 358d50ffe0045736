"""Every change to what a person permits, apart from the referral that it was first asked with."""

from collections.abc import Sequence
from datetime import date

from wraparound.consent.asking import Agreed
from wraparound.consent.models import Agreement, Consent, ConsentQuerySet, TakenBackHow
from wraparound.consent.purposes import PURPOSES
from wraparound.consent.recording import record_agreement
from wraparound.consent.rules import CONFIRM_AFTER
from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Organisation, Partner
from wraparound.organisations.roles import Capability
from wraparound.pathways.vocabulary import ConsentFor
from wraparound.people.models import Person


@action
def agree_to(
    *,
    by: Actor,
    person: Person,
    agreed: Agreed,
    to: Organisation | None = None,
    to_named: str = "",
    until: date | None = None,
) -> Agreement:
    """Write down that the person agreed to something asked by itself: reading the record, onward, feedback, research.

    `to` is the organisation of the scheme that may, the actor's own where neither it nor `to_named`, one outside the
    scheme, is given. Refused: `not_allowed`, `no_agreement`, `no_exception`, `no_organisation`, `too_early`, and what
    stands against the agreement.
    """
    by.require(Capability.RECORD_CONSENT)
    held = Person.objects.visible_to(by).select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    if agreed.how is not None and agreed.how.is_exception:
        raise Refused("no_exception", "This is only ever done with their agreement.", "agreed_how")
    _check_to(agreed, to, to_named, by)
    if until is not None and until < by.today():
        raise Refused("too_early", "This day is over. Choose a later one, or leave it empty.", "until")
    agreement = record_agreement(held, agreed, to=[to.pk] if to else [], by=by)
    for consent in agreement.consents.all():
        consent.to_organisation_ids = [to.pk] if to else [] if to_named.strip() else [by.organisation_id]
        consent.to_named = to_named.strip()
        consent.until = until
        consent.save(update_fields=["to_organisation_ids", "to_named", "until"])
    purposes = sorted(agreed.purposes)
    data = {"purposes": purposes, "agreement": agreement.pk}
    record("consent_given", by=by, told=agreement.organisation_ids, person_id=held.pk, data=data)
    return agreement


def _check_to(agreed: Agreed, to: Organisation | None, to_named: str, by: Actor) -> None:
    one = any(PURPOSES[purpose].needs_one for purpose in agreed.purposes)
    if one and to is None and not to_named.strip():
        raise Refused("no_organisation", "Choose the organisation, or write its name.", "to")
    partners = Partner.objects.filter(scheme_id=by.scheme_id, ended=None)
    if to is not None and not partners.filter(organisation=to).exists():
        raise Refused("no_organisation", f"{to.name} is not in this scheme. Write its name instead.", "to")


@action
def confirm(*, by: Actor, consent: Consent) -> Consent:
    """The person was asked again and still agrees. The next question is half a year from now."""
    by.require(Capability.RECORD_CONSENT)
    held = _held(consent, by)
    if held.confirmed_at is not None and held.confirmed_at.date() == by.today():
        raise Refused("already_saved", "This was confirmed today already.")
    held.confirmed_at, held.confirmed_by_id = by.now(), by.user_id
    held.ask_again_on = by.today() + CONFIRM_AFTER
    held.save(update_fields=["confirmed_at", "confirmed_by", "ask_again_on"])
    _record("consent_confirmed", [held], by)
    return held


@action
def take_back(*, by: Actor, consent: Consent, how: TakenBackHow) -> Sequence[Consent]:
    """The person takes back what they agreed to: all that was given for the same purpose to any of the same.

    Sharing stops with the next request: who may read follows from what still stands (ADR 18).
    """
    by.require(Capability.RECORD_CONSENT)
    held = _held(consent, by)
    same = _standing(by).filter(person_id=held.person_id, purpose=held.purpose)
    if held.to_organisation_ids:
        same = same.filter(to_organisation_ids__overlap=held.to_organisation_ids)
    else:
        same = same.filter(to_named__iexact=held.to_named)
    taken = list(same.select_for_update(of=("self",)).order_by("pk"))
    for each in taken:
        each.taken_back_at, each.taken_back_how = by.now(), how
        each.taken_back_by_id, each.taken_back_by_organisation_id = by.user_id, by.organisation_id
        each.save(update_fields=["taken_back_at", "taken_back_how", "taken_back_by", "taken_back_by_organisation"])
    _record("consent_taken_back", taken, by)
    return taken


@action
def run_out(*, by: Actor, consent: Consent) -> Consent:
    """Its last day is over: what it permits ends. The clock alone does this, and leaves what a deadline stands on."""
    by.require(Capability.LET_TIME_PASS)
    held = _held(consent, by)
    if held.until is None or held.until >= by.today():
        raise Refused("not_yet", "Its last day is not over.")
    held.run_out_at = by.now()
    held.save(update_fields=["run_out_at"])
    _record("consent_run_out", [held], by)
    return held


def _standing(by: Actor) -> ConsentQuerySet:
    return Consent.objects.visible_to(by).standing()


def _held(consent: Consent, by: Actor) -> Consent:
    """The row, locked. Consent.DoesNotExist when it is not the actor's to see; Refused when it does not stand."""
    held: Consent = Consent.objects.visible_to(by).select_for_update(of=("self",)).get(pk=consent.pk)
    if held.taken_back_at is not None:
        raise Refused("too_late", "This has been taken back already.")
    if held.run_out_at is not None:
        raise Refused("too_late", "This has run out. Ask again, and write down what they say.")
    return held


def _record(name: str, consents: Sequence[Consent], by: Actor) -> None:
    """Told to everybody whom it concerns: each that may no longer, or still may."""
    told = sorted({each for consent in consents for each in (*consent.organisation_ids, *consent.to_organisation_ids)})
    data = {"purpose": ConsentFor(consents[0].purpose), "consents": [consent.pk for consent in consents]}
    record(name, by=by, told=told, person_id=consents[0].person_id, data=data)
