"""What was begun for somebody's safety, without their word, is that also where it goes on."""

from django.db import migrations

# As before; and where all that an organisation was asked, or asked others, about somebody was without agreement for
# somebody's safety, the looks and messages that follow from it would tell of it as well.
NOW = """
CREATE OR REPLACE FUNCTION audit_why(of_person bigint, for_organisation bigint, who bigint, moment timestamptz)
    RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(
        (SELECT CASE opened.why WHEN 'safety' THEN 'safeguarding' ELSE 'emergency' END
         FROM people_emergencyopening opened
         WHERE opened.person_id = of_person AND opened.organisation_id = for_organisation AND opened.user_id = who
           AND opened.opened_at <= moment AND opened.ends_at > moment
           AND (opened.ended_at IS NULL OR opened.ended_at > moment)
         LIMIT 1),
        (SELECT CASE
             WHEN involved.reason = 'safety' THEN 'safeguarding'
             WHEN involved.reason IN ('working', 'asked', 'referred') AND (
                 SELECT bool_and(agreed.how = 'safeguarding') FROM referrals_referral referral
                 JOIN consent_agreement agreed ON agreed.id = referral.agreement_id
                 WHERE referral.person_id = of_person AND for_organisation = CASE involved.reason
                     WHEN 'referred' THEN referral.from_organisation_id ELSE referral.to_organisation_id END
             ) THEN 'safeguarding'
             ELSE involved.reason END
         FROM people_involvement involved
         WHERE involved.person_id = of_person AND involved.organisation_id = for_organisation
           AND (involved.ended IS NULL OR involved.ended > moment)
         ORDER BY array_position(ARRAY['working', 'referred', 'asked', 'registered', 'emergency', 'safety'],
                                 involved.reason::text)
         LIMIT 1),
        'not_kept')
$$;
"""
BEFORE = """
CREATE OR REPLACE FUNCTION audit_why(of_person bigint, for_organisation bigint, who bigint, moment timestamptz)
    RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(
        (SELECT CASE opened.why WHEN 'safety' THEN 'safeguarding' ELSE 'emergency' END
         FROM people_emergencyopening opened
         WHERE opened.person_id = of_person AND opened.organisation_id = for_organisation AND opened.user_id = who
           AND opened.opened_at <= moment AND opened.ends_at > moment
           AND (opened.ended_at IS NULL OR opened.ended_at > moment)
         LIMIT 1),
        (SELECT CASE involved.reason WHEN 'safety' THEN 'safeguarding' ELSE involved.reason END
         FROM people_involvement involved
         WHERE involved.person_id = of_person AND involved.organisation_id = for_organisation
           AND (involved.ended IS NULL OR involved.ended > moment)
         ORDER BY array_position(ARRAY['working', 'referred', 'asked', 'registered', 'emergency', 'safety'],
                                 involved.reason::text)
         LIMIT 1),
        'not_kept')
$$;
"""
# Rows from before, which no seal's columns hold, as the function says it now.
AGAIN = """
UPDATE audit_access SET why = audit_why(person_id, coalesce(to_organisation_id, organisation_id), user_id, at)
WHERE why IN ('working', 'asked', 'referred')
  AND audit_why(person_id, coalesce(to_organisation_id, organisation_id), user_id, at) = 'safeguarding'
  AND id > coalesce((SELECT max(to_id) FROM audit_seal
                     WHERE table_name = 'audit_access' AND 'why' = ANY (columns)), -9223372036854775808)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0009_why_and_who_may_read"),
        ("consent", "0001_initial"),
        ("referrals", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(NOW, BEFORE),
        migrations.RunSQL(AGAIN, migrations.RunSQL.noop),
    ]
