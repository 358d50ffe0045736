"""Loading the demo: the same invented year each time, made through the product's own actions at their own times."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone
from procrastinate.contrib.django import app

from wraparound.consent.agreed import AgreedHow
from wraparound.demo.patients import Patient, patient
from wraparound.demo.scheme import make_scheme
from wraparound.demo.stories import Story, let_clock_run, read_answer, tell
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.models import Organisation, Scheme
from wraparound.organisations.pathways import calendar_of, pathway_of
from wraparound.pathways.calendar import LONDON, Calendar
from wraparound.pathways.vocabulary import Entry, Need, Service
from wraparound.people.actions import change_contact
from wraparound.people.models import Person
from wraparound.referrals.actions import refer
from wraparound.referrals.alerts import acknowledge_alert, record_help
from wraparound.referrals.intake import Intake
from wraparound.referrals.models import Journey, Referral, SameDayAlert

PEOPLE = 120
DAYS = 365
ADVICE_NEEDS = frozenset({Need.BENEFITS, Need.DEBT, Need.HOUSING, Need.EMPLOYMENT, Need.IMMIGRATION})
WORKERS = {
    Service.SOCIAL_PRESCRIBING: ("leila.haddad", "tom.price"),
    Service.WELFARE_ADVICE: ("ana.sousa", "dev.malhotra", "robin.blake"),
}


def load_demo(write: Callable[[str], None], *, people: int = PEOPLE, today: date | None = None) -> None:
    """Make the scheme, its workers and `people` invented people with a year behind them. Only on an empty database."""
    now = timezone.now() if today is None else datetime.combine(today, time(9, 30), LONDON)
    began = now - timedelta(days=DAYS + 30)
    with acting_as(None):
        actors = make_scheme(began)
    calendar = _calendar(actors["amara.okafor"].scheme_id)
    chance = Random("wraparound demo year")
    # A service's list is mostly recent: a quarter of the year's people came in its last days.
    days = sorted(
        chance.uniform(0, 7) if chance.random() < 0.25 else chance.triangular(7, DAYS, 60) for _ in range(people)
    )
    for number, days_ago in enumerate(reversed(days)):
        _one(number, now - timedelta(days=days_ago), now, actors, calendar)
        if number % 20 == 19:
            write(f"Invented {number + 1} of {people} people and their year.")
    write("Writing the messages back to their referrers.")
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    with app.replace_connector(connector) as worker:
        worker.run_worker(
            queues=["messages", "default"], wait=False, listen_notify=False, install_signal_handlers=False
        )


def _calendar(scheme_id: int) -> Calendar:
    version = Scheme.objects.get(pk=scheme_id).pathway_version_id
    assert version is not None
    return calendar_of(pathway_of(version))


def _one(number: int, at: datetime, now: datetime, actors: dict[str, Actor], calendar: Calendar) -> None:
    """One person: referred at a surgery hour of a working day, then each service's story."""
    chance = Random(f"wraparound demo story {number}")
    sender = actors[chance.choice(("amara.okafor", "amara.okafor", "ivan.petrov"))]
    code = Organisation.objects.values_list("ods_code", flat=True).get(pk=sender.organisation_id)
    them = patient(number, now.date(), code)
    sent = min(_surgery_hour(at, calendar, chance), now - timedelta(minutes=20 + number % 50))
    journey = _refer(them, sender.at(sent), advice=bool(ADVICE_NEEDS & set(them.needs)))
    with acting_as(sender):
        referrals = list(Referral.objects.visible_to(sender).filter(journey=journey).order_by("pk"))
    _answer_alert(journey, sent, now, actors["joy.mensah"])
    while referrals:
        referral = referrals.pop(0)
        worker = actors[chance.choice(WORKERS[Service(referral.service)])]
        story = Story(referral, worker, calendar, chance, referral.sent_at, now)
        tell(story, sender)
        if referral.from_organisation_id == sender.organisation_id:
            read_answer(referral, sender, chance, now)
        let_clock_run(referral, now)
        referrals.extend(story.others)


def _surgery_hour(at: datetime, calendar: Calendar, chance: Random) -> datetime:
    day = at.astimezone(LONDON).date()
    while not calendar.is_working_day(day):
        day -= timedelta(days=1)
    return datetime.combine(day, time(9 + chance.randint(0, 8), chance.randint(0, 59)), LONDON)


def _refer(them: Patient, by: Actor, *, advice: bool) -> Journey:
    with acting_as(by):
        journey = refer(
            by=by,
            intake=Intake(
                entry=Entry.CLINICIAN,
                person=them.details,
                needs=frozenset(them.needs),
                urgent_flags=them.urgent_flags,
                advice_ticked=advice,
                agreed_how=AgreedHow.IN_PERSON,
                reason=them.reason,
                hide_from_online_view=bool(them.contact.get("address_withheld")),
            ),
        )
        if them.contact:
            change_contact(by=by, person=Person.objects.visible_to(by).get(pk=journey.person_id), changes=them.contact)
    return journey


def _answer_alert(journey: Journey, sent: datetime, now: datetime, lead: Actor) -> None:
    """Same-day alerts are owned within the hour and end with help; one raised today may still be open."""
    with acting_as(lead):
        for alert in SameDayAlert.objects.visible_to(lead).filter(journey=journey):
            owned, helped = sent + timedelta(minutes=25), sent + timedelta(minutes=100)
            if owned < now:
                acknowledge_alert(by=lead.at(owned), alert=alert)
            if helped < now:
                record_help(by=lead.at(helped), alert=alert, help_given="Food parcel and emergency payment today.")
