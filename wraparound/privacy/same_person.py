"""Which records are of one person: the one that is kept, and those that were joined to it."""


def all_records_of(person_id: int) -> list[int]:
    """The ids of the person's records in their scheme, the kept one first."""
    return [person_id]
