"""Taking in a file: the same mapping and the same action as a request."""

import json
from pathlib import Path

import pytest

from tests.factories import World, make_world, partner
from tests.interop.samples import Json, bundle, changed, examples
from tests.interop.test_examples import EXPECTED, NOT_PEOPLE_WE_CAN_TAKE, around
from wraparound.interop.receive import receive_file
from wraparound.organisations.actor import acting_as
from wraparound.organisations.models import Scheme
from wraparound.people.models import Person
from wraparound.referrals.models import Journey, Referral

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def said() -> list[str]:
    return []


def written(folder: Path, document: Json | bytes) -> Path:
    file = folder / "referral.json"
    file.write_bytes(document if isinstance(document, bytes) else json.dumps(document).encode())
    return file


def references(world: World) -> list[str]:
    with acting_as(world.clinician):
        return [journey.reference for journey in Journey.objects.visible_to(world.clinician)]


def test_a_file_is_taken_once(world: World, tmp_path: Path, said: list[str]) -> None:
    file = written(tmp_path, bundle())
    assert receive_file(file, world.practice.ods_code.lower(), say=said.append) == 0
    (reference,) = references(world)
    assert said[0] == f"Referral {reference} was made."
    assert receive_file(file, world.practice.ods_code, say=said.append) == 0
    assert f"Referral {reference} was made from this before." in said
    assert references(world) == [reference]


def test_the_request_may_name_the_sender(world: World, tmp_path: Path, said: list[str]) -> None:
    ods = {"system": "https://fhir.nhs.uk/Id/ods-organization-code", "value": world.practice.ods_code}
    named = changed(bundle(), "entry.1.resource.requester", {"identifier": ods})
    assert receive_file(written(tmp_path, named), say=said.append) == 0
    referred = changed(bundle(), "entry.1.resource.requester", {"reference": "Organization/o1"})
    referred["entry"].append({"resource": {"resourceType": "Organization", "id": "o1", "identifier": [ods]}})
    referred["entry"][1]["resource"]["identifier"][0]["value"] = "R-2"
    assert receive_file(written(tmp_path, referred), say=said.append) == 0
    assert len(references(world)) == 2


@pytest.mark.parametrize(
    ("document", "line"),
    [
        (b"{", "error: The body is not JSON in UTF-8."),
        (bundle(type_="message"), "error: Bundle.type must be transaction or collection."),
        (
            changed(bundle(), "entry.1.resource.status", "draft"),
            "error: Bundle.entry[1].resource.status must be active for a referral to be made.",
        ),
    ],
)
def test_what_is_wrong_is_said_a_line_each(
    world: World, tmp_path: Path, said: list[str], document: Json | bytes, line: str
) -> None:
    assert receive_file(written(tmp_path, document), world.practice.ods_code, say=said.append) == 1
    assert line in said
    assert references(world) == []


def test_changed_content_is_refused(world: World, tmp_path: Path, said: list[str]) -> None:
    receive_file(written(tmp_path, bundle()), world.practice.ods_code, say=said.append)
    changed_file = written(tmp_path, changed(bundle(), "entry.1.resource.note", ...))
    assert receive_file(changed_file, world.practice.ods_code, say=said.append) == 1
    assert said[-1].startswith("error: Bundle.entry[1].resource.identifier")


def test_a_sender_that_is_not_known_or_not_sure(world: World, tmp_path: Path, said: list[str]) -> None:
    file = written(tmp_path, bundle())
    assert receive_file(file, say=said.append) == 1
    assert receive_file(file, "NOBODY", say=said.append) == 1
    second = Scheme.objects.create(name="Another", nation="england", model="separate")
    partner(second, world.practice)
    assert receive_file(file, world.practice.ods_code, say=said.append) == 1
    assert said == [
        "error: Say by its ODS code which organisation sends this.",
        "error: The organisation NOBODY is in no scheme.",
        f"error: The organisation {world.practice.ods_code} is in more than one scheme.",
    ]


def test_a_file_that_is_not_there(tmp_path: Path, said: list[str]) -> None:
    assert receive_file(tmp_path / "none.json", "X", say=said.append) == 1
    assert said == [f"{tmp_path / 'none.json'}: No such file or directory."]


@pytest.mark.parametrize("path", examples("Patient"))
def test_a_referral_of_every_published_patient_is_stored_whole_or_not_at_all(
    path: Path, world: World, tmp_path: Path, said: list[str]
) -> None:
    file = written(tmp_path, around(json.loads(path.read_text())))
    ended = receive_file(file, world.practice.ods_code, say=said.append)
    with acting_as(world.clinician):
        stored = list(Person.objects.visible_to(world.clinician))
        if path.stem in NOT_PEOPLE_WE_CAN_TAKE:
            assert ended == 1 and not stored and NOT_PEOPLE_WE_CAN_TAKE[path.stem] in said[0]
            return
        assert ended == 0 and Journey.objects.get().person == stored[0]
    assert stored[0].family_name == EXPECTED[path.stem]["family_name"]
    with acting_as(world.clinician):
        assert set(Referral.objects.first().needs) == {"debt", "food_or_fuel"}
