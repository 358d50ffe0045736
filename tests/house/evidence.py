"""How to come to each action on medical evidence."""

from collections.abc import Callable
from typing import Any

from tests.factories import NOW, World, details, referral_to, referred
from tests.house.consenting import a_mandate
from tests.house.trial import Recipe, Trial
from wraparound.casework.actions import accept
from wraparound.casework.models import Case
from wraparound.consent.agreed import AgreedHow
from wraparound.consent.models import Consent
from wraparound.consent.signing import Name, sign_on_paper
from wraparound.evidence.answering import sign
from wraparound.evidence.asking import Asked, ask, pick, send
from wraparound.evidence.drafting import Pick
from wraparound.evidence.models import EvidenceRequest, SignedLetter
from wraparound.evidence.points import Benefit
from wraparound.evidence.states import CameOfIt, Fee, UsedFor
from wraparound.evidence.using import agree, use
from wraparound.organisations.actor import acting_as, system
from wraparound.referrals.models import Journey

LETTER = "Preparing food\nShe burns herself at the cooker most days."
PICK = Pick("pip-1", False, "Burnt her hand at the cooker again.", "2026-03-03", "Dr Amara Okafor")
KNOWN = details(nhs_number="9990000042", date_of_birth=None)


def an_advice_case(world: World, journey: Journey | None = None) -> Case:
    """Taken on by the advisers."""
    referral = referral_to(journey or referred(world, person=KNOWN), world.adviser)
    with acting_as(world.adviser):
        return accept(by=world.adviser, referral=referral)


def signed_consent(world: World, case: Case) -> Consent:
    """A mandate to the advisers, written down and signed with them."""
    by = world.adviser
    with acting_as(by):
        journey = Journey.objects.select_related("person").get(pk=case.journey_id)
    consent = a_mandate(world, journey, by)
    with acting_as(by):
        sign_on_paper(by=by, consent=consent, name=Name(name="Rosa Duarte"), on=by.today(), kept_at="Room 4")
    return consent


def asked_for(world: World, **changes: Any) -> Asked:
    said = {"benefit": Benefit.PIP, "points": ["pip-1", "pip-12"], "to": world.practice}
    return Asked(**{**said, **changes})


def a_request(world: World, case: Case | None = None, **changes: Any) -> EvidenceRequest:
    """Asked of the practice with a signed mandate, unless said otherwise."""
    held = case or an_advice_case(world)
    signed_consent(world, held)
    with acting_as(world.adviser):
        return ask(by=world.adviser, case=held, asked=asked_for(world, **changes))


def prepared(world: World) -> EvidenceRequest:
    return a_request(world, from_record=True)


def picked(world: World, **changes: Any) -> EvidenceRequest:
    """Prepared around one passage; nobody else sees it yet."""
    request = a_request(world, from_record=True, **changes)
    with acting_as(world.adviser):
        return pick(by=world.adviser, request=request, picks=[PICK])


def sent_with_pick(world: World) -> EvidenceRequest:
    request = picked(world)
    with acting_as(world.adviser):
        return send(by=world.adviser, request=request, words="")


def a_letter(world: World, request: EvidenceRequest | None = None) -> SignedLetter:
    by = world.clinician
    request = request or a_request(world)
    with acting_as(by):
        return sign(by=by, request=request, text=LETTER, name="Dr Amara Okafor, GP", fee=Fee.NONE)


def let_use(world: World) -> EvidenceRequest:
    by = world.adviser
    request = a_letter(world).request
    with acting_as(by):
        return agree(by=by, request=request, how=AgreedHow.BY_PHONE)


def used(world: World) -> EvidenceRequest:
    by = world.adviser
    request = let_use(world)
    with acting_as(by):
        return use(by=by, request=request, used_for=UsedFor.TRIBUNAL, on=by.today())


def on_paper(world: World) -> EvidenceRequest:
    return a_request(world, to=None, to_named="Ward 7, Eastmarsh Hospital")


def _ask(world: World) -> Trial:
    case = an_advice_case(world)
    signed_consent(world, case)
    return Trial(world.adviser, {"case": case, "asked": asked_for(world)})


def _of(chair: str, make: Callable[[World], EvidenceRequest], **said: Any) -> Recipe:
    return lambda world: Trial(world.actors[chair], {"request": make(world), **said})


def _without_mandate(world: World) -> Trial:
    return Trial(system(world.scheme, world.advice.organisation_id).at(NOW), {"request": a_request(world)})


_PAPER = {"name": "Dr Lee, consultant", "on": NOW.date(), "kept_at": "Room 4, folder D", "text": LETTER}
EVIDENCE: dict[str, Recipe] = {
    "wraparound.evidence.asking.ask": _ask,
    "wraparound.evidence.asking.pick": _of("adviser", prepared, picks=[PICK]),
    "wraparound.evidence.asking.send": _of("adviser", picked, words="Please by Friday"),
    "wraparound.evidence.answering.take_up": _of("clinician", a_request),
    "wraparound.evidence.answering.keep_draft": _of("clinician", a_request, text=LETTER),
    "wraparound.evidence.answering.leave_out": _of("clinician", sent_with_pick, number=0, why="others"),
    "wraparound.evidence.answering.send_back": _of("clinician", a_request, why="She is not our patient."),
    "wraparound.evidence.answering.sign": _of(
        "clinician", a_request, text=LETTER, name="Dr Amara Okafor, GP", fee=Fee.ASKED, fee_pence=2500
    ),
    "wraparound.evidence.ending.withdraw": _of("adviser", a_request, why="The claim was awarded."),
    "wraparound.evidence.ending.tell_unlikely": _of("adviser", a_request, else_helps="A claim for carers."),
    "wraparound.evidence.ending.withdraw_without_mandate": _without_mandate,
    "wraparound.evidence.using.receive": lambda world: Trial(world.adviser, {"request": a_letter(world).request}),
    "wraparound.evidence.using.agree": lambda world: Trial(
        world.adviser, {"request": a_letter(world).request, "how": AgreedHow.IN_PERSON}
    ),
    "wraparound.evidence.using.use": _of("adviser", let_use, used_for=UsedFor.CLAIM, on=NOW.date()),
    "wraparound.evidence.using.end": _of("adviser", used, outcome=CameOfIt.WON),
    "wraparound.evidence.using.print_questions": _of("adviser", on_paper),
    "wraparound.evidence.using.write_down_paper": _of("adviser", on_paper, **_PAPER),
}
