"""Loading the demo: the same four invented years each time, made through the product's own actions at their own times.

The same day and the same open data give the same database, but for the random names of journeys.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from wraparound.demo import advising, managing, papers, proving
from wraparound.demo.arrivals import Coming, come_in, surgery_hour
from wraparound.demo.calls import call_list
from wraparound.demo.courses import course, read_answer
from wraparound.demo.place import SchemeData
from wraparound.demo.plots import PLOTS, coming
from wraparound.demo.practices import standing_for
from wraparound.demo.scheme import make_scheme, the_scheme
from wraparound.demo.schemes import SCHEMES
from wraparound.demo.stories import Story
from wraparound.demo.year import FOLLOWING, Steps, Year
from wraparound.messaging.tasks import make_digest, sweep_digests
from wraparound.organisations.importing.practices import Practice
from wraparound.organisations.jobs import keeping
from wraparound.pathways.calendar import LONDON
from wraparound.referrals.models import Referral
from wraparound.reporting.counting import recount

DAYS = 365
# Of the numbers of a scheme's people: those of the year, on a call list, at the desk, and after the room ran out.
CALLED, SIGNPOSTED, LATE = 700, 800, 900
ON_THE_LIST, AFTER_ROOM = 26, 4

Say = Callable[[str], None]


def load_demo(
    write: Say,
    *,
    people: int | None = None,
    today: date | None = None,
    schemes: Sequence[SchemeData] = SCHEMES,
    known: tuple[Practice, ...] = (),
) -> list[str]:
    """Everything, one scheme after the other. Only on an empty database.

    `people` come to each scheme, where that is said; `known` are the practices of the open data. What comes back are
    the sentences with which the product refused a step of somebody's story, as it does when two do the same at once.
    """
    now = moment_of(today)
    begin(now, schemes=schemes, known=known)
    refused = [each for data in schemes for each in tell_year(data, now, write, people=people, known=known)]
    finish(now)
    return refused


def moment_of(today: date | None) -> datetime:
    return timezone.now() if today is None else datetime.combine(today, time(9, 30), LONDON)


def begin(now: datetime, *, schemes: Sequence[SchemeData], known: tuple[Practice, ...]) -> None:
    """Make the schemes and their workers. Nobody is there yet, so that nothing follows from it."""
    for data in schemes:
        with keeping(FOLLOWING):
            make_scheme(data, standing_for(data.ladder, known), now - timedelta(days=DAYS + 30))


def tell_year(
    data: SchemeData, now: datetime, write: Say, *, people: int | None = None, known: tuple[Practice, ...] = ()
) -> list[str]:
    """One scheme's year, from its first person to this moment; what was refused in it."""
    number = data.people if people is None else people
    year = Year(the_scheme(data, standing_for(data.ladder, known)), now)
    year.on_arrival = lambda referral, at: _story(year, referral, at)
    year.on_answer = lambda referral, at: read_answer(year, referral, at)
    _people(year, number)
    _managing(year)
    year.run()
    managing.tasks_done(year)
    advising.advice(year)
    proving.evidence(year)
    papers.papers(year)
    managing.messages_read(year)
    write(f"{data.name} ({data.model_name.lower()}): {number} people and their year.")
    return year.refused


def finish(now: datetime) -> None:
    """What is counted and put together from all that has happened."""
    with keeping([make_digest]) as kept:
        sweep_digests(now)
        for job in kept:
            job()
    recount()


def _story(year: Year, referral: Referral, at: datetime) -> Steps:
    told = Story(year, referral, at, Random(year.chance.random()))
    tell: Callable[[Story], Steps] = year.telling.pop(referral.journey_id, course)
    return tell(told)


def _people(year: Year, number: int) -> None:
    """Those whose story is given, as many as there are people at all; and those of whom chance decides."""
    given = list(PLOTS.values())[-number:] if number < len(PLOTS) else list(PLOTS.values())
    for serial, plot in enumerate(given):
        year.begin(come_in(year, coming(year, plot, serial)))
    chance = Random(f"wraparound demo days {year.made.data.slug}")
    # A service's list is mostly recent: more came in the last days than in any others.
    days = sorted(
        chance.uniform(0, 8) if chance.random() < 0.12 else chance.triangular(8, DAYS, 70)
        for _ in range(number - len(given))
    )
    for serial, days_ago in enumerate(reversed(days), len(given)):
        at = surgery_hour(year, year.now - timedelta(days=days_ago), chance)
        year.begin(come_in(year, Coming(serial, at)))


def _managing(year: Year) -> None:
    data = year.made.data
    for away in data.away:
        year.begin(managing.leave(year, away))
    year.begin(managing.digests(year))
    year.begin(managing.invitation(year))
    if data.draft:
        year.begin(managing.pathway_draft(year))
    if data.room_runs_out:
        year.begin(managing.room_runs_out(year, range(LATE, LATE + AFTER_ROOM)))
    if data.signposts:
        year.begin(managing.signposts(year, range(SIGNPOSTED, SIGNPOSTED + data.signposts)))
    if data.call_list:
        year.begin(call_list(year, range(CALLED, CALLED + ON_THE_LIST)))
