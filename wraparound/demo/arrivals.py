"""How people come in: each by a door of their scheme, with what that door asks."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random

from wraparound.consent.agreed import ASKING, ASKING_FOR_SOMEBODY, REFERRAL, AgreedHow
from wraparound.consent.asking import Agreed
from wraparound.demo.patients import Patient, patient
from wraparound.demo.place import Door
from wraparound.demo.schemes import SCHEMES
from wraparound.demo.stories import Story
from wraparound.demo.year import Steps, Year
from wraparound.organisations.actor import Actor, system
from wraparound.organisations.models import Scheme
from wraparound.pathways.calendar import LONDON
from wraparound.pathways.vocabulary import ClinicalReason, Entry, Model, Need, UrgentFlag
from wraparound.people.actions import change_contact
from wraparound.people.details import PersonDetails
from wraparound.people.models import Person
from wraparound.referrals.actions import refer
from wraparound.referrals.alerts import acknowledge_alert, record_help
from wraparound.referrals.asking_for_help import ask_for_help, asker
from wraparound.referrals.entries import Broad, EntryDetails
from wraparound.referrals.intake import Intake
from wraparound.referrals.models import Journey, Referral, SameDayAlert, SessionWanted

ADVICE_NEEDS = frozenset({Need.BENEFITS, Need.DEBT, Need.HOUSING, Need.EMPLOYMENT, Need.IMMIGRATION})
PUBLIC = (Entry.SELF, Entry.ON_BEHALF)
WARDS = ("Willow Ward", "Cedar Ward", "Acute Medical Unit")
HEARD = ("A poster at the library", "The GP’s website", "A neighbour", "")
CLINICAL = (ClinicalReason.CANCER, ClinicalReason.DEMENTIA, ClinicalReason.MATERNITY, ClinicalReason.CARER)
HELPED = "Food parcel and emergency payment today."
# People of different schemes have numbers far apart, so that no two share an NHS number.
APART = 1000


@dataclass
class Coming:
    """One person who comes in at a moment. What is None is as chance has it; `journey` is known once they have.

    `tell` is the story of their first referral, where it is not left to chance.
    """

    number: int
    at: datetime
    door: Door | None = None
    needs: frozenset[Need] | None = None
    flags: frozenset[UrgentFlag] | None = None
    signpost: str = ""
    tell: Callable[[Story], Steps] | None = None
    journey: Journey | None = None


def person(year: Year, number: int, practice: str) -> Patient:
    """The scheme's `number`-th person, registered with a practice of the data."""
    code = year.made.organisations[practice].ods_code
    return patient(serial(year, number), year.now.date(), code, year.made.data.place)


def serial(year: Year, number: int) -> int:
    return SCHEMES.index(year.made.data) * APART + number


def come_in(year: Year, coming: Coming) -> Steps:
    """The person comes in, and whoever must answer on the same day does."""
    yield coming.at
    chance = Random(year.chance.random())
    door = coming.door or chance.choices(year.made.data.doors, [each.weight for each in year.made.data.doors])[0]
    them = person(year, coming.number, _practice(year, door, chance))
    intake = _intake(year, coming, door, them, chance)
    referrals = _through(year, door, intake, them, coming)
    if coming.journey is None:
        return
    if coming.tell:
        year.telling[coming.journey.pk] = coming.tell
    year.sent(referrals, coming.at)
    if intake.urgent_flags:
        yield from _answer_alert(year, coming)


def _practice(year: Year, door: Door, chance: Random) -> str:
    """The sender's own practice; else any of the scheme."""
    surgeries = [surgery.name for surgery in year.made.data.ladder.surgeries]
    own = next((worker.organisation for worker in year.made.data.users if worker.key == door.key), "")
    return own if own in surgeries else chance.choice(surgeries)


def _through(year: Year, door: Door, intake: Intake, them: Patient, coming: Coming) -> list[Referral]:
    """The referrals that the pathway made of it; the journey is noted."""
    made: list[Referral] = []
    if door.entry in PUBLIC:
        scheme = Scheme.objects.select_related("front_door").get(pk=year.made.scheme_id)
        year.tried(asker(scheme), coming.at, lambda by: made.extend(_ask(by, intake, coming)))
    else:
        year.tried(year.actors[door.key], coming.at, lambda by: made.extend(_refer(by, intake, them, coming)))
    return made


def _refer(by: Actor, intake: Intake, them: Patient, coming: Coming) -> list[Referral]:
    """Sent, with how they may be reached safely."""
    coming.journey = refer(by=by, intake=intake)
    if them.contact:
        held = Person.objects.visible_to(by).get(pk=coming.journey.person_id)
        change_contact(by=by, person=held, changes=them.contact)
    return _made(by, coming)


def _ask(by: Actor, intake: Intake, coming: Coming) -> list[Referral]:
    reference = ask_for_help(by=by, intake=intake, place=f"192.0.2.{coming.number % 250}").reference
    inside = system(by.scheme_id, by.organisation_id)
    coming.journey = Journey.objects.visible_to(inside).get(reference=reference)
    return _made(inside, coming)


def _made(by: Actor, coming: Coming) -> list[Referral]:
    return list(Referral.objects.visible_to(by).filter(journey=coming.journey).order_by("pk"))


