"""What writing on a case of advice begins with: the case, open, with its referral's row locked."""

from decimal import Decimal
from typing import Any

from wraparound.advice.sums import MOST
from wraparound.casework.models import Case
from wraparound.events.action import Refused
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability
from wraparound.pathways.vocabulary import Service
from wraparound.referrals.models import Referral
from wraparound.referrals.moves import worked_on


def advises(referral: Referral) -> bool:
    """Whether the work is advice, or both services in one."""
    return Service.WELFARE_ADVICE in (referral.service, *referral.joined)


def hold(case: Case, *, by: Actor) -> Case:
    """The case as it is now; of two who write at once, the second sees what the first wrote.

    Case.DoesNotExist and Referral.DoesNotExist when it is not the actor's to see; Refused `not_allowed`, `not_advice`,
    or `case_closed`.
    """
    by.require(Capability.GIVE_ADVICE)
    worked_on(case.referral, by=by)
    held: Case = Case.objects.visible_to(by).select_related("referral").get(pk=case.pk)
    if not advises(held.referral):
        raise Refused("not_advice", "This is for advice work. Hand the person over to an advice service.")
    if held.closed_at is not None:
        raise Refused("case_closed", "This work is closed. Open the referral again first.")
    return held


def own(case: Case, by: Actor) -> dict[str, Any]:
    """The columns that say whose a row is."""
    return {
        "scheme_id": by.scheme_id,
        "organisation_id": by.organisation_id,
        "case_id": case.pk,
        "person_id": case.person_id,
    }


def tell(name: str, case: Case, *, by: Actor, **data: object) -> None:
    """An event of the one organisation, which says that something was written and no sum."""
    record(name, by=by, person_id=case.person_id, journey_id=case.journey_id, referral_id=case.referral_id, data=data)


def sum_of(pounds: Decimal | None, field: str) -> Decimal | None:
    """The sum, or none. Refused below nothing, above `MOST`, or with parts of a penny."""
    if pounds is None:
        return None
    if not 0 <= pounds <= MOST:
        raise Refused("wrong_sum", f"It must be between £0 and £{MOST:,}.", field)
    if pounds != round(pounds, 2):
        raise Refused("wrong_sum", "Write pounds and pence, such as 12.50.", field)
    return round(pounds, 2)


def words(text: str, most: int, field: str) -> str:
    """The text in one line, or none. Refused where it is too long."""
    said = " ".join(text.split())
    if len(said) > most:
        raise Refused("too_long", f"Write it in {most} characters or fewer; this has {len(said)}.", field)
    return said
