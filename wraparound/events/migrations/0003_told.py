import django.contrib.postgres.fields
from django.db import migrations, models

# Who may read an event now, and whom it was told where these differ, follow what a person permits: the database brings
# both up to date. Everything else of an event is sealed.
SEALED = """
CREATE OR REPLACE FUNCTION audit_sealed() RETURNS TABLE (name text, columns text[]) LANGUAGE sql STABLE
    SET search_path = public, pg_temp AS $$
    SELECT class.relname::text,
           array_agg(attribute.attname::text ORDER BY attribute.attname <> key.attname, attribute.attnum)
    FROM pg_class class
    JOIN pg_attribute key ON key.attrelid = class.oid AND NOT key.attisdropped
        AND key.attname = CASE WHEN class.relname IN ('audit_access', 'events_event') THEN 'id' ELSE 'pgh_id' END
    JOIN pg_attribute attribute ON attribute.attrelid = class.oid AND attribute.attnum > 0
        AND NOT attribute.attisdropped AND attribute.attgenerated = ''
        AND NOT (class.relname = 'events_event' AND attribute.attname IN ('organisation_ids', 'told_ids'))
    WHERE class.relnamespace = 'public'::regnamespace AND class.relkind = 'r'
    GROUP BY class.relname
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0002_row_security"), ("audit", "0004_sealing")]

    operations = [
        migrations.AddField(
            model_name="event",
            name="told_ids",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                help_text="Whom it was told when it happened, where fewer may see it now",
                null=True,
                size=None,
            ),
        ),
        migrations.RunSQL(SEALED, migrations.RunSQL.noop),
    ]
