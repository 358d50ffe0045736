"""Sessions: when they end, where they are, and ending them.

What a session knows of itself stands in it (`signing_in`), so that a request asks nothing more of the database; a row
beside it lets a user see where they are signed in.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet

from wraparound.organisations.models import User
from wraparound.signing_in.models import Happened, OpenSession
from wraparound.signing_in.recording import Door, note

KEY = "signing_in"
# Writing with every press would cost more than it is worth.
NOTED_EVERY = timedelta(minutes=1)
LONGEST = timedelta(hours=12)
SURE_FOR = timedelta(minutes=10)


class Ended(StrEnum):
    """Why a session is over."""

    IDLE = "idle"
    LONG = "long"


@dataclass(frozen=True)
class Standing:
    """What a session knows of itself. Moments are whole seconds since 1970; `second` says which second factor."""

    started: int
    seen: int
    sure: int
    how: str
    second: str = ""
    had_a_role: bool = False

    def over(self, now: datetime) -> Ended | None:
        """Why it has ended, if it has."""
        at = int(now.timestamp())
        if at - self.started >= LONGEST.total_seconds():
            return Ended.LONG
        return Ended.IDLE if at - self.seen >= idle_after().total_seconds() else None

    def left(self, now: datetime) -> int:
        """Seconds until it ends, when nobody does anything."""
        at = int(now.timestamp())
        ends = min(self.started + LONGEST.total_seconds(), self.seen + idle_after().total_seconds())
        return max(0, int(ends - at))

    def may_be_longer(self, now: datetime) -> bool:
        """Whether doing something now makes it last longer: not in its last hours, which the whole length ends."""
        return self.started + LONGEST.total_seconds() - int(now.timestamp()) > self.left(now)

    def is_sure(self, now: datetime) -> bool:
        """Whether it was shown a short time ago who sits there."""
        return int(now.timestamp()) - self.sure < SURE_FOR.total_seconds()


def idle_after() -> timedelta:
    return timedelta(minutes=settings.IDLE_MINUTES)


def standing(session: SessionBase) -> Standing | None:
    """None for a session that nobody has begun here, or that an older version of the product began."""
    try:
        return Standing(**session[KEY])
    except (KeyError, TypeError):
        return None


def keep(session: SessionBase, what: Standing) -> None:
    session[KEY] = asdict(what)


def begin(session: SessionBase, user: User, door: Door, *, how: str, second: str = "") -> Standing:
    """Write down that this browser is signed in. The framework has given the session its new key before."""
    at = int(door.now.timestamp())
    begun = Standing(started=at, seen=at, sure=at, how=how, second=second)
    keep(session, begun)
    if session.session_key is None:
        session.save()
    OpenSession.objects.update_or_create(
        session_key=session.session_key,
        defaults={"user": user, "browser": door.browser, "started_at": door.now, "seen_at": door.now},
    )
    note(Happened.SIGNED_IN, door, user, f"{how}, {second}" if second else how)
    return begun


def with_second_factor(session: SessionBase, second: str, now: datetime) -> None:
    """The same session, from here on with a second factor, under a key that nobody can have known before."""
    found = standing(session)
    if found is None:
        return
    keep(session, replace(found, second=second, sure=int(now.timestamp())))
    with_new_key(session)


def sure_now(session: SessionBase, now: datetime) -> None:
    """It was shown just now who sits there."""
    found = standing(session)
    if found is not None:
        keep(session, replace(found, sure=int(now.timestamp())))


def with_new_key(session: SessionBase) -> None:
    before = session.session_key
    session.cycle_key()
    followed(before, session)


def followed(before: str | None, session: SessionBase) -> None:
    """The framework gave the session another key: its row goes along."""
    OpenSession.objects.filter(session_key=before).update(session_key=session.session_key)


def touched(session: SessionBase, found: Standing, now: datetime) -> None:
    """Somebody did something: it lasts longer. Noted once a minute."""
    if int(now.timestamp()) - found.seen >= NOTED_EVERY.total_seconds():
        longer(session, found, now)


def longer(session: SessionBase, found: Standing, now: datetime) -> Standing:
    """The same session, as if something had been done in it just now."""
    seen = replace(found, seen=int(now.timestamp()))
    keep(session, seen)
    OpenSession.objects.filter(session_key=session.session_key).update(seen_at=now)
    return seen


def sessions_of(user: User, now: datetime) -> QuerySet[OpenSession]:
    """Where the user is signed in now, the last used first."""
    alive = OpenSession.objects.filter(user=user, seen_at__gt=now - idle_after() - NOTED_EVERY)
    return alive.filter(started_at__gt=now - LONGEST).order_by("-seen_at", "-pk")


def end_this(session: SessionBase, user: User | None, door: Door, why: Happened) -> None:
    """End the session of this browser; what was in it is gone."""
    OpenSession.objects.filter(session_key=session.session_key).delete()
    session.flush()
    note(why, door, user)


@transaction.atomic
def end_others(user: User, keeping: str | None, door: Door, only: Iterable[int] | None = None) -> int:
    """End the user's sessions save that with the key `keeping`: all, or those numbered in `only`. How many."""
    rows = OpenSession.objects.filter(user=user).exclude(session_key=keeping)
    if only is not None:
        rows = rows.filter(pk__in=list(only))
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    rows.delete()
    if keys:
        note(Happened.SIGNED_OUT_ELSEWHERE, door, user)
    return len(keys)


def tidy(now: datetime) -> int:
    """Remove what is over: the rows of sessions, and the framework's own. How many of the first."""
    Session.objects.filter(expire_date__lt=now).delete()
    over = OpenSession.objects.filter(seen_at__lt=now - idle_after() - NOTED_EVERY)
    keys = list(over.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    removed, _ = OpenSession.objects.filter(session_key__in=keys).delete()
    return removed


def browser_in_words(agent: str) -> str:
    """“Firefox on Windows”, from what a browser says of itself: good enough to know one's own."""
    browsers = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
    systems = (
        ("Windows", "Windows"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Mac OS", "Mac"),
        ("CrOS", "Chromebook"), ("Linux", "Linux"),
    )  # fmt: skip
    browser = next((name for sign, name in browsers if sign in agent), "A browser")
    system = next((name for sign, name in systems if sign in agent), "")
    return f"{browser} on {system}" if system else browser
