"""What the operator writes about one person, and does of what two leads agreed to."""

import json
import os
from pathlib import Path

import pytest

from tests.factories import World, make_world, referral_to, referred
from tests.house.seeing import Owner, connected_as
from tests.privacy.test_removing import agreed
from wraparound.casework.actions import accept, close, write_note
from wraparound.cli.main import main
from wraparound.organisations.actor import acting_as
from wraparound.referrals.models import Journey
from wraparound.referrals.states import Outcome


@pytest.fixture
def world(owner: Owner, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setenv("DATABASE_URL", os.environ["DATABASE_URL"])
    return make_world()


@pytest.fixture
def journey(world: World) -> Journey:
    journey = referred(world, advice_ticked=False)
    by = world.link_worker
    with acting_as(by):
        case = accept(by=by, referral=referral_to(journey, by))
        write_note(by=by, case=case, text="Her sister rang")
        close(by=by, case=case, outcome=Outcome.HELPED)
    return journey


def test_everything_about_one_person_is_written_for_nobody_else_to_read(
    world: World, journey: Journey, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "answer"
    words = ["subject-access", journey.reference, "--scheme", world.scheme.name, "--into", str(folder)]
    with connected_as("owner"):
        assert main(words) == 0
        assert main(words) == 1
    written = json.loads((folder / "subject-access.json").read_text())
    holders = [part["organisation"] for part in written["parts"]]
    assert holders == ["The shared record", "Elm Street Surgery", "Neighbourly"]
    assert "Her sister rang ▸ look before handing over" in json.dumps(written, ensure_ascii=False)
    assert (folder / "subject-access.pdf").read_bytes().startswith(b"%PDF")
    assert {oct(path.stat().st_mode & 0o777) for path in folder.iterdir()} == {"0o600"}
    assert "is there already" in capsys.readouterr().err


@pytest.mark.parametrize("person", ["999 000 0018", "K7QX-3MPD"])
def test_nobody_found_is_one_sentence(
    world: World, person: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with connected_as("owner"):
        assert main(["subject-access", person, "--scheme", world.scheme.name, "--into", str(tmp_path / "x")]) == 1
    assert capsys.readouterr().err.startswith("There is nobody in that scheme")


def test_agreed_removals_are_done_once(
    world: World, journey: Journey, owner: Owner, capsys: pytest.CaptureFixture[str]
) -> None:
    agreed(world, world.links_lead)
    with connected_as("owner"):
        assert main(["retention", "run"]) == 0
    assert "is done. 0 stayed" in capsys.readouterr().out and owner.rows("casework_note") == []
    with connected_as("owner"):
        main(["retention", "run"])
    assert capsys.readouterr().out == "No removal is agreed.\n"


def test_the_webs_role_removes_nothing(
    world: World, journey: Journey, owner: Owner, capsys: pytest.CaptureFixture[str]
) -> None:
    agreed(world, world.links_lead)
    assert main(["retention", "run"]) == 1
    assert "DATABASE_OWNER_URL" in capsys.readouterr().err and len(owner.rows("casework_note")) == 1


def test_rules_are_said_with_their_sources(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["retention", "rules"]) == 0
    said = capsys.readouterr().out
    assert "Advice casework: 72 months from when the case was closed. Limitation Act 1980" in said
    assert "TO BE CHECKED" in said
