"""Asking for evidence: with the mandate, for which points, of whom; and around which passages of the record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wraparound.audit.models import What, Why
from wraparound.casework.models import Case
from wraparound.events.action import Refused, action
from wraparound.evidence.drafting import Pick, as_json, draft, picks_of
from wraparound.evidence.models import EvidenceRequest
from wraparound.evidence.moving import hold, move, note_moved
from wraparound.evidence.points import Benefit, list_for
from wraparound.evidence.resting import mandate_said, signed_mandate, who_can_be_asked
from wraparound.evidence.rules import due_at
from wraparound.evidence.states import EvidenceStatus
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Organisation, Scheme
from wraparound.organisations.roles import Capability
from wraparound.pathways.calendar import calendar_for
from wraparound.pathways.vocabulary import Nation
from wraparound.people.disclosing import note_disclosure
from wraparound.people.models import Involvement
from wraparound.people.recording import involve

LONGEST_WORDS, MOST_PICKS = 2000, 60
PRESSED_TWICE = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked: of an organisation of the scheme, or of somebody `to_named` outside it, on paper.

    `points` are codes of the benefit's list. `deadline_on` is by when the adviser has to send the letter.
    """

    benefit: Benefit
    points: Sequence[str] = ()
    words: str = ""
    to: Organisation | None = None
    to_named: str = ""
    decided_on: date | None = None
    deadline_on: date | None = None
    special_rules: bool = False
    from_record: bool = False


@action
def ask(*, by: Actor, case: Case, asked: Asked) -> EvidenceRequest:
    """Ask at once; or, where the record's extract is there, begin to prepare the letter, which nobody else sees yet.

    Refused: `not_allowed`, `no_mandate`, `not_signed`, `too_late`, `nobody`, `nothing_asked`, `no_such_point`,
    `too_long`, `too_early`, `already_saved`; with the field where one is at fault.
    """
    by.require(Capability.GIVE_ADVICE)
    rows = Case.objects.visible_to(by).select_related("person__practice", "scheme", "organisation")
    held = rows.select_for_update(of=("self",)).get(pk=case.pk)
    if held.closed_at is not None:
        raise Refused("too_late", "This case is closed. Open it again first.")
    consent, signature = signed_mandate(by, held.person)
    _check(asked, held, by)
    request = EvidenceRequest(
        scheme_id=by.scheme_id,
        organisation_ids=[by.organisation_id],
        person=held.person,
        organisation=held.organisation,
        case=held,
        consent=consent,
        mandate_said=mandate_said(consent, signature),
        to_organisation=asked.to,
        to_named="" if asked.to else asked.to_named.strip(),
        benefit=asked.benefit,
        points=sorted(asked.points),
        words=asked.words.strip(),
        decided_on=asked.decided_on,
        deadline_on=asked.deadline_on,
        special_rules=asked.special_rules,
        from_record=asked.from_record,
        asked_by_id=by.user(),
        made_at=by.now(),
    )
    _not_twice(request, by)
    request.draft = draft(request.asked_points, [], request.words)
    if not asked.from_record:
        _sent(request, held.scheme, by)
    request.save()
    note_moved(request, "prepare" if asked.from_record else "send", by=by)
    return request


@action
def pick(*, by: Actor, request: EvidenceRequest, picks: Sequence[Pick]) -> EvidenceRequest:
    """Keep these passages of the record, in place of those kept before, and draft the letter around them."""
    held = hold(request, "pick", by=by)
    signed_mandate(by, held.person)
    if not {each.point for each in picks} <= {*held.points}:
        raise Refused("no_such_point", "Choose passages on the points that are asked.")
    if len(picks) > MOST_PICKS:
        raise Refused("too_many", f"Choose at most {MOST_PICKS} passages: a short letter is read.")
    text = draft(held.asked_points, picks, held.words)
    return move(held, "pick", by=by, picks=as_json(picks), draft=text)


@action
def send(*, by: Actor, request: EvidenceRequest, words: str) -> EvidenceRequest:
    """Ask what was prepared, or ask again what was sent back, with `words` for whoever is asked.

    Refused: as a move, and as `ask`.
    """
    held = hold(request, "send", by=by)
    if len(words) > LONGEST_WORDS:
        raise Refused("too_long", f"Write {LONGEST_WORDS:,} characters or fewer; this has {len(words):,}.", "words")
    if not held.points and not words.strip():
        raise Refused("nothing_asked", "Write what you ask.", "words")
    signed_mandate(by, held.person)
    if words.strip() != held.words:
        held.words = words.strip()
        held.draft = draft(held.asked_points, picks_of(held.picks), held.words)
    _sent(held, Scheme.objects.get(pk=held.scheme_id), by)
    changed = ("words", "draft", "organisation_ids", "asked_at", "due_at")
    return move(held, "send", by=by, **{name: getattr(held, name) for name in changed})


def _sent(request: EvidenceRequest, scheme: Scheme, by: Actor) -> None:
    """From now on it is with whoever is asked, who can open the person's record for it."""
    request.status = EvidenceStatus.ASKED
    request.asked_at = by.now()
    request.due_at = due_at(
        by.now(),
        deadline_on=request.deadline_on,
        special_rules=request.special_rules,
        calendar=calendar_for(Nation(scheme.nation)),
    )
    to = request.to_organisation_id
    if to is None:
        return
    request.organisation_ids = sorted({by.organisation_id, to})
    involve(request.person_id, {to: Involvement.Reason.ASKED}, by=by)
    note_disclosure(
        by, [request.person_id], What.MESSAGE, "evidence-asked", why=Why.AUTHORITY, to_organisation_ids=[to]
    )


def _check(asked: Asked, case: Case, by: Actor) -> None:
    if asked.to is None and not asked.to_named.strip():
        raise Refused("nobody", "Choose who is asked, or write who it is.", "to")
    if asked.to is not None and asked.to not in who_can_be_asked(by, case.person):
        raise Refused("nobody", f"Nobody at {asked.to.name} signs evidence here. Choose somebody else.", "to")
    if unknown := {*asked.points} - {*list_for(asked.benefit).points}:
        raise Refused("no_such_point", f"There is no such point: {', '.join(sorted(unknown))}.", "points")
    if not asked.points and not asked.words.strip():
        raise Refused("nothing_asked", "Choose the points that matter, or write what you ask.", "words")
    if len(asked.words) > LONGEST_WORDS:
        raise Refused(
            "too_long", f"Write {LONGEST_WORDS:,} characters or fewer; this has {len(asked.words):,}.", "words"
        )
    if asked.deadline_on and asked.deadline_on <= by.today():
        raise Refused("too_early", "The deadline must be after today. For today, ring them.", "deadline_on")


def _not_twice(request: EvidenceRequest, by: Actor) -> None:
    same = EvidenceRequest.objects.visible_to(by).filter(
        case=request.case, benefit=request.benefit, points=request.points, words=request.words,
        to_organisation=request.to_organisation, to_named=request.to_named, made_at__gt=by.now() - PRESSED_TWICE,
    )  # fmt: skip
    if same.exists():
        raise Refused("already_saved", "You have asked this already.")
