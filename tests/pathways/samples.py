"""Arbitrary facts, moments and progress, for tests that must hold for all of them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from wraparound.pathways import library
from wraparound.pathways.calendar import Calendar, calendar_for
from wraparound.pathways.definition import Pathway
from wraparound.pathways.engine import Facts, Progress
from wraparound.pathways.vocabulary import ClinicalReason, Entry, Model, Nation, Need, Status, Turn, UrgentFlag

PATHWAYS = tuple(replace(library.load(name), nation=nation) for name in library.names() for nation in Nation)
LIVE = tuple(status for status in Status if not status.final)

# Clock changes, closing time, Christmas, new year, Easter, an extra bank holiday and a leap day, all in UTC.
_EDGES = (
    datetime(2026, 10, 25, 1, tzinfo=UTC),
    datetime(2027, 3, 28, 1, tzinfo=UTC),
    datetime(2026, 11, 23, 17, tzinfo=UTC),
    datetime(2026, 7, 6, 16, tzinfo=UTC),
    datetime(2026, 12, 24, 17, tzinfo=UTC),
    datetime(2027, 12, 31, 23, 59, tzinfo=UTC),
    datetime(2027, 3, 25, 17, tzinfo=UTC),
    datetime(2023, 5, 5, 17, tzinfo=UTC),
    datetime(2028, 2, 29, 0, tzinfo=UTC),
)

_FIRST, _LAST = datetime(2015, 1, 1, tzinfo=UTC), datetime(2060, 1, 1, tzinfo=UTC)

pathways = st.sampled_from(PATHWAYS)
models = st.sampled_from(Model)
flag_sets = st.frozensets(st.sampled_from(UrgentFlag))
moments = st.one_of(
    st.datetimes(_FIRST.replace(tzinfo=None), _LAST.replace(tzinfo=None), timezones=st.just(UTC)),
    st.builds(
        lambda edge, minutes: edge + timedelta(minutes=minutes), st.sampled_from(_EDGES), st.integers(-6000, 6000)
    ),
)


@st.composite
def facts_for(draw: st.DrawFn, pathway: Pathway) -> Facts:
    """Facts at any entry that the pathway takes."""
    return Facts(
        entry=draw(st.sampled_from([entry for entry in Entry if pathway.route(entry)])),
        needs=draw(st.frozensets(st.sampled_from(Need))),
        urgent_flags=draw(flag_sets),
        advice_ticked=draw(st.booleans()),
        clinical_reason=draw(st.none() | st.sampled_from(ClinicalReason)),
    )


@st.composite
def progress_of(draw: st.DrawFn, pathway: Pathway) -> Progress:
    """Any state that can be, long ago sent or just now, overdue or not."""
    sent = draw(moments)
    since = sent + timedelta(minutes=draw(st.integers(0, 100_000)))
    acted = draw(st.none() | st.integers(0, 50_000))
    service, *others = draw(st.permutations([terms.service for terms in pathway.services]))
    return Progress(
        service=service,
        status=draw(st.sampled_from(LIVE)),
        sent_at=sent,
        since=since,
        urgent_flags=draw(flag_sets),
        attempts=draw(st.integers(0, 5)),
        escalated=draw(st.booleans()),
        last_activity_at=None if acted is None else since + timedelta(minutes=acted),
        decline_turn=draw(st.none() | st.sampled_from(Turn)),
        joined=tuple(others) if draw(st.booleans()) else (),
        paused_until=None
        if (pause := draw(st.none() | st.integers(1, 90_000))) is None
        else since + timedelta(minutes=pause),
        reached=draw(st.booleans()),
        supervisor_decides=draw(st.booleans()),
    )


def calendar_of(pathway: Pathway) -> Calendar:
    """The calendar of the pathway's own nation."""
    return calendar_for(pathway.nation)
