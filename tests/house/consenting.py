"""How to come to each action on what a person agreed to."""

from datetime import timedelta
from typing import Any

from tests.factories import NOW, World, referred
from tests.house.trial import Recipe, Trial
from wraparound.consent.actions import agree_to
from wraparound.consent.agreed import FEEDBACK, HEALTH_RECORD, AgreedHow
from wraparound.consent.asking import Agreed
from wraparound.consent.data_sharing import Terms
from wraparound.consent.mandates import as_json, digest_of, mandate_of
from wraparound.consent.mandates import text_of as mandate_text
from wraparound.consent.models import Consent, DataSharingAgreement, Signature, TakenBackHow, Translation
from wraparound.consent.rules import Standing
from wraparound.consent.signing import Name, sign_on_paper
from wraparound.consent.translating import add_translation
from wraparound.organisations.actor import Actor, acting_as, system
from wraparound.organisations.models import Organisation, Partner
from wraparound.pathways.vocabulary import ConsentFor
from wraparound.referrals.models import Journey


def shared(world: World) -> Consent:
    """That the two services may share, of somebody just referred to both."""
    journey = referred(world)
    with acting_as(world.link_worker):
        return Consent.objects.get(agreement__referrals__journey=journey, purpose=ConsentFor.SHARE_BETWEEN_SERVICES,
                                   agreement__referrals__to_team=world.social)  # fmt: skip


def _agree_to(world: World) -> Trial:
    agreed = Agreed(how=AgreedHow.BY_PHONE, wording=FEEDBACK)
    return Trial(world.link_worker, {"person": referred(world).person, "agreed": agreed})


def a_mandate(world: World, journey: Journey | None = None, by: Actor | None = None, **changes: Any) -> Consent:
    """That the advisers may read the health record, of somebody just referred to both services."""
    agreed = Agreed(**{"how": AgreedHow.IN_PERSON, "wording": HEALTH_RECORD, **changes})
    person, by = (journey or referred(world)).person, by or world.link_worker
    with acting_as(by):
        return agree_to(by=by, person=person, agreed=agreed, to=world.advice.organisation).consents.get()


def a_signature(world: World) -> Signature:
    consent, by = a_mandate(world), world.link_worker
    with acting_as(by):
        kept = "Room 4, folder D"
        return sign_on_paper(by=by, consent=consent, name=Name(name="Rosa Duarte"), on=by.today(), kept_at=kept)


def text_of(consent: Consent, by: Actor) -> str:
    """The digest of the text that a mandate's signer has before them."""
    with acting_as(by):
        return digest_of(as_json(mandate_text(by, mandate_of(by, consent.pk))))


def _sign(world: World) -> Trial:
    consent = a_mandate(world)
    shown = text_of(consent, world.link_worker)
    return Trial(
        world.link_worker, {"consent": consent, "name": Name(name="Rosa Duarte"), "read": True, "shown": shown}
    )


def _sign_on_paper(world: World) -> Trial:
    values = {"name": Name(name="Rosa Duarte"), "on": NOW.date(), "kept_at": "Room 4, folder D"}
    return Trial(world.link_worker, {"consent": a_mandate(world), **values})


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


ARABIC = "هل توافق على أن نطلب من زملائنا الاتصال بك؟\nيمكنك أن تقول لا."


def a_translation(world: World, wording: str = "referral-1", language: str = "ar", words: str = ARABIC) -> Translation:
    by = world.administrator
    with acting_as(by):
        return add_translation(by=by, wording=wording, language=language, words=words, checked=True,
                               checked_by="Eastmarsh Language Service", checked_on=by.today())  # fmt: skip


def _add_translation(world: World) -> Trial:
    said = {"wording": "referral-1", "language": "ar", "words": ARABIC, "checked_by": "Eastmarsh Language Service"}
    return Trial(world.administrator, {**said, "checked_on": NOW.date(), "checked": True})


CONSENTING: dict[str, Recipe] = {
    "wraparound.consent.data_sharing.record_sharing_agreement": _record,
    "wraparound.consent.data_sharing.sign_for": _sign_for,
    "wraparound.consent.data_sharing.leave_sharing_agreement": _leave,
    "wraparound.consent.data_sharing.end_sharing_agreement": lambda world: Trial(
        world.administrator, {"agreement": signed_agreement(world), "last_day": NOW.date()}
    ),
    "wraparound.consent.translating.add_translation": _add_translation,
    "wraparound.consent.translating.withdraw_translation": lambda world: Trial(
        world.administrator, {"translation": a_translation(world)}
    ),
    "wraparound.consent.signing.sign": _sign,
    "wraparound.consent.signing.sign_on_paper": _sign_on_paper,
    "wraparound.consent.signing.prepare_document": lambda world: Trial(
        world.link_worker, {"consent": a_mandate(world), "standing": Standing.HOLDS}
    ),
    "wraparound.consent.actions.agree_to": _agree_to,
    "wraparound.consent.actions.confirm": lambda world: Trial(world.link_worker, {"consent": shared(world)}),
    "wraparound.consent.actions.run_out": _run_out,
    "wraparound.consent.actions.take_back": lambda world: Trial(
        world.link_worker, {"consent": shared(world), "how": TakenBackHow.BY_PHONE}
    ),
}
