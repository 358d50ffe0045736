"""What pages read of consents: what stands, to whom, and what has to be asked again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from wraparound.consent.models import Consent
from wraparound.consent.rules import Given, Standing, standing
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Organisation
from wraparound.pathways.calendar import local
from wraparound.people.models import Person


@dataclass(frozen=True)
class Held:
    """One consent as it stands today, with the names of those who may: the scheme's organisations, or one outside."""

    consent: Consent
    standing: Standing
    to: Sequence[str]


def consents_of(actor: Actor, person: Person, *, deadline_runs: bool = False) -> list[Held]:
    """What the person permitted, as far as it concerns the actor's organisation; what stands first, then the latest."""
    rows = Consent.objects.visible_to(actor).filter(person=person)
    found = list(rows.select_related("agreement__recorded_by_organisation").order_by("-given_at", "-pk"))
    names = _names(found)
    held = [_held(each, names, actor, deadline_runs) for each in found]
    return sorted(held, key=lambda each: not each.standing.holds)


def consent_of(actor: Actor, pk: int) -> Consent:
    """One consent with its person and agreement. Consent.DoesNotExist when it is not the actor's to see."""
    found: Consent = Consent.objects.visible_to(actor).select_related("person", "agreement").get(pk=pk)
    return found


def taken_back(actor: Actor, person: Person) -> list[Consent]:
    """What the person has taken back and not given again, the latest of each purpose; as far as it is the actor's."""
    rows = list(Consent.objects.visible_to(actor).filter(person=person).order_by("taken_back_at", "pk"))
    stands = {each.purpose for each in rows if each.taken_back_at is None and each.run_out_at is None}
    taken = [each for each in rows if each.taken_back_at is not None and each.purpose not in stands]
    return list({each.purpose: each for each in taken}.values())


def ended_since(actor: Actor, person: Person, moment: datetime) -> bool:
    """Something that the person permitted was taken back or ran out after a moment, as far as the actor may know."""
    rows = Consent.objects.visible_to(actor).filter(person=person)
    return rows.filter(Q(taken_back_at__gte=moment) | Q(run_out_at__gte=moment)).exists()


def names_of(consent: Consent) -> Sequence[str]:
    return _to(consent, _names([consent]))


def _names(consents: Sequence[Consent]) -> Mapping[int, str]:
    ids = {each for consent in consents for each in consent.to_organisation_ids}
    return dict(Organisation.objects.filter(pk__in=ids).values_list("pk", "name"))


def _to(consent: Consent, names: Mapping[int, str]) -> Sequence[str]:
    return [consent.to_named] if consent.to_named else sorted(names[each] for each in consent.to_organisation_ids)


def standing_of(actor: Actor, consent: Consent, *, deadline_runs: bool) -> Standing:
    """How a consent stands on the actor's day."""
    confirmed = consent.confirmed_at
    given = Given(
        on=local(consent.given_at).date(),
        until=consent.until,
        confirmed_on=local(confirmed).date() if confirmed else None,
        ask_again_on=consent.ask_again_on,
        taken_back=consent.taken_back_at is not None,
        case_open=consent.ended_at is None,
        deadline_runs=deadline_runs,
    )
    return standing(given, actor.today())


def _held(consent: Consent, names: Mapping[int, str], actor: Actor, deadline_runs: bool) -> Held:
    return Held(consent, standing_of(actor, consent, deadline_runs=deadline_runs), _to(consent, names))
