from django.db import migrations

from wraparound.audit.row_security import HISTORY_ROWS, NOT_HIDDEN, OWN_ROWS, SAME_SCHEME, narrow, protect

TABLES = ("files_file", "files_filecontent")
# What belongs to advice is confidential between the person and their advisers, inside one organisation too.
LEGAL = "NOT legal OR app_can('give_advice') OR app_can('let_time_pass')"
# Documents of which nothing has come yet and which it is time to look at, for the clock: only ids come out.
TO_LOOK_AT = """
CREATE FUNCTION files_to_look_at(moment timestamptz, most integer)
    RETURNS TABLE (file bigint, scheme bigint, organisation bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT id, scheme_id, organisation_id FROM files_file
    WHERE status = 'waiting' AND try_at <= moment ORDER BY try_at LIMIT most
$$;
"""
# Pictures and PDFs are packed already: packing them again costs time and gains nothing, and parts can be read.
AS_IT_IS = "ALTER TABLE files_filecontent ALTER COLUMN data SET STORAGE EXTERNAL"


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial"), ("people", "0005_kept_from_some")]

    operations = [
        *(protect(table, see=OWN_ROWS) for table in TABLES),
        protect("files_filehistory", see=HISTORY_ROWS, write=SAME_SCHEME),
        *(narrow(table, "legal", LEGAL) for table in TABLES),
        *(narrow(table, "kept", NOT_HIDDEN) for table in TABLES),
        migrations.RunSQL(TO_LOOK_AT, "DROP FUNCTION files_to_look_at(timestamptz, integer);"),
        migrations.RunSQL(AS_IT_IS, "ALTER TABLE files_filecontent ALTER COLUMN data SET STORAGE EXTENDED"),
    ]
