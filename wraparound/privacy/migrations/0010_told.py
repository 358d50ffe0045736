"""What a person is told of whom their data reached, and who reads rows about people whose record is kept from them.

See docs/adr/0026.
"""

from django.db import migrations

from wraparound.audit.row_security import NOT_HIDDEN, narrow

# Of somebody whose record is open to the acting organisation and not kept from the actor: which organisations, in which
# role, what, why and on which day, the latest day first, a page at a time after the key of the line before. One line
# stands for all of its kind on one day in London. No user, and nothing of safeguarding. A day at a time, each by the
# index, so that a record of many years is no slower.
TOLD = """
CREATE FUNCTION privacy_told(of_person bigint, after_at timestamptz, after_id bigint, most integer)
    RETURNS TABLE (organisation text, role text, what text, why text, first_at timestamptz, first_id bigint, times bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    records bigint[];
    latest timestamptz;
    begins timestamptz;
    upto timestamptz := 'infinity';
    got integer;
    left_over integer := most;
BEGIN
    IF NOT EXISTS (
        SELECT FROM people_person person WHERE person.id = of_person AND person.scheme_id = app_scheme()
            AND person.organisation_ids @> ARRAY[app_organisation()] AND person.id <> ALL (app_hidden())
    ) THEN
        RETURN;
    END IF;
    records := of_person || ARRAY(SELECT joined.record FROM privacy_records_of(of_person) joined);
    IF after_at IS NOT NULL THEN
        upto := ((after_at AT TIME ZONE 'Europe/London')::date + 1)::timestamp AT TIME ZONE 'Europe/London';
    END IF;
    WHILE left_over > 0 LOOP
        SELECT max(near.at) INTO latest FROM unnest(records) AS one CROSS JOIN LATERAL (
            SELECT look.at FROM audit_access look
            WHERE look.person_id = one AND look.at < upto AND look.why <> 'safeguarding'
              AND look.page NOT LIKE 'concern%' AND look.page NOT LIKE 'raise%'
            ORDER BY look.at DESC LIMIT 1
        ) near;
        EXIT WHEN latest IS NULL;
        begins := (latest AT TIME ZONE 'Europe/London')::date::timestamp AT TIME ZONE 'Europe/London';
        RETURN QUERY
            SELECT alike.named, alike.role, alike.what, alike.why, alike.first_at, alike.first_id, alike.times
            FROM (
                SELECT coalesce(nullif(look.to_named, ''), reached.name)::text AS named,
                       (CASE WHEN look.what IN ('referral', 'message', 'shown_once') THEN '' ELSE look.role END)::text
                           AS role,
                       look.what::text AS what, look.why::text AS why, min(look.at) AS first_at,
                       min(look.id) AS first_id, count(*) AS times
                FROM audit_access look
                JOIN organisations_organisation reached
                    ON reached.id = coalesce(look.to_organisation_id, look.organisation_id)
                WHERE look.person_id = ANY (records) AND look.at >= begins AND look.at <= latest
                  AND look.why <> 'safeguarding' AND look.page NOT LIKE 'concern%' AND look.page NOT LIKE 'raise%'
                GROUP BY 1, reached.id, 2, 3, 4
            ) alike
            WHERE after_at IS NULL OR (alike.first_at, alike.first_id) < (after_at, after_id)
            ORDER BY alike.first_at DESC, alike.first_id DESC LIMIT left_over;
        GET DIAGNOSTICS got = ROW_COUNT;
        left_over := left_over - got;
        upto := begins;
    END LOOP;
END $$;
"""

# Whoever answers for what an organisation holds goes on answering for a record that is kept for named readers; from
# whom it is kept by name, to them it is not there.
ANSWERS = "(app_can('{can}') AND {person} <> ALL ((SELECT audit_kept_by_name())::bigint[]))"


def _kept(table: str, can: str, column: str = "person_id") -> migrations.RunSQL:
    see = f"{NOT_HIDDEN} OR {ANSWERS.format(can=can, person='person_id')}".replace("person_id", column)
    return narrow(table, "kept" if column == "person_id" else f"kept_{column.removesuffix('_id')}", see)


class Migration(migrations.Migration):
    dependencies = [("privacy", "0009_readers_after_joining"), ("audit", "0009_why_and_who_may_read")]

    operations = [
        migrations.RunSQL(TOLD, "DROP FUNCTION privacy_told(bigint, timestamptz, bigint, integer)"),
        _kept("privacy_subjectaccessrequest", "answer_rights"),
        _kept("privacy_legalhold", "keep_records"),
        _kept("privacy_erasurerequest", "keep_records"),
        _kept("privacy_joining", "join_records", "kept_id"),
        _kept("privacy_joining", "join_records", "gone_id"),
    ]
