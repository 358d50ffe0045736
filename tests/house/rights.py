"""How to come to each action about what is held of a person."""

from dataclasses import replace
from datetime import timedelta

from tests.factories import NOW, World, details, referral_to, referred
from tests.house.trial import Recipe, Trial
from tests.journeys.referring_in import a_slip
from tests.privacy import asked
from wraparound.casework.actions import accept, write_note
from wraparound.organisations.actor import Actor, acting_as
from wraparound.people.models import Person
from wraparound.people.reading import note_access
from wraparound.privacy import keeping
from wraparound.privacy.investigating import Asked, looks
from wraparound.privacy.joining import differences, join_records
from wraparound.privacy.models import AccessRecord, RemovalRun
from wraparound.privacy.models.subject_access import AskedHow, HandedOver, IdentityChecked
from wraparound.privacy.redacting import How


def _person(world: World) -> Person:
    """With a note at the link workers'."""
    journey = referred(world, advice_ticked=False)
    by = world.link_worker
    with acting_as(by):
        write_note(by=by, case=accept(by=by, referral=referral_to(journey, by)), text="Her sister rang")
    return journey.person


def _due(world: World) -> tuple[Actor, RemovalRun]:
    """A slip of long ago, looked at by one lead; and another who may agree."""
    a_slip(world)
    by = world.practice_lead.at(NOW + timedelta(days=366 * 3))
    other = replace(world.second_practice_lead, moment=by.moment)
    with acting_as(by):
        return other, keeping.preview_removal(by=by)


def _preview(world: World) -> Trial:
    a_slip(world)
    return Trial(world.practice_lead.at(NOW + timedelta(days=366 * 3)), {}, makes_its_own=True)


def _agree(world: World) -> Trial:
    other, run = _due(world)
    return Trial(other, {"run": run, "counted": sum(run.counts.values())})


def _drop(world: World) -> Trial:
    other, run = _due(world)
    return Trial(other, {"run": run})


def _end_hold(world: World) -> Trial:
    by = world.practice_lead
    person = _person(world)
    with acting_as(by):
        return Trial(by, {"hold": keeping.place_hold(by=by, person=person, reason="A claim"), "ending": "Settled"})


def _two(world: World) -> tuple[Person, Person]:
    """Two records that the practice knows."""
    return referred(world).person, referred(world, person=details(family_name="Silva", postcode="")).person


def _join(world: World) -> Trial:
    kept, gone = _two(world)
    said = {"chosen": {each.field: "kept" for each in differences(kept, gone)}, "why": "She told us"}
    return Trial(world.practice_lead, {"kept": kept, "gone": gone, **said})


def _undo(world: World) -> Trial:
    trial = _join(world)
    with acting_as(trial.by):
        return Trial(trial.by, {"joining": join_records(by=trial.by, **trial.arguments)})


def _look_into(world: World) -> Trial:
    person, by = _person(world), world.practice_lead
    with acting_as(world.clinician):
        note_access(world.clinician, person, "journey")
    with acting_as(by):
        look = looks(by, Asked(user_id=world.clinician.user_id)).rows[0]
    return Trial(by, {"look": look, "note": "He covered for a colleague"})


def _decide(world: World) -> Trial:
    by = world.links_lead
    part = asked.part_of(asked.collected(world, _person(world)), by)
    with acting_as(by):
        entry = AccessRecord.objects.visible_to(by).get(part=part, kind="casework.note")
    return Trial(by, {"entry": entry, "fields": ["text"], "how": How.SHOW})


def _names(world: World) -> Trial:
    by = world.links_lead
    return Trial(by, {"part": asked.part_of(asked.collected(world, _person(world)), by), "show": True})


def _release(world: World) -> Trial:
    by = world.links_lead
    part = asked.part_of(asked.collected(world, _person(world)), by)
    asked.decided(part, by)
    return Trial(by, {"part": part, "handed_over": HandedOver.OURSELVES})


_ASKING = {"asked_on": NOW.date(), "asked_how": AskedHow.LETTER}
_CHECKED = {"identity": IdentityChecked.DOCUMENT, "identity_on": NOW.date()}
RIGHTS: dict[str, Recipe] = {
    f"wraparound.privacy.subject_access.{name}": recipe
    for name, recipe in {
        "take_request": lambda world: Trial(world.practice_lead, {"person": _person(world), **_ASKING}),
        "confirm_identity": lambda world: Trial(
            world.practice_lead, {"request": asked.taken(world, _person(world)), **_CHECKED}
        ),
        "extend": lambda world: Trial(
            world.practice_lead, {"request": asked.collected(world, _person(world)), "reason": "Ten years of work"}
        ),
        "decide": _decide,
        "decide_names": _names,
        "release": _release,
        "end_request": lambda world: Trial(
            world.practice_lead,
            {"request": asked.taken(world, _person(world)), "ending": "No longer wanted", "answered": False},
        ),
    }.items()
} | {
    "wraparound.privacy.keeping.place_hold": lambda world: Trial(
        world.practice_lead, {"person": _person(world), "reason": "A claim was announced"}
    ),
    "wraparound.privacy.keeping.end_hold": _end_hold,
    "wraparound.privacy.keeping.keep_longer": lambda world: Trial(
        world.practice_lead, {"kind": "task", "months": 36, "reason": "The insurer asks"}, makes_its_own=True
    ),
    "wraparound.privacy.keeping.preview_removal": _preview,
    "wraparound.privacy.keeping.agree_to_removal": _agree,
    "wraparound.privacy.keeping.drop_removal": _drop,
    "wraparound.privacy.joining.join_records": _join,
    "wraparound.privacy.joining.undo_joining": _undo,
    "wraparound.privacy.investigating.write_looked_into": _look_into,
    "wraparound.privacy.erasing.answer_erasure": lambda world: Trial(
        world.practice_lead, {"person": _person(world), "asked_on": NOW.date()}
    ),
}
