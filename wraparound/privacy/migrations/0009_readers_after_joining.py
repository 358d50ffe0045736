"""After a joining, everything about both records has the readers that their involvements say."""

from django.db import migrations

NOW = """
CREATE OR REPLACE FUNCTION privacy_keep_readers(of_person bigint) RETURNS void LANGUAGE sql
    SET search_path = public, pg_temp AS $$ SELECT people_keep_readers(of_person) $$;
"""
BEFORE = """
CREATE OR REPLACE FUNCTION privacy_keep_readers(of_person bigint) RETURNS void LANGUAGE plpgsql
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


class Migration(migrations.Migration):
    dependencies = [("privacy", "0008_reading_changes"), ("people", "0008_withheld")]

    operations = [migrations.RunSQL(NOW, BEFORE)]
