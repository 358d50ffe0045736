from django.db import migrations, models

# Another sender's entry must not be seen here, and must not be given twice: which codes, and nothing else, comes out.
# One's scheme is asked for, and an entry counts while its referral was open when this one was sent.
CODES = """
CREATE FUNCTION messaging_codes_given(person bigint, sent timestamptz) RETURNS TABLE (code text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT entry.code::text FROM messaging_codedentry entry
        JOIN referrals_referral coded ON coded.id = entry.referral_id
    WHERE entry.person_id = person AND entry.scheme_id = app_scheme()
        AND (coded.ended_at IS NULL OR coded.ended_at > sent)
$$;
"""

# The clock runs for every scheme, so it asks here: which readers of one have no digest yet for a moment.
DIGESTS = """
CREATE FUNCTION messaging_digests_due(of_scheme bigint, kinds text[], until timestamptz, most integer)
    RETURNS TABLE (membership bigint, scheme bigint, organisation bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT reader.id, reader.scheme_id, reader.organisation_id FROM organisations_membership reader
        JOIN organisations_user account ON account.id = reader.user_id
    WHERE reader.scheme_id = of_scheme AND reader.digest = ANY (kinds) AND reader.ended IS NULL AND account.is_active
        AND NOT EXISTS (
            SELECT FROM messaging_digestsent sent
            WHERE sent.membership_id = reader.id AND sent.until >= messaging_digests_due.until
        )
    ORDER BY reader.id LIMIT most
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("messaging", "0004_row_security_of_the_day"), ("referrals", "0003_whole_day")]

    operations = [
        migrations.AddField(
            model_name="digestsent",
            name="attempted_at",
            field=models.DateTimeField(
                help_text="When its letter was handed over; without sent_at, nobody knows whether it went", null=True
            ),
        ),
        migrations.AddIndex(
            model_name="codedentry",
            index=models.Index(fields=["person", "code"], name="coded_entry_of_person"),
        ),
        migrations.RunSQL(CODES, "DROP FUNCTION messaging_codes_given(bigint, timestamptz);"),
        migrations.RunSQL(DIGESTS, "DROP FUNCTION messaging_digests_due(bigint, text[], timestamptz, integer);"),
    ]
