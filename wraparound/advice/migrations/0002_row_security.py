from django.db import migrations

from wraparound.audit.row_security import HISTORY_ROWS, NOT_HIDDEN, OWN_ROWS, SAME_SCHEME, narrow, protect

# Advice is confidential between the person and those who advise them, inside one organisation too.
ADVISING = "app_can('give_advice') OR app_can('let_time_pass')"

# Whether names are on both sides of something in the acting organisation: two words, and nothing of whose case it is.
CONFLICT = """
CREATE FUNCTION advice_conflict(asked_for bigint, opponent text, OUT helped boolean, OUT opposed boolean)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    plain text := people_plain(opponent, '');
    longest text;
    own text;
BEGIN
    SELECT word INTO longest FROM unnest(string_to_array(plain, ' ')) word ORDER BY length(word) DESC LIMIT 1;
    helped := false;
    -- One word alone is an office or a firm, or too little to tell anybody by.
    IF plain LIKE '% %' THEN
        SELECT EXISTS (
            SELECT FROM people_person person
            WHERE person.scheme_id = app_scheme() AND person.names_plain LIKE '%' || longest || '%'
              AND people_in_order(person.names_plain) = people_in_order(plain) AND person.id <> asked_for
              AND EXISTS (SELECT FROM casework_case held
                          WHERE held.person_id = person.id AND held.organisation_id = app_organisation())
        ) INTO helped;
    END IF;
    SELECT people_in_order(names_plain) INTO own FROM people_person
    WHERE id = asked_for AND scheme_id = app_scheme() AND organisation_ids @> ARRAY[app_organisation()];
    SELECT EXISTS (
        SELECT FROM advice_matter
        WHERE scheme_id = app_scheme() AND organisation_id = app_organisation()
          AND opponent_plain = left(own, 120) AND opponent_plain <> '' AND person_id <> asked_for
    ) INTO opposed;
END $$;
"""
# Time limits of which a set day has come that nothing was said of, for the clock: only ids come out.
TO_SAY = """
CREATE FUNCTION advice_limits_to_say(today date, at_days integer[], most integer)
    RETURNS TABLE (time_limit bigint, scheme bigint, organisation bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT held.id, held.scheme_id, held.organisation_id FROM advice_timelimit held
    CROSS JOIN LATERAL (SELECT min(at) AS at FROM unnest(at_days) at WHERE held.last_day - today <= at) reached
    WHERE held.ended_at IS NULL AND held.last_day <= today + (SELECT max(at) FROM unnest(at_days) at)
      AND reached.at IS DISTINCT FROM held.reminded
    ORDER BY held.last_day LIMIT most
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("advice", "0001_initial"),
        ("people", "0009_found_by_name"),
        ("casework", "0007_nearest_limit"),
        ("referrals", "0018_time_limits"),
    ]

    operations = [
        protect("advice_matter", see=OWN_ROWS),
        protect("advice_matterhistory", see=HISTORY_ROWS, write=SAME_SCHEME),
        protect("advice_timelimit", see=OWN_ROWS),
        protect("advice_timelimithistory", see=HISTORY_ROWS, write=SAME_SCHEME),
        narrow("advice_matter", "advising", ADVISING),
        narrow("advice_timelimit", "advising", ADVISING),
        narrow("advice_matter", "kept", NOT_HIDDEN),
        narrow("advice_timelimit", "kept", NOT_HIDDEN),
        migrations.RunSQL(CONFLICT, "DROP FUNCTION advice_conflict(bigint, text);"),
        migrations.RunSQL(TO_SAY, "DROP FUNCTION advice_limits_to_say(date, integer[], integer);"),
    ]
