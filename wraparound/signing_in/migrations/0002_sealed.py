"""What happened at the door is sealed with the rest of the audit trail: see `audit/migrations/0004_sealing.py`."""

from django.db import migrations

SEALED = """
CREATE OR REPLACE FUNCTION audit_sealed() RETURNS TABLE (name text, columns text[]) LANGUAGE sql STABLE
    SET search_path = public, pg_temp AS $$
    SELECT class.relname::text,
           array_agg(attribute.attname::text ORDER BY attribute.attname <> key.attname, attribute.attnum)
    FROM pg_class class
    JOIN pg_attribute key ON key.attrelid = class.oid AND NOT key.attisdropped
        AND key.attname = CASE WHEN class.relname IN ({own}) THEN 'id' ELSE 'pgh_id' END
    JOIN pg_attribute attribute ON attribute.attrelid = class.oid AND attribute.attnum > 0
        AND NOT attribute.attisdropped AND attribute.attgenerated = ''
        AND NOT (class.relname = 'events_event' AND attribute.attname = 'organisation_ids')
    WHERE class.relnamespace = 'public'::regnamespace AND class.relkind = 'r'
    GROUP BY class.relname
$$;
"""
BEFORE = "'audit_access', 'events_event'"


class Migration(migrations.Migration):
    dependencies = [("signing_in", "0001_initial"), ("audit", "0004_sealing")]

    operations = [
        migrations.RunSQL(
            SEALED.format(own=f"{BEFORE}, 'signing_in_signinrecord'"),
            SEALED.format(own=BEFORE),
        )
    ]
