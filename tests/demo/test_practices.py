"""Which practices stand for those of the data: real ones where the open register is there, else made-up ones."""

from pathlib import Path

from wraparound.demo.place import Ladder
from wraparound.demo.practices import known_practices, made_up, standing_for
from wraparound.demo.schemes import SCHEMES
from wraparound.organisations.importing.practices import Above, Kind, Practice

FIRST: Ladder = SCHEMES[0].ladder


def _real(code: str, network: str, borough: str = FIRST.real_borough) -> Practice:
    above = (Above(Kind.PCN, network, "U00001"), Above(Kind.BOROUGH, borough), Above(Kind.ICB, "A board", "QAA"))
    return Practice(ods_code=code, name=code, phone="020 79460000", latitude=51.5, longitude=0.1, above=above)


def test_the_real_practices_of_the_largest_network_stand_for_the_made_up_ones() -> None:
    known = (
        _real("F00009", "Small"), _real("F00003", "Large"), _real("F00002", "Large"), _real("F00001", "Large"),
        _real("A00001", "Elsewhere", "Another borough"),
    )  # fmt: skip
    standing = standing_for(FIRST, known)
    assert {name: each.ods_code for name, each in standing.items()} == {
        "Canal Street Practice": "F00001", "Mulberry Park Surgery": "F00002",
    }  # fmt: skip


def test_nobody_can_ring_a_real_practice_about_somebody_invented() -> None:
    assert {each.phone for each in standing_for(FIRST, (_real("F00001", "N"), _real("F00002", "N"))).values()} == {""}


def test_too_few_real_practices_are_as_none() -> None:
    assert standing_for(FIRST, (_real("F00001", "N"),)) == made_up(FIRST)


def test_without_the_file_there_are_made_up_practices_for_every_scheme(tmp_path: Path) -> None:
    assert known_practices(str(tmp_path)) == ()
    codes = [each.ods_code for data in SCHEMES for each in standing_for(data.ladder, ()).values()]
    assert len(codes) == len(set(codes)) and all(code.startswith("XDEMO") for code in codes)


def test_the_open_register_has_enough_for_every_scheme(shared_data: Path) -> None:
    known = known_practices(str(shared_data / "data" / "practices"))
    for data in SCHEMES:
        standing = standing_for(data.ladder, known)
        assert not any(each.ods_code.startswith("X") for each in standing.values()), data.name
        assert len({each.above[0].name for each in standing.values()}) == len(data.ladder.networks)
