"""Every change to a journey and its referrals that is not a service's own work: see `casework.actions` for that."""

from collections.abc import Iterable

from wraparound.consent.recording import record_agreement
from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Team
from wraparound.organisations.roles import Capability
from wraparound.pathways.vocabulary import Status
from wraparound.people.models import Person
from wraparound.people.recording import Recorded, find_or_add
from wraparound.referrals.alerts import raise_alert
from wraparound.referrals.asking import ask_no_more
from wraparound.referrals.elsewhere import FOR_ANOTHER_TEAM, hold_others, try_elsewhere, waited_too_long
from wraparound.referrals.entries import check_entry
from wraparound.referrals.intake import Intake, Sender
from wraparound.referrals.letters import check_letter, columns_of, hurried
from wraparound.referrals.letting_go import let_go
from wraparound.referrals.models import Journey, Referral
from wraparound.referrals.moves import move
from wraparound.referrals.pausing import OVER
from wraparound.referrals.placing import Decision, decide, find_places
from wraparound.referrals.readers import keep_readers, permits_all
from wraparound.referrals.sending import send
from wraparound.referrals.sent_before import already_sent, one_at_a_time
from wraparound.referrals.signposting import follow_code, write_signpost
from wraparound.referrals.states import CLOCK_MOVE_TO, DECLINES, DeclineReason, Outcome
from wraparound.referrals.unmet import record_unmet


@action
def refer(*, by: Actor, intake: Intake) -> Journey:
    """Take one referral in: find or add the person, and send it to every service that the scheme's pathway says.

    A service that has no place, or nobody to give it, is put on a waiting list or recorded as an unmet need; the
    others are sent all the same. A journey may have no referral at all. The same sender and identifier again gives
    the journey already made. Raises Refused: `not_allowed`, `no_person`, `no_pathway`, `unknown_code`,
    `wrong_entry`, `already_sent_changed`, what `check_entry` refuses, and what stands against the agreement.
    """
    by.require(Capability.REFER)
    one_at_a_time(by, intake)
    before = already_sent(by, intake)
    if before:
        record("referral_sent_again", by=by, journey_id=before.pk, person_id=before.person_id)
        return before
    check_entry(intake, by)
    check_letter(intake, by)
    intake, decision = _decided(intake, by)
    recorded = _person(intake, by)
    places = find_places(by, decision, recorded.person.practice_id, hold=True, routine=intake.agreed.routine)
    teams = [place.team for place in places.made]
    sent_to = [team.organisation_id for team in teams]
    needed = decision.pathway.consent.needed
    agreement = record_agreement(recorded.person, intake.agreed, to=sent_to, by=by, needed=needed)
    journey = _begin(intake, recorded.person, decision, teams, by)
    send(journey, places.made, agreement, by=by, intake=intake, differs=dict(recorded.differs))
    if not (permits_all(intake.agreed) and places.shared_by_all(by.organisation_id)):
        keep_readers(journey.pk)
    record_unmet(journey, places.unmet, needs=sorted(intake.needs), by=by)
    for told in decision.plan.signposts:
        team = places.told_of.get(told.service)
        write_signpost(service=told.service, team=team, needs=intake.needs, by=by, journey=journey)
    if intake.signpost.strip():
        _quoted(intake, journey, by)
    if decision.plan.same_day_flags:
        raise_alert(journey, decision.plan, places.teams, by=by)
    return journey


def _decided(intake: Intake, by: Actor) -> tuple[Intake, Decision]:
    """What the pathway says, and the intake with what follows from a letter's last day by the law of its nation."""
    decision = decide(by, intake.facts)
    soon = hurried(intake, decision.pathway.nation, by.today())
    return (intake, decision) if soon == intake else (soon, decide(by, soon.facts))


def _quoted(intake: Intake, journey: Journey, by: Actor) -> None:
    """The code of a slip. Who has the person before them looks at it again; else it is kept, for somebody to ask."""
    code = intake.signpost
    if not follow_code(code, journey, by=by):
        if intake.known:
            raise Refused(
                "unknown_code", "No slip given in this scheme has this code. Check it, or leave it out.", "signpost"
            )
        journey.entry_details = {**journey.entry_details, "code_not_known": code.strip()[:20]}
        journey.save(update_fields=["entry_details"])


