"""Documents as the pages show them, and what an address names."""

from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.http import Http404
from django.urls import reverse
from django.utils.text import slugify

from wraparound.advice.models import Matter
from wraparound.advice.reading import matters_on
from wraparound.casework.models import Case
from wraparound.files.models import File
from wraparound.files.reading import document_of, scanner_is_set_up
from wraparound.files.states import FILE_MOVES, Direction, FileStatus
from wraparound.organisations.actor import Actor
from wraparound.web.access import Request
from wraparound.web.formats import day

COLOURS = {
    FileStatus.WAITING: "blue",
    FileStatus.READY: "",
    FileStatus.UNREADABLE: "orange",
    FileStatus.HARMFUL: "red",
    FileStatus.PUT_AWAY: "grey",
}
# A picture's address says that the page it stands on was opened, and noted; it is good for as long as one looks at it.
_SALT, _GOOD_FOR = "files.picture", 60 * 60


@dataclass(frozen=True)
class Shown:
    """One document in a list. `picture` is the address of its first page, small, or "" where there is none to show."""

    file: File
    status: str
    colour: str
    said: str
    picture: str


def shown(file: File, actor: Actor) -> Shown:
    status = FileStatus(file.status)
    picture = picture_of(file, 0, actor) if status is FileStatus.READY else ""
    return Shown(file, status.label, COLOURS[status], passed(file), picture)


def passed(file: File) -> str:
    """“Received from the council, 3 November 2026”, with what is not known left out."""
    direction = Direction(file.direction)
    word = {Direction.RECEIVED: " from ", Direction.SENT: " to ", Direction.OURS: ", "}[direction]
    whom = f"{word}{file.with_whom}" if file.with_whom else ""
    when = f", {day(file.passed_on)}" if file.passed_on else ""
    return f"{direction.short}{whom}{when}"


def picture_of(file: File, number: int, actor: Actor) -> str:
    """The address of a picture of a page, counted from 1; 0 is the first one, small."""
    address = reverse("document-page", kwargs={"pk": file.pk, "number": number})
    return f"{address}?seen={signing.dumps([file.pk, actor.user_id], salt=_SALT)}"


def was_seen(token: str, file: File, actor: Actor) -> bool:
    """Whether the page that the picture is on was opened by the actor a short while ago, and noted."""
    try:
        return bool(signing.loads(token, salt=_SALT, max_age=_GOOD_FOR) == [file.pk, actor.user_id])
    except signing.BadSignature:
        return False


def document_or_404(request: Request, pk: int) -> File:
    """One document. Http404 when it is not the reader's to see."""
    try:
        return document_of(request.actor, pk)
    except File.DoesNotExist:
        raise Http404 from None


def moves_of(file: File, actor: Actor) -> set[str]:
    """What the actor may do with it now."""
    status = FileStatus(file.status)
    found = {verb for verb, rule in FILE_MOVES.items() if status in rule.from_ and actor.can(rule.capability)}
    if not file.photographs or file.pages > MOST_ARRANGED or not file.latest:
        found.discard("arrange")
    if not file.latest:
        found.discard("replace")
    return found


MOST_ARRANGED = 30


def matters_of(actor: Actor, case: Case, held: Matter | None = None) -> list[Matter]:
    """The matters that a document may be put on, and the one that it is on."""
    return [each for each in matters_on(actor, [case]) if each.live or each == held]


def scan_said(file: File) -> str:
    """Whether it was scanned, for whoever opens it; and what a document waits for."""
    if file.status == FileStatus.WAITING:
        if file.tries:
            return (
                "The malware scanner does not answer. The document waits for it, and is tried again by itself. If this "
                "lasts, tell whoever runs Wraparound for you."
            )
        return "It is being looked through. Nobody can open it before that is done, which takes some seconds."
    if file.scanned_at:
        return f"Scanned for malware, {day(file.scanned_at)}: nothing was found."
    if scanner_is_set_up():
        return "Not scanned for malware: no scanner was set up when it was added."
    return "Not scanned for malware: no scanner is set up."


def name_of(file: File) -> str:
    """The name that it is kept under: of letters, digits and hyphens alone."""
    words = slugify(file.title)[:80].strip("-") or "document"
    return f"{words}-{file.on.isoformat()}.pdf" if file.on else f"{words}.pdf"


def size_said(size: int) -> str:
    """“340 kB”, “12.5 MB”."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} kB"


def about_case(case: Case) -> dict[str, Any]:
    return {"case": case, "person": case.person, "journey": case.journey}
