"""The client agreement: how the person and those who advise them work together, and the authority to act for them."""

import hashlib
from dataclasses import dataclass
from datetime import date

from wraparound.casework.models import Case
from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.letters.kinds import filled, kinds
from wraparound.letters.models import ClientAgreement
from wraparound.letters.states import AgreedTo, Copy
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Organisation
from wraparound.organisations.roles import Capability
from wraparound.pathways.vocabulary import Service
from wraparound.referrals.moves import worked_on

LONGEST = {"agreed_by": 200, "kept_at": 300, "why": 500}
AUTHORITY = "I let {organisation} speak and write for me to others about this. I can stop this at any time."
NO_AUTHORITY = (
    "Nothing goes out in their name yet. First record the client agreement and the authority to act, on the person’s "
    "journey under “Client agreement”. Or let them sign a letter of their own."
)


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """What is written down of it. `kept_at` says where the signed paper is; `version` is that of the words."""

    how: AgreedTo
    agreed_by: str
    on: date
    copy: Copy
    version: str
    authority: bool = False
    kept_at: str = ""


def words_of(by: Actor) -> tuple[str, str]:
    """The words of the actor's organisation as they are read or read out, and their version."""
    kind = kinds()["client_agreement"]
    organisation = Organisation.objects.get(pk=by.organisation_id)
    known = {"organisation": organisation.name, "phone": organisation.phone or "our number"}
    return filled(kind.own_text, known), kind.version


def authority_words(by: Actor) -> str:
    """What the person lets the organisation do, in a sentence of theirs."""
    return AUTHORITY.format(organisation=Organisation.objects.get(pk=by.organisation_id).name)


@action
def record_agreement(*, by: Actor, case: Case, agreed: Agreement) -> ClientAgreement:
    """Write down that the person agreed. What was in force of the case ends with it.

    Refused `case_closed`, `not_advice`, `changed` where the words are others by now, `in_the_future`, `empty`,
    `too_long`, `already_saved`.
    """
    by.require(Capability.GIVE_ADVICE)
    held = _open_case(case, by)
    words, version = words_of(by)
    if version != agreed.version:
        raise Refused("changed", "The words have changed. Read them to the person again.")
    said = _checked(agreed, by)
    _end_before(held, agreed, said, by)
    worked_on(held.referral, by=by)
    text = f"{words}\n\n{authority_words(by)}" if agreed.authority else words
    made = ClientAgreement.objects.create(
        scheme_id=by.scheme_id,
        organisation_id=by.organisation_id,
        case=held,
        person_id=held.person_id,
        how=agreed.how,
        agreed_on=agreed.on,
        words=text,
        words_version=version,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        copy=agreed.copy,
        authority=agreed.authority,
        recorded_by_id=by.user(),
        recorded_at=by.now(),
        **said,
    )
    _tell("client_agreement_made", made, held, by)
    return made


@action
def end_agreement(*, by: Actor, agreement: ClientAgreement, why: str, authority_alone: bool = False) -> ClientAgreement:
    """The person takes it back; or, of it, only the authority to act. Refused `too_late`, `no_reason`."""
    by.require(Capability.GIVE_ADVICE)
    rows = ClientAgreement.objects.visible_to(by).select_related("case")
    held: ClientAgreement = rows.select_for_update(of=("self",)).get(pk=agreement.pk)
    words = why.strip()
    if held.ended_at or (authority_alone and not held.may_act):
        raise Refused("too_late", "This has ended already.")
    if not words or len(words) > LONGEST["why"]:
        raise Refused("no_reason", f"Write what they said, in {LONGEST['why']} characters or fewer.", "why")
    held.ended_why = words
    if authority_alone:
        held.authority_ended_at = by.now()
    else:
        held.ended_at = by.now()
    held.save(update_fields=["authority_ended_at", "ended_at", "ended_why"])
    _tell("client_agreement_ended", held, held.case, by)
    return held


def in_force(by: Actor, case_ids: list[int]) -> dict[int, ClientAgreement]:
    """What is in force of these cases, by the case's id."""
    rows = ClientAgreement.objects.visible_to(by).filter(case_id__in=case_ids, ended_at=None)
    return {each.case_id: each for each in rows.select_related("recorded_by")}


def require_authority(by: Actor, case_id: int) -> None:
    """Refused `no_authority` while the person has not let the organisation act for them."""
    agreement = in_force(by, [case_id]).get(case_id)
    if agreement is None or not agreement.may_act:
        raise Refused("no_authority", NO_AUTHORITY)


def _open_case(case: Case, by: Actor) -> Case:
    held: Case = Case.objects.visible_to(by).select_related("referral").select_for_update(of=("self",)).get(pk=case.pk)
    if held.closed_at:
        raise Refused("case_closed", "This work is closed. Open the referral again first.")
    if Service.WELFARE_ADVICE not in (held.referral.service, *held.referral.joined):
        raise Refused("not_advice", "A client agreement is for advice work.")
    return held


def _checked(agreed: Agreement, by: Actor) -> dict[str, str]:
    if agreed.on > by.today():
        raise Refused("in_the_future", "This day has not come yet.", "on")
    said = {"agreed_by": agreed.agreed_by.strip(), "kept_at": agreed.kept_at.strip()}
    if not said["agreed_by"]:
        raise Refused("empty", "Write who agreed.", "agreed_by")
    if agreed.how is AgreedTo.PAPER and not said["kept_at"]:
        raise Refused("empty", "Write where the signed paper is kept.", "kept_at")
    for name, value in said.items():
        if len(value) > LONGEST[name]:
            raise Refused("too_long", f"Use {LONGEST[name]} characters or fewer; this has {len(value)}.", name)
    return said if agreed.how is AgreedTo.PAPER else said | {"kept_at": ""}


def _end_before(case: Case, agreed: Agreement, said: dict[str, str], by: Actor) -> None:
    """What was in force ends. Refused `already_saved` where it says the same."""
    before = ClientAgreement.objects.visible_to(by).filter(case=case, ended_at=None).first()
    if before is None:
        return
    same = (before.how, before.agreed_by, before.agreed_on, before.may_act, before.kept_at, before.copy)
    if same == (agreed.how, said["agreed_by"], agreed.on, agreed.authority, said["kept_at"], agreed.copy):
        raise Refused("already_saved", "This is on record already.")
    before.ended_at, before.ended_why = by.now(), "Agreed to anew"
    before.save(update_fields=["ended_at", "ended_why"])


def _tell(name: str, agreement: ClientAgreement, case: Case, by: Actor) -> None:
    record(
        name,
        by=by,
        person_id=agreement.person_id,
        journey_id=case.journey_id,
        referral_id=case.referral_id,
        data={"client_agreement": agreement.pk},
    )
