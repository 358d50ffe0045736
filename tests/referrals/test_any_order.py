"""Whatever anybody does, in whatever order, some things stay true of every row."""

from collections.abc import Callable
from datetime import timedelta

from django.core.exceptions import ObjectDoesNotExist
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import NOW, World, details, handover_agreed, intake, make_world
from tests.house.seeing import Owner
from wraparound.casework.actions import accept, close, hand_over, lose_contact, record_contact
from wraparound.casework.deciding import go_on_trying, write_instead
from wraparound.casework.models import Case, ContactBy, ContactResult
from wraparound.casework.reopening import reopen
from wraparound.consent.agreed import AgreedHow
from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor, acting_as, system
from wraparound.organisations.models import User
from wraparound.pathways.vocabulary import Need, Service
from wraparound.referrals.actions import acknowledge, claim, decline, let_time_pass, refer, release, withdraw
from wraparound.referrals.asking import answer, ask
from wraparound.referrals.models import Question, Referral, Transfer
from wraparound.referrals.pausing import pause, resume
from wraparound.referrals.rerouting import reroute
from wraparound.referrals.states import DeclineReason, Outcome, PauseReason, SentOnBecause
from wraparound.referrals.transferring import not_take_over, offer, take_back, take_over

# Rows that must not be there, each with what they would mean.
NEVER = {
    "a person's row names other organisations than the open involvements do": """
        SELECT id FROM people_person person WHERE organisation_ids <> (
            SELECT coalesce(array_agg(DISTINCT organisation_id ORDER BY organisation_id), '{}')
            FROM people_involvement WHERE person_id = person.id AND ended IS NULL)
    """,
    "an open referral whose receiver cannot read the person": """
        SELECT referral.id FROM referrals_referral referral JOIN people_person person ON person.id = person_id
        WHERE is_open AND NOT person.organisation_ids @> ARRAY[to_organisation_id]
    """,
    "a referral that its sender or its receiver cannot see": """
        SELECT id FROM referrals_referral
        WHERE NOT organisation_ids @> ARRAY[from_organisation_id, to_organisation_id]
    """,
    "a referral seen by others than its journey": """
        SELECT referral.id FROM referrals_referral referral JOIN referrals_journey journey ON journey.id = journey_id
        WHERE referral.organisation_ids <> journey.organisation_ids
    """,
    "an open referral without a next moment of the clock": """
        SELECT id FROM referrals_referral WHERE is_open AND next_clock_at IS NULL
    """,
    "a case without an accepted referral": """
        SELECT c.id FROM casework_case c JOIN referrals_referral r ON r.id = c.referral_id WHERE r.accepted_at IS NULL
    """,
    "an open case whose referral has ended": """
        SELECT c.id FROM casework_case c JOIN referrals_referral r ON r.id = c.referral_id
        WHERE c.closed_at IS NULL AND NOT r.is_open AND r.outcome <> 'not_recorded'
    """,
    "a closed case whose referral is worked on": """
        SELECT c.id FROM casework_case c JOIN referrals_referral r ON r.id = c.referral_id
        WHERE c.closed_at IS NOT NULL AND r.status IN ('accepted', 'in_progress', 'paused')
    """,
    "a question that waits although its referral does not": """
        SELECT question.id FROM referrals_question question JOIN referrals_referral r ON r.id = referral_id
        WHERE answered_at IS NULL AND lapsed_at IS NULL AND r.status <> 'asked'
    """,
    "a referral that waits for an answer to nothing": """
        SELECT id FROM referrals_referral r WHERE status = 'asked' AND NOT EXISTS (
            SELECT FROM referrals_question WHERE referral_id = r.id AND answered_at IS NULL AND lapsed_at IS NULL)
    """,
    "something claimed or worked on that is nobody's": """
        SELECT id FROM referrals_referral
        WHERE status IN ('claimed', 'asked', 'accepted', 'in_progress', 'paused') AND worker_id IS NULL
    """,
    "a pause without its day, or a day without its pause": """
        SELECT id FROM referrals_referral WHERE (status = 'paused') <> (paused_until IS NOT NULL)
    """,
    "somebody who came without having been reached": """
        SELECT id FROM referrals_referral WHERE attended_at IS NOT NULL AND reached_at IS NULL
    """,
    "a referral sent on whose next one promises less": """
        SELECT id FROM referrals_referral WHERE kind = 'rerouted' AND (counted_from IS NULL OR counted_from > sent_at)
            AND accepted_at IS NULL
    """,
    "an agreement that its referral's ends cannot read": """
        SELECT r.id FROM referrals_referral r JOIN consent_agreement a ON a.id = agreement_id
        WHERE NOT a.organisation_ids @> ARRAY[r.from_organisation_id, r.to_organisation_id]
    """,
}

Step = Callable[[World, Actor, Referral], object]


def _case(by: Actor, referral: Referral) -> Case:
    return Case.objects.visible_to(by).select_related("referral", "journey").get(referral=referral)


def _contact(by: Actor, referral: Referral, result: ContactResult) -> object:
    return record_contact(by=by, case=_case(by, referral), channel=ContactBy.PHONE, result=result)


def _question(by: Actor, referral: Referral) -> Question:
    return Question.objects.visible_to(by).filter(referral=referral).latest("pk")


def _transfer(by: Actor, referral: Referral) -> Transfer:
    return Transfer.objects.visible_to(by).filter(referral=referral).latest("pk")


