from django.db import migrations

# As before, and a time limit that the adviser worked out counts like a deadline that was named with the referral.
RUN_OUT = """
CREATE OR REPLACE FUNCTION referrals_consents_run_out(today date, most integer)
    RETURNS TABLE (consent bigint, scheme bigint, organisation bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT consent.id, consent.scheme_id, agreement.recorded_by_organisation_id
    FROM consent_consent consent JOIN consent_agreement agreement ON agreement.id = consent.agreement_id
    WHERE consent.until < today AND consent.taken_back_at IS NULL AND consent.run_out_at IS NULL
      AND NOT EXISTS (
          SELECT FROM referrals_referral
          WHERE person_id = consent.person_id AND is_open
            AND (limit_runs OR urgent_flags @> '{legal_deadline_near}')
      )
    ORDER BY consent.until LIMIT most
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0018_time_limits")]

    operations = [migrations.RunSQL(RUN_OUT, migrations.RunSQL.noop)]
