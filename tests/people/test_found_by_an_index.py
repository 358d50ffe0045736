"""Why people are looked up by name in a function of the database."""

from django.db import connections, transaction

from tests.house.seeing import Owner, connected_as
from wraparound.organisations.actor import acting_as


def test_a_part_of_a_name_is_looked_up_in_an_index_by_whom_the_function_acts_as(owner: Owner) -> None:
    """Under row-level security no index answers it; which is why a function with the owner's rights asks."""
    plans = {}
    for role in ("owner", "default"):
        with connected_as(role), transaction.atomic(), acting_as(None), connections["default"].cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            asked = "EXPLAIN SELECT id FROM people_person WHERE names_plain LIKE '%olatunji%'"
            plans[role] = " ".join(line for (line,) in cursor.execute(asked).fetchall())
    assert "Bitmap Index Scan on person_by_name" in plans["owner"]
    assert "Bitmap Index Scan on person_by_name" not in plans["default"]
    rights = "SELECT prosecdef FROM pg_proc WHERE proname = 'people_named'"
    with connections["default"].cursor() as cursor:
        assert cursor.execute(rights).fetchone() == (True,)
