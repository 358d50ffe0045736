from django.db import migrations

# An emergency opens a record to others, never to somebody from whom it is kept by name.
NOW = """
CREATE OR REPLACE FUNCTION people_hidden(scheme bigint, organisation bigint, who bigint, can text, moment timestamptz)
    RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN strpos(can, ' let_time_pass ') > 0 THEN '{}'::bigint[] ELSE coalesce((
        SELECT array_agg(kept.person_id) FROM (
            SELECT restricted.person_id FROM people_restriction restricted
            WHERE restricted.scheme_id = scheme AND restricted.ended_at IS NULL
              AND NOT coalesce(who = ANY (restricted.reader_ids), false)
              AND NOT (strpos(can, ' supervise ') > 0 AND NOT coalesce(who = ANY (restricted.kept_from), true))
            UNION
            SELECT opened.person_id FROM people_emergencyopening opened
            WHERE opened.scheme_id = scheme AND opened.organisation_id = organisation AND opened.ended_at IS NULL
              AND NOT EXISTS (
                  SELECT FROM people_involvement involved
                  WHERE involved.person_id = opened.person_id AND involved.organisation_id = organisation
                    AND involved.ended IS NULL AND involved.reason <> 'emergency'
              )
        ) kept
        WHERE NOT EXISTS (
            SELECT FROM people_emergencyopening mine
            WHERE mine.person_id = kept.person_id AND mine.user_id = who AND mine.organisation_id = organisation
              AND mine.ended_at IS NULL AND mine.ends_at > moment
              AND NOT EXISTS (
                  SELECT FROM people_restriction mine_not
                  WHERE mine_not.person_id = mine.person_id AND mine_not.ended_at IS NULL AND who = ANY (mine_not.kept_from)
              )
        )
    ), '{}') END
$$;
CREATE OR REPLACE FUNCTION people_find_in_emergency(number text, born date) RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT id FROM people_person person
    WHERE scheme_id = app_scheme() AND nhs_number = number AND number <> '' AND date_of_birth = born
      AND NOT EXISTS (
          SELECT FROM people_restriction restricted
          WHERE restricted.person_id = person.id AND restricted.ended_at IS NULL
            AND app_user() = ANY (restricted.kept_from)
      )
$$;
"""
BEFORE = """
CREATE OR REPLACE FUNCTION people_hidden(scheme bigint, organisation bigint, who bigint, can text, moment timestamptz)
    RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN strpos(can, ' let_time_pass ') > 0 THEN '{}'::bigint[] ELSE coalesce((
        SELECT array_agg(kept.person_id) FROM (
            SELECT restricted.person_id FROM people_restriction restricted
            WHERE restricted.scheme_id = scheme AND restricted.ended_at IS NULL
              AND NOT coalesce(who = ANY (restricted.reader_ids), false)
              AND NOT (strpos(can, ' supervise ') > 0 AND NOT coalesce(who = ANY (restricted.kept_from), true))
            UNION
            SELECT opened.person_id FROM people_emergencyopening opened
            WHERE opened.scheme_id = scheme AND opened.organisation_id = organisation AND opened.ended_at IS NULL
              AND NOT EXISTS (
                  SELECT FROM people_involvement involved
                  WHERE involved.person_id = opened.person_id AND involved.organisation_id = organisation
                    AND involved.ended IS NULL AND involved.reason <> 'emergency'
              )
        ) kept
        WHERE NOT EXISTS (
            SELECT FROM people_emergencyopening mine
            WHERE mine.person_id = kept.person_id AND mine.user_id = who AND mine.organisation_id = organisation
              AND mine.ended_at IS NULL AND mine.ends_at > moment
        )
    ), '{}') END
$$;
CREATE OR REPLACE FUNCTION people_find_in_emergency(number text, born date) RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT id FROM people_person
    WHERE scheme_id = app_scheme() AND nhs_number = number AND number <> '' AND date_of_birth = born
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0005_kept_from_some")]

    operations = [migrations.RunSQL(NOW, BEFORE)]
