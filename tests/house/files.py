"""How to come to each action on documents, and documents to test with."""

from collections.abc import Callable, Sequence
from io import BytesIO

import pikepdf
from PIL import Image

from tests.factories import NOW, World
from tests.house.advice import advised_in
from tests.house.trial import Recipe, Trial
from wraparound.casework.models import Case
from wraparound.files.adding import About, Given, add_document
from wraparound.files.apart import Made, make_apart
from wraparound.files.changing import arrange_pages
from wraparound.files.checking import find_harmful, find_unreadable, make_ready
from wraparound.files.models import File, FileContent, Part
from wraparound.organisations.actor import Actor, acting_as, system

ABOUT = About(label="decision", title="PIP decision", on=NOW.date(), with_whom="Department for Work and Pensions")


def a_photograph(colour: str = "white", size: tuple[int, int] = (90, 120), orientation: int = 1) -> bytes:
    """A JPEG as a phone makes it, with where it was taken and what with."""
    held = Image.Exif()
    held[0x0112], held[0x0110] = orientation, "Telephone of Rosa"
    held.get_ifd(0x8825)[1] = "N"
    kept = BytesIO()
    Image.new("RGB", size, colour).save(kept, "JPEG", exif=held, comment=b"taken at home")
    return kept.getvalue()


def a_pdf(pages: int = 1, change: Callable[[pikepdf.Pdf], None] = lambda pdf: None, **saved: object) -> bytes:
    pdf = pikepdf.new()
    for number in range(pages):
        pdf.add_blank_page(page_size=(200 + number, 300))
    change(pdf)
    kept = BytesIO()
    pdf.save(kept, **saved)
    return kept.getvalue()


def given(*every: bytes) -> Sequence[Given]:
    return [Given(f"IMG_{number}.jpg", data) for number, data in enumerate(every, 1)]


def a_case(world: World) -> Case:
    return advised_in(world).case


def a_document(world: World, *every: bytes, by: Actor | None = None, case: Case | None = None, **said: object) -> File:
    """Added, and not yet looked through: two photographs unless said otherwise."""
    actor, held = by or world.adviser, case or a_case(world)
    chosen = given(*(every or (a_photograph("white"), a_photograph("grey"))))
    with acting_as(actor):
        return add_document(by=actor, case=held, given=chosen, about=About(**{**vars(ABOUT), **said}))


def clock_of(world: World) -> Actor:
    return system(world.scheme, world.advice.organisation_id).at(NOW)


def made_of(world: World, file: File) -> Made:
    """What the process apart makes of what was given."""
    by = clock_of(world)
    with acting_as(by):
        rows = FileContent.objects.visible_to(by).kept().filter(file=file, part=Part.GIVEN).order_by("number")
        return make_apart([(each.kind, bytes(each.data)) for each in rows])


def ready(world: World, *every: bytes, **said: object) -> File:
    """A document that can be opened."""
    file, by = a_document(world, *every, **said), clock_of(world)
    made = made_of(world, file)
    with acting_as(by):
        return make_ready(by=by, file=file, made=made, scanned=False)


def shown(world: World) -> File:
    """One that can be opened, the same again where there is one already."""
    by = world.adviser
    with acting_as(by):
        held = File.objects.visible_to(by).filter(status="ready", latest=True, replaces=None).order_by("pk").first()
    return held or ready(world)


def harmful(world: World) -> File:
    file, by = a_document(world), clock_of(world)
    with acting_as(by):
        return find_harmful(by=by, file=file, verdict="Eicar-Test-Signature")


def unreadable(world: World) -> File:
    file, by = a_document(world), clock_of(world)
    with acting_as(by):
        return find_unreadable(by=by, file=file, why="The PDF is locked with a password.")


def being_arranged(world: World) -> File:
    file, by = ready(world), world.adviser
    with acting_as(by):
        return arrange_pages(by=by, file=file, order=[2, 1])


def _make_ready(world: World) -> Trial:
    file = a_document(world)
    return Trial(clock_of(world), {"file": file, "made": made_of(world, file), "scanned": False})


def _add(world: World) -> Trial:
    case = a_case(world)
    return Trial(world.adviser, {"case": case, "given": given(a_photograph()), "about": ABOUT})


FILES: dict[str, Recipe] = {
    "wraparound.files.adding.add_document": _add,
    "wraparound.files.adding.add_version": lambda world: Trial(
        world.adviser, {"file": ready(world), "given": given(a_photograph("blue"))}
    ),
    "wraparound.files.changing.change_document": lambda world: Trial(
        world.adviser, {"file": ready(world), "about": About(label="court", title="Notice of hearing")}
    ),
    "wraparound.files.changing.arrange_pages": lambda world: Trial(
        world.adviser, {"file": ready(world), "order": [2, 1], "turns": [0, 90]}
    ),
    "wraparound.files.changing.put_away": lambda world: Trial(
        world.adviser, {"file": ready(world), "why": "Of somebody else"}
    ),
    "wraparound.files.checking.make_ready": _make_ready,
    "wraparound.files.checking.find_unreadable": lambda world: Trial(
        clock_of(world), {"file": a_document(world), "why": "The PDF is damaged."}
    ),
    "wraparound.files.checking.find_harmful": lambda world: Trial(
        clock_of(world), {"file": a_document(world), "verdict": "Eicar-Test-Signature"}
    ),
    "wraparound.files.checking.wait_for_scanner": lambda world: Trial(clock_of(world), {"file": a_document(world)}),
}
