"""`wraparound subject-access`: everything held about one person, for the operator, as JSON and as PDF."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from wraparound.cli.database import as_owner, database
from wraparound.cli.problem import Problem

if TYPE_CHECKING:
    from wraparound.documents.subject_access import Pack
    from wraparound.organisations.models import Scheme
    from wraparound.people.models import Person

Say = Callable[[str], None]


def write(scheme: str, person: str, folder: str, *, say: Say = print) -> None:
    """Write `subject-access.json` and `.pdf` into a new folder that only this account may read.

    `person` is an NHS number or the reference of one of their journeys. Problem where there is no such person or
    scheme, rows are hidden from the role, or the folder is there already.
    """
    import django

    with database():
        # Read as the owner of the tables: to anybody else, most of it is hidden.
        as_owner()
        django.setup()
        from django.db import connection, transaction

        from wraparound.audit.verifying import sees_everything

        if not sees_everything(connection):
            raise Problem("Rows are hidden from this role: set DATABASE_OWNER_URL to the owner's address.")
        with transaction.atomic():
            pack = _pack(scheme, person)
        _write(pack, Path(folder), say)


def _found(scheme_name: str, person: str) -> "tuple[Scheme, Person]":
    """The scheme and the person in it. Problem where there is none."""
    from wraparound.organisations.models import Scheme
    from wraparound.people.models import Person

    scheme = Scheme.objects.filter(name=scheme_name).first()
    if scheme is None:
        raise Problem(f"There is no scheme called “{scheme_name}”.")
    number = person.replace(" ", "")
    of_scheme = Person.objects.filter(scheme=scheme)
    found = of_scheme.filter(nhs_number=number).first() if number.isdigit() else None
    found = found or of_scheme.filter(journeys__reference=person.upper()).first()
    if found is None:
        raise Problem("There is nobody in that scheme with this NHS number or reference.")
    return scheme, found


def _pack(scheme_name: str, person: str) -> "Pack":
    from django.utils import timezone

    from wraparound.documents.subject_access import Pack
    from wraparound.organisations.actor import acting_as, system
    from wraparound.organisations.models import Organisation
    from wraparound.privacy import packing
    from wraparound.privacy.collecting import Whose, everything
    from wraparound.privacy.same_person import all_records_of
    from wraparound.privacy.saying import plain

    scheme, found = _found(scheme_name, person)
    with acting_as(system(scheme, 0)):
        ids = all_records_of(found.pk)
    holders = [("The shared record", Whose(scheme.pk, 0, took=True))]
    for organisation in Organisation.objects.filter(schemes=scheme).order_by("name"):
        holders.append((organisation.name, Whose(scheme.pk, organisation.pk, took=False)))
    parts = [
        packing.whole_part(name, everything(ids, scheme_id=scheme.pk, whose=whose, all_versions=True))
        for name, whose in holders
    ]
    today = plain(timezone.localdate())
    return Pack(
        name=found.name,
        asked_on=today,
        made_on=today,
        answered_by="The operator",
        scheme=scheme.name,
        invented=scheme.invented,
        parts=[part for part in parts if part.sections],
        apart=[],
    )


def _write(pack: "Pack", folder: Path, say: Say) -> None:
    from wraparound.documents.subject_access_pdf import subject_access_pdf

    try:
        folder.mkdir(mode=0o700, parents=True)
    except FileExistsError:
        raise Problem(f"{folder} is there already: name a new folder.") from None
    for name, content in (
        ("subject-access.json", json.dumps(pack.to_json(), indent=1, ensure_ascii=False).encode()),
        ("subject-access.pdf", subject_access_pdf(pack)),
    ):
        with open(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
    entries = sum(len(section.entries) for part in pack.parts for section in part.sections)
    say(f"{entries:,} records of {len(pack.parts)} holders are in {folder}.")
    say("Nothing is left out, and what may be about others is marked. Review it before anybody else reads it.")