def _another(world: World, by: Actor) -> User:
    return User.objects.get(pk=(world.second_link_worker if by.name == "Leila Haddad" else world.link_worker).user_id)


STEPS: dict[str, Step] = {
    "refer": lambda world, by, r: refer(by=by, intake=intake(person=details(nhs_number="9990000018"))),
    "claim": lambda world, by, r: claim(by=by, referral=r),
    "release": lambda world, by, r: release(by=by, referral=r),
    "accept": lambda world, by, r: accept(by=by, referral=r),
    "decline": lambda world, by, r: decline(by=by, referral=r, reason=DeclineReason.NOT_FOR_US),
    "withdraw": lambda world, by, r: withdraw(by=by, referral=r),
    "acknowledge": lambda world, by, r: acknowledge(by=by, referral=r),
    "speak": lambda world, by, r: _contact(by, r, ContactResult.SPOKE),
    "try": lambda world, by, r: _contact(by, r, ContactResult.NO_ANSWER),
    "attend": lambda world, by, r: _contact(by, r, ContactResult.CAME),
    "ask": lambda world, by, r: ask(by=by, referral=r, question="Which floor?"),
    "answer": lambda world, by, r: answer(by=by, question=_question(by, r), answer="The second"),
    "pause": lambda world, by, r: pause(
        by=by, referral=r, until=by.now().date() + timedelta(days=9), reason=PauseReason.AWAY
    ),
    "resume": lambda world, by, r: resume(by=by, referral=r),
    "send on": lambda world, by, r: reroute(
        by=by, referral=r, team=world.advice if by.team_id == world.social.pk else world.social,
        why=SentOnBecause.OTHER_SERVICE, told="Arrears",
    ),
    "offer": lambda world, by, r: offer(by=by, referral=r, to=_another(world, by), why="I am away"),
    "take over": lambda world, by, r: take_over(by=by, transfer=_transfer(by, r)),
    "not take over": lambda world, by, r: not_take_over(by=by, transfer=_transfer(by, r), why="Full"),
    "take back": lambda world, by, r: take_back(by=by, transfer=_transfer(by, r)),
    "open again": lambda world, by, r: reopen(by=by, case=_case(by, r)),
    "lose contact": lambda world, by, r: lose_contact(by=by, case=_case(by, r)),
    "go on trying": lambda world, by, r: go_on_trying(by=by, case=_case(by, r)),
    "write": lambda world, by, r: write_instead(by=by, case=_case(by, r)),
    "close": lambda world, by, r: close(by=by, case=_case(by, r), outcome=Outcome.HELPED),
    "hand over": lambda world, by, r: hand_over(
        by=by, case=_case(by, r), service=Service.WELFARE_ADVICE, needs=frozenset({Need.DEBT}), told="Arrears",
        agreed=handover_agreed(AgreedHow.IN_PERSON),
    ),
    "wait": lambda world, by, r: let_time_pass(
        by=system(by.scheme_id, by.organisation_id).at(by.now() + timedelta(days=60)), referral=r
    ),
}  # fmt: skip
# Mostly by whoever it is for, so that much gets done; and by anybody, who mostly may not.
RIGHTLY = "whoever it is for"
ROLES = (
    *[RIGHTLY] * 12,
    "clinician",
    "other_clinician",
    "link_worker",
    "second_link_worker",
    "link_supervisor",
    "adviser",
)
moves = st.tuples(st.sampled_from(sorted(STEPS)), st.sampled_from(ROLES), st.integers(0, 3))

# How far things have come before anything may happen, so that what comes late is tried as often as what comes early.
BEGINNINGS = [[], ["claim"], ["claim", "ask"], ["accept"], ["accept", "pause"], ["accept", "speak", "close"],
              ["accept", "offer"], ["accept", "lose contact"], ["send on"]]  # fmt: skip


def take(world: World, step: str, role: str, which: int, number: int) -> None:
    """Somebody does something about one of the referrals that they (or the practice) see, or is refused."""
    moment = NOW + timedelta(minutes=number)
    looking = world.actors["clinician" if role == RIGHTLY else role].at(moment)
    with acting_as(looking):
        seen = list(Referral.objects.visible_to(looking).order_by("pk"))
    if not seen and step != "refer":
        return
    referral = seen[which % len(seen)] if seen else Referral()
    by = (_rightly(world, step, referral) if role == RIGHTLY else looking).at(moment)
    with acting_as(by):
        try:
            STEPS[step](world, by, referral)
        except (Refused, ObjectDoesNotExist):
            return


def _rightly(world: World, step: str, referral: Referral) -> Actor:
    if step in ("refer", "withdraw", "acknowledge", "answer"):
        return world.clinician
    here = [each for each in world.actors.values() if each.organisation_id == referral.to_organisation_id]
    if step in ("take over", "not take over"):
        return next((each for each in here if each.user_id != referral.worker_id), world.link_worker)
    return next((each for each in here if each.user_id == referral.worker_id), here[0])


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(BEGINNINGS), st.lists(moves, min_size=4, max_size=30))
def test_nothing_that_must_never_be_is_ever_there(
    owner: Owner, beginning: list[str], steps: list[tuple[str, str, int]]
) -> None:
    world = make_world()
    take(world, "refer", "clinician", 0, 0)
    taken = [(step, "link_worker", 0) for step in beginning] + steps
    for number, (step, role, which) in enumerate(taken):
        take(world, step, role, which, number)
    assert {meaning for meaning, statement in NEVER.items() if owner.query(statement)} == set()
