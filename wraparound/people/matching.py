"""Is this somebody the scheme already knows? Asked of the database, which never shows a stranger's details."""

from dataclasses import dataclass
from enum import StrEnum

from django.db import connection

from wraparound.people.details import PersonDetails


class Known(StrEnum):
    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Match:
    """`person_id` only when the answer is yes: the details given already prove who it is."""

    answer: Known
    person_id: int | None = None


def look_for(details: PersonDetails) -> Match:
    """Compare with everybody in the acting scheme, by NHS number, else by name, birth date and postcode."""
    with connection.cursor() as cursor:
        row = cursor.execute(
            "SELECT answer, match FROM people_duplicate_check(%s, %s, %s, %s::date, %s)",
            [
                details.nhs_number,
                details.given_names,
                details.family_name,
                details.date_of_birth,
                details.postcode,
            ],
        ).fetchone()
    return Match(Known(row[0]), row[1])
