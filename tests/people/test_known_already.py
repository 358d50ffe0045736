"""Is this somebody the scheme knows? Every combination of what agrees, names in many scripts, and twins."""

import unicodedata
from datetime import date
from itertools import product

import pytest

from tests.factories import World, details, make_world, referred
from wraparound.organisations.actor import acting_as
from wraparound.people.details import PersonDetails
from wraparound.people.matching import Known, Match, look_for

pytestmark = pytest.mark.django_db

YES, NO, UNSURE = Known.YES, Known.NO, Known.UNSURE
NUMBER, OTHER_NUMBER = "9990000018", "9990000026"
BORN, OTHER_BIRTH = date(1980, 2, 29), date(1975, 7, 1)
HOME, ELSEWHERE = "E3 4QX", "N1 9GU"
SAME, SLIP, DIFFERENT = ("Rosa", "Duarte"), ("Rosa", "Duarta"), ("Wei", "Zhang")


def asked(world: World, details: PersonDetails) -> Match:
    """The answer to somebody of the other practice, who sees nobody."""
    with acting_as(world.other_clinician):
        return look_for(details)


def knowing(**changes: object) -> World:
    world = make_world()
    referred(world, person=details(**changes))
    return world


def person(names: tuple[str, str], **changes: object) -> PersonDetails:
    return details(given_names=names[0], family_name=names[1], **changes)


@pytest.mark.parametrize(("names", "born", "home"), [*product((SAME, SLIP, DIFFERENT), (True, False), (True, False))])
def test_with_the_same_number(names: tuple[str, str], born: bool, home: bool) -> None:
    world = knowing(nhs_number=NUMBER)
    said = person(
        names, nhs_number=NUMBER, date_of_birth=BORN if born else OTHER_BIRTH, postcode=HOME if home else ELSEWHERE
    )
    proven = born or (home and names != DIFFERENT)
    assert asked(world, said).answer is (YES if proven else UNSURE)


@pytest.mark.parametrize(("names", "born", "home"), [*product((SAME, SLIP, DIFFERENT), (True, False), (True, False))])
@pytest.mark.parametrize("numbers", [("", ""), (NUMBER, ""), ("", NUMBER)])
def test_without_a_number_on_both_sides(
    names: tuple[str, str], born: bool, home: bool, numbers: tuple[str, str]
) -> None:
    held, given = numbers
    world = knowing(nhs_number=held)
    said = person(
        names, nhs_number=given, date_of_birth=BORN if born else OTHER_BIRTH, postcode=HOME if home else ELSEWHERE
    )
    agree = (names != DIFFERENT) + born + home
    expected = YES if agree == 3 and names == SAME else UNSURE if agree >= 2 else NO
    assert asked(world, said).answer is expected


@pytest.mark.parametrize(("names", "born", "home"), [*product((SAME, DIFFERENT), (True, False), (True, False))])
def test_two_different_numbers_are_two_people(names: tuple[str, str], born: bool, home: bool) -> None:
    world = knowing(nhs_number=OTHER_NUMBER)
    said = person(
        names, nhs_number=NUMBER, date_of_birth=BORN if born else OTHER_BIRTH, postcode=HOME if home else ELSEWHERE
    )
    assert asked(world, said) == Match(NO)


def test_the_id_comes_out_only_with_a_yes() -> None:
    world = knowing(nhs_number=NUMBER)
    assert asked(world, details(nhs_number=NUMBER)).person_id is not None
    assert asked(world, details(nhs_number=NUMBER, date_of_birth=None, postcode="")) == Match(UNSURE)
    assert asked(world, details(date_of_birth=OTHER_BIRTH)) == Match(UNSURE)


def test_what_is_not_said_agrees_with_nothing() -> None:
    world = knowing(date_of_birth=None, postcode="")
    assert asked(world, details(date_of_birth=None, postcode="")) == Match(NO)


def test_no_answer_is_about_another_scheme() -> None:
    knowing(nhs_number=NUMBER)
    elsewhere = make_world()
    assert asked(elsewhere, details(nhs_number=NUMBER)) == Match(NO)
    assert asked(elsewhere, details()) == Match(NO)


def test_nobody_is_told_nothing() -> None:
    knowing(nhs_number=NUMBER)
    with acting_as(None):
        assert look_for(details(nhs_number=NUMBER)) == Match(NO)


