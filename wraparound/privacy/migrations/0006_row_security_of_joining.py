"""Joining two records moves rows of every organisation, most of which the web's role may not see. See docs/adr/0023."""

from django.db import migrations

from wraparound.audit.row_security import OWN_ROWS, protect

# The tables that point at a person, told by the catalogue. What is sealed stands as it was written: its rows go on
# pointing at the record that is gone.
POINTING = """
CREATE FUNCTION privacy_pointing_at_people() RETURNS TABLE (name text, col text, key text) LANGUAGE sql STABLE
    SET search_path = public, pg_temp AS $$
    SELECT child.relname::text, attribute.attname::text, key.attname::text
    FROM pg_constraint con
    JOIN pg_class child ON child.oid = con.conrelid
    JOIN pg_attribute attribute ON attribute.attrelid = child.oid AND attribute.attnum = con.conkey[1]
    JOIN pg_index index ON index.indrelid = child.oid AND index.indisprimary
    JOIN pg_attribute key ON key.attrelid = child.oid AND key.attnum = index.indkey[0]
    WHERE con.contype = 'f' AND con.confrelid = 'people_person'::regclass AND child.relname <> 'privacy_joining'
      AND child.relname NOT IN (SELECT sealed.name FROM audit_sealed() sealed)
    ORDER BY 1, 2
$$;
"""

# The readers of both records follow their open involvements, as the trigger does it for one.
READERS = """
CREATE FUNCTION privacy_keep_readers(of_person bigint) RETURNS void LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    now_open bigint[];
BEGIN
    SELECT coalesce(array_agg(DISTINCT organisation_id ORDER BY organisation_id), '{}') INTO now_open
        FROM people_involvement WHERE person_id = of_person AND ended IS NULL;
    UPDATE people_person SET organisation_ids = now_open WHERE id = of_person AND organisation_ids <> now_open;
    UPDATE people_selfdescription SET organisation_ids = now_open
        WHERE person_id = of_person AND organisation_ids <> now_open;
END $$;
"""

# Only what a row of `privacy_joining` says, which the acting organisation made, about two people open to it; once.
JOIN = """
CREATE FUNCTION privacy_join(of_joining bigint) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
    joining privacy_joining;
    pointing record;
    moving bigint;
    moved bigint := 0;
BEGIN
    SELECT * INTO joining FROM privacy_joining
        WHERE id = of_joining AND scheme_id = app_scheme() AND organisation_id = app_organisation() AND undone_at IS NULL;
    IF NOT FOUND OR EXISTS (SELECT FROM privacy_moved WHERE joining_id = of_joining) OR 2 <> (
        SELECT count(*) FROM people_person
        WHERE id IN (joining.kept_id, joining.gone_id) AND scheme_id = app_scheme()
          AND organisation_ids @> ARRAY[app_organisation()]
    ) THEN
        RAISE insufficient_privilege USING MESSAGE = 'these two are not joined here';
    END IF;
    FOR pointing IN SELECT * FROM privacy_pointing_at_people() LOOP
        FOR moving IN EXECUTE format('SELECT %I FROM %I WHERE %I = $1 ORDER BY 1 FOR UPDATE',
                                     pointing.key, pointing.name, pointing.col) USING joining.gone_id
        LOOP
            BEGIN
                EXECUTE format('UPDATE %I SET %I = $1 WHERE %I = $2', pointing.name, pointing.col, pointing.key)
                    USING joining.kept_id, moving;
                INSERT INTO privacy_moved (scheme_id, organisation_id, joining_id, table_name, column_name, row_key)
                    VALUES (joining.scheme_id, joining.organisation_id, of_joining, pointing.name, pointing.col, moving);
                moved := moved + 1;
            EXCEPTION WHEN unique_violation THEN
                -- The kept record has the same already. An opening is closed; anything else stays where it was.
                IF pointing.name = 'people_involvement' THEN
                    UPDATE people_involvement SET ended = joining.joined_at WHERE id = moving AND ended IS NULL;
                    INSERT INTO privacy_moved (scheme_id, organisation_id, joining_id, table_name, column_name, row_key)
                        VALUES (joining.scheme_id, joining.organisation_id, of_joining, pointing.name, 'ended', moving);
                END IF;
            END;
        END LOOP;
    END LOOP;
    PERFORM privacy_keep_readers(joining.kept_id);
    PERFORM privacy_keep_readers(joining.gone_id);
    RETURN moved;
END $$;
"""

