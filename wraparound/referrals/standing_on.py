"""What of a person's referrals a consent depends on: whether a deadline runs, who works with them, where to go back."""

from django.db.models import OuterRef, Q, Subquery

from wraparound.consent.models import Consent
from wraparound.organisations.actor import Actor
from wraparound.pathways.vocabulary import UrgentFlag
from wraparound.people.models import Person
from wraparound.referrals.models import IN_HAND, Journey, Referral


def deadline_runs(actor: Actor, person: Person) -> bool:
    """An open referral that the actor sees has a legal deadline near: no date of a consent stops that work."""
    runs = Q(urgent_flags__contains=[UrgentFlag.LEGAL_DEADLINE_NEAR]) | Q(limit_runs=True)
    return Referral.objects.visible_to(actor).open().filter(runs, person=person).exists()


def journey_with(actor: Actor, person_id: int) -> Journey:
    """The person's latest journey that the actor sees. Journey.DoesNotExist when there is none."""
    rows = Journey.objects.visible_to(actor).filter(person_id=person_id).select_related("person")
    found: Journey = rows.order_by("-opened_at", "-pk")[:1].get()
    return found


def to_confirm(actor: Actor, most: int = 20) -> list[tuple[Consent, str]]:
    """Consents of the people whom the actor has in hand that are to be asked for again, each with a reference.

    The longest due first; one line for a person and purpose, however often it was given.
    """
    if actor.user_id is None:
        return []
    mine = Referral.objects.visible_to(actor).filter(worker_id=actor.user_id, status__in=IN_HAND)
    rows = Consent.objects.visible_to(actor).standing().filter(ask_again_on__lte=actor.today(), ended_at=None)
    of_mine = mine.filter(person_id=OuterRef("person_id")).order_by("-pk").values("journey__reference")[:1]
    rows = rows.annotate(reference=Subquery(of_mine)).filter(reference__isnull=False)
    found = rows.select_related("person").order_by("ask_again_on", "pk")[: 2 * most]
    once = {(each.person_id, each.purpose): each for each in reversed(found)}
    return [(each, each.reference) for each in reversed(once.values())][:most]  # type: ignore[attr-defined]
