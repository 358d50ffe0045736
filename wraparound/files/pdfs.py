"""PDFs: read, freed of what acts by itself, put together and drawn. Only the process apart loads this."""

from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import Any, TypeVar

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image

from wraparound.files.kinds import Kind
from wraparound.files.photographs import LONG, SHORT, as_jpeg, upright
from wraparound.files.unreadable import Unreadable

T = TypeVar("T")
MOST_PAGES, MOST_DRAWN = 500, 30
A4 = (595, 842)
PREVIEW, SMALL, PREVIEW_QUALITY = (1000, 1414), (240, 340), 72
_DEEPEST = 60
# What an annotation or a form may do that reaches out of the page, or carries something else along.
_ACTS = frozenset(
    "/JavaScript /Launch /SubmitForm /ImportData /GoToE /Rendition /Movie /Sound /RichMediaExecute".split()
)
_CARRIES = {"/FileAttachment", "/RichMedia", "/Screen", "/3D", "/Movie", "/Sound"}
SCRIPTS = "Something in it that acts by itself (a script, or a command to open or send something) was taken out."
CARRIED = "Other files inside it were taken out. If you need them, ask for them as documents of their own."
UNLOCKED = "It could be read but not copied or printed; it is kept without that lock."
LONG_ONE = f"Only the first {MOST_DRAWN} pages are shown as pictures. Open the PDF for the rest."


def read(data: bytes) -> tuple[Pdf, list[str]]:
    """The PDF without what acts by itself, and what was done to it in words. Unreadable."""
    try:
        pdf = pikepdf.open(BytesIO(data))
        pages = len(pdf.pages)
    except pikepdf.PasswordError:
        words = "is locked with a password. Ask for one without, or print it and photograph the pages."
        raise Unreadable(words) from None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as fault:
        raise Unreadable(_BROKEN) from fault
    if not pages:
        raise Unreadable("has no pages. Ask for it again.")
    if pages > MOST_PAGES:
        raise Unreadable(f"has {pages:,} pages. Add it in parts of {MOST_PAGES} pages or fewer.")
    if Name.Collection in pdf.Root:
        raise Unreadable("is a bundle of other files. Open it, and add each file that you need.")
    said = [UNLOCKED] if pdf.is_encrypted else []
    return pdf, said + _freed(pdf)


_BROKEN = "is damaged and cannot be read. Ask for it again, or photograph the pages."


def _freed(pdf: Pdf) -> list[str]:
    """Take out what acts by itself and what is carried along; what that was, in words."""
    said = set()
    root = pdf.Root
    names = root.get(Name.Names)
    if isinstance(names, Dictionary):
        said |= {words for key, words in (("/JavaScript", SCRIPTS), ("/EmbeddedFiles", CARRIED)) if _drop(names, key)}
    form = root.get(Name.AcroForm)
    if isinstance(form, Dictionary) and _drop(form, "/XFA"):
        said.add(SCRIPTS)
    if _drop(root, "/AF"):
        said.add(CARRIED)
    for each in pdf.objects:
        for held in _dictionaries(each, 0):
            said |= _tamed(held)
    for page in pdf.pages:
        if _without_carriers(page.obj):
            said.add(CARRIED)
    return sorted(said)


def _dictionaries(found: Any, depth: int) -> Iterator[Any]:
    """The dictionaries of one object, those that stand inside it too; those it points at come by themselves."""
    if depth > _DEEPEST:
        raise Unreadable(_BROKEN)
    if isinstance(found, Stream | Dictionary):
        yield found
        within = [value for _, value in found.items()] if isinstance(found, Dictionary) else []
    elif isinstance(found, Array):
        within = list(found)
    else:
        return
    for value in within:
        if isinstance(value, Dictionary | Array) and not value.is_indirect:
            yield from _dictionaries(value, depth + 1)


def _tamed(held: Any) -> set[str]:
    said = set()
    if _drop(held, "/AA") | _drop(held, "/JS"):
        said.add(SCRIPTS)
    for key in ("/A", "/OpenAction", "/Next"):
        action = held.get(key)
        if isinstance(action, Dictionary) and str(action.get("/S", "")) in _ACTS:
            del held[key]
            said.add(SCRIPTS)
    return said