# Those rows that were moved, and are still there, and no others.
PART = """
CREATE FUNCTION privacy_part_again(of_joining bigint) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
    joining privacy_joining;
    back record;
    put bigint;
    total bigint := 0;
BEGIN
    SELECT * INTO joining FROM privacy_joining
        WHERE id = of_joining AND scheme_id = app_scheme() AND organisation_id = app_organisation() AND undone_at IS NULL;
    IF NOT FOUND THEN
        RAISE insufficient_privilege USING MESSAGE = 'this was not joined here';
    END IF;
    FOR back IN
        SELECT moved.*, pointing.key FROM privacy_moved moved
        JOIN (SELECT DISTINCT name, key FROM privacy_pointing_at_people()) pointing ON pointing.name = moved.table_name
        WHERE moved.joining_id = of_joining ORDER BY moved.id DESC
    LOOP
        IF back.column_name = 'ended' THEN
            UPDATE people_involvement SET ended = NULL WHERE id = back.row_key AND ended = joining.joined_at;
        ELSE
            EXECUTE format('UPDATE %I SET %I = $1 WHERE %I = $2 AND %I = $3',
                           back.table_name, back.column_name, back.key, back.column_name)
                USING joining.gone_id, back.row_key, joining.kept_id;
        END IF;
        GET DIAGNOSTICS put = ROW_COUNT;
        total := total + put;
    END LOOP;
    PERFORM privacy_keep_readers(joining.kept_id);
    PERFORM privacy_keep_readers(joining.gone_id);
    RETURN total;
END $$;
"""

# Whoever gives a number or details of a record that was joined is told of the one that is kept.
FOLLOWED = """
ALTER FUNCTION people_duplicate_check(text, text, text, date, text) RENAME TO people_duplicate_check_of_rows;
CREATE FUNCTION people_duplicate_check(
    number text, given text, family text, born date, code text, OUT answer text, OUT match bigint
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    kept bigint;
BEGIN
    SELECT found.answer, found.match INTO answer, match
    FROM people_duplicate_check_of_rows(number, given, family, born, code) found;
    LOOP
        SELECT kept_id INTO kept FROM privacy_joining WHERE gone_id = match AND undone_at IS NULL;
        EXIT WHEN NOT FOUND;
        match := kept;
    END LOOP;
END $$;
"""
UNFOLLOWED = """
DROP FUNCTION people_duplicate_check(text, text, text, date, text);
ALTER FUNCTION people_duplicate_check_of_rows(text, text, text, date, text) RENAME TO people_duplicate_check;
"""

# Ids alone: what was joined to a person's record, whichever organisation joined it.
RECORDS = """
CREATE FUNCTION privacy_records_of(of_person bigint) RETURNS TABLE (record bigint) LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    WITH RECURSIVE one AS (
        SELECT gone_id FROM privacy_joining WHERE kept_id = of_person AND undone_at IS NULL AND scheme_id = app_scheme()
        UNION
        SELECT joining.gone_id FROM privacy_joining joining JOIN one ON joining.kept_id = one.gone_id
        WHERE joining.undone_at IS NULL
    )
    SELECT gone_id FROM one ORDER BY 1
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("privacy", "0005_joining"), ("people", "0005_kept_from_some"), ("audit", "0006_removed_rows")]

    operations = [
        protect("privacy_joining", see=OWN_ROWS),
        protect("privacy_moved", see=OWN_ROWS),
        migrations.RunSQL(POINTING, "DROP FUNCTION privacy_pointing_at_people()"),
        migrations.RunSQL(READERS, "DROP FUNCTION privacy_keep_readers(bigint)"),
        migrations.RunSQL(JOIN, "DROP FUNCTION privacy_join(bigint)"),
        migrations.RunSQL(PART, "DROP FUNCTION privacy_part_again(bigint)"),
        migrations.RunSQL(RECORDS, "DROP FUNCTION privacy_records_of(bigint)"),
        migrations.RunSQL(FOLLOWED, UNFOLLOWED),
    ]
