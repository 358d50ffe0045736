"""Adding a document to a case: one PDF, or photographs that become one."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from wraparound.advice.models import Matter
from wraparound.casework.models import Case
from wraparound.events.action import Refused, action
from wraparound.files.kinds import LARGEST_TOGETHER, MOST_FILES, Kind, NotTaken, kind_of
from wraparound.files.labels import LABELS, OTHER
from wraparound.files.models import File, FileContent, Part
from wraparound.files.moving import hold, move, tell
from wraparound.files.states import Direction, FileStatus
from wraparound.files.tasks import look_through_later
from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability
from wraparound.pathways.vocabulary import Service
from wraparound.referrals.moves import worked_on

LONGEST = {"title": 120, "with_whom": 120}
LONGEST_NAME = 200
# Should the job be lost that looks through it, the clock finds it then.
LOOKED_AT_AGAIN = timedelta(minutes=10)


@dataclass(frozen=True)
class Given:
    """One file as it was chosen. Its name is for people alone and leads nowhere."""

    name: str
    data: bytes


@dataclass(frozen=True, kw_only=True)
class About:
    """What is said of a document. Without a title, the label is one."""

    label: str = OTHER
    title: str = ""
    on: date | None = None
    direction: Direction = Direction.RECEIVED
    with_whom: str = ""
    passed_on: date | None = None


@action
def add_document(*, by: Actor, case: Case, given: Sequence[Given], about: About, matter: Matter | None = None) -> File:
    """Keep what was chosen as one document of the case, its pages in this order, once it is looked through.

    Nobody opens it before. The same files a second time are refused (`same_file`).
    """
    by.require(Capability.WRITE_NOTES)
    held = _case(case.pk, by)
    file = _make(held, given, by, matter=_matter(held, matter, by), **checked(about))
    tell("document_added", file, by=by)
    return file


@action
def add_version(*, by: Actor, file: File, given: Sequence[Given]) -> File:
    """Put a newer version in the place of a document, once it is ready. The older one is found from the newer."""
    by.require(Capability.WRITE_NOTES)
    case = _case(file.case_id, by)
    older = hold(file, "replace", by=by)
    newer = File.objects.visible_to(by).filter(replaces=older)
    if not older.latest or newer.filter(status__in=[FileStatus.WAITING, FileStatus.READY]).exists():
        raise Refused("replaced", "There is a newer version already. Add yours to that one.", "chosen")
    same = ("label", "title", "on", "direction", "with_whom", "passed_on")
    older = move(older, "replace", by=by)
    return _make(
        case, given, by, matter=older.matter, replaces=older, version=older.version + 1,
        **{name: getattr(older, name) for name in same},
    )  # fmt: skip


def checked(about: About) -> dict[str, Any]:
    """The columns that hold it. Refused with the field that does not fit."""
    values = {"title": about.title.strip() or LABELS.get(about.label, ""), "with_whom": about.with_whom.strip()}
    if about.label not in LABELS:
        raise Refused("unknown_label", "Select what it is.", "label")
    for name, longest in LONGEST.items():
        if len(values[name]) > longest:
            raise Refused("too_long", f"This must be {longest} characters or fewer.", name)
    rest = {"label": about.label, "on": about.on, "direction": about.direction, "passed_on": about.passed_on}
    return values | rest


def is_legal(case: Case, matter: Matter | None, by: Actor) -> bool:
    """Whether it is confidential between the person and their advisers: of a matter, or of an adviser's own work."""
    services = (case.referral.service, *case.referral.joined)
    return matter is not None or (by.can(Capability.GIVE_ADVICE) and Service.WELFARE_ADVICE in services)


def _case(pk: int, by: Actor) -> Case:
    """The case, locked with its referral: the same files sent twice at once come one after the other."""
    held: Case = Case.objects.visible_to(by).select_related("referral").select_for_update(of=("self",)).get(pk=pk)
    worked_on(held.referral, by=by)
    return held


def _matter(case: Case, matter: Matter | None, by: Actor) -> Matter | None:
    if matter is None:
        return None
    found: Matter = Matter.objects.visible_to(by).get(pk=matter.pk)
    if found.case_id != case.pk:
        raise Refused("other_case", "Choose a matter of this case.", "matter")
    return found


def _make(case: Case, given: Sequence[Given], by: Actor, **values: Any) -> File:
    parts = _taken(given)
    _not_here_already(case, parts, by)
    scope = {
        "scheme_id": by.scheme_id, "organisation_id": by.organisation_id, "person_id": case.person_id,
        "legal": is_legal(case, values["matter"], by),
    }  # fmt: skip
    file = File.objects.create(
        case=case,
        given_names=[each.name[:LONGEST_NAME] for each in given],
        given_sha256=list(parts),
        photographs=all(kind.photograph for kind, _ in parts.values()),
        added_by_id=by.user(),
        added_at=by.now(),
        try_at=by.now() + LOOKED_AT_AGAIN,
        **scope,
        **values,
    )
    for number, (sha256, (kind, data)) in enumerate(parts.items(), 1):
        FileContent.objects.create(
            file=file, part=Part.GIVEN, number=number, kind=kind, sha256=sha256, data=data, **scope
        )
    look_through_later(file, by)
    return file


def _taken(given: Sequence[Given]) -> Mapping[str, tuple[Kind, bytes]]:
    """Each file's kind and bytes by its SHA-256, in order. Refused with what to do where one is not taken."""
    if not given:
        raise Refused("nothing", "Choose a file, or take a photograph.", "chosen")
    if len(given) > MOST_FILES:
        raise Refused("too_many", f"Choose {MOST_FILES} files or fewer. Add the rest as another document.", "chosen")
    if sum(len(each.data) for each in given) > LARGEST_TOGETHER:
        most = f"{LARGEST_TOGETHER // 1024 // 1024} MB"
        raise Refused("too_large", f"Together these are larger than {most}. Add them in two documents.", "chosen")
    parts: dict[str, tuple[Kind, bytes]] = {}
    for each in given:
        try:
            kind = kind_of(each.data)
        except NotTaken as fault:
            raise Refused("not_taken", f"“{_short(each.name)}” {fault}", "chosen") from None
        sha256 = hashlib.sha256(each.data).hexdigest()
        if sha256 in parts:
            raise Refused("chosen_twice", f"“{_short(each.name)}” is among these twice. Choose it once.", "chosen")
        parts[sha256] = (kind, each.data)
    return parts


def _not_here_already(case: Case, parts: Mapping[str, object], by: Actor) -> None:
    rows = File.objects.visible_to(by).filter(case=case, given_sha256__overlap=list(parts))
    found = rows.exclude(status__in=[FileStatus.PUT_AWAY, FileStatus.UNREADABLE]).order_by("-pk").first()
    if found is None:
        return
    if found.status == FileStatus.HARMFUL:
        raise Refused("harmful", "This file was found to be harmful. It is not kept.", "chosen")
    when = f"{found.added_at:%-d %B %Y}"
    raise Refused("same_file", f"This is here already: “{found.title}”, added on {when}.", "chosen")


def _short(name: str) -> str:
    return name if len(name) <= 60 else f"{name[:50]}…{name[-8:]}"
