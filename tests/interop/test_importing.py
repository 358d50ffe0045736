"""Practices, users and teams from files: all of a file, nothing of it, or the good lines where that was asked for."""

import re
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import World, make_world
from wraparound.interop.importing import files
from wraparound.interop.importing.practices import practices_in
from wraparound.organisations.importing import practices as writing
from wraparound.organisations.importing.readable import readable
from wraparound.organisations.importing.table import NotATable, rows_of
from wraparound.organisations.models import Invitation, Organisation, Partner, Team

pytestmark = pytest.mark.django_db

HEAD = (
    "practice_code,practice_name,address,postcode,phone,icb_code,icb_name,pcn_code,pcn_name,"
    "list_size_2022_23,lat,lng,borough"
)
ELM = (
    'A10001,ELM LANE SURGERY,"1 ELM LANE, EASTMARSH",N20 0DH,020 79460001,QZZ,NHS Riverside ICB,U00001,'
    "EASTMARSH 1 PCN,8000,51.6,-0.15,Eastmarsh"
)
OAK = "A10002,DR O'RIORDAN & PARTNERS,2 OAK ROAD,N3 2JP,,QZZ,NHS Riverside ICB,U00001,EASTMARSH 1 PCN,,,,Eastmarsh"


@pytest.fixture
def said() -> list[str]:
    return []


def practices(folder: Path, said: list[str], *lines: str, **options: object) -> int:
    file = folder / "practices.csv"
    file.write_text("\n".join([HEAD, *lines]))
    return files.practices(file, say=said.append, **options)  # type: ignore[arg-type]


def test_a_practice_stands_under_its_network_its_borough_and_its_board(tmp_path: Path, said: list[str]) -> None:
    assert practices(tmp_path, said, ELM, OAK) == 0
    elm = Organisation.objects.get(ods_code="A10001")
    assert (elm.name, elm.address, elm.postcode) == ("Elm Lane Surgery", "1 Elm Lane, Eastmarsh", "N20 0DH")
    assert (elm.phone, elm.list_size, elm.latitude, elm.longitude) == ("020 79460001", 8000, 51.6, -0.15)
    above = [elm.part_of, elm.part_of.part_of, elm.part_of.part_of.part_of]  # type: ignore[union-attr]
    assert [(each.kind, each.name, each.ods_code) for each in above] == [  # type: ignore[union-attr]
        ("pcn", "Eastmarsh 1 PCN", "U00001"), ("borough", "Eastmarsh", ""), ("icb", "NHS Riverside ICB", "QZZ"),
    ]  # fmt: skip
    assert Organisation.objects.get(ods_code="A10002").latitude is None
    assert said == ["2 practices: 5 organisations made, 0 changed, 0 as they were."]


def test_the_same_file_again_changes_nothing_and_a_changed_line_that_practice_alone(
    tmp_path: Path, said: list[str]
) -> None:
    practices(tmp_path, said, ELM, OAK)
    before = list(Organisation.objects.order_by("pk").values())
    practices(tmp_path, said, ELM, OAK)
    assert list(Organisation.objects.order_by("pk").values()) == before
    practices(tmp_path, said, ELM.replace("79460001", "79460009"), OAK)
    assert Organisation.objects.get(ods_code="A10001").phone == "020 79460009"
    assert said[1:] == [
        "2 practices: 0 organisations made, 0 changed, 5 as they were.",
        "2 practices: 0 organisations made, 1 changed, 4 as they were.",
    ]


BAD = {
    "a code of another shape": (OAK.replace("A10002", "A1002"), "“A1002” is not a practice’s code"),
    "no name": (OAK.replace("DR O'RIORDAN & PARTNERS", ""), "has no name"),
    "outside the country": (ELM.replace("A10001", "A10003").replace("51.6", "40.7"), "is not in the United Kingdom"),
    "no number": (ELM.replace("A10001", "A10003").replace("51.6", "nan"), "is not in the United Kingdom"),
    "half a place": (ELM.replace("A10001", "A10003").replace("51.6", ""), "is not a latitude and a longitude"),
    "the code of another": (ELM.replace("8000", "9000"), "A10001 stands on line 2 too, with other content"),
    "a postcode that is none": (OAK.replace("N3 2JP", "nowhere"), "Enter a full UK postcode"),
    "people without number": (ELM.replace("A10001", "A10003").replace("8000", "many"), "“many” is not a number"),
    "a cell too many": (OAK + ",more", "has 14 cells and the first line has 13"),
}


@pytest.mark.parametrize("why", BAD)
def test_a_bad_line_is_said_with_its_reason_and_nothing_is_kept(why: str, tmp_path: Path, said: list[str]) -> None:
    line, reason = BAD[why]
    assert practices(tmp_path, said, ELM, line) == 1
    assert said[0].startswith("Line 3: ") and reason in said[0]
    assert not Organisation.objects.exists()
    assert practices(tmp_path, said, ELM, line, keep_good=True) == 0
    assert list(Organisation.objects.filter(kind="practice").values_list("ods_code", flat=True)) == ["A10001"]


