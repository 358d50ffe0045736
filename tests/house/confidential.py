"""How to come to each action on a record that is kept from some, or opened in an emergency."""

from datetime import date

from tests.factories import NOW, World, details, referred
from tests.house.trial import Recipe, Trial
from wraparound.organisations.actor import acting_as, system
from wraparound.organisations.models import User
from wraparound.people.marking import put_abuse_marker
from wraparound.people.models import AbuseMarker, EmergencyOpening, Restriction
from wraparound.referrals.emergency import Emergency, open_in_emergency
from wraparound.referrals.models import Journey, Referral
from wraparound.referrals.restricting import restrict
from wraparound.referrals.sharing_out import assign

NUMBER, BORN = "9990000018", date(1980, 2, 29)
EMERGENCY = Emergency(nhs_number=NUMBER, born=BORN, why=EmergencyOpening.Why.LIFE, reason="Found confused")


def somebody(world: World) -> Journey:
    return referred(world, person=details(nhs_number=NUMBER, date_of_birth=BORN))


def a_restriction(world: World) -> Restriction:
    by, person = world.link_supervisor, somebody(world).person
    with acting_as(by):
        return restrict(by=by, person=person, why=Restriction.Why.STAFF, readers=[], kept_from=[])


def an_opening(world: World) -> EmergencyOpening:
    """By somebody whose organisation has nothing to do with the person."""
    somebody(world)
    with acting_as(world.health_visitor):
        return open_in_emergency(by=world.health_visitor, emergency=EMERGENCY)


def _restrict(world: World) -> Trial:
    said = {"why": Restriction.Why.STAFF, "readers": [], "kept_from": []}
    return Trial(world.link_worker, {"person": somebody(world).person} | said)


def _change(world: World) -> Trial:
    said = {"readers": [world.link_worker.user()], "kept_from": []}
    return Trial(world.link_supervisor, {"restriction": a_restriction(world)} | said)


def _let_read(world: World) -> Trial:
    held, worker = a_restriction(world), User.objects.get(pk=world.second_link_worker.user_id)
    by = world.link_supervisor
    with acting_as(by):
        referral = Referral.objects.get(person=held.person_id, to_team=world.social)
        assign(by=by, referral=referral, worker=worker)
    return Trial(system(world.scheme, world.social.organisation).at(NOW), {"restriction": held})


def _open(world: World) -> Trial:
    somebody(world)
    return Trial(world.other_clinician, {"emergency": EMERGENCY}, makes_its_own=True)


def _look(world: World) -> Trial:
    said = {"verdict": EmergencyOpening.Verdict.RIGHT, "words": ""}
    return Trial(world.link_supervisor, {"opening": an_opening(world)} | said)


def a_marker(world: World) -> AbuseMarker:
    by, person = world.link_worker, somebody(world).person
    with acting_as(by):
        return put_abuse_marker(by=by, person=person, words="Her brother must not hear of us", shared=False)


CONFIDENTIAL: dict[str, Recipe] = {
    "wraparound.people.marking.put_abuse_marker": lambda world: Trial(
        world.link_worker, {"person": somebody(world).person, "words": "Her brother must not hear", "shared": False}
    ),
    "wraparound.people.marking.end_abuse_marker": lambda world: Trial(world.link_worker, {"marker": a_marker(world)}),
    "wraparound.referrals.restricting.restrict": _restrict,
    "wraparound.referrals.restricting.change_readers": _change,
    "wraparound.referrals.restricting.lift_restriction": lambda world: Trial(
        world.link_supervisor, {"restriction": a_restriction(world)}
    ),
    "wraparound.referrals.restricting.let_worker_read": _let_read,
    "wraparound.referrals.emergency.open_in_emergency": _open,
    "wraparound.referrals.emergency.end_opening": lambda world: Trial(
        world.health_visitor, {"opening": an_opening(world)}
    ),
    "wraparound.referrals.emergency.look_at_opening": _look,
}