@pytest.mark.parametrize(
    ("one", "twin"),
    [
        (("Mohammed Ali", "Khan"), ("Mohammed Amir", "Khan")),
        (("Amir", "Khan"), ("Amira", "Khan")),
        (("Ruth Mary", "O'Connor"), ("Ruth", "O'Connor")),
        (("小明", "王"), ("小红", "王")),
    ],
)
def test_twins_in_one_home_are_never_taken_for_each_other(one: tuple[str, str], twin: tuple[str, str]) -> None:
    world = knowing(given_names=one[0], family_name=one[1])
    assert asked(world, person(twin)) == Match(UNSURE)


# One name as two people write it: accents, capitals, order, composed or not, hyphens and apostrophes.
SAME_NAMES = [
    (("Zoë", "O’Brien-Smith"), ("ZOE", "O'Brien Smith")),
    (("Adébáyọ̀", "Ọlátúnjí"), ("Adebayo", "Olatunji")),
    (("Łukasz", "Żółć"), ("lukasz", "zolc")),
    (("Nguyễn", "Thị Ánh"), ("Nguyen Thi", "Anh")),
    (("Иван", "Соловьёв"), ("ИВАН", "СОЛОВЬЕВ")),
    (("Σωκράτης", "Παπαδόπουλος"), ("ΣΩΚΡΑΤΗΣ", "ΠΑΠΑΔΟΠΟΥΛΟΣ")),
    (("محمد", "الحسن"), ("الحسن", "محمد")),
    (("伟", "张"), ("张", "伟")),
    (("নুসরাত", "চৌধুরী"), ("চৌধুরী", "নুসরাত")),
    (("கோமதி", "சுப்ரமணியம்"), (unicodedata.normalize("NFD", "கோமதி"), "சுப்ரமணியம்")),
    (("José", "Núñez"), (unicodedata.normalize("NFD", "José"), "Núñez")),
    (("Ａｎｎａ", "Li"), ("Anna", "Li")),
    (("", "Sukarno"), ("Sukarno", "")),
]


@pytest.mark.parametrize(("held", "said"), SAME_NAMES)
def test_one_name_written_two_ways_is_one_person(held: tuple[str, str], said: tuple[str, str]) -> None:
    world = knowing(given_names=held[0], family_name=held[1])
    assert asked(world, person(said)).answer is YES


# A slip of the pen is as likely in any script.
SLIPS = [
    (("Иван", "Соловьёв"), ("Иван", "Соловев")),
    (("Σωκράτης", "Παπαδόπουλος"), ("Σωκράτης", "Παπαδόπυλος")),
    (("محمد", "الحسيني"), ("محمود", "الحسيني")),
    (("নুসরাত", "চৌধুরী"), ("নুসরত", "চৌধুরী")),
    (("சுப்ரமணியம்", "கோமதி"), ("சுப்பிரமணியம்", "கோமதி")),
    (("Hanna", "Becker"), ("Anna", "Becker")),
    (("Catherine", "Smith"), ("Katherine", "Smith")),
    (("Rosa Maria", "Duarte"), ("Rosa", "Duarte")),
    (("أمل", "عبد الرحمن"), ("أمل", "عبدالرحمن")),
]
# Names that share letters, or a family name, and are different people's.
DIFFERENT_NAMES = [
    (("伟", "张"), ("敏", "张")),
    (("小明", "王"), ("小红", "王")),
    (("伟", "张"), ("娜", "李")),
    (("محمد", "حسن"), ("فاطمة", "حسن")),
    (("Иван", "Петров"), ("Ольга", "Петрова")),
    (("নুসরাত", "চৌধুরী"), ("রহিম", "চৌধুরী")),
    (("கோமதி", "இராமன்"), ("செல்வி", "இராமன்")),
    (("Νίκος", "Παππάς"), ("Ελένη", "Παππά")),
    (("Fatima", "Ali"), ("Yusuf", "Ali")),
    (("?", ""), ("-", "")),
]


@pytest.mark.parametrize(("held", "said"), SLIPS)
def test_a_slip_of_the_pen_with_the_same_birth_date_is_unsure(held: tuple[str, str], said: tuple[str, str]) -> None:
    world = knowing(given_names=held[0], family_name=held[1])
    assert asked(world, person(said, postcode="")).answer is UNSURE


@pytest.mark.parametrize(("held", "said"), DIFFERENT_NAMES)
def test_different_names_with_the_same_birth_date_are_different_people(
    held: tuple[str, str], said: tuple[str, str]
) -> None:
    world = knowing(given_names=held[0], family_name=held[1])
    assert asked(world, person(said, postcode="")).answer is NO