def test_the_same_line_twice_is_one_practice(tmp_path: Path, said: list[str]) -> None:
    assert practices(tmp_path, said, ELM, ELM) == 0
    assert said == ["1 practices: 4 organisations made, 0 changed, 0 as they were."]


def test_a_fault_half_way_leaves_nothing(tmp_path: Path, said: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(writing, "_practice", broken)
    with pytest.raises(RuntimeError):
        practices(tmp_path, said, ELM, OAK)
    assert not Organisation.objects.exists()


def test_a_code_that_is_something_else_here_is_refused(tmp_path: Path, said: list[str]) -> None:
    Organisation.objects.create(name="Eastmarsh Hospital", kind="hospital", ods_code="A10001")
    assert practices(tmp_path, said, ELM) == 1
    assert said[0].endswith("A10001 is Eastmarsh Hospital here, which is not a GP practice.")
    assert Organisation.objects.count() == 1


def test_a_named_scheme_gains_the_practices_once(tmp_path: Path, said: list[str]) -> None:
    world = make_world()
    for _ in range(2):
        assert practices(tmp_path, said, ELM, OAK, scheme=world.scheme.name) == 0
    assert Partner.objects.filter(scheme=world.scheme, organisation__ods_code__startswith="A1000").count() == 2
    assert [line for line in said if "are new in" in line] == [
        f"2 of them are new in {world.scheme.name}.", f"0 of them are new in {world.scheme.name}."
    ]  # fmt: skip
    assert practices(tmp_path, said, ELM, scheme="Nowhere") == 1
    assert said[-1] == "There is no scheme called “Nowhere”."


def test_every_london_practice_is_taken_once_and_quickly_asked_for(shared_data: Path, said: list[str]) -> None:
    file = shared_data / "data" / "practices" / "london_gp_practices.csv"
    if not file.is_file():
        pytest.skip("The list of London practices is not in the shared folder.")
    with CaptureQueriesContext(connection) as first:
        assert files.practices(file, say=said.append) == 0
    with CaptureQueriesContext(connection) as again:
        assert files.practices(file, say=said.append) == 0
    kinds = {kind: Organisation.objects.filter(kind=kind).count() for kind in ("practice", "pcn", "borough", "icb")}
    assert kinds == {"practice": 1167, "pcn": 198, "borough": 33, "icb": 5}
    assert "0 organisations made, 0 changed" in said[1]
    assert not Organisation.objects.filter(kind="practice", part_of=None).exists()
    # A query for each practice would be a thousand.
    assert len(first) < 60 and len(again) < 30
    shouting = [name for name in Organisation.objects.values_list("name", flat=True) if name == name.upper()]
    assert len(shouting) < 5, shouting


@pytest.mark.parametrize(
    ("register", "people"),
    [
        ("THE VALE PRACTICE", "The Vale Practice"), ("ST. PETER'S MEDICAL CTR.", "St Peter's Medical Ctr"),
        ("DR RK KUKAR, CTR FOR H&W", "Dr RK Kukar, Ctr for H&W"), ("E4 NETWORK PCN", "E4 Network PCN"),
        ("JAMES O'RIORDAN GP", "James O'Riordan GP"), ("1ST FLOOR, THE GREEN,LONDON", "1st Floor, The Green, London"),
        ("NHS North Central London ICB", "NHS North Central London ICB"), ("MCDONALD HOUSE", "McDonald House"),
        ("CITY AND HACKNEY", "City and Hackney"), ("", ""),
    ],
)  # fmt: skip
def test_names_are_written_as_people_write_them(register: str, people: str) -> None:
    assert readable(register) == people


@given(st.text())
def test_a_name_loses_no_letter(name: str) -> None:
    letters = re.sub(r"[^\w&]", "", readable(name)).casefold()
    assert letters == re.sub(r"[^\w&]", "", name).casefold()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "The file is empty"), (b"code,name\n", "no column practice_code, practice_name"),
        (b"practice_code,practice_name\nA10001,Elm\xe9\n", "Line 2: the file is not in UTF-8"),
        (b"practice_code,practice_name,practice_name\n", "is there twice"), (b"\0\0", "holds bytes that no text has"),
        (b'practice_code,practice_name\nA10001,"Elm\n', "is not a CSV file"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_such_table_is_refused_whole(content: bytes, says: str) -> None:
    with pytest.raises(NotATable, match=re.escape(says)):
        practices_in(content)


def test_text_that_somebody_sends_again_is_looked_at_as_its_file_was() -> None:
    with pytest.raises(NotATable, match="holds bytes that no text has"):
        rows_of("name\nA\0B\n", ["name"])


@given(st.binary(max_size=300))
def test_no_bytes_are_a_fault_of_ours(content: bytes) -> None:
    try:
        practices_in(content)
    except NotATable as fault:
        assert str(fault).endswith(".")


def test_lines_are_counted_through_cells_that_hold_breaks() -> None:
    rows, bad = rows_of('name,note\n"Elm","one\ntwo"\n\nOak,\nAsh\n', ["name"])
    assert [row.line for row in rows] == [2, 5] and [each.line for each in bad] == [6]


def written(folder: Path, *lines: str) -> Path:
    file = folder / "rows.csv"
    file.write_text("\n".join(lines))
    return file


@pytest.fixture
def world() -> World:
    return make_world()


USERS = "name,email,organisation,role,team"


def test_users_of_a_file_are_invited_once(world: World, tmp_path: Path, said: list[str]) -> None:
    file = written(
        tmp_path, USERS, f"Mei Chen,mei@example.org,{world.practice.ods_code},Clinician,",
        "Omar Farah,omar@example.org,neighbourly,link worker,Link workers",
    )  # fmt: skip
    for _ in range(2):
        assert files.users(file, scheme=world.scheme.name, say=said.append) == 0
    assert Invitation.objects.filter(scheme=world.scheme).count() == 2
    assert said[0].startswith("mei@example.org: /invitation/")
    assert said[2:] == ["2 invited, 0 members or invited already.", "0 invited, 2 members or invited already."]


BAD_USERS = {
    "Mei,mei@example,Neighbourly,Clinician,": "Enter an email address",
    "Mei,mei@example.org,Elsewhere,Clinician,": "There is no organisation “Elsewhere” in this scheme",
    "Mei,mei@example.org,Neighbourly,Wizard,": "There is no role “Wizard”",
    "Mei,mei@example.org,Neighbourly,System,": "There is no role “System”",
    "Mei,mei@example.org,Neighbourly,Link worker,": "Choose the team of the link worker",
    "Mei,mei@example.org,Neighbourly,Link worker,Welfare advisers": "is a team of Rights First",
    ",mei@example.org,Neighbourly,Supervisor,": "Enter their name",
    "Mei,mei@example.org,,Supervisor,": "It names no organisation",
}


@pytest.mark.parametrize("line", BAD_USERS)
def test_a_user_who_cannot_be_invited_stops_the_file(line: str, world: World, tmp_path: Path, said: list[str]) -> None:
    file = written(tmp_path, USERS, "Omar Farah,omar@example.org,Neighbourly,Supervisor,", line)
    assert files.users(file, scheme=world.scheme.name, say=said.append) == 1
    assert said[0].startswith("Line 3: ") and BAD_USERS[line] in said[0]
    assert said[1].startswith("Nothing was kept.")
    assert not Invitation.objects.exists()
    assert files.users(file, scheme=world.scheme.name, keep_good=True, say=said.append) == 0
    assert list(Invitation.objects.values_list("email", flat=True)) == ["omar@example.org"]


TEAMS = "name,organisation,service,also,serves,phone,same_day_lead"


def test_teams_of_a_file_are_made_or_changed(world: World, tmp_path: Path, said: list[str]) -> None:
    codes = f"{world.practice.ods_code};{world.other_practice.ods_code}"
    file = written(
        tmp_path, TEAMS, f"Hybrid team,Rights First,Welfare advice,social_prescribing,{codes},020 7946 0003,",
        "Link workers,Neighbourly,Social prescribing,,,020 7946 0004,",
    )  # fmt: skip
    for _ in range(2):
        assert files.teams(file, scheme=world.scheme.name, say=said.append) == 0
    made = Team.objects.get(scheme=world.scheme, name="Hybrid team")
    assert (made.service, made.also) == ("welfare_advice", ["social_prescribing"])
    assert set(made.serves) == {world.practice.pk, world.other_practice.pk}
    assert Team.objects.get(pk=world.social.pk).phone == "020 7946 0004"
    assert said == ["2 teams made or changed, 0 as they were.", "0 teams made or changed, 2 as they were."]


BAD_TEAMS = {
    "New team,Neighbourly,Massage,,,,": "There is no service “Massage”",
    "New team,Neighbourly,Welfare advice,,Rights First,,": "Choose practices of this scheme",
    "New team,Neighbourly,Welfare advice,,,ring us,": "Enter a phone number",
    "New team,Neighbourly,Welfare advice,,,,nobody@example.org": "There is no member “nobody@example.org”",
    "Link workers,Rights First,Social prescribing,,,,": "Link workers is a team of Neighbourly, and stays one",
    "Other team,Neighbourly,Welfare advice,,,,": "The team Other team stands on line 2 too",
    ",Neighbourly,Welfare advice,,,,": "Enter the team’s name",
}


@pytest.mark.parametrize("line", BAD_TEAMS)
def test_a_team_that_cannot_be_stops_the_file(line: str, world: World, tmp_path: Path, said: list[str]) -> None:
    file = written(tmp_path, TEAMS, "Other team,Rights First,Welfare advice,,,,", line)
    before = Team.objects.count()
    assert files.teams(file, scheme=world.scheme.name, say=said.append) == 1
    assert said[0].startswith("Line 3: ") and BAD_TEAMS[line] in said[0]
    assert Team.objects.count() == before
