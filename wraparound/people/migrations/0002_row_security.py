from django.db import migrations

from wraparound.audit.row_security import HISTORY_ROWS, OWN_ROWS, SAME_SCHEME, SHARED_ROWS, protect

# A row that opens a record to another organisation is also seen by the one that opened it.
OPENED_OR_OWN = f"({OWN_ROWS}) OR (scheme_id = (SELECT app_scheme()) AND opened_by_id = (SELECT app_organisation()))"

# The person's own list of organisations follows the open involvements, whoever wrote them.
KEEP_ORGANISATIONS = """
CREATE FUNCTION people_keep_organisations() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
    now_open bigint[];
BEGIN
    SELECT coalesce(array_agg(DISTINCT organisation_id ORDER BY organisation_id), '{}') INTO now_open
        FROM people_involvement WHERE person_id = NEW.person_id AND ended IS NULL;
    UPDATE people_person SET organisation_ids = now_open
        WHERE id = NEW.person_id AND organisation_ids <> now_open;
    UPDATE people_selfdescription SET organisation_ids = now_open
        WHERE person_id = NEW.person_id AND organisation_ids <> now_open;
    RETURN NULL;
END $$;
CREATE TRIGGER keep_organisations AFTER INSERT OR UPDATE ON people_involvement
    FOR EACH ROW EXECUTE FUNCTION people_keep_organisations();
"""

# Answers about people the asker may not see: a word, or the one id that the asker's own details already prove.
# Both read the scheme from the transaction's actor, so that no argument reaches into another scheme.
DUPLICATE_CHECK = """
CREATE FUNCTION people_plain(given text, family text) RETURNS text LANGUAGE sql STABLE
    SET search_path = public, pg_temp
    AS $$ SELECT btrim(regexp_replace(lower(unaccent(given || ' ' || family)), '[[:space:][:punct:]]+', ' ', 'g')) $$;

CREATE FUNCTION people_keep_names() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    NEW.names_plain := people_plain(NEW.given_names, NEW.family_name);
    RETURN NEW;
END $$;
CREATE TRIGGER keep_names BEFORE INSERT OR UPDATE OF given_names, family_name ON people_person
    FOR EACH ROW EXECUTE FUNCTION people_keep_names();

CREATE FUNCTION people_same(
    person people_person, given text, family text, born date, code text
) RETURNS integer LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT (person.names_plain = people_plain(given, family)
            OR similarity(person.names_plain, people_plain(given, family)) >= 0.5)::int
         + coalesce(person.date_of_birth = born, false)::int
         + (code <> '' AND person.postcode = code)::int
$$;

CREATE FUNCTION people_duplicate_check(
    number text, given text, family text, born date, code text, OUT answer text, OUT match bigint
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    known people_person;
    agree integer;
BEGIN
    IF number <> '' THEN
        SELECT * INTO known FROM people_person WHERE scheme_id = app_scheme() AND nhs_number = number;
        IF FOUND THEN
            -- The number alone proves little: a birth date or a name and postcode must agree with it.
            IF people_same(known, given, family, born, code) >= 2
               OR (known.date_of_birth = born) THEN
                answer := 'yes'; match := known.id;
            ELSE
                answer := 'unsure';
            END IF;
            RETURN;
        END IF;
    END IF;
    SELECT person.id, people_same(person, given, family, born, code) INTO match, agree
        FROM people_person person
        WHERE person.scheme_id = app_scheme()
          AND (number = '' OR person.nhs_number = '')
          AND (person.date_of_birth = born OR (code <> '' AND person.postcode = code))
          AND people_same(person, given, family, born, code) >= 2
        ORDER BY 2 DESC, 1 LIMIT 1;
    answer := CASE WHEN agree = 3 THEN 'yes' WHEN agree = 2 THEN 'unsure' ELSE 'no' END;
    IF answer <> 'yes' THEN
        match := NULL;
    END IF;
END $$;
"""

DROP_DUPLICATE_CHECK = """
DROP FUNCTION people_duplicate_check(text, text, text, date, text);
DROP FUNCTION people_same(people_person, text, text, date, text);
DROP TRIGGER keep_names ON people_person;
DROP FUNCTION people_keep_names();
DROP FUNCTION people_plain(text, text);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("organisations", "0002_row_security")]

    operations = [
        protect("people_person", see=SHARED_ROWS),
        protect("people_personhistory", see=HISTORY_ROWS, write=SAME_SCHEME),
        protect("people_selfdescription", see=SHARED_ROWS),
        protect("people_selfdescriptionhistory", see=HISTORY_ROWS, write=SAME_SCHEME),
        protect("people_involvement", see=OPENED_OR_OWN, write=SAME_SCHEME),
        migrations.RunSQL(
            KEEP_ORGANISATIONS,
            "DROP TRIGGER keep_organisations ON people_involvement; DROP FUNCTION people_keep_organisations();",
        ),
        migrations.RunSQL(DUPLICATE_CHECK, DROP_DUPLICATE_CHECK),
    ]
