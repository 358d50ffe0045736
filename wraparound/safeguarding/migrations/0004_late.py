from django.db import migrations

# The clock runs for every scheme, so it asks here: which concerns nobody owns in time, and where. Nothing else comes out.
LATE = """
CREATE FUNCTION safeguarding_late(now timestamptz, most integer)
    RETURNS TABLE (concern bigint, scheme bigint, organisation bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT id, scheme_id, organisation_id FROM safeguarding_concern
    WHERE status = 'raised' AND late_at IS NULL AND due_at <= now ORDER BY due_at LIMIT most
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("safeguarding", "0003_kept_from")]

    operations = [migrations.RunSQL(LATE, "DROP FUNCTION safeguarding_late(timestamptz, integer);")]
