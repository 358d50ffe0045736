from django.db import migrations

# Whoever refers somebody does not know of a concern at the service, so nobody else can ask: which referrals came to an
# organisation while one was open there, and are not marked. One that is kept from the worker says nothing to them.
UNMARKED = """
CREATE FUNCTION safeguarding_unmarked(statuses text[], most integer)
    RETURNS TABLE (referral bigint, scheme bigint, organisation bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT came.id, came.scheme_id, came.to_organisation_id
    FROM safeguarding_concern held JOIN referrals_referral came
        ON came.person_id = held.person_id AND came.to_organisation_id = held.organisation_id
    WHERE held.status <> 'ended' AND NOT came.supervisor_decides AND came.status = ANY (statuses)
    AND NOT coalesce(came.worker_id = ANY (held.kept_from), false)
    ORDER BY came.id LIMIT most
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("safeguarding", "0005_look_again"), ("referrals", "0011_unmet_needs_to_read")]

    operations = [migrations.RunSQL(UNMARKED, "DROP FUNCTION safeguarding_unmarked(text[], integer);")]
