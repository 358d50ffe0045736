"""Rows of the audit trail that are lawfully removed are accounted for. Why it is as it is: docs/adr/0023."""

from django.db import migrations

_SETTINGS = """
    SET search_path = public, pg_temp SET TimeZone = 'UTC' SET DateStyle = 'ISO, YMD' SET IntervalStyle = 'postgres'
    SET extra_float_digits = 1 SET bytea_output = 'hex'
"""

# Before they are removed: each row with the digest that its own seal took it for. Whoever may not add to the register
# can call this and gets no further.
REGISTER = f"""
CREATE FUNCTION audit_register_removed(of_table text, keys bigint[], of_proof bigint) RETURNS bigint LANGUAGE plpgsql
    {_SETTINGS} AS $$
DECLARE
    sealed record;
    listed text;
    added bigint;
    total bigint := 0;
BEGIN
    FOR sealed IN
        SELECT seal.number, seal.columns, seal.from_id, seal.to_id FROM audit_seal seal
        WHERE seal.table_name = of_table
          AND EXISTS (SELECT FROM unnest(keys) AS given WHERE given BETWEEN seal.from_id AND seal.to_id)
        UNION ALL
        SELECT NULL, found.columns, coalesce((SELECT max(to_id) + 1 FROM audit_seal WHERE table_name = of_table),
                                             -9223372036854775808), 9223372036854775807
        FROM audit_sealed() found WHERE found.name = of_table
    LOOP
        SELECT string_agg(quote_ident(name), ', ' ORDER BY place) INTO listed
        FROM unnest(sealed.columns) WITH ORDINALITY AS given (name, place);
        EXECUTE format(
            'INSERT INTO audit_removed (table_name, key, seal, digest, proof, at)'
            ' SELECT $1, row.%1$I, $2, encode(sha256(convert_to(row_to_json(row)::text, ''UTF8'')), ''hex''), $3,'
            '        clock_timestamp()'
            ' FROM (SELECT %2$s FROM public.%3$I WHERE %1$I = ANY ($4) AND %1$I BETWEEN $5 AND $6) row',
            sealed.columns[1], listed, of_table
        ) USING of_table, sealed.number, of_proof, keys, sealed.from_id, sealed.to_id;
        GET DIAGNOSTICS added = ROW_COUNT;
        total := total + added;
    END LOOP;
    RETURN total;
END $$;
"""

# What a seal's rows are now, with those put back that the register accounts for: by their digests, in their places.
PROVED = f"""
CREATE FUNCTION audit_proved(seal audit_seal, OUT row_count bigint, OUT removed bigint, OUT digest text)
    LANGUAGE plpgsql STABLE {_SETTINGS} AS $$
DECLARE
    listed text;
BEGIN
    SELECT count(*) INTO removed FROM audit_removed gone WHERE gone.seal = seal.number;
    IF removed = 0 THEN
        SELECT found.row_count, found.digest INTO row_count, digest
        FROM audit_digest(seal.table_name, seal.from_id, seal.to_id, seal.columns) found;
        RETURN;
    END IF;
    SELECT string_agg(quote_ident(name), ', ' ORDER BY place) INTO listed
    FROM unnest(seal.columns) WITH ORDINALITY AS given (name, place);
    EXECUTE format(
        'SELECT count(*), encode(sha256(coalesce(string_agg(one, ''''::bytea ORDER BY key), '''')), ''hex'') FROM ('
        ' SELECT row.%1$I::bigint AS key, sha256(convert_to(row_to_json(row)::text, ''UTF8'')) AS one'
        ' FROM (SELECT %2$s FROM public.%3$I WHERE %1$I BETWEEN $1 AND $2) row'
        ' UNION ALL SELECT gone.key, decode(gone.digest, ''hex'') FROM audit_removed gone'
        ' WHERE gone.seal = $3 AND gone.table_name = $4 AND gone.key BETWEEN $1 AND $2) whole', seal.columns[1], listed,
        seal.table_name
    ) INTO row_count, digest USING seal.from_id, seal.to_id, seal.number, seal.table_name;
EXCEPTION WHEN undefined_column OR undefined_table THEN
    row_count := NULL;
    digest := NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0005_removed")]

    operations = [
        migrations.RunSQL(REGISTER, "DROP FUNCTION audit_register_removed(text, bigint[], bigint)"),
        migrations.RunSQL(PROVED, "DROP FUNCTION audit_proved(audit_seal)"),
    ]