def _person(intake: Intake, by: Actor) -> Recorded:
    if intake.person_id is not None:
        person = Person.objects.visible_to(by).filter(pk=intake.person_id).first()
        if person is not None:
            return Recorded(person, new=False)
    elif intake.person is not None:
        return find_or_add(intake.person, by=by, known=intake.known)
    raise Refused("no_person", "Say who the referral is for.", "person")


def _begin(intake: Intake, person: Person, decision: Decision, teams: Iterable[Team], by: Actor) -> Journey:
    sender = intake.sender or Sender(system="", identifier="", body_sha256="")
    return Journey.objects.create(
        scheme_id=by.scheme_id,
        organisation_ids=sorted({by.organisation_id, *(team.organisation_id for team in teams)}),
        person=person,
        pathway_version_id=decision.version_id,
        entry=intake.entry,
        from_organisation_id=by.organisation_id,
        from_user_id=by.user_id,
        hide_from_online_view=intake.hide_from_online_view,
        opened_at=by.now(),
        needs=sorted(intake.needs),
        urgent_flags=sorted(intake.urgent_flags),
        advice_ticked=intake.advice_ticked,
        clinical_reason=intake.clinical_reason or "",
        entry_details=dict(intake.entry_details),
        **columns_of(intake.letter, decision.pathway.nation),
        sender_system=sender.system,
        sender_identifier=sender.identifier,
        sender_sha256=sender.body_sha256,
    )


@action
def claim(*, by: Actor, referral: Referral) -> Referral:
    """Take a referral to answer. Two at once: one gets it, the other is told who has."""
    return move(referral, "claim", by=by, worker_id=by.user_id)


@action
def release(*, by: Actor, referral: Referral) -> Referral:
    """Put a claimed referral back for the team."""
    return move(referral, "release", by=by, worker_id=None)


@action
def decline(*, by: Actor, referral: Referral, reason: DeclineReason) -> Referral:
    """Say no, for a coded reason that says who acts next.

    For want of room, or because they live elsewhere, another team of the scheme gets it where the pathway says so; else
    it is recorded as an unmet need.
    """
    by.require(Capability.WORK_REFERRALS)
    says = DECLINES[reason]
    if reason in FOR_ANOTHER_TEAM:
        hold_others(referral, by=by)
    declined = move(referral, "decline", by=by, decline_reason=reason, data={"reason": reason, "turn": says.turn})
    if reason in FOR_ANOTHER_TEAM:
        try_elsewhere(declined, reason, by=by)
    return declined


@action
def withdraw(*, by: Actor, referral: Referral) -> Referral:
    """Take back a referral that nobody has accepted yet."""
    taken_back = move(referral, "withdraw", by=by)
    ask_no_more(taken_back, by=by)
    return _ended(taken_back, by)


@action
def acknowledge(*, by: Actor, referral: Referral) -> Referral:
    """The referrer has read how it ended, and that closes it."""
    return _ended(move(referral, "acknowledge", by=by), by)


@action
def let_time_pass(*, by: Actor, referral: Referral) -> Referral:
    """Do what the pathway says about silence: tell the supervisor, or move on. Only the system's clock does this."""
    by.require(Capability.LET_TIME_PASS)
    now = Referral.objects.visible_to(by).select_for_update().get(pk=referral.pk)
    if now.escalate_at and now.escalate_at <= by.now():
        return move(now, "escalate", by=by, escalated=True)
    if now.timeout_at and now.timeout_at <= by.now() and now.timeout_to:
        return _ended(_time_out(now, by), by)
    raise Refused("not_yet", "Nothing is due on this referral yet.")


def _time_out(now: Referral, by: Actor) -> Referral:
    """The move that silence leads to: an answer nobody gave, a question nobody answered, a pause that is over."""
    was, verb = Status(now.status), CLOCK_MOVE_TO[Status(now.timeout_to)]
    if was is Status.ASKED:
        ask_no_more(now, by=by)
    if was is Status.PAUSED:
        return move(now, verb, by=by, **OVER)
    moved = move(now, verb, by=by, outcome=Outcome.NOT_RECORDED if was is Status.IN_PROGRESS else now.outcome)
    if was is Status.WAITING:
        waited_too_long(moved, by=by)
    return moved


def _ended(referral: Referral, by: Actor) -> Referral:
    """When a referral that was never accepted has ended, the organisation it was sent to has no more to do with it."""
    asked = referral.to_organisation_id
    if Status(referral.status).final and not referral.accepted_at and asked != by.organisation_id:
        let_go(referral.person_id, asked, by=by, asked_by=by.organisation_id)
    return referral
