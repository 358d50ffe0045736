"""Which records are of one person: the one that is kept, and those that were joined to it."""

from django.db import connection


def all_records_of(person_id: int) -> list[int]:
    """The ids of the person's records in the actor's scheme, the kept one first, whoever joined them."""
    with connection.cursor() as cursor:
        rows = cursor.execute("SELECT record FROM privacy_records_of(%s)", [person_id]).fetchall()
    return [person_id, *(record for (record,) in rows)]
