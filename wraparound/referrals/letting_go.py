"""The end of what an organisation was asked to do for a person, once nothing of it waits any more."""

from wraparound.organisations.actor import Actor
from wraparound.people.models import Involvement
from wraparound.people.recording import end_involvement
from wraparound.referrals.models import Referral, SameDayAlert


def let_go(person_id: int, organisation_id: int, *, by: Actor, asked_by: int | None = None) -> None:
    """An organisation that accepted nobody has no more to do with the person.

    Unless another referral still waits for its answer (of those from the organisation `asked_by`, where it is given:
    what other senders asked is not ended here), or it has yet to help on the same day.
    """
    waiting = Referral.objects.visible_to(by).filter(
        person_id=person_id, to_organisation_id=organisation_id, accepted_at=None
    )
    if asked_by is not None:
        waiting = waiting.filter(from_organisation_id=asked_by)
    alerts = SameDayAlert.objects.visible_to(by).filter(
        person_id=person_id, to_team__organisation_id=organisation_id, helped_at=None
    )
    if not waiting.open().exists() and not alerts.exists():
        end_involvement(person_id, organisation_id, Involvement.Reason.ASKED, by=by)
