"""Whatever anybody does, in whatever order, some things stay true of every row."""

from collections.abc import Callable
from datetime import timedelta

from django.core.exceptions import ObjectDoesNotExist
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import NOW, World, details, intake, make_world
from tests.house.seeing import Owner
from wraparound.casework.actions import accept, close, hand_over, record_contact
from wraparound.casework.models import Case, ContactBy, ContactResult
from wraparound.consent.agreed import AgreedHow
from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor, acting_as, system
from wraparound.pathways.vocabulary import Need, Service
from wraparound.referrals.actions import acknowledge, claim, decline, let_time_pass, refer, release, withdraw
from wraparound.referrals.models import Referral
from wraparound.referrals.states import DeclineReason, Outcome

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
}

Step = Callable[[World, Actor, Referral], object]


def _case(by: Actor, referral: Referral) -> Case:
    return Case.objects.visible_to(by).select_related("referral", "journey").get(referral=referral)


STEPS: dict[str, Step] = {
    "refer": lambda world, by, r: refer(by=by, intake=intake(person=details(nhs_number="9990000018"))),
    "claim": lambda world, by, r: claim(by=by, referral=r),
    "release": lambda world, by, r: release(by=by, referral=r),
    "accept": lambda world, by, r: accept(by=by, referral=r),
    "decline": lambda world, by, r: decline(by=by, referral=r, reason=DeclineReason.NOT_FOR_US),
    "withdraw": lambda world, by, r: withdraw(by=by, referral=r),
    "acknowledge": lambda world, by, r: acknowledge(by=by, referral=r),
    "speak": lambda world, by, r: record_contact(
        by=by, case=_case(by, r), channel=ContactBy.PHONE, result=ContactResult.SPOKE
    ),
    "close": lambda world, by, r: close(by=by, case=_case(by, r), outcome=Outcome.HELPED),
    "hand over": lambda world, by, r: hand_over(
        by=by, case=_case(by, r), service=Service.WELFARE_ADVICE, needs=frozenset({Need.DEBT}), told="Arrears",
        agreed_how=AgreedHow.IN_PERSON,
    ),
    "wait": lambda world, by, r: let_time_pass(
        by=system(by.scheme_id, by.organisation_id).at(by.now() + timedelta(days=60)), referral=r
    ),
}  # fmt: skip
ROLES = ("clinician", "other_clinician", "link_worker", "second_link_worker", "adviser")
moves = st.tuples(st.sampled_from(sorted(STEPS)), st.sampled_from(ROLES), st.integers(0, 3))


def take(world: World, step: str, role: str, which: int, number: int) -> None:
    by = world.actors[role].at(NOW + timedelta(minutes=number))
    with acting_as(by):
        seen = list(Referral.objects.visible_to(by).order_by("pk"))
        if not seen and step != "refer":
            return
        try:
            STEPS[step](world, by, seen[which % len(seen)] if seen else Referral())
        except (Refused, ObjectDoesNotExist):
            return


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(moves, min_size=4, max_size=25))
def test_nothing_that_must_never_be_is_ever_there(owner: Owner, steps: list[tuple[str, str, int]]) -> None:
    world = make_world()
    take(world, "refer", "clinician", 0, 0)
    for number, (step, role, which) in enumerate(steps):
        take(world, step, role, which, number)
    assert {meaning for meaning, statement in NEVER.items() if owner.query(statement)} == set()
