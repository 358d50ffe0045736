"""Practices of a register, with the network, the borough and the board that each is part of, written down as one."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from wraparound.organisations.models import Organisation

Kind = Organisation.Kind
WRITTEN = ["name", "kind", "address", "postcode", "phone", "latitude", "longitude", "list_size", "part_of"]


@dataclass(frozen=True)
class Above:
    """A place above a practice. A borough has no code of the organisations' register: it is known by its name."""

    kind: Organisation.Kind
    name: str
    ods_code: str = ""

    @property
    def key(self) -> str:
        return self.ods_code or f"{self.kind} {self.name.casefold()}"


@dataclass(frozen=True, kw_only=True)
class Practice:
    """One practice as the register has it. `above`: its network, borough and board, as far as it has them."""

    ods_code: str
    name: str
    address: str = ""
    postcode: str = ""
    phone: str = ""
    latitude: float | None = None
    longitude: float | None = None
    list_size: int | None = None
    above: tuple[Above, ...] = ()


@dataclass
class Written:
    """How many organisations were made, changed, and left as they were; and the practices' ids."""

    made: int = 0
    changed: int = 0
    same: int = 0
    practices: tuple[int, ...] = ()


class KindDiffers(ValueError):
    """A code of the file is that of an organisation of another kind here."""


@transaction.atomic
def write_practices(practices: Sequence[Practice]) -> Written:
    """Make or change an organisation for each practice and each place above them, all or none. Raises KindDiffers.

    No scheme is touched, so there is no event: which organisations there are is no scheme's secret. One import at a
    time: a second waits.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('organisations.importing', 0))")
    written = Written()
    known: dict[str, Organisation] = {}
    ladder = _ladder(practices)
    for kind in (Kind.ICB, Kind.BOROUGH, Kind.PCN):
        places = [place for place in ladder if place.kind == kind]
        rows = [_place(place, ladder[place], known) for place in places]
        known |= dict(zip((place.key for place in places), _write(rows, written), strict=True))
    rows = [_practice(practice, known) for practice in practices]
    written.practices = tuple(row.pk for row in _write(rows, written))
    return written


def _ladder(practices: Iterable[Practice]) -> dict[Above, Above | None]:
    """Every place with the one above it. Where its practices disagree, what most of them say, by name when even."""
    votes: dict[Above, Counter[Above | None]] = defaultdict(Counter)
    for practice in practices:
        for place, above in zip(practice.above, [*practice.above[1:], None], strict=True):
            votes[place][above] += 1
    return {place: max(said.items(), key=_most)[0] for place, said in votes.items()}


def _most(vote: tuple[Above | None, int]) -> tuple[int, str]:
    above, count = vote
    return count, above.name if above else ""


def _place(place: Above, above: Above | None, known: Mapping[str, Organisation]) -> Organisation:
    part_of = known[above.key] if above else None
    return Organisation(name=place.name, kind=place.kind, ods_code=place.ods_code, part_of=part_of)


def _practice(practice: Practice, known: Mapping[str, Organisation]) -> Organisation:
    values = {name: value for name, value in vars(practice).items() if name != "above"}
    return Organisation(**values, kind=Kind.PRACTICE, part_of=known[practice.above[0].key] if practice.above else None)


def _write(rows: Sequence[Organisation], written: Written) -> list[Organisation]:
    """The rows as they are in the database afterwards, in the order given."""
    coded = Organisation.objects.filter(ods_code__in=[row.ods_code for row in rows if row.ods_code])
    uncoded = Organisation.objects.filter(ods_code="", kind__in={row.kind for row in rows if not row.ods_code})
    held = {_key(each): each for each in [*uncoded.order_by("-pk"), *coded]}
    new = [row for row in rows if _key(row) not in held]
    changed = [held[_key(row)] for row in rows if _key(row) in held and _take(held[_key(row)], row)]
    for made in Organisation.objects.bulk_create(new):
        held[_key(made)] = made
    Organisation.objects.bulk_update(changed, WRITTEN, batch_size=200)
    written.made += len(new)
    written.changed += len(changed)
    written.same += len(rows) - len(new) - len(changed)
    return [held[_key(row)] for row in rows]


def _key(row: Organisation) -> str:
    return row.ods_code or f"{row.kind} {row.name.casefold()}"


def _take(held: Organisation, row: Organisation) -> bool:
    """Write the row's values over what is held; whether anything was different."""
    if held.kind != row.kind:
        raise KindDiffers(f"{row.ods_code} is {held.name} here, which is not a {row.get_kind_display()}.")
    different = [name for name in WRITTEN if getattr(held, _column(name)) != getattr(row, _column(name))]
    for name in different:
        setattr(held, _column(name), getattr(row, _column(name)))
    return bool(different)


def _column(name: str) -> str:
    return "part_of_id" if name == "part_of" else name
