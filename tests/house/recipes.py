"""One way to come to each action: who does it, and with what."""

from datetime import timedelta

from tests.factories import NOW, World, details, handover_agreed, intake, referral_to, referred
from tests.house.advice import ADVICE
from tests.house.calling import CALLING
from tests.house.confidential import CONFIDENTIAL
from tests.house.consenting import CONSENTING
from tests.house.evidence import EVIDENCE
from tests.house.files import FILES
from tests.house.letters import LETTERS
from tests.house.members import MEMBERS
from tests.house.money import MONEY
from tests.house.one_time import ONE_TIME
from tests.house.places import PLACES
from tests.house.planning import PLANNING
from tests.house.rights import RIGHTS
from tests.house.safeguarding_recipes import SAFEGUARDING
from tests.house.setting_up import SETTING_UP
from tests.house.supervising import SUPERVISING
from tests.house.the_day import THE_DAY
from tests.house.trial import Recipe, Trial
from tests.house.working_time import WORKING_TIME
from tests.journeys.signing_in import an_app
from wraparound.casework.actions import accept, record_contact
from wraparound.casework.models import Case, ContactBy, ContactResult
from wraparound.consent.agreed import AgreedHow
from wraparound.organisations.actor import acting_as, system
from wraparound.organisations.models import Membership
from wraparound.pathways.vocabulary import Entry, Need, Service, UrgentFlag
from wraparound.people.models import Person
from wraparound.referrals.actions import claim, decline
from wraparound.referrals.asking_for_help import asker
from wraparound.referrals.intake import LetterSaid
from wraparound.referrals.launching import open_launch, start_launch
from wraparound.referrals.models import Launch, Referral, SameDayAlert
from wraparound.referrals.states import DeclineReason, Outcome
from wraparound.time_limits.letters import Letter


def _sent(world: World) -> Referral:
    return referral_to(referred(world), world.link_worker)


def _case(world: World) -> Case:
    referral = referral_to(referred(world, advice_ticked=False), world.link_worker)
    with acting_as(world.link_worker):
        return accept(by=world.link_worker, referral=referral)


def _alert(world: World) -> SameDayAlert:
    journey = referred(world, urgent_flags=frozenset({UrgentFlag.HOMELESS_TONIGHT}))
    with acting_as(world.advice_supervisor):
        return SameDayAlert.objects.get(journey=journey)


def _person(world: World) -> Person:
    return referred(world).person


def _launch(world: World) -> Launch:
    with acting_as(world.clinician):
        return start_launch(by=world.clinician, details=details())


def _refer(world: World) -> Trial:
    """Again, for a person whom the practice knows."""
    known = referred(world).person_id
    return Trial(world.clinician, {"intake": intake(person=None, person_id=known)})


def _ask_for_help(world: World) -> Trial:
    asking = {"intake": intake(entry=Entry.SELF, agreed_how=AgreedHow.ONLINE), "place": "192.0.2.7"}
    return Trial(asker(world.scheme).at(NOW), asking, makes_its_own=True)


def _claim(world: World) -> Trial:
    return Trial(world.link_worker, {"referral": _sent(world)})


def _release(world: World) -> Trial:
    referral = _sent(world)
    with acting_as(world.link_worker):
        return Trial(world.link_worker, {"referral": claim(by=world.link_worker, referral=referral)})


def _decline(world: World) -> Trial:
    return Trial(world.link_worker, {"referral": _sent(world), "reason": DeclineReason.OUT_OF_AREA})


def _withdraw(world: World) -> Trial:
    return Trial(world.clinician, {"referral": _sent(world)})


def _acknowledge(world: World) -> Trial:
    referral = _sent(world)
    with acting_as(world.link_worker):
        decline(by=world.link_worker, referral=referral, reason=DeclineReason.OUT_OF_AREA)
    return Trial(world.clinician, {"referral": referral})


def _let_time_pass(world: World) -> Trial:
    clock = system(world.scheme, world.social.organisation_id).at(NOW + timedelta(days=60))
    return Trial(clock, {"referral": _sent(world)})


def _hurry(world: World) -> Trial:
    letter = LetterSaid(Letter.BENEFIT_DECISION, NOW.date())
    referral = referral_to(referred(world, letter=letter), world.adviser)
    clock = system(world.scheme, world.advice.organisation_id).at(NOW + timedelta(days=20))
    return Trial(clock, {"referral": referral})