def _answer_alert(year: Year, coming: Coming) -> Steps:
    """Same-day alerts are owned within the hour and end with help; one raised just now is still open."""
    leads = {plan.lead for plan in year.made.data.teams}
    for lead in sorted(leads):
        actor = year.actors[lead]
        waiting = year.do(actor, coming.at, lambda by: _alerts(by, coming))
        for alert in waiting:
            yield from _help(year, coming, actor, alert)


def _help(year: Year, coming: Coming, lead: Actor, alert: SameDayAlert) -> Steps:
    owned, helped = coming.at + timedelta(minutes=25), coming.at + timedelta(minutes=100)
    yield owned
    year.tried(lead, owned, lambda by: acknowledge_alert(by=by, alert=alert))
    yield helped
    year.tried(lead, helped, lambda by: record_help(by=by, alert=alert, help_given=HELPED))


def _alerts(by: Actor, coming: Coming) -> list[SameDayAlert]:
    mine = SameDayAlert.objects.visible_to(by).filter(journey=coming.journey, named_id=by.user_id)
    return list(mine.order_by("pk"))


def _intake(year: Year, coming: Coming, door: Door, them: Patient, chance: Random) -> Intake:
    needs = frozenset(them.needs) if coming.needs is None else coming.needs
    flags = them.urgent_flags if coming.flags is None else coming.flags
    intake = Intake(
        entry=door.entry,
        person=them.details,
        needs=needs,
        urgent_flags=flags,
        advice_ticked=bool(ADVICE_NEEDS & needs),
        agreed=Agreed(how=AgreedHow.IN_PERSON, wording=REFERRAL),
        reason=them.reason,
        hide_from_online_view=bool(them.contact.get("address_withheld")),
        entry_details=_details(year, door, them, coming, chance).to_json(),
        signpost=coming.signpost,
    )
    return _as_asked(year, intake, door, them, chance)


def _as_asked(year: Year, intake: Intake, door: Door, them: Patient, chance: Random) -> Intake:
    """What is different by the way in."""
    if door.entry is Entry.SELF:
        return replace(intake, agreed=Agreed(how=AgreedHow.ONLINE, wording=ASKING))
    if door.entry is Entry.ON_BEHALF:
        return replace(intake, agreed=Agreed(how=AgreedHow.SAID_BY_HELPER, wording=ASKING_FOR_SOMEBODY))
    if door.entry is Entry.RECEPTION:
        session = chance.choice(SessionWanted.values) if door.entry in year.made.data.sessions else ""
        return replace(intake, reason="", session=session)
    if door.entry is Entry.WORKER:
        return replace(intake, told=f"{them.reason} We have talked about it twice, and they would like help with it.")
    clinical = door.entry in (Entry.CLINICIAN, Entry.HOSPITAL_WARD, Entry.HEALTH_VISITOR)
    if year.made.data.model is Model.CO_FUNDED and clinical and chance.random() < 0.5:
        reason = ClinicalReason.MATERNITY if door.entry is Entry.HEALTH_VISITOR else chance.choice(CLINICAL)
        return replace(intake, clinical_reason=reason)
    return intake


def _details(year: Year, door: Door, them: Patient, coming: Coming, chance: Random) -> EntryDetails:
    """What only this entry asks."""
    today = coming.at.astimezone(LONDON).date()
    if door.entry is Entry.HOSPITAL_WARD:
        return EntryDetails(
            ward=chance.choice(WARDS),
            discharge_date=today + timedelta(days=chance.randint(1, 9)),
            ward_contact="The discharge nurse, 020 7946 0532",
        )
    if door.entry is Entry.HEALTH_VISITOR:
        month = (today.replace(day=1) - timedelta(days=chance.choice((40, 100, 200)))).replace(day=1)
        return EntryDetails(baby="born", baby_month=month, money_worries=chance.choice(("yes", "yes", "not_asked")))
    if door.entry is Entry.COUNCIL:
        return EntryDetails(department="Housing options", department_reference=f"HO-{1000 + coming.number}")
    if door.entry is Entry.VOLUNTARY:
        return EntryDetails(contact_person="Whoever is at the desk", contact_phone="020 7946 0341")
    if door.entry is Entry.RECEPTION:
        return EntryDetails(broad=_broad(them.needs))
    if door.entry is Entry.SELF:
        return EntryDetails(heard_of=chance.choice(HEARD), ring_when=chance.choice(("", "After 2pm")))
    if door.entry is Entry.ON_BEHALF:
        return EntryDetails(
            relationship=chance.choice(("Daughter", "Neighbour", "Son")),
            helper_name="Somebody who helps",
            helper_phone=f"07700 900{coming.number % 1000:03}",
            person_knows="yes",
        )
    return EntryDetails()


def _broad(needs: tuple[Need, ...]) -> tuple[str, ...]:
    found = tuple(broad.value for broad in Broad if broad.needs & set(needs))
    return found or (Broad.OTHER.value,)


def new_people(year: Year, numbers: range, practice: str) -> list[PersonDetails]:
    """People of a practice who have not come in: for a call list."""
    return [person(year, number, practice).details for number in numbers]


def surgery_hour(year: Year, at: datetime, chance: Random) -> datetime:
    """An hour of the working day then or next before, and before now."""
    day: date = at.astimezone(LONDON).date()
    while not year.calendar.is_working_day(day):
        day -= timedelta(days=1)
    moment = datetime.combine(day, time(9 + chance.randint(0, 7), chance.randint(0, 59)), LONDON)
    return min(moment, year.now - timedelta(minutes=chance.randint(20, 70)))
