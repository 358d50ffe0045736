"""Two schemes, each with two practices and a person of each, worked on by both services: rows in every table."""

from dataclasses import dataclass
from datetime import date, timedelta

from tests.factories import NOW, World, details, make_world, referral_to, referred
from tests.house.advice import a_limit
from tests.house.consenting import a_mandate
from tests.house.evidence import a_letter, a_request
from tests.house.files import ready
from tests.house.letters import letters_of
from tests.house.money import money_of
from tests.house.one_time import a_page
from tests.house.planning import planned
from tests.house.supervising import finished
from tests.journeys.given import an_unmet_need
from tests.journeys.referring_in import a_call, a_slip
from tests.privacy import asked
from wraparound.casework.actions import accept, record_contact, write_note
from wraparound.casework.models import Case, ContactBy, ContactResult
from wraparound.casework.to_do import add_task
from wraparound.consent.rules import Standing
from wraparound.consent.signing import Name, prepare_document, sign_on_paper
from wraparound.messaging.digests import choose_digest, put_together
from wraparound.messaging.models import Occasion
from wraparound.messaging.tasks import write_message_back
from wraparound.organisations.actor import Actor, acting_as, system
from wraparound.organisations.models import Digest, Membership, User
from wraparound.pathways.vocabulary import UrgentFlag
from wraparound.people.actions import change_contact, describe_self
from wraparound.people.marking import put_abuse_marker
from wraparound.people.models import EmergencyOpening, Restriction
from wraparound.people.reading import note_access
from wraparound.privacy.erasing import answer_erasure
from wraparound.privacy.investigating import Asked, looks, write_looked_into
from wraparound.privacy.joining import differences, join_records
from wraparound.privacy.keeping import place_hold, previewed
from wraparound.privacy.subject_access import end_request
from wraparound.referrals.emergency import Emergency, end_opening, open_in_emergency
from wraparound.referrals.launching import start_launch
from wraparound.referrals.models import Journey, Question
from wraparound.referrals.restricting import restrict
from wraparound.referrals.transferring import offer
from wraparound.safeguarding.actions import acknowledge, decide_gp, raise_concern
from wraparound.safeguarding.states import ConcernKind, TellGp
from wraparound.supervision.states import Verdict


@dataclass
class Story:
    """One scheme: `journey` began at the practice and both services work on it; `other` is the other practice's."""

    world: World
    journey: Journey
    other: Journey


def tell_story() -> Story:
    world = make_world()
    flags = frozenset({UrgentFlag.HOMELESS_TONIGHT})
    journey = referred(world, urgent_flags=flags, person=details(nhs_number="9990000018", address="1 High Street"))
    theirs = details(nhs_number="9990000026", family_name="Ahmed", given_names="Zaynab", date_of_birth=None)
    other = referred(world, by=world.other_clinician, advice_ticked=False, person=theirs)
    for worker in (world.link_worker, world.adviser):
        _work_on(journey, worker)
    _around(world, journey)
    _concern_about(world, journey)
    _told_of(world, journey)
    _day_of(world, journey)
    an_unmet_need(world)
    _asked_for(world, journey)
    _kept_from_some(world)
    _afraid_at_home(world, journey)
    _signed_for(world, journey)
    a_page(world)
    a_limit(world)
    ready(world)
    letters_of(world)
    money_of(world)
    finished(world, facts=Verdict.NO)
    _evidence_of(world, journey)
    return Story(world, journey, other)


def _work_on(journey: Journey, worker: Actor) -> None:
    referral = referral_to(journey, worker)
    later = worker.at(NOW + timedelta(hours=2))
    with acting_as(worker):
        case = accept(by=worker, referral=referral)
        record_contact(by=later, case=case, channel=ContactBy.PHONE, result=ContactResult.NO_ANSWER)
        write_note(by=later, case=case, text=f"Known to {worker.name} alone")
    write_message_back.now(by=later, referral_id=referral.pk, occasion=Occasion.ACCEPTED)


def _concern_about(world: World, journey: Journey) -> None:
    """Raised by the link workers, told to the person's practice, and read there."""
    worker, by = world.link_worker, world.clinician
    with acting_as(by):
        person = journey.person
        person.practice = world.practice
        person.save(update_fields=["practice"])
    with acting_as(worker):
        concern = raise_concern(by=worker, person=journey.person, kind=ConcernKind.ABUSE, journey=journey)
        decide_gp(by=worker, concern=concern, tell_gp=TellGp.AGREED)
    with acting_as(by):
        acknowledge(by=by, concern=concern)


