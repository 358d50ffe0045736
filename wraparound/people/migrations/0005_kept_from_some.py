from django.db import migrations

from wraparound.audit.row_security import (
    DROP_USER_FUNCTIONS,
    HISTORY_ROWS,
    NOT_HIDDEN,
    SAME_SCHEME,
    SHARED_ROWS,
    USER_FUNCTIONS,
    narrow,
    protect,
)

# The people whose records are kept from somebody: restricted, and not for them; or open to their organisation only
# because a colleague opened the record in an emergency. Asked for once at the beginning of each transaction.
HIDDEN = """
CREATE FUNCTION people_hidden(scheme bigint, organisation bigint, who bigint, can text, moment timestamptz)
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
"""

# In an emergency somebody who may not read a record proves whose it is: by the number and the birth date together.
EMERGENCY = """
CREATE FUNCTION people_find_in_emergency(number text, born date) RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT id FROM people_person
    WHERE scheme_id = app_scheme() AND nhs_number = number AND number <> '' AND date_of_birth = born
$$;

-- Opens the record to the acting organisation, where the acting user has written down why. Answers who has to be told.
CREATE FUNCTION people_open_in_emergency(of_person bigint) RETURNS bigint[]
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    opening people_emergencyopening;
BEGIN
    SELECT * INTO opening FROM people_emergencyopening
        WHERE person_id = of_person AND scheme_id = app_scheme() AND organisation_id = app_organisation()
          AND user_id = app_user() AND ended_at IS NULL;
    IF NOT FOUND THEN
        RAISE insufficient_privilege USING MESSAGE = 'why a record is opened is written down first';
    END IF;
    INSERT INTO people_involvement (scheme_id, person_id, organisation_id, opened_by_id, reason, started)
        VALUES (opening.scheme_id, of_person, opening.organisation_id, opening.organisation_id, 'emergency',
                opening.opened_at)
        ON CONFLICT DO NOTHING;
    RETURN (SELECT organisation_ids FROM people_person WHERE id = of_person);
END $$;
"""
DROP_EMERGENCY = "DROP FUNCTION people_find_in_emergency(text, date); DROP FUNCTION people_open_in_emergency(bigint);"

KEEP_ORGANISATIONS = """
CREATE OR REPLACE FUNCTION people_keep_organisations() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
    now_open bigint[];
BEGIN
    -- Locked before the involvements are read: of two who join at once, the second must see the first.
    PERFORM FROM people_person WHERE id = NEW.person_id AND scheme_id = NEW.scheme_id FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE foreign_key_violation USING MESSAGE = 'a record is opened in its own scheme';
    END IF;
    SELECT coalesce(array_agg(DISTINCT organisation_id ORDER BY organisation_id), '{}') INTO now_open
        FROM people_involvement WHERE person_id = NEW.person_id AND ended IS NULL;
    UPDATE people_person SET organisation_ids = now_open
        WHERE id = NEW.person_id AND organisation_ids <> now_open;
    UPDATE people_selfdescription SET organisation_ids = now_open
        WHERE person_id = NEW.person_id AND organisation_ids <> now_open;
    UPDATE people_restriction SET organisation_ids = now_open
        WHERE person_id = NEW.person_id AND organisation_ids <> now_open;
    RETURN NULL;
END $$;
"""
AS_BEFORE = """
CREATE OR REPLACE FUNCTION people_keep_organisations() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
    now_open bigint[];
BEGIN
    -- Locked before the involvements are read: of two who join at once, the second must see the first.
    PERFORM FROM people_person WHERE id = NEW.person_id AND scheme_id = NEW.scheme_id FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE foreign_key_violation USING MESSAGE = 'a record is opened in its own scheme';
    END IF;
    SELECT coalesce(array_agg(DISTINCT organisation_id ORDER BY organisation_id), '{}') INTO now_open
        FROM people_involvement WHERE person_id = NEW.person_id AND ended IS NULL;
    UPDATE people_person SET organisation_ids = now_open
        WHERE id = NEW.person_id AND organisation_ids <> now_open;
    UPDATE people_selfdescription SET organisation_ids = now_open
        WHERE person_id = NEW.person_id AND organisation_ids <> now_open;
    RETURN NULL;
END $$;
"""

