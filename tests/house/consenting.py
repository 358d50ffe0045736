"""How to come to each action on what a person agreed to."""

from datetime import timedelta

from tests.factories import NOW, World, referred
from tests.house.trial import Recipe, Trial
from wraparound.consent.actions import agree_to
from wraparound.consent.agreed import FEEDBACK, AgreedHow
from wraparound.consent.asking import Agreed
from wraparound.consent.data_sharing import Terms
from wraparound.consent.models import Consent, DataSharingAgreement, TakenBackHow
from wraparound.organisations.actor import acting_as, system
from wraparound.organisations.models import Organisation, Partner
from wraparound.pathways.vocabulary import ConsentFor


def shared(world: World) -> Consent:
    """That the two services may share, of somebody just referred to both."""
    journey = referred(world)
    with acting_as(world.link_worker):
        return Consent.objects.get(agreement__referrals__journey=journey, purpose=ConsentFor.SHARE_BETWEEN_SERVICES,
                                   agreement__referrals__to_team=world.social)  # fmt: skip


def _agree_to(world: World) -> Trial:
    agreed = Agreed(how=AgreedHow.BY_PHONE, wording=FEEDBACK)
    return Trial(world.link_worker, {"person": referred(world).person, "agreed": agreed})


def a_day_ago(world: World) -> Consent:
    """May be asked how it went, until the day before the world's now."""
    agreed = Agreed(how=AgreedHow.BY_PHONE, wording=FEEDBACK)
    person, earlier = referred(world).person, world.link_worker.at(NOW - timedelta(days=9))
    with acting_as(earlier):
        agreement = agree_to(by=earlier, person=person, agreed=agreed, until=(NOW - timedelta(days=1)).date())
        return agreement.consents.get()


def _run_out(world: World) -> Trial:
    consent = a_day_ago(world)
    return Trial(system(consent.scheme_id, world.link_worker.organisation_id).at(NOW), {"consent": consent})


def signed_agreement(world: World) -> DataSharingAgreement:
    return DataSharingAgreement.objects.get(scheme=world.scheme)


def _record(world: World) -> Trial:
    terms = Terms(title="Sharing with the hospital", lawful_basis="Article 6(1)(e)", begins=NOW.date())
    return Trial(world.administrator, {"terms": terms})


def _sign_for(world: World) -> Trial:
    made = Organisation.objects.create(name="Ash Lane Surgery", kind=Organisation.Kind.PRACTICE)
    Partner.objects.create(scheme=world.scheme, organisation=made)
    values = {"agreement": signed_agreement(world), "organisation_ids": [made.pk], "on": NOW.date()}
    return Trial(world.administrator, values)


def _leave(world: World) -> Trial:
    party = signed_agreement(world).parties.get(organisation=world.practice, left_on=None)
    return Trial(world.administrator, {"party": party})


CONSENTING: dict[str, Recipe] = {
    "wraparound.consent.data_sharing.record_sharing_agreement": _record,
    "wraparound.consent.data_sharing.sign_for": _sign_for,
    "wraparound.consent.data_sharing.leave_sharing_agreement": _leave,
    "wraparound.consent.data_sharing.end_sharing_agreement": lambda world: Trial(
        world.administrator, {"agreement": signed_agreement(world), "last_day": NOW.date()}
    ),
    "wraparound.consent.actions.agree_to": _agree_to,
    "wraparound.consent.actions.confirm": lambda world: Trial(world.link_worker, {"consent": shared(world)}),
    "wraparound.consent.actions.run_out": _run_out,
    "wraparound.consent.actions.take_back": lambda world: Trial(
        world.link_worker, {"consent": shared(world), "how": TakenBackHow.BY_PHONE}
    ),
}
