"""Row-level security as a migration step: the line that holds when a query forgets `visible_to`.

The web's role owns nothing, so every policy binds it; the owner's role runs migrations and definer functions and is
not bound. A policy reads the actor that `organisations.actor.acting_as` set for the transaction, and scope columns of
the row itself: no joins, so that an index answers first.
"""

from django.db import migrations

ACTOR_FUNCTIONS = """
CREATE FUNCTION app_scheme() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('app.scheme', true), '')::bigint $$;
CREATE FUNCTION app_organisation() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('app.organisation', true), '')::bigint $$;
"""
DROP_ACTOR_FUNCTIONS = "DROP FUNCTION app_scheme(); DROP FUNCTION app_organisation();"

# The shapes that a person-bearing row may have.
SHARED_ROWS = "scheme_id = (SELECT app_scheme()) AND organisation_ids @> ARRAY[(SELECT app_organisation())]"
# The same rows, for tables that are read by a key or in the order of an index. PostgreSQL takes `@>` of a value that it
# cannot see for nearly impossible, and would rather sort a whole list than read an index in its order; of `coalesce`
# it expects one row in two.
SHARED_ROWS_BY_KEY = (
    "scheme_id = (SELECT app_scheme()) AND coalesce(organisation_ids @> ARRAY[(SELECT app_organisation())], false)"
)
OWN_ROWS = "scheme_id = (SELECT app_scheme()) AND organisation_id = (SELECT app_organisation())"
# Old versions of rows are for investigators, who read them as another role: nobody reads them here.
HISTORY_ROWS = "false"
SAME_SCHEME = "scheme_id = (SELECT app_scheme())"


def protect(table: str, *, see: str, write: str = "") -> migrations.RunSQL:
    """Put `table` under row-level security: `see` decides which rows exist for the actor, `write` which may be made.

    `write` is `see` when not given. A changed row must be visible before, and satisfy `write` after.
    """
    write = write or see
    return migrations.RunSQL(
        f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY {table}_see ON {table} FOR SELECT USING ({see});
        CREATE POLICY {table}_make ON {table} FOR INSERT WITH CHECK ({write});
        CREATE POLICY {table}_change ON {table} FOR UPDATE USING ({see}) WITH CHECK ({write});
        CREATE POLICY {table}_remove ON {table} FOR DELETE USING ({see});
        """,
        f"""
        DROP POLICY {table}_see ON {table};
        DROP POLICY {table}_make ON {table};
        DROP POLICY {table}_change ON {table};
        DROP POLICY {table}_remove ON {table};
        ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
        """,
    )
