from django.db import migrations

from wraparound.audit.row_security import HISTORY_ROWS, OWN_ROWS, SAME_SCHEME, SHARED_ROWS, protect

# The clock runs for every scheme, so it asks here: which rows wait, and at which organisation. Nothing else comes out.
OVERDUE = """
CREATE FUNCTION referrals_overdue(now timestamptz, most integer)
    RETURNS TABLE (referral bigint, scheme bigint, organisation bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT id, scheme_id,
           CASE WHEN status IN ('declined', 'lost_contact', 'not_answered') THEN from_organisation_id
                ELSE to_organisation_id END
    FROM referrals_referral WHERE is_open AND next_clock_at <= now ORDER BY next_clock_at LIMIT most
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_initial"), ("organisations", "0002_row_security")]

    operations = [
        protect("referrals_journey", see=SHARED_ROWS),
        protect("referrals_journeyhistory", see=HISTORY_ROWS, write=SAME_SCHEME),
        protect("referrals_referral", see=SHARED_ROWS),
        protect("referrals_referralhistory", see=HISTORY_ROWS, write=SAME_SCHEME),
        protect("referrals_samedayalert", see=SHARED_ROWS),
        protect("referrals_samedayalerthistory", see=HISTORY_ROWS, write=SAME_SCHEME),
        protect("referrals_launch", see=OWN_ROWS),
        migrations.RunSQL(OVERDUE, "DROP FUNCTION referrals_overdue(timestamptz, integer);"),
    ]
