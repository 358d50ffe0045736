from django.db import migrations

# Whether an agreement is in force today to which both are parties. An organisation shares with itself.
SHARE = """
CREATE FUNCTION consent_organisations_share(one bigint, other bigint) RETURNS boolean
    LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT one = other OR EXISTS (
        SELECT FROM consent_datasharingagreement agreement
        JOIN consent_sharingparty mine ON mine.agreement_id = agreement.id AND mine.organisation_id = one
        JOIN consent_sharingparty theirs ON theirs.agreement_id = agreement.id AND theirs.organisation_id = other
        CROSS JOIN (SELECT (now() AT TIME ZONE 'Europe/London')::date) AS today (day)
        WHERE agreement.scheme_id = app_scheme() AND agreement.begins <= day AND coalesce(agreement.ends, day) >= day
          AND greatest(mine.signed_on, theirs.signed_on) <= day
          AND coalesce(least(mine.left_on, theirs.left_on), day + 1) > day
    )
$$;
"""

# Schemes that shared before agreements were written down here go on, and their administrator is told to look.
EXISTING = """
INSERT INTO consent_datasharingagreement (scheme_id, title, lawful_basis, kept_at, begins, recorded_at)
SELECT DISTINCT scheme_id, 'Agreements signed before they were written down here: to be checked',
       'To be written down by the scheme’s administrator', '', date '2000-01-01', now()
FROM organisations_partner;
INSERT INTO consent_sharingparty (scheme_id, agreement_id, organisation_id, signed_on)
SELECT partner.scheme_id, agreement.id, partner.organisation_id, agreement.begins
FROM organisations_partner partner
JOIN consent_datasharingagreement agreement ON agreement.scheme_id = partner.scheme_id
WHERE partner.ended IS NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("consent", "0006_data_sharing"), ("organisations", "0007_membership_changed")]

    operations = [
        migrations.RunSQL(EXISTING, "DELETE FROM consent_sharingparty; DELETE FROM consent_datasharingagreement"),
        migrations.RunSQL(SHARE, "DROP FUNCTION consent_organisations_share(bigint, bigint)"),
    ]