def _record_contact(world: World) -> Trial:
    said = {"channel": ContactBy.PHONE, "result": ContactResult.NO_ANSWER}
    return Trial(world.link_worker, {"case": _case(world), **said})


def _lose_contact(world: World) -> Trial:
    case = _case(world)
    for day in range(3):
        by = world.link_worker.at(NOW + timedelta(days=day, hours=4 * (day % 2)))
        with acting_as(by):
            record_contact(by=by, case=case, channel=ContactBy.PHONE, result=ContactResult.NO_ANSWER)
    return Trial(by, {"case": case})


def _hand_over(world: World) -> Trial:
    said = {"service": Service.WELFARE_ADVICE, "needs": frozenset({Need.DEBT}), "told": "Arrears since May"}
    return Trial(world.link_worker, {"case": _case(world), "agreed": handover_agreed(AgreedHow.BY_PHONE), **said})


def _open_launch(world: World) -> Trial:
    return Trial(world.clinician, {"number": _launch(world).pk})


def _refer_from_launch(world: World) -> Trial:
    number = _launch(world).pk
    with acting_as(world.clinician):
        open_launch(by=world.clinician, number=number)
    return Trial(world.clinician, {"number": number, "intake": intake()})


def _forget_second_factors(world: World) -> Trial:
    an_app(world.receptionist)
    held = Membership.objects.get(pk=world.receptionist.membership_id)
    return Trial(world.administrator, {"membership": held})


RECIPES: dict[str, Recipe] = (
    ADVICE
    | CALLING
    | CONFIDENTIAL
    | ONE_TIME
    | CONSENTING
    | EVIDENCE
    | LETTERS
    | MONEY
    | FILES
    | MEMBERS
    | PLACES
    | PLANNING
    | SETTING_UP
    | SAFEGUARDING
    | SUPERVISING
    | THE_DAY
    | WORKING_TIME
    | RIGHTS
    | {
        "wraparound.referrals.actions.refer": _refer,
        "wraparound.referrals.asking_for_help.ask_for_help": _ask_for_help,
        "wraparound.referrals.actions.claim": _claim,
        "wraparound.referrals.actions.release": _release,
        "wraparound.referrals.actions.decline": _decline,
        "wraparound.referrals.actions.withdraw": _withdraw,
        "wraparound.referrals.actions.acknowledge": _acknowledge,
        "wraparound.referrals.actions.let_time_pass": _let_time_pass,
        "wraparound.referrals.letters.hurry": _hurry,
        "wraparound.referrals.alerts.acknowledge_alert": lambda world: Trial(
            world.advice_supervisor, {"alert": _alert(world)}
        ),
        "wraparound.referrals.alerts.record_help": lambda world: Trial(
            world.advice_supervisor, {"alert": _alert(world), "help_given": "A room for tonight"}
        ),
        "wraparound.referrals.launching.start_launch": lambda world: Trial(
            world.clinician, {"details": details()}, makes_its_own=True
        ),
        "wraparound.referrals.launching.open_launch": _open_launch,
        "wraparound.referrals.launching.refer_from_launch": _refer_from_launch,
        "wraparound.casework.actions.accept": lambda world: Trial(world.link_worker, {"referral": _sent(world)}),
        "wraparound.casework.actions.record_contact": _record_contact,
        "wraparound.casework.actions.write_note": lambda world: Trial(
            world.link_worker, {"case": _case(world), "text": "Listened"}
        ),
        "wraparound.casework.actions.hand_over": _hand_over,
        "wraparound.casework.actions.close": lambda world: Trial(
            world.link_worker, {"case": _case(world), "outcome": Outcome.HELPED}
        ),
        "wraparound.casework.actions.lose_contact": _lose_contact,
        "wraparound.people.actions.change_contact": lambda world: Trial(
            world.clinician, {"person": _person(world), "changes": {"mobile": "07700 900999"}}
        ),
        "wraparound.people.actions.describe_self": lambda world: Trial(
            world.link_worker, {"person": _person(world), "ethnicity": "Portuguese", "gender": "", "disability": ""}
        ),
        "wraparound.signing_in.actions.forget_second_factors": _forget_second_factors,
        "wraparound.referrals.signposting.signpost_only": lambda world: Trial(
            world.clinician, {"service": Service.WELFARE_ADVICE}, makes_its_own=True
        ),
    }
)
