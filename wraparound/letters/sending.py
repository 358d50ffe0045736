"""What leaves: only what is whole, approved where it has to be, in whose name it may, and safely."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from wraparound.audit.models import What, Why
from wraparound.events.action import Refused, action
from wraparound.letters.agreeing import require_authority
from wraparound.letters.approving import needs_approval, refuse_gaps
from wraparound.letters.facts import said as in_words
from wraparound.letters.kinds import Audience
from wraparound.letters.models import Letter, LetterVersion, SentLetter
from wraparound.letters.moving import hold, latest, move
from wraparound.letters.safely import refuse_unsafe, refuse_withheld_address
from wraparound.letters.states import Left, LetterStatus
from wraparound.letters.tasks import set_document
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Organisation, Scheme
from wraparound.people.disclosing import note_disclosure
from wraparound.referrals.moves import worked_on

LONGEST_WHOM = 200


@dataclass(frozen=True, kw_only=True)
class Sending:
    """How a letter leaves, to whom and on which day. `safe`: whoever sends it has read how to contact the person."""

    left: Left
    to_whom: str
    on: date
    safe: bool = False


@action
def send_letter(*, by: Actor, letter: Letter, sending: Sending, shown: int) -> SentLetter:
    """Write down that this version leaves. It never changes again; its document is set by a job.

    Refused: `never_leaves`, `gaps`, `not_approved`, `no_authority`, `empty`, `in_the_future`, `changed`, and what
    `letters.safely` refuses; with the field where one is at fault.
    """
    held = hold(letter, "send", by=by)
    version = latest(held, by, shown=shown)
    _may_leave(held, version, by)
    whom = _checked(sending, by)
    if held.what.audience is Audience.PERSON:
        refuse_unsafe(by, held.person, sending.left, looked=sending.safe)
    else:
        refuse_withheld_address(by, held.person, f"{version.to}\n{version.heading}\n{version.text}")
    said = content_of(held, version, sending.on, by)
    sent = SentLetter.objects.create(
        scheme_id=by.scheme_id,
        organisation_id=by.organisation_id,
        letter=held,
        person_id=held.person_id,
        version=version.number,
        said=said,
        sha256=digest_of(said),
        left=sending.left,
        to_whom=whom,
        on=sending.on,
        sent_by_id=by.user(),
        sent_at=by.now(),
    )
    if held.what.audience is Audience.OPPONENT and not (held.own and sending.left is Left.HANDED):
        note_disclosure(by, [held.person_id], What.MESSAGE, "letter-sent", why=Why.AGREED, to_named=whom)
    worked_on(held.case.referral, by=by)
    set_document.later(by=replace(by, moment=None), letter_id=held.pk)
    move(held, "send", by=by, ended_at=by.now())
    return sent


@action
def keep_note(*, by: Actor, letter: Letter, shown: int) -> Letter:
    """Keep a note for the file as it stands. Refused `leaves`, `gaps`, `changed`."""
    held = hold(letter, "keep", by=by)
    if held.what.audience is not Audience.OWN:
        raise Refused("leaves", "Only a note for the file is kept without being sent.")
    refuse_gaps(latest(held, by, shown=shown))
    return move(held, "keep", by=by, ended_at=by.now())


def content_of(held: Letter, version: LetterVersion, on: date, by: Actor) -> dict[str, Any]:
    """All that the document says, as `documents.letter_pdf` takes it."""
    organisation = Organisation.objects.get(pk=by.organisation_id)
    contact = [organisation.address, organisation.postcode, organisation.phone]
    return {
        "from": [] if held.own else [organisation.name, *filter(None, contact)],
        "to": version.to.splitlines(),
        "on": in_words(on),
        "heading": version.heading,
        "text": version.text,
        # A name set under a letter is no signature: whoever signs has room for it.
        "signs": held.person.name if held.own else "",
        "large": held.what.audience is Audience.PERSON,
        "footer": f"{organisation.name}, version {version.number}",
        "invented": Scheme.objects.get(pk=held.scheme_id).invented,
    }


def digest_of(said: Mapping[str, Any]) -> str:
    """The hex SHA-256 of the canonical JSON in UTF-8."""
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _may_leave(held: Letter, version: LetterVersion, by: Actor) -> None:
    if held.what.audience is Audience.OWN:
        raise Refused("never_leaves", "A note for the file stays here.")
    refuse_gaps(version)
    approved = held.status == LetterStatus.APPROVED and held.approved_version == version.number
    if needs_approval(by, held, version) and not approved:
        raise Refused("not_approved", "A supervisor approves this before it leaves. Ask for approval.")
    if held.what.audience is Audience.OPPONENT and not held.own:
        require_authority(by, held.case_id)


def _checked(sending: Sending, by: Actor) -> str:
    whom = " ".join(sending.to_whom.split())
    if not whom or len(whom) > LONGEST_WHOM:
        raise Refused("empty", f"Write to whom, in {LONGEST_WHOM} characters or fewer.", "to_whom")
    if sending.on > by.today():
        raise Refused("in_the_future", "This day has not come yet.", "on")
    return whom
