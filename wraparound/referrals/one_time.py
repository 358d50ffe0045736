"""Showing somebody without an account, once, what a person signed for: a link, and a code told another way."""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection

from wraparound.audit.models import What, Why
from wraparound.consent.agreed import AgreedHow
from wraparound.consent.models import Consent
from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability, Role
from wraparound.pathways.vocabulary import ConsentFor
from wraparound.people.disclosing import note_disclosure
from wraparound.people.models import Person
from wraparound.referrals.models import Journey, OneTimePage

LASTS = timedelta(days=7)
# The same number stands in the database's own function, which counts them.
MOST_WRONG = 5
LONGEST = 1000


@dataclass(frozen=True)
class MadePage:
    """A page with its two secrets, which are kept nowhere and so shown this once."""

    page: OneTimePage
    token: str
    code: str


@dataclass(frozen=True)
class Closed:
    """What stands on a page before it is opened. `over`: opened before, ended, run out, or no longer agreed to."""

    reader: Actor
    organisation: str
    phone: str
    over: bool


@action
def make_one_time_page(*, by: Actor, journey: Journey, consent: Consent, asked: str) -> MadePage:
    """Let the organisation that `consent` names see once what it covers. A page made before and not opened ends.

    Refused: `no_words` and `too_long` (field `asked`), `no_consent`, `not_signed`.
    """
    by.require(Capability.RECORD_CONSENT)
    words = _words(asked)
    held = Journey.objects.visible_to(by).get(pk=journey.pk)
    person = Person.objects.visible_to(by).select_for_update(of=("self",), no_key=True).get(pk=held.person_id)
    permits = _signed(by, person, consent)
    now = by.now()
    before = OneTimePage.objects.visible_to(by).filter(consent=permits, opened_at=None, ended_at=None)
    before.update(ended_at=now, ended_by_id=by.user())
    token, code = secrets.token_urlsafe(32), f"{secrets.randbelow(10**8):08d}"
    page = OneTimePage.objects.create(
        scheme_id=by.scheme_id,
        organisation_id=by.organisation_id,
        person=person,
        journey=held,
        consent=permits,
        to_named=permits.to_named,
        asked=words,
        token_sha256=_hash(token),
        code_sha256=_hash(f"{token} {code}"),
        made_by_id=by.user(),
        made_at=now,
        expires_at=now + LASTS,
    )
    record("one_time_page_made", by=by, person_id=person.pk, journey_id=held.pk, data={"page": page.pk})
    return MadePage(page, token, code)


def _words(asked: str) -> str:
    words = asked.strip()
    if not words:
        raise Refused("no_words", "Write what you ask them to do.", "asked")
    if len(words) > LONGEST:
        raise Refused("too_long", f"Write {LONGEST:,} characters or fewer; this has {len(words):,}.", "asked")
    return words


def _signed(by: Actor, person: Person, consent: Consent) -> Consent:
    """The consent as it stands, which the person signed for: nobody outside the scheme has an agreement with it."""
    permits = next((each for each in consents_for_one_time(by, person) if each.pk == consent.pk), None)
    if permits is None:
        raise Refused("no_consent", "Ask the person first whether this organisation may be told.")
    if not AgreedHow(permits.agreement.how).needs_no_agreement:
        raise Refused(
            "not_signed",
            "They are outside the scheme and have signed no data-sharing agreement. Ask the person to sign for it, "
            "and write that down first.",
        )
    return permits


@action
def end_one_time_page(*, by: Actor, page: OneTimePage) -> OneTimePage:
    """From now on its link opens nothing. Refused: `too_late` where it was opened or ended."""
    by.require(Capability.RECORD_CONSENT)
    held = OneTimePage.objects.visible_to(by).select_for_update().get(pk=page.pk)
    if held.opened_at is not None:
        raise Refused("too_late", "It has been opened already.")
    if held.ended_at is not None:
        raise Refused("too_late", "It has ended already.")
    held.ended_at, held.ended_by_id = by.now(), by.user()
    held.save(update_fields=["ended_at", "ended_by"])
    record("one_time_page_ended", by=by, person_id=held.person_id, journey_id=held.journey_id, data={"page": held.pk})
    return held


@action
def open_once(*, by: Actor, token: str, code: str) -> Mapping[str, Any] | None:
    """What the page shows: `name`, `to`, `asked`, and the parts that the consent covers. `by` is of `closed_page`.

    None where the code is wrong, which is counted. Refused: `over`.
    """
    by.require(Capability.OPEN_ONCE)
    digits = "".join(each for each in code if each.isdigit())
    with connection.cursor() as cursor:
        row = cursor.execute(
            "SELECT page, person, journey, to_named, shown::text FROM referrals_open_once(%s, %s, %s)",
            [_hash(token), _hash(f"{token} {digits}"), by.now()],
        ).fetchone()
    if row[0] is None:
        raise Refused("over", "It was opened already, or its time is over.")
    page, person, journey, to_named, shown = row
    event = "one_time_page_opened" if shown else "one_time_page_wrong_code"
    record(event, by=by, person_id=person, journey_id=journey, data={"page": page})
    if not shown:
        return None
    note_disclosure(by, [person], What.SHOWN_ONCE, "one-time-page", why=Why.AUTHORITY, to_named=to_named)
    told: Mapping[str, Any] = json.loads(shown)
    return told


def closed_page(token: str) -> Closed | None:
    """What a link leads to, for whoever has it; None when it leads to nothing."""
    with connection.cursor() as cursor:
        row = cursor.execute(
            "SELECT scheme, organisation, name, phone, is_over FROM referrals_closed_page(%s, now())", [_hash(token)]
        ).fetchone()
    if row is None:
        return None
    scheme, organisation, name, phone, over = row
    reader = Actor(scheme_id=scheme, organisation_id=organisation, role=Role.SHOWN_ONCE)
    return Closed(reader, name, phone, over)


def consents_for_one_time(actor: Actor, person: Person) -> Sequence[Consent]:
    """What the person agreed to that somebody outside the scheme may be told, as it stands."""
    rows = Consent.objects.visible_to(actor).standing().select_related("agreement").filter(person=person)
    named = rows.filter(purpose=ConsentFor.ONWARD_REFERRAL).exclude(to_named="").order_by("-given_at", "-pk")
    return [each for each in named if each.until is None or each.until >= actor.today()]


def one_time_pages_of(actor: Actor, journey: Journey) -> Sequence[OneTimePage]:
    """The latest fifty of a journey, the newest first."""
    rows = OneTimePage.objects.visible_to(actor).filter(journey=journey).select_related("made_by")
    return list(rows.order_by("-made_at", "-pk")[:50])


def one_time_page_of(actor: Actor, pk: int) -> OneTimePage:
    """One page with its journey. OneTimePage.DoesNotExist when it is another organisation's."""
    found: OneTimePage = OneTimePage.objects.visible_to(actor).select_related("journey", "person").get(pk=pk)
    return found


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
