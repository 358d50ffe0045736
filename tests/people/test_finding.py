"""Finding one's own people, in every script, and nobody else's."""

import unicodedata
from datetime import date

import pytest

from tests.factories import World, details, make_world, referred
from wraparound.organisations.actor import acting_as
from wraparound.people.models import Person
from wraparound.people.reading import find_people

pytestmark = pytest.mark.django_db

PEOPLE = {
    "Yoruba": ("Adébáyọ̀", "Ọlátúnjí"),
    "Vietnamese": ("Thị Ánh", "Nguyễn"),
    "Polish": ("Łukasz", "Żółć"),
    "Irish": ("Siobhán", "Ní Bhriain-O’Dea"),
    "Russian": ("Артём", "Соловьёв"),
    "Greek": ("Σωκράτης", "Παπαδόπουλος"),
    "Arabic": ("محمد", "عبد الرحمن"),
    "Bengali": ("নুসরাত", "চৌধুরী"),
    "Tamil": ("கோமதி", "சுப்ரமணியம்"),
    "Chinese": ("小明", "王"),
    "one name": ("", "Sukarno"),
    "long": ("Wolfeschlegelsteinhausenbergerdorff " * 5, "Œ" * 200),
}


def everybody() -> World:
    world = make_world()
    for given, family in PEOPLE.values():
        referred(world, person=details(given_names=given, family_name=family, date_of_birth=None, postcode=""))
    return world


def found(world: World, **asked: object) -> list[tuple[str, str]]:
    with acting_as(world.clinician):
        return [(p.given_names, p.family_name) for p in find_people(world.clinician, **asked)]  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", PEOPLE)
def test_a_name_is_kept_letter_for_letter(kind: str) -> None:
    given, family = PEOPLE[kind]
    journey = referred(make_world(), person=details(given_names=given, family_name=family))
    assert (journey.person.given_names, journey.person.family_name) == (given, family)


SOUGHT = [
    ("Adébáyọ̀", "Yoruba"), ("adebayo", "Yoruba"), ("OLATUNJI adebayo", "Yoruba"),
    (unicodedata.normalize("NFD", "Ọlátúnjí"), "Yoruba"), ("nguyen anh", "Vietnamese"), ("zolc", "Polish"),
    ("bhriain", "Irish"), ("o'dea", "Irish"), ("O’Dea siobhan", "Irish"), ("Bhriain-O'Dea", "Irish"),
    ("соловьев", "Russian"), ("АРТЕМ", "Russian"), ("ΣΩΚΡΑΤΗΣ", "Greek"), ("παπαδοπουλος", "Greek"),
    ("محمد", "Arabic"), ("الرحمن", "Arabic"), ("চৌধুরী", "Bengali"), ("கோமதி", "Tamil"), ("王", "Chinese"),
    ("小明 王", "Chinese"), ("sukarno", "one name"), ("berger dorff", "long"),
]  # fmt: skip


def test_a_name_is_found_with_and_without_its_marks() -> None:
    world = everybody()
    assert [(words, found(world, words=words)) for words, _ in SOUGHT] == [(w, [PEOPLE[kind]]) for w, kind in SOUGHT]


def test_what_is_nobodys_name_finds_nobody() -> None:
    world = everybody()
    assert [words for words in ("Zhang", "৭", "९९९", "rosa\\", "w%f", "s_karno") if found(world, words=words)] == []


def test_a_number_is_found_with_its_spaces_and_only_whole() -> None:
    world = make_world()
    referred(world, person=details(nhs_number="999 000 0018"))
    assert found(world, words="999 000 0018") == found(world, words="9990000018") == [("Rosa", "Duarte")]
    assert found(world, words="999000001") == []


def test_a_birth_date_narrows_what_is_found() -> None:
    world = make_world()
    referred(world)
    referred(world, person=details(given_names="Ana", date_of_birth=date(1990, 1, 1)))
    assert found(world, words="duarte", born=date(1990, 1, 1)) == [("Ana", "Duarte")]


def test_nobody_of_another_practice_is_found() -> None:
    world = make_world()
    referred(world, by=world.other_clinician, person=details(nhs_number="9990000018"))
    assert found(world, words="duarte") == found(world, words="9990000018") == []


def test_at_most_so_many_are_listed() -> None:
    world = make_world()
    for number in range(5):
        referred(world, person=details(given_names=f"Ana {number}", date_of_birth=None, postcode=""))
    with acting_as(world.clinician):
        assert len(find_people(world.clinician, words="ana", most=3)) == 3
        assert Person.objects.count() == 5


def test_signs_alone_find_nobody() -> None:
    world = everybody()
    assert found(world, words="%") == found(world, words="_ \\ '") == []