def _told_of(world: World, journey: Journey) -> None:
    """A code of the first contact, and the practice's digest."""
    worker, by, clock = world.link_worker, world.clinician, system(world.scheme, world.practice)
    referral = referral_to(journey, worker)
    write_message_back.now(by=worker, referral_id=referral.pk, occasion=Occasion.IN_CONTACT)
    with acting_as(by):
        reader = choose_digest(by=by, digest=Digest.DAILY)
    with acting_as(clock):
        put_together(Membership.objects.select_related("user").get(pk=reader.pk), NOW + timedelta(hours=3), clock)


def _day_of(world: World, journey: Journey) -> None:
    """What the link workers once asked the practice, a task, and work that is offered to a colleague."""
    worker = world.link_worker.at(NOW + timedelta(hours=4))
    referral = referral_to(journey, worker)
    with acting_as(worker):
        case = Case.objects.get(referral=referral)
        planned(case, worker)
        add_task(by=worker, title="Ring the lunch club", due_on=NOW.date(), case=case, worker_id=worker.user_id)
        to = User.objects.get(pk=world.second_link_worker.user_id)
        offer(by=worker, referral=referral, to=to, why="I leave on Friday")
        Question.objects.create(
            scheme_id=worker.scheme_id,
            organisation_ids=sorted({referral.from_organisation_id, referral.to_organisation_id}),
            referral=referral,
            question="Does she speak English?",
            asked_by_id=worker.user_id,
            asked_at=NOW,
            lapsed_at=worker.now(),
        )


def _asked_for(world: World, journey: Journey) -> None:
    """What is held about them was asked for once, and handed over."""
    by, request = world.practice_lead, asked.everybody_released(world, journey.person)
    with acting_as(by):
        end_request(by=by, request=request, ending="Handed over at the desk")
        place_hold(by=by, person=journey.person, reason="A claim was announced")
        previewed(by, {"signpost": 1}, journey.person_id)
        look = looks(by, Asked(user_id=world.clinician.user_id)).rows[0]
        write_looked_into(by=by, look=look, note="He covered for a colleague")
        twice = referred(world, person=details(family_name="Duarte Silva", date_of_birth=None, postcode="")).person
        rosa = journey.person
        kept = {each.field: "kept" for each in differences(rosa, twice)}
        join_records(by=by, kept=rosa, gone=twice, chosen=kept, why="She told us")
        answer_erasure(by=by, person=journey.person, asked_on=NOW.date())


def _kept_from_some(world: World) -> None:
    """The practice restricts a record, and somebody of the other one opened it in an emergency that is over."""
    by, other = world.clinician, world.other_clinician
    theirs = details(nhs_number="9990000034", family_name="Novak", given_names="Jonas", date_of_birth=date(1961, 5, 1))
    person = referred(world, person=theirs, advice_ticked=False).person
    with acting_as(by):
        restrict(by=by, person=person, why=Restriction.Why.STAFF, readers=[], kept_from=[])
    why, reason = EmergencyOpening.Why.LIFE, "Found confused"
    emergency = Emergency(nhs_number="9990000034", born=date(1961, 5, 1), why=why, reason=reason)
    with acting_as(other):
        end_opening(by=other, opening=open_in_emergency(by=other, emergency=emergency))


def _signed_for(world: World, journey: Journey) -> None:
    """The practice wrote down that the advisers may read the health record, with the paper; and had it printed."""
    by = world.clinician
    consent = a_mandate(world, journey, by)
    with acting_as(by):
        sign_on_paper(by=by, consent=consent, name=Name(name="Rosa Duarte"), on=NOW.date(), kept_at="Room 4")
        prepare_document(by=by, consent=consent, standing=Standing.HOLDS)


def _evidence_of(world: World, journey: Journey) -> None:
    """The advisers asked the practice, which signed."""
    with acting_as(world.adviser):
        case = Case.objects.visible_to(world.adviser).get(journey=journey)
    a_letter(world, a_request(world, case))


def _afraid_at_home(world: World, journey: Journey) -> None:
    """The link workers know what to be careful of, and where she lives is withheld."""
    by = world.link_worker
    with acting_as(by):
        put_abuse_marker(by=by, person=journey.person, words="Her brother must not hear", shared=True)
        change_contact(by=by, person=journey.person, changes={"address_withheld": True})


def _around(world: World, journey: Journey) -> None:
    worker, by = world.link_worker, world.clinician
    with acting_as(worker):
        describe_self(by=worker, person=journey.person, ethnicity="Portuguese", gender="", disability="")
    with acting_as(by):
        note_access(by, journey.person, "journey")
        start_launch(by=by, details=details())
    a_call(world)
    a_slip(world)
