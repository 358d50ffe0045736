from django.db import migrations

from wraparound.audit.row_security import HISTORY_ROWS, OWN_ROWS, SAME_SCHEME, SHARED_ROWS, SHARED_ROWS_BY_KEY, protect

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

# Details that no referral was made from are not kept. A launch is for twelve hours at the most.
FORGET = """
CREATE FUNCTION referrals_forget_launches(before timestamptz) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE referrals_launch SET details = '{}' WHERE made_at < before AND details <> '{}'
$$;
"""

# How many rows of a team or an organisation are open, and in which status: without it PostgreSQL supposes the same share
# for each, takes a long list for a short one, and sorts it.
STATISTICS = """
CREATE STATISTICS referral_of_team (mcv) ON to_team_id, status, is_open FROM referrals_referral;
CREATE STATISTICS referral_of_organisation (mcv) ON to_organisation_id, status, is_open FROM referrals_referral;
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_initial"), ("organisations", "0002_row_security")]

    operations = [
        protect("referrals_journey", see=SHARED_ROWS_BY_KEY),
        protect("referrals_journeyhistory", see=HISTORY_ROWS, write=SAME_SCHEME),
        protect("referrals_referral", see=SHARED_ROWS_BY_KEY),
        protect("referrals_referralhistory", see=HISTORY_ROWS, write=SAME_SCHEME),
        protect("referrals_samedayalert", see=SHARED_ROWS),
        protect("referrals_samedayalerthistory", see=HISTORY_ROWS, write=SAME_SCHEME),
        protect("referrals_launch", see=OWN_ROWS),
        migrations.RunSQL(OVERDUE, "DROP FUNCTION referrals_overdue(timestamptz, integer);"),
        migrations.RunSQL(FORGET, "DROP FUNCTION referrals_forget_launches(timestamptz);"),
        migrations.RunSQL(STATISTICS, "DROP STATISTICS referral_of_team; DROP STATISTICS referral_of_organisation;"),
    ]
