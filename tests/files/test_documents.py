"""A document is kept once, for those alone whom it is for; what was wrong is put away, what is newer replaces."""

import pytest
from django.db import connection

from tests.casework.taking_on import taken_on
from tests.factories import World
from tests.house.advice import a_matter
from tests.house.files import ABOUT, a_case, a_document, a_pdf, a_photograph, clock_of, given, harmful, made_of, ready
from tests.house.files import unreadable as an_unreadable_one
from wraparound.events.action import Refused
from wraparound.events.models import Event
from wraparound.files.adding import About, Given, add_document, add_version
from wraparound.files.changing import arrange_pages, change_document, put_away
from wraparound.files.checking import make_ready, next_try
from wraparound.files.models import File, FileContent, Part
from wraparound.files.reading import Which, content_of, documents_on, how_much, not_kept, versions_of
from wraparound.organisations.actor import Actor, acting_as

pytestmark = pytest.mark.django_db


def titles(world: World, actor: Actor, **which: object) -> list[str]:
    with acting_as(actor):
        return [each.title for each in documents_on(actor, a_case(world), Which(**which)).rows]  # type: ignore[arg-type]


def refused(act: object, by: Actor, **said: object) -> str:
    with acting_as(by), pytest.raises(Refused) as fault:
        act(by=by, **said)  # type: ignore[operator]
    return fault.value.code


def test_nobody_opens_it_before_it_was_looked_through(world: World) -> None:
    file, by = a_document(world), world.adviser
    with acting_as(by):
        assert [content_of(by, file, part) for part in Part] == [None] * 4
        assert FileContent.objects.visible_to(by).filter(file=file).count() == 2


def test_ready_it_is_the_document_and_pictures_of_its_pages_and_no_more(world: World) -> None:
    file, by = ready(world), world.adviser
    with acting_as(by):
        rows = FileContent.objects.visible_to(by).kept().filter(file=file)
        assert sorted((each.part, each.number) for each in rows) == [
            ("document", 1), ("page", 1), ("page", 2), ("small", 1),
        ]  # fmt: skip
        document = content_of(by, file, Part.DOCUMENT)
        assert document and bytes(document.data).startswith(b"%PDF-")
        assert content_of(by, file, Part.GIVEN) is None
        assert how_much(by, a_case(world)) == file.size == len(document.data)


def test_of_an_advisers_work_those_who_advise_there_read_it_and_nobody_else(world: World) -> None:
    ready(world)
    assert titles(world, world.advice_supervisor) == ["PIP decision"]
    for name in ("clinician", "link_worker", "link_supervisor", "advice_lead"):
        actor = world.actors[name]
        with acting_as(actor):
            assert not File.objects.visible_to(actor).exists()
            # The second line, for a query that forgot the first.
            assert not File.objects.exists() and not FileContent.objects.exists()


def test_of_a_link_workers_case_the_organisation_reads_it(world: World) -> None:
    case = taken_on(world, world.link_worker)
    file = a_document(world, by=world.link_worker, case=case)
    assert not file.legal
    for name, sees in (("second_link_worker", True), ("adviser", False), ("clinician", False)):
        with acting_as(world.actors[name]):
            assert File.objects.visible_to(world.actors[name]).exists() is sees


def test_put_on_a_matter_it_is_for_advisers_and_stays_so(world: World) -> None:
    matter, by = a_matter(world), world.adviser
    file = ready(world)
    with acting_as(by):
        on = change_document(by=by, file=file, about=ABOUT, matter=matter)
        off = change_document(by=by, file=on, about=ABOUT)
        assert on.legal and off.legal and off.matter is None
        assert set(FileContent.objects.visible_to(by).values_list("legal", flat=True)) == {True}


def test_the_same_file_twice_is_said(world: World) -> None:
    a_document(world)
    again = {"case": a_case(world), "given": given(a_photograph("white")), "about": ABOUT}
    with acting_as(world.adviser), pytest.raises(Refused) as fault:
        add_document(by=world.adviser, **again)
    assert fault.value.code == "same_file" and "PIP decision" in fault.value.sentence


def test_what_was_harmful_is_not_taken_again_and_what_was_put_away_is(world: World) -> None:
    by, case = world.adviser, a_case(world)
    harmful(world)
    assert refused(add_document, by, case=case, given=given(a_photograph("white")), about=ABOUT) == "harmful"
    file = ready(world, a_photograph("blue"))
    with acting_as(by):
        put_away(by=by, file=file, why="Wrong person")
        assert add_document(by=by, case=case, given=given(a_photograph("blue")), about=ABOUT).pk


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        ([], "nothing"),
        ([b""], "not_taken"),
        ([b"PK\x03\x04"], "not_taken"),
        ([a_pdf(), a_pdf()], "chosen_twice"),
        ([a_photograph(size=(9, 9 + number)) for number in range(31)], "too_many"),
    ],
    ids=["nothing", "empty", "Word", "twice", "too many"],
)
def test_what_cannot_be_kept_is_refused_beside_the_files(world: World, chosen: list[bytes], code: str) -> None:
    case = a_case(world)
    with acting_as(world.adviser), pytest.raises(Refused) as fault:
        add_document(by=world.adviser, case=case, given=given(*chosen), about=ABOUT)
    assert (fault.value.code, fault.value.field) == (code, "chosen")
    assert fault.value.sentence.endswith(".")


