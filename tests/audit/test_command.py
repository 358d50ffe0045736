"""`wraparound audit`, as an operator runs it."""

import pytest
from django.db import connections

from tests.factories import make_world, referred
from tests.house.seeing import Owner
from wraparound.audit.sealing import seal
from wraparound.cli.main import main


@pytest.fixture
def sealed(owner: Owner) -> None:
    referred(make_world())
    seal()


def test_a_whole_trail_is_said_to_be_whole(owner: Owner, sealed: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "newest"]) == 0
    kept = capsys.readouterr().out.strip()
    assert main(["audit", "verify", "--kept", kept]) == 0
    assert capsys.readouterr().out.startswith("Whole: ")


def test_a_worker_that_has_stopped_is_said_beside_it(
    owner: Owner, sealed: None, capsys: pytest.CaptureFixture[str]
) -> None:
    referred(make_world())
    assert main(["audit", "verify"]) == 0
    assert "Sealing has stopped" not in capsys.readouterr().out
    owner.run("""
        UPDATE events_event SET recorded_at = now() - interval '2 days' WHERE id = (SELECT max(id) FROM events_event);
        UPDATE audit_seal SET sealed_at = now() - interval '2 days'
    """)
    main(["audit", "verify"])
    assert "Sealing has stopped: nothing since " in capsys.readouterr().out


def test_a_trail_that_is_not_whole_ends_with_1_and_says_where(
    owner: Owner, sealed: None, capsys: pytest.CaptureFixture[str]
) -> None:
    owner.run("UPDATE events_event SET name = 'other'")
    assert main(["audit", "verify"]) == 1
    first, last = capsys.readouterr().out.splitlines()
    assert first.startswith("Seal ") and "events_event" in first and last.startswith("Not whole: ")


def test_no_seal_at_all_proves_nothing(owner: Owner, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "verify"]) == 1
    assert capsys.readouterr().err.startswith("Nothing is sealed")
    assert main(["audit", "newest"]) == 1


WRONG = {
    "--from yesterday": "“yesterday” is no day: write it like 2026-11-23.\n",
    "--kept 12": "“12” is no seal: give a line that `wraparound audit newest` printed.\n",
    f"--kept one:{'a' * 64}": f"“one:{'a' * 64}” is no seal: give a line that `wraparound audit newest` printed.\n",
}


@pytest.mark.parametrize("words", WRONG)
def test_a_slip_of_the_pen_is_one_sentence(
    owner: Owner, sealed: None, capsys: pytest.CaptureFixture[str], words: str
) -> None:
    assert main(["audit", "verify", *words.split()]) == 1
    assert capsys.readouterr().err == WRONG[words]


def test_a_role_that_does_not_see_every_row_is_told_so(
    owner: Owner, sealed: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """To such a role every row would look removed."""
    owner.connection.close()
    with monkeypatch.context() as patch:
        patch.setitem(owner.connection.settings_dict, "USER", connections["default"].settings_dict["USER"])
        assert main(["audit", "verify"]) == 1
    assert capsys.readouterr().err.startswith("Rows are hidden from this role")
    owner.connection.close()