# As before, but of those whose record is kept from the asker it says no more than of somebody much alike.
DUPLICATE_CHECK = """
CREATE OR REPLACE FUNCTION people_duplicate_check(
    number text, given text, family text, born date, code text, OUT answer text, OUT match bigint
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    names text := people_plain(given, family);
    known people_person;
BEGIN
    IF number <> '' THEN
        SELECT * INTO known FROM people_person WHERE scheme_id = app_scheme() AND nhs_number = number;
        IF FOUND THEN
            -- Whose record is kept from the asker stays unknown to them: it becomes a second record, to be looked at.
            IF known.id = ANY (app_hidden()) THEN
                answer := 'unsure';
                RETURN;
            END IF;
            -- The number alone proves little: a birth date or a name and postcode must agree with it.
            IF known.date_of_birth = born
               OR (code <> '' AND known.postcode = code AND people_names_alike(known.names_plain, names) > 0) THEN
                answer := 'yes'; match := known.id;
            ELSE
                answer := 'unsure';
            END IF;
            RETURN;
        END IF;
    END IF;
    -- Without the number only all three prove it, the name to the letter: twins differ by less than a slip of the pen.
    SELECT CASE WHEN alike = 2 AND same_birth AND same_home THEN 'yes' ELSE 'unsure' END, id INTO answer, match
        FROM (
            SELECT person.id, people_names_alike(person.names_plain, names) AS alike,
                   coalesce(person.date_of_birth = born, false) AS same_birth,
                   code <> '' AND person.postcode = code AS same_home
            FROM people_person person
            WHERE person.scheme_id = app_scheme()
              AND (number = '' OR person.nhs_number = '')
              AND (person.date_of_birth = born OR (code <> '' AND person.postcode = code))
        ) near
        WHERE (alike > 0)::int + same_birth::int + same_home::int >= 2
        ORDER BY same_birth AND same_home DESC, alike DESC, id LIMIT 1;
    IF match = ANY (app_hidden()) THEN
        answer := 'unsure';
    END IF;
    answer := coalesce(answer, 'no');
    IF answer <> 'yes' THEN
        match := NULL;
    END IF;
END $$;
"""
DUPLICATE_CHECK_BEFORE = """
CREATE OR REPLACE FUNCTION people_duplicate_check(
    number text, given text, family text, born date, code text, OUT answer text, OUT match bigint
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    names text := people_plain(given, family);
    known people_person;
BEGIN
    IF number <> '' THEN
        SELECT * INTO known FROM people_person WHERE scheme_id = app_scheme() AND nhs_number = number;
        IF FOUND THEN
            -- The number alone proves little: a birth date or a name and postcode must agree with it.
            IF known.date_of_birth = born
               OR (code <> '' AND known.postcode = code AND people_names_alike(known.names_plain, names) > 0) THEN
                answer := 'yes'; match := known.id;
            ELSE
                answer := 'unsure';
            END IF;
            RETURN;
        END IF;
    END IF;
    -- Without the number only all three prove it, the name to the letter: twins differ by less than a slip of the pen.
    SELECT CASE WHEN alike = 2 AND same_birth AND same_home THEN 'yes' ELSE 'unsure' END, id INTO answer, match
        FROM (
            SELECT person.id, people_names_alike(person.names_plain, names) AS alike,
                   coalesce(person.date_of_birth = born, false) AS same_birth,
                   code <> '' AND person.postcode = code AS same_home
            FROM people_person person
            WHERE person.scheme_id = app_scheme()
              AND (number = '' OR person.nhs_number = '')
              AND (person.date_of_birth = born OR (code <> '' AND person.postcode = code))
        ) near
        WHERE (alike > 0)::int + same_birth::int + same_home::int >= 2
        ORDER BY same_birth AND same_home DESC, alike DESC, id LIMIT 1;
    answer := coalesce(answer, 'no');
    IF answer <> 'yes' THEN
        match := NULL;
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0004_confidential")]

    operations = [
        migrations.RunSQL(USER_FUNCTIONS, DROP_USER_FUNCTIONS),
        migrations.RunSQL(
            HIDDEN, "DROP FUNCTION people_hidden(bigint, bigint, bigint, text, timestamptz);"
        ),
        migrations.RunSQL(EMERGENCY, DROP_EMERGENCY),
        migrations.RunSQL(KEEP_ORGANISATIONS, AS_BEFORE),
        migrations.RunSQL(DUPLICATE_CHECK, DUPLICATE_CHECK_BEFORE),
        protect("people_restriction", see=SHARED_ROWS),
        protect("people_restrictionhistory", see=HISTORY_ROWS, write=SAME_SCHEME),
        protect("people_emergencyopening", see=SHARED_ROWS),
        protect("people_emergencyopeninghistory", see=HISTORY_ROWS, write=SAME_SCHEME),
        narrow("people_person", "kept", NOT_HIDDEN.replace("person_id", "id")),
        narrow("people_selfdescription", "kept", NOT_HIDDEN),
        narrow("people_involvement", "kept", NOT_HIDDEN),
        narrow("people_restriction", "kept", NOT_HIDDEN),
    ]
