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
# Who within the organisation: the user, what their role may do, and the people whose records are kept from them.
USER_FUNCTIONS = """
CREATE FUNCTION app_user() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('app.user', true), '')::bigint $$;
CREATE FUNCTION app_can(capability text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT strpos(coalesce(current_setting('app.can', true), ''), ' ' || capability || ' ') > 0 $$;
CREATE FUNCTION app_hidden() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT coalesce(nullif(current_setting('app.hidden', true), ''), '{}')::bigint[] $$;
"""
DROP_USER_FUNCTIONS = "DROP FUNCTION app_user(); DROP FUNCTION app_can(text); DROP FUNCTION app_hidden();"
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

# Of those who see such rows at all, the ones from whom this person's record is not kept.
NOT_HIDDEN = "coalesce(person_id <> ALL ((SELECT app_hidden())::bigint[]), true)"


def narrow(table: str, name: str, see: str) -> migrations.RunSQL:
    """Of those who see rows of `table`, leave the ones for whom `see` holds too; `name` says what it is about."""
    return migrations.RunSQL(
        f"CREATE POLICY {table}_{name} ON {table} AS RESTRICTIVE FOR SELECT USING ({see})",
        f"DROP POLICY {table}_{name} ON {table}",
    )


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
