"""The functions that seal, and those that say again what was sealed. Why they are as they are: docs/adr/0019."""

from django.db import migrations

# What is sealed, told by the catalogue, so that a new history table is sealed from its first row. `organisation_ids` of
# an event is who may read it now, which the database itself brings up to date; a generated column follows from others, and
# is another when its expression is. Everything else stands for good.
SEALED = """
CREATE FUNCTION audit_sealed() RETURNS TABLE (name text, columns text[]) LANGUAGE sql STABLE
    SET search_path = public, pg_temp AS $$
    SELECT class.relname::text,
           array_agg(attribute.attname::text ORDER BY attribute.attname <> key.attname, attribute.attnum)
    FROM pg_class class
    JOIN pg_attribute key ON key.attrelid = class.oid AND NOT key.attisdropped
        AND key.attname = CASE WHEN class.relname IN ('audit_access', 'events_event') THEN 'id' ELSE 'pgh_id' END
    JOIN pg_attribute attribute ON attribute.attrelid = class.oid AND attribute.attnum > 0
        AND NOT attribute.attisdropped AND attribute.attgenerated = ''
        AND NOT (class.relname = 'events_event' AND attribute.attname = 'organisation_ids')
    WHERE class.relnamespace = 'public'::regnamespace AND class.relkind = 'r'
    GROUP BY class.relname
$$;
"""

# Over the rows that the caller may see. Each setting that a value's text depends on stands still.
DIGEST = """
CREATE FUNCTION audit_digest(of_table text, from_id bigint, to_id bigint, columns text[],
                             OUT row_count bigint, OUT digest text)
    LANGUAGE plpgsql STABLE
    SET search_path = public, pg_temp SET TimeZone = 'UTC' SET DateStyle = 'ISO, YMD' SET IntervalStyle = 'postgres'
    SET extra_float_digits = 1 SET bytea_output = 'hex' AS $$
DECLARE
    listed text;
BEGIN
    SELECT string_agg(quote_ident(name), ', ' ORDER BY place) INTO listed
    FROM unnest(columns) WITH ORDINALITY AS given (name, place);
    EXECUTE format(
        'SELECT count(*), encode(sha256(coalesce(string_agg('
        '    sha256(convert_to(row_to_json(sealed)::text, ''UTF8'')), ''''::bytea ORDER BY sealed.%1$I), '''')), ''hex'')'
        ' FROM (SELECT %2$s FROM public.%3$I WHERE %1$I BETWEEN $1 AND $2) sealed', columns[1], listed, of_table
    ) INTO row_count, digest USING from_id, to_id;
EXCEPTION WHEN undefined_column OR undefined_table THEN
    row_count := NULL;
    digest := NULL;
END $$;
"""

SEAL_DIGEST = """
CREATE FUNCTION audit_seal_digest(seal audit_seal) RETURNS text LANGUAGE sql STABLE
    SET search_path = public, pg_temp AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(
        seal.number, seal.previous, seal.table_name, seal.columns, seal.from_id, seal.to_id, seal.row_count,
        seal.rows_digest, to_char(seal.sealed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')
    )::text, 'UTF8')), 'hex')
$$;
"""

# Runs past row-level security. The web's role says how far; what is sealed and how, it cannot say.
SEAL = """
CREATE FUNCTION audit_seal_rows(of_table text, up_to bigint, at_most integer) RETURNS bigint LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before audit_seal;
    made audit_seal;
BEGIN
    LOCK TABLE audit_seal IN SHARE ROW EXCLUSIVE MODE;
    SELECT name, sealed.columns INTO made.table_name, made.columns FROM audit_sealed() sealed WHERE name = of_table;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'The rows of % are not sealed.', of_table USING ERRCODE = 'invalid_parameter_value';
    END IF;
    SELECT coalesce((SELECT to_id + 1 FROM audit_seal WHERE table_name = of_table ORDER BY from_id DESC LIMIT 1),
                    -9223372036854775808) INTO made.from_id;
    EXECUTE format('SELECT max(%1$I) FROM (SELECT %1$I FROM public.%2$I WHERE %1$I BETWEEN $1 AND $2 '
                   'ORDER BY %1$I LIMIT $3) next', made.columns[1], of_table)
        INTO made.to_id USING made.from_id, up_to, at_most;
    IF made.to_id IS NULL THEN
        RETURN 0;
    END IF;
    SELECT row_count, digest INTO made.row_count, made.rows_digest
    FROM audit_digest(of_table, made.from_id, made.to_id, made.columns);
    SELECT * INTO before FROM audit_seal ORDER BY number DESC LIMIT 1;
    made.number := coalesce(before.number, 0) + 1;
    made.previous := coalesce(before.digest, '');
    made.sealed_at := clock_timestamp();
    made.digest := audit_seal_digest(made);
    INSERT INTO audit_seal SELECT made.*;
    RETURN made.row_count;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_seals")]

    operations = [
        migrations.RunSQL(SEALED, "DROP FUNCTION audit_sealed()"),
        migrations.RunSQL(DIGEST, "DROP FUNCTION audit_digest(text, bigint, bigint, text[])"),
        migrations.RunSQL(SEAL_DIGEST, "DROP FUNCTION audit_seal_digest(audit_seal)"),
        migrations.RunSQL(SEAL, "DROP FUNCTION audit_seal_rows(text, bigint, integer)"),
    ]
