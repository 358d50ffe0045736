"""How to come to each action about what is held of a person."""

from tests.factories import NOW, World, referral_to, referred
from tests.house.trial import Recipe, Trial
from tests.privacy import asked
from wraparound.casework.actions import accept, write_note
from wraparound.organisations.actor import acting_as
from wraparound.people.models import Person
from wraparound.privacy.models import AccessRecord
from wraparound.privacy.models.subject_access import AskedHow, HandedOver, IdentityChecked
from wraparound.privacy.redacting import How


def _person(world: World) -> Person:
    """With a note at the link workers'."""
    journey = referred(world, advice_ticked=False)
    by = world.link_worker
    with acting_as(by):
        write_note(by=by, case=accept(by=by, referral=referral_to(journey, by)), text="Her sister rang")
    return journey.person


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
}
