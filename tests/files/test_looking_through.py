"""What was given is scanned where a scanner is set up, then made into a document; what goes wrong is said or waits."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.factories import World
from tests.files.scanner import EICAR, NAME
from tests.house.files import a_document, a_pdf, a_photograph, being_arranged, clock_of
from tests.house.test_jobs import queued
from wraparound.files import tasks
from wraparound.files.adding import About
from wraparound.files.changing import change_document, put_away
from wraparound.files.models import File, FileContent, Part
from wraparound.files.tasks import look_through, sweep
from wraparound.organisations.actor import acting_as

pytestmark = pytest.mark.django_db
NOWHERE = "unix:/nowhere/clamd.ctl"


def look(world: World, file: File) -> File:
    look_through.now(by=clock_of(world), file_id=file.pk)
    with acting_as(world.adviser):
        return File.objects.visible_to(world.adviser).get(pk=file.pk)


def test_without_a_scanner_it_is_ready_and_says_that_it_was_not_scanned(world: World) -> None:
    file = look(world, a_document(world))
    assert (file.status, file.pages, file.scanned_at) == ("ready", 2, None)


def test_with_one_it_is_ready_once_nothing_was_found(world: World, scanner: str, settings: Any) -> None:
    settings.CLAMD_ADDRESS = scanner
    file = look(world, a_document(world))
    assert file.status == "ready" and file.scanned_at


@pytest.mark.parametrize("data", [a_pdf() + EICAR, a_photograph() + EICAR], ids=["a PDF", "a photograph"])
def test_what_is_harmful_is_gone_with_its_name_kept(world: World, scanner: str, settings: Any, data: bytes) -> None:
    settings.CLAMD_ADDRESS = scanner
    file = look(world, a_document(world, a_photograph("blue"), data))
    assert file.status == "harmful" and file.verdict.startswith(NAME) and file.given_names == ["IMG_1.jpg", "IMG_2.jpg"]
    with acting_as(world.adviser):
        assert not FileContent.objects.visible_to(world.adviser).kept().exists()


def test_while_the_scanner_is_away_it_waits_and_is_ready_when_it_is_back(
    world: World, scanner: str, settings: Any
) -> None:
    settings.CLAMD_ADDRESS = NOWHERE
    waiting = a_document(world)
    file = look(world, look(world, waiting))
    assert (file.status, file.tries) == ("waiting", 2) and file.try_at
    with acting_as(world.adviser):
        assert FileContent.objects.visible_to(world.adviser).filter(part=Part.GIVEN).count() == 2
    settings.CLAMD_ADDRESS = scanner
    assert look(world, file).status == "ready"


def test_the_clock_finds_what_waits_and_nothing_else(world: World) -> None:
    file, done = a_document(world), a_document(world, a_pdf())
    look(world, done)
    with acting_as(world.adviser):
        File.objects.filter(pk=file.pk).update(try_at=timezone.now() + timedelta(minutes=1))
    before = len(queued())
    assert sweep() == 0
    with acting_as(world.adviser):
        File.objects.filter(pk=file.pk).update(try_at=timezone.now() - timedelta(minutes=1))
    assert sweep() == 1
    [(name, arguments)] = queued()[before:]
    assert name.endswith("look_through") and arguments["file_id"] == file.pk


def test_adding_one_queues_that_it_is_looked_through(world: World) -> None:
    file = a_document(world)
    assert [arguments["file_id"] for name, arguments in queued() if name.endswith("look_through")] == [file.pk]


def test_run_again_it_changes_nothing(world: World) -> None:
    file = look(world, a_document(world))
    assert vars(look(world, file))["try_at"] is None and look(world, file).status == "ready"


def test_what_is_put_away_meanwhile_stays_away(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    file, make = a_document(world), tasks.make_apart

    def slow(*said: Any) -> Any:
        with acting_as(world.adviser):
            put_away(by=world.adviser, file=file, why="Wrong person")
        return make(*said)

    monkeypatch.setattr(tasks, "make_apart", slow)
    assert look(world, file).status == "put_away"


def test_what_is_said_of_it_may_change_while_it_waits(world: World) -> None:
    file, by = a_document(world), world.adviser
    with acting_as(by):
        change_document(by=by, file=file, about=About(title="Hearing notice", label="court"))
    assert look(world, file).title == "Hearing notice"


def test_what_cannot_be_read_is_said_and_not_kept(world: World) -> None:
    file = look(world, a_document(world, b"%PDF-1.7 and no more"))
    assert file.status == "unreadable" and file.said[0].startswith("The PDF is damaged")
    with acting_as(world.adviser):
        assert not FileContent.objects.visible_to(world.adviser).kept().exists()


def test_pages_in_another_order_need_no_scanner(world: World, settings: Any) -> None:
    file = being_arranged(world)
    settings.CLAMD_ADDRESS = NOWHERE
    file = look(world, file)
    assert (file.status, file.pages, file.arranged) == ("ready", 2, [])