def _without_carriers(page: Any) -> bool:
    notes = page.get("/Annots")
    if not isinstance(notes, Array):
        return False
    kept = [note for note in notes if not (isinstance(note, Dictionary) and str(note.get("/Subtype", "")) in _CARRIES)]
    if len(kept) == len(notes):
        return False
    page.Annots = Array(kept)
    return True


def _drop(held: Any, key: str) -> bool:
    if key not in held:
        return False
    del held[key]
    return True


def add_photograph(pdf: Pdf, picture: Image.Image) -> None:
    """One page, no larger than A4, with the picture on the whole of it."""
    paper = (A4[1], A4[0]) if picture.width > picture.height else A4
    points = min(paper[0] / picture.width, paper[1] / picture.height, 72 / 96)
    width, height = round(picture.width * points, 2), round(picture.height * points, 2)
    image = Stream(pdf, as_jpeg(picture))
    image.stream_dict = Dictionary(
        Type=Name.XObject, Subtype=Name.Image, Width=picture.width, Height=picture.height, BitsPerComponent=8,
        ColorSpace=Name.DeviceRGB, Filter=Name.DCTDecode,
    )  # fmt: skip
    page = pdf.add_blank_page(page_size=(width, height))
    page.obj.Resources = Dictionary(XObject=Dictionary(Page=pdf.make_indirect(image)))
    page.obj.Contents = Stream(pdf, f"q {width} 0 0 {height} 0 0 cm /Page Do Q".encode())


def together(parts: Sequence[tuple[str, bytes]]) -> tuple[Pdf, list[str]]:
    """One PDF of photographs and PDFs in this order, and what was done to them. Unreadable with a whole sentence."""
    if len(parts) == 1 and parts[0][0] == Kind.PDF:
        return _named("The PDF", read, parts[0][1])
    whole, said = Pdf.new(), list[str]()
    for number, (kind, data) in enumerate(parts, 1):
        if kind == Kind.PDF:
            part, done = _named(f"File {number}, a PDF,", read, data)
            whole.pages.extend(part.pages)
            said += [words for words in done if words not in said]
        else:
            name = "The photograph" if len(parts) == 1 else f"Photograph {number}"
            add_photograph(whole, _named(name, upright, data))
    return whole, said


def _named(name: str, reading: Callable[[bytes], T], data: bytes) -> T:
    try:
        return reading(data)
    except Unreadable as fault:
        raise Unreadable(f"{name} {fault}") from fault


def arranged(pdf: Pdf, order: Sequence[int], turns: Sequence[int]) -> Pdf:
    """The pages in this order (counted from one), each turned by as many degrees."""
    made = Pdf.new()
    for number, turn in zip(order, turns, strict=True):
        made.pages.append(pdf.pages[number - 1])
        if turn:
            made.pages[-1].rotate(turn, relative=True)
    return made


def saved(pdf: Pdf) -> bytes:
    """Written anew from its own parts: nothing that stood before, between or after them comes along."""
    kept = BytesIO()
    try:
        pdf.remove_unreferenced_resources()
        pdf.save(kept, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    except (pikepdf.PdfError, ValueError, RuntimeError) as fault:
        raise Unreadable(f"The PDF {_BROKEN}") from fault
    return kept.getvalue()


def drawn(document: bytes) -> list[Image.Image]:
    """Pictures of the first pages."""
    try:
        pdf = pypdfium2.PdfDocument(document)
        pdf.init_forms()
        return [_drawn(pdf[number]) for number in range(min(len(pdf), MOST_DRAWN))]
    except pypdfium2.PdfiumError as fault:
        raise Unreadable(f"The PDF {_BROKEN}") from fault


def _drawn(page: Any) -> Image.Image:
    width, height = page.get_size()
    scale = min(PREVIEW[0] / max(width, 1), PREVIEW[1] / max(height, 1), LONG / SHORT * 2)
    picture: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
    return picture
