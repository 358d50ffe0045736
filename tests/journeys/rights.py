"""What people ask about what is held of them, and what a lead may get wrong in answering."""

from collections.abc import Callable
from itertools import count

from django.urls import reverse

from tests.factories import World, details
from tests.journeys import given
from tests.journeys.bad import Bad
from tests.privacy import asked
from wraparound.organisations.actor import acting_as
from wraparound.people.models import Person
from wraparound.people.reading import note_access
from wraparound.privacy import keeping
from wraparound.privacy.erasing import answer_erasure
from wraparound.privacy.investigating import Asked, looks
from wraparound.privacy.joining import differences, join_records
from wraparound.privacy.models import AccessPart, AccessRecord

_numbers = count(1)


def somebody(world: World) -> Person:
    """Somebody else each time, with a note at the link workers'."""
    person = details(family_name=f"Duarte {next(_numbers)}", given_names="", date_of_birth=None, postcode="")
    case = given.accepted(given.a_referral(world, advice_ticked=False, person=person), world.link_worker)
    given.noted(case, world.link_worker, "She told me about her sister.")
    with acting_as(world.link_worker):
        return case.person


def a_part(world: World) -> AccessPart:
    return asked.part_of(asked.collected(world, somebody(world)), world.links_lead)


def a_note(world: World) -> AccessRecord:
    part = a_part(world)
    with acting_as(world.links_lead):
        return AccessRecord.objects.visible_to(world.links_lead).filter(part=part, kind="casework.note").earliest("pk")


def a_released_part(world: World) -> AccessPart:
    return asked.released(asked.collected(world, somebody(world)), world.links_lead)


def a_pack(world: World) -> int:
    request = asked.collected(world, somebody(world))
    asked.released(request, world.links_lead)
    asked.released(request, world.practice_lead)
    asked.packed(request, world)
    return request.pk


def a_removal(world: World) -> int:
    by = world.second_practice_lead
    with acting_as(by):
        return keeping.previewed(by, {"signpost": 3}, None).pk


def a_hold(world: World) -> int:
    by, person = world.practice_lead, somebody(world)
    with acting_as(by):
        return keeping.place_hold(by=by, person=person, reason="A claim was announced").pk


def an_erasure(world: World) -> int:
    by, person = world.practice_lead, somebody(world)
    with acting_as(by):
        return answer_erasure(by=by, person=person, asked_on=by.today()).pk


def a_joining(world: World) -> int:
    by, kept, gone = world.practice_lead, somebody(world), somebody(world)
    with acting_as(by):
        chosen = {each.field: "kept" for each in differences(kept, gone)}
        return join_records(by=by, kept=kept, gone=gone, chosen=chosen, why="She told us").pk


def a_look(world: World) -> int:
    person, by = somebody(world), world.clinician
    with acting_as(by):
        note_access(by, person, "journey")
    with acting_as(world.practice_lead):
        return looks(world.practice_lead, Asked(user_id=by.user_id)).rows[0].pk


