"""What a letter takes from the matter that it is written for."""

from datetime import date

from wraparound.advice.limits import facts_of
from wraparound.advice.matter_types import CATEGORIES
from wraparound.advice.models import Matter, TimeLimit
from wraparound.advice.reading import limits_on
from wraparound.letters.kinds import Audience, Kind
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Organisation, User
from wraparound.people.models import Person
from wraparound.time_limits.definition import Fact

NO_LIMIT = "We know of no last day that still runs."
Facts = dict[str, str]


def known_of(by: Actor, matter: Matter) -> Facts:
    """What is known of each place of a letter; what is not known is left out. `person` of the matter is read.

    The National Insurance number is not held anywhere here, and stays a gap.
    """
    organisation = Organisation.objects.get(pk=by.organisation_id)
    limits = limits_on(by, [matter])
    person = matter.person
    known = {
        "person": person.name,
        "born": said(person.date_of_birth) if person.date_of_birth else "",
        "address": _address(person, organisation),
        "opponent": matter.opponent,
        "their_reference": matter.their_reference,
        "decided_on": _decided_on(limits),
        "matter": matter.title,
        "subject": CATEGORIES[matter.category].says(matter.first_type) or matter.title,
        "limits": _running(limits),
        "adviser": by.name or User.objects.get(pk=by.user()).name,
        "organisation": organisation.name,
        "phone": organisation.phone,
    }
    return {name: value for name, value in known.items() if value}


def addressee(kind: Kind, facts: Facts, person: Person) -> str:
    """To whom it goes, with the address where that is the person's and known."""
    if kind.audience is Audience.OWN:
        return ""
    if kind.audience is Audience.OPPONENT:
        return facts.get("opponent", "")
    return "\n".join(filter(None, (person.name, *_own_address(person))))


def said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _own_address(person: Person) -> tuple[str, ...]:
    """One that is withheld is in no letter: it could be read over somebody's shoulder, or be sent on."""
    return () if person.address_withheld else (person.address, person.postcode)


def _address(person: Person, organisation: Organisation) -> str:
    if person.address_withheld or person.no_fixed_abode:
        return "\n".join(filter(None, (f"Care of {organisation.name}", organisation.address, organisation.postcode)))
    return "\n".join(filter(None, _own_address(person)))


def _decided_on(limits: list[TimeLimit]) -> str:
    """The date on the letter that the latest time limit was worked out from."""
    dates = [facts.dates for facts in map(facts_of, limits) if facts]
    days = [each[Fact.LETTER_DATED] for each in dates if Fact.LETTER_DATED in each]
    return said(max(days)) if days else ""


def _running(limits: list[TimeLimit]) -> str:
    running = [each for each in limits if each.running]
    lines = [
        f"- {each.what}: by {said(each.last_day)}" if each.last_day else f"- {each.what}: we do not know the day yet"
        for each in running
    ]
    return "\n".join(lines) or NO_LIMIT
