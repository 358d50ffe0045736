"""What personal data a table holds: every model declares it, and a test finds the one that forgot."""

from enum import StrEnum


class Holds(StrEnum):
    """`PERSON` tables stand under row-level security; `STAFF` and `NOTHING` tables are readable in the whole scheme.

    A model says `holds = Holds.PERSON` and, beside it, `personal_fields`: the columns that tell who somebody is or
    what troubles them. A history table holds what its model holds.
    """

    PERSON = "person"
    STAFF = "staff"
    NOTHING = "nothing"