OBJECTS: dict[str, Callable[[World], object]] = {
    "access-take.pk": lambda world: somebody(world).pk,
    "access-request.pk": a_pack,
    "access-identity.pk": lambda world: asked.taken(world, somebody(world)).pk,
    "access-extend.pk": lambda world: asked.collected(world, somebody(world)).pk,
    "access-end.pk": lambda world: asked.collected(world, somebody(world)).pk,
    "access-pack-pdf.pk": a_pack,
    "access-pack-json.pk": a_pack,
    "access-part.pk": lambda world: a_part(world).pk,
    "access-names.pk": lambda world: a_part(world).pk,
    "access-release.pk": lambda world: a_part(world).pk,
    "access-part-pdf.pk": lambda world: a_released_part(world).pk,
    "access-part-json.pk": lambda world: a_released_part(world).pk,
    "access-decide.pk": lambda world: a_note(world).pk,
    "access-show.pk": lambda world: a_note(world).pk,
    "removal.pk": a_removal,
    "removal-drop.pk": a_removal,
    "join.pk": lambda world: somebody(world).pk,
    "join.other": lambda world: somebody(world).pk,
    "joining.pk": a_joining,
    "joining-undo.pk": a_joining,
    "looked-into.pk": a_look,
    "legal-hold.pk": lambda world: somebody(world).pk,
    "legal-hold-end.pk": a_hold,
    "erase.pk": lambda world: somebody(world).pk,
    "erasure.pk": an_erasure,
}
FORMS: dict[str, Bad] = {
    "access-find": Bad("practice_lead", {"Enter a name or an NHS number": "Name or NHS number"}, "Find"),
    "access-take": Bad(
        "practice_lead",
        {
            "When did they ask? must be a real date": "When did they ask?",
            "Enter who asked for them, and which authority you have seen": "Who asked, and which authority",
        },
        "Write the request down", {"Day": "31", "Month": "2", "Year": "2026"}, ("By somebody with their authority",),
    ),
    "access-identity": Bad(
        "practice_lead",
        {"Select how you checked who they are": "How was it checked?", "Enter on which day?": "On which day?"},
        "Begin collecting",
    ),
    "access-extend": Bad(
        "practice_lead",
        {"Enter why it takes longer, as you told the person": "Why does it take longer?"}, "Take two months more",
    ),
    "access-end": Bad(
        "practice_lead",
        {
            "Select how it ends": "How does it end?",
            "Enter how the answer was handed over, or why there is none": "In what way, or why?",
        },
        "End it",
    ),
    "access-names": Bad(
        "links_lead", {"Select whether names of workers are handed over": "Are they handed over?"}, "Save",
    ),
    "access-release": Bad("links_lead", {"Select who hands it over": "Who hands it over?"}, "Release it"),
    "access-decide": Bad(
        "links_lead", {"Enter the words to leave out": "Words to leave out"}, "Save", {}, ("All but some words",),
    ),
    "joinings": Bad("practice_lead", {"Enter a name or an NHS number": "Name or NHS number"}, "Find"),
    "investigation": Bad("practice_lead", {"Enter a name or an NHS number": "Name or NHS number"}, "Find a person"),
    "looked-into": Bad("practice_lead", {"Enter what you found": "What did you find?"}, "Save the note"),
    "join": Bad(
        "practice_lead",
        {
            "Enter how you know that they are one person": "How do you know that they are one person?",
            "Select which is right: family name": "Family name",
        },
        "Join them",
    ),
    "retention-longer": Bad(
        "practice_lead",
        {
            "Select the kind of record": "Kind of record",
            "For how many months? must be a whole number": "For how many months?",
            "Enter why it is kept so long": "Why so long?",
        },
        "Save", {"For how many months?": "ten years"},
    ),
    "removal": Bad(
        "practice_lead", {"Enter how many records this removes: 3.": "How many records does this remove?"},
        "Agree: remove them for good", {"How many records does this remove?": "4"},
    ),
    "legal-holds": Bad("practice_lead", {"Enter a name or an NHS number": "Name or NHS number"}, "Find"),
    "legal-hold": Bad("practice_lead", {"Enter why nothing may be removed": "Why may nothing"}, "Place the hold"),
    "legal-hold-end": Bad("practice_lead", {"Enter why the hold can end": "Why can the hold end?"}, "End the hold"),
    "erasures": Bad("practice_lead", {"Enter a name or an NHS number": "Name or NHS number"}, "Find"),
    "erase": Bad("practice_lead", {"When did they ask? must be a real date": "When did they ask?"}, "Answer so",
        {"Day": "31", "Month": "2", "Year": "2026"}),
}  # fmt: skip


def path_of(form: str, world: World) -> str:
    """The address of one of `FORMS`, with what it is about."""
    values = {name: OBJECTS[f"{form}.{name}"](world) for name in ("pk", "other") if f"{form}.{name}" in OBJECTS}
    return reverse(form, kwargs=values)
