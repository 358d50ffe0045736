"""Erasure on request: what may go goes, once a second person agrees; what the law keeps is said with its source."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from wraparound.casework.models import Case
from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability
from wraparound.people.models import Involvement, Person
from wraparound.privacy.keeping import erasable, months_of, previewed
from wraparound.privacy.models import ErasureRequest, LegalHold, SubjectAccessRequest
from wraparound.privacy.rules import RULES, Whose, before
from wraparound.privacy.same_person import all_records_of
from wraparound.referrals.models import Referral
from wraparound.safeguarding.models import Concern


@dataclass(frozen=True)
class Ground:
    """Why something stays: in words the person may read, with where the law says it. `count` 0: everything."""

    kind: str
    sentence: str
    source: str
    count: int = 0


@dataclass(frozen=True)
class Answer:
    """What an organisation may answer. `stops` keep everything, `kept` some of it; `counts` may go, by kind."""

    stops: list[Ground]
    kept: list[Ground]
    counts: dict[str, int]


def answer_for(by: Actor, person: Person) -> Answer:
    """What the actor's organisation may erase of a person, and what it may not."""
    stops = _stops(by, person)
    whose = Whose(by.scheme_id, by.organisation_id, tuple(all_records_of(person.pk)))
    kept, counts = [], {}
    for kind, rule in RULES.items():
        over = before(by.today(), months_of(rule, by.scheme_id, by.organisation_id))
        if standing := rule.standing(whose, by.now(), over).count():
            kept.append(Ground(kind, rule.keeps, rule.keeps_source, standing))
        if goes := erasable(rule, whose, by.now(), by.today()).count():
            counts[kind] = goes
    if not stops and not kept and _alone(by, person):
        # Its turn comes last, when everything else of them is gone.
        counts["person"] = 1
    return Answer(stops, kept, {} if stops else counts)


def _stops(by: Actor, person: Person) -> list[Ground]:
    """What keeps everything for as long as it lasts."""
    own = {"scheme_id": by.scheme_id, "person": person}
    here = {**own, "organisation_id": by.organisation_id}
    ours = Q(to_organisation_id=by.organisation_id) | Q(from_organisation_id=by.organisation_id)
    open_work = Referral.objects.filter(ours, **own, is_open=True).exists()
    found = []
    if LegalHold.objects.filter(**here, ended_at=None).exists():
        found.append(Ground("hold", "A legal hold stands: there is or may be a claim.", "UK GDPR, article 17(3)(e)"))
    if open_work or Case.objects.filter(**here, closed_at=None).exists():
        found.append(
            Ground(
                "open", "Work with them is open, and needs what is held.", "UK GDPR, article 17(1)(a): still necessary"
            )
        )
    if Concern.objects.filter(**here).exclude(status="ended").exists():
        found.append(
            Ground(
                "concern",
                "It is needed to keep somebody safe.",
                "UK GDPR, article 17(3)(b); Data Protection Act 2018, schedule 1, paragraph 18",
            )
        )
    if SubjectAccessRequest.objects.filter(**own, ended_at=None).exists():
        found.append(
            Ground("subject_access", "They asked what is held, and that is not answered yet.", "UK GDPR, article 15")
        )
    return found


def _alone(by: Actor, person: Person) -> bool:
    """Nobody but this organisation has to do with them, as far as it can see."""
    others = Involvement.objects.filter(person=person).exclude(organisation_id=by.organisation_id)
    return person.organisation_ids == [by.organisation_id] and not others.exists()


@action
def answer_erasure(*, by: Actor, person: Person, asked_on: date) -> ErasureRequest:
    """Answer a request to erase: what may go is put before a second person, what stays is said with its grounds.

    Refused `asked_later` or `nothing_held`.
    """
    by.require(Capability.KEEP_RECORDS)
    held = Person.objects.visible_to(by).select_for_update().get(pk=person.pk)
    if asked_on > by.today():
        raise Refused("asked_later", "The day they asked must be today or before.", "asked_on")
    answer = answer_for(by, held)
    if not (answer.stops or answer.kept or answer.counts):
        raise Refused("nothing_held", "Your organisation holds nothing of its own about them.")
    run = previewed(by, answer.counts, held.pk) if answer.counts else None
    made = ErasureRequest.objects.create(
        scheme_id=by.scheme_id,
        organisation_id=by.organisation_id,
        person=held,
        name=held.name,
        asked_on=asked_on,
        answered_at=by.now(),
        answered_by_id=by.user(),
        grounds=[[each.kind, each.sentence, each.source, each.count] for each in (*answer.stops, *answer.kept)],
        run=run.pk if run else None,
    )
    record("erasure_answered", by=by, person_id=held.pk, data={"erasure": made.pk, "run": made.run})
    return made
