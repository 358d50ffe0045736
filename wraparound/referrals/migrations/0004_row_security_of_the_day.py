from django.db import migrations

from wraparound.audit.row_security import OWN_ROWS, SHARED_ROWS, protect

# Journeys and referrals made before these columns were there: what their rows and events already say.
FILL = """
UPDATE referrals_journey journey SET needs = first.needs, urgent_flags = flags.raised FROM (
    SELECT DISTINCT ON (journey_id) journey_id, needs FROM referrals_referral WHERE kind = 'referral'
    ORDER BY journey_id, id
) first, (
    SELECT journey_id, coalesce(array_agg(DISTINCT flag) FILTER (WHERE flag IS NOT NULL), '{}') AS raised
    FROM referrals_referral LEFT JOIN LATERAL unnest(urgent_flags) flag ON true WHERE kind = 'referral'
    GROUP BY journey_id
) flags
WHERE first.journey_id = journey.id AND flags.journey_id = journey.id;
UPDATE referrals_journey journey SET advice_ticked = true WHERE EXISTS (
    SELECT FROM referrals_referral WHERE journey_id = journey.id AND kind = 'referral'
        AND service = 'welfare_advice' AND urgent_flags = '{}'
);
UPDATE referrals_referral referral SET reached_at = event.first FROM (
    SELECT referral_id, min(occurred_at) AS first FROM events_event WHERE name = 'referral_reach' GROUP BY referral_id
) event WHERE event.referral_id = referral.id;
UPDATE referrals_referral SET ended_at = status_since
    WHERE status IN ('declined', 'lost_contact', 'not_answered', 'closed', 'withdrawn');
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0003_whole_day"), ("events", "0002_row_security")]

    operations = [
        protect("referrals_question", see=SHARED_ROWS),
        protect("referrals_transfer", see=OWN_ROWS),
        protect("referrals_unmetneed", see=SHARED_ROWS),
        protect("referrals_signpost", see=SHARED_ROWS),
        protect("referrals_calllist", see=OWN_ROWS),
        protect("referrals_call", see=OWN_ROWS),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
