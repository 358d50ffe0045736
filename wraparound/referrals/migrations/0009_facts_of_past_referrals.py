from django.db import migrations, models

# An administrator tries a pathway on what came in, and may see no person: so this counts referrals that were alike on a
# day, of the acting scheme alone. No person, practice, reference or text comes out.
FACTS = """
CREATE FUNCTION referrals_facts(since timestamptz, until timestamptz)
    RETURNS TABLE (entry text, needs text[], flags text[], advice_ticked boolean, clinical_reason text, day date,
                   referrals bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT entry, needs, urgent_flags, advice_ticked, clinical_reason, (opened_at AT TIME ZONE 'Europe/London')::date,
           count(*)
    FROM referrals_journey WHERE scheme_id = app_scheme() AND opened_at >= since AND opened_at < until
    GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 6, 1, 2, 3, 4, 5;
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0008_calls_held")]

    operations = [
        migrations.AddIndex("journey", models.Index(fields=["scheme", "opened_at"], name="journey_by_scheme")),
        migrations.RunSQL(FACTS, "DROP FUNCTION referrals_facts(timestamptz, timestamptz);"),
    ]
