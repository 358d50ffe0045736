"""What pages read of documents: lists without their bytes, one document, and the bytes of one."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import Q, QuerySet, Sum

from wraparound.advice.models import Matter
from wraparound.casework.models import Case
from wraparound.files.clamd import Clamd
from wraparound.files.labels import LABELS
from wraparound.files.models import File, FileContent, Part
from wraparound.files.states import FileStatus
from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability
from wraparound.referrals.paging import Page, moment, page_of, past

NEWEST_FIRST = ("added_at", "id")
TOLD_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Which:
    """Of a case's documents: of one label, of one matter, or what was put away."""

    label: str = ""
    matter: Matter | None = None
    away: bool = False


def documents_on(actor: Actor, case: Case, which: Which, *, after: str = "", size: int = 25) -> Page:
    """The newest versions, the latest added first."""
    rows = _rows(actor).filter(case=case)
    rows = rows.filter(status=FileStatus.PUT_AWAY) if which.away else _shown(rows)
    if which.label in LABELS:
        rows = rows.filter(label=which.label)
    if which.matter is not None:
        rows = rows.filter(matter=which.matter)
    rows = past(rows, NEWEST_FIRST, after, moment, int, newest_first=True)
    return page_of(list(rows.order_by("-added_at", "-pk")[: size + 1]), size, NEWEST_FIRST)


def how_much(actor: Actor, case: Case) -> int:
    """Bytes of every document of a case that is kept, older versions and what was put away too."""
    found = File.objects.visible_to(actor).filter(case=case).aggregate(bytes=Sum("size"))
    return int(found["bytes"] or 0)


def document_of(actor: Actor, pk: int) -> File:
    """One document. File.DoesNotExist when it is not the actor's to see."""
    found: File = _rows(actor).get(pk=pk)
    return found


def versions_of(actor: Actor, file: File) -> list[File]:
    """Older and newer versions of a document, the newest first, itself left out."""
    rows = _rows(actor).filter(case_id=file.case_id).exclude(status=FileStatus.PUT_AWAY)
    found, known = list[File](), {file.pk}
    # Versions are few, and a chain has no one row that names them all.
    while more := list(rows.filter(Q(replaces__in=known) | Q(newer__in=known)).exclude(pk__in=known).distinct()[:50]):
        found += more
        known |= {each.pk for each in more}
    return sorted(found, key=lambda each: (-each.version, -each.pk))


def content_of(actor: Actor, file: File, part: Part, number: int = 1) -> FileContent | None:
    """The bytes of a document that is ready or was put away; None of any other, and where there are none."""
    if file.status not in (FileStatus.READY, FileStatus.PUT_AWAY) or part == Part.GIVEN:
        return None
    return FileContent.objects.visible_to(actor).kept().filter(file=file, part=part, number=number).first()


def not_kept(actor: Actor, most: int = 15) -> list[File]:
    """For whoever added them, what could not be kept; for a supervisor, what was harmful. Until it is put away."""
    mine = Q(added_by_id=actor.user_id, status__in=[FileStatus.HARMFUL, FileStatus.UNREADABLE])
    wanted = mine | Q(status=FileStatus.HARMFUL) if actor.can(Capability.SUPERVISE) else mine
    rows = _rows(actor).filter(wanted, added_at__gte=actor.now() - TOLD_FOR)
    # Said so that the index of these few is used.
    rows = rows.filter(status__in=[FileStatus.HARMFUL, FileStatus.UNREADABLE])
    return list(rows.order_by("-added_at", "-pk")[:most])


def scanner_is_set_up() -> bool:
    return bool(settings.CLAMD_ADDRESS)


def scanner_answers() -> bool:
    """Whether the scanner that is set up answers, within two seconds; True where none is."""
    return not settings.CLAMD_ADDRESS or Clamd(settings.CLAMD_ADDRESS, seconds=2).answers()


def _rows(actor: Actor) -> "QuerySet[File]":
    return File.objects.visible_to(actor).select_related(
        "case__journey", "case__referral", "person", "matter", "added_by", "put_away_by"
    )


def _shown(rows: "QuerySet[File]") -> "QuerySet[File]":
    return rows.exclude(status=FileStatus.PUT_AWAY).filter(latest=True)