def test_a_file_name_is_words_and_leads_nowhere(world: World) -> None:
    case, by = a_case(world), world.adviser
    name = "../../etc/passwd\u202egpj.exe" + "x" * 400
    with acting_as(by):
        file = add_document(by=by, case=case, given=[Given(name, a_photograph())], about=About())
        assert file.given_names == [name[:200]] and file.title == "Something else"


def test_a_newer_version_takes_the_place_of_the_older_once_it_is_ready(world: World) -> None:
    older, by = ready(world), world.adviser
    with acting_as(by):
        newer = add_version(by=by, file=older, given=given(a_photograph("blue")))
    assert refused(add_version, by, file=older, given=given(a_photograph("red"))) == "replaced"
    assert titles(world, by) == ["PIP decision", "PIP decision"]
    made = made_of(world, newer)
    with acting_as(clock_of(world)):
        make_ready(by=clock_of(world), file=newer, made=made, scanned=False)
    with acting_as(by):
        [row] = documents_on(by, a_case(world), Which()).rows
        assert (row.pk, row.version, row.with_whom) == (newer.pk, 2, older.with_whom)
        assert [each.pk for each in versions_of(by, row)] == [older.pk]
        put_away(by=by, file=row, why="Only half of it")
        [row] = documents_on(by, a_case(world), Which()).rows
        assert row.pk == older.pk


def test_put_away_it_is_on_no_list_and_not_deleted(world: World) -> None:
    file, by = ready(world), world.adviser
    assert refused(put_away, by, file=file, why="  ") == "no_reason"
    with acting_as(by):
        put_away(by=by, file=file, why="About somebody else")
        assert content_of(by, File.objects.visible_to(by).get(pk=file.pk), Part.DOCUMENT)
    assert titles(world, by) == [] and titles(world, by, away=True) == ["PIP decision"]


@pytest.mark.parametrize(
    ("order", "turns", "code"),
    [([], [], "no_page"), ([1, 1], [], "not_pages"), ([3], [], "not_pages"), ([0], [], "not_pages"),
     ([1], [45], "not_turns"), ([1, 2], [90], "not_turns")],
)  # fmt: skip
def test_an_order_that_is_none_is_refused(world: World, order: list[int], turns: list[int], code: str) -> None:
    assert refused(arrange_pages, world.adviser, file=ready(world), order=order, turns=turns) == code


def test_the_pages_of_a_pdf_stay_as_they_came(world: World) -> None:
    file = ready(world, a_pdf(2))
    assert refused(arrange_pages, world.adviser, file=file, order=[2, 1]) == "not_photographs"


def test_lists_are_paged_by_label_the_newest_first(world: World) -> None:
    for number in range(4):
        a_document(world, a_photograph(size=(20, 30 + number)), title=f"Page {number}", label="bank")
    a_document(world, title="Letter")
    by, case = world.adviser, a_case(world)
    with acting_as(by):
        first = documents_on(by, case, Which(label="bank"), size=3)
        rest = documents_on(by, case, Which(label="bank"), after=first.after, size=3)
    assert [each.title for each in (*first.rows, *rest.rows)] == ["Page 3", "Page 2", "Page 1", "Page 0"]
    assert not rest.after


def test_who_added_it_and_a_supervisor_are_told_of_what_was_harmful(world: World) -> None:
    file, other = harmful(world), an_unreadable_one
    with acting_as(world.adviser):
        assert not FileContent.objects.visible_to(world.adviser).kept().filter(file=file).exists()
    for name, told in (("adviser", 1), ("advice_supervisor", 1), ("link_supervisor", 0)):
        with acting_as(world.actors[name]):
            assert len(not_kept(world.actors[name])) == told
    with acting_as(world.adviser):
        put_away(by=world.adviser, file=file, why="Told the sender")
        assert not_kept(world.adviser) == []
    assert other(world).pk
    for name, told in (("adviser", 1), ("advice_supervisor", 0)):
        with acting_as(world.actors[name]):
            assert len(not_kept(world.actors[name])) == told


def test_an_event_says_nothing_of_what_it_is(world: World) -> None:
    ready(world)
    with acting_as(world.adviser):
        told = Event.objects.filter(name__startswith="document_")
        assert {each.name for each in told} == {"document_added", "document_make_ready"}
        assert all(set(each.data) == {"document"} for each in told)
        assert all(each.organisation_ids == [world.adviser.organisation_id] for each in told)


def test_the_bytes_lie_as_they_are(world: World) -> None:
    with connection.cursor() as cursor:
        [(how,)] = cursor.execute(
            "SELECT attstorage FROM pg_attribute WHERE attrelid = 'files_filecontent'::regclass AND attname = 'data'"
        ).fetchall()
    assert how == "e"


def test_a_scanner_that_is_away_is_asked_later_each_time_and_never_given_up(world: World) -> None:
    now = world.adviser.now()
    waits = [(next_try(now, tries) - now).total_seconds() / 60 for tries in range(12)]
    assert waits[:6] == [1, 2, 4, 8, 16, 32] and set(waits[6:]) == {60}
