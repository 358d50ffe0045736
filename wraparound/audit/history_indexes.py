"""Old versions of rows are read by time and by user: every table of them gets the indexes for it, a new one too."""

from django.db import connections

_TABLES = "SELECT name FROM audit_sealed() WHERE name LIKE '%history'"
_LONGEST = 63


def index_histories(using: str) -> None:
    """Make what is missing, as the owner connected through `using`. Safe to repeat."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if not cursor.execute("SELECT to_regproc('audit_sealed')").fetchone()[0]:
            return
        for (table,) in cursor.execute(_TABLES).fetchall():
            for end, columns in (
                ("_at", "pgh_created_at DESC, pgh_id DESC"),
                ("_by", "((pgh_context ->> 'user')::bigint), pgh_created_at DESC"),
            ):
                name = connection.ops.quote_name(table[: _LONGEST - len(end)] + end)
                cursor.execute(
                    f"CREATE INDEX IF NOT EXISTS {name} ON public.{connection.ops.quote_name(table)} ({columns})"
                )
