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
CREATE TRIGGER keep_organisations AFTER INSERT OR UPDATE ON people_involvement
    FOR EACH ROW EXECUTE FUNCTION people_keep_organisations();
"""

# Small letters and bare letters of every script. The database's own locale may know no letters but English ones, so
# the rules for letters are named: the first of these that the server has.
NAMES = """
DO $do$
DECLARE
    letters text := coalesce((
        SELECT quote_ident(collname) FROM pg_collation WHERE collname IN ('pg_c_utf8', 'und-x-icu', 'C.utf8')
        ORDER BY array_position(ARRAY['pg_c_utf8', 'und-x-icu', 'C.utf8'], collname::text) LIMIT 1
    ), '"default"');
BEGIN
    EXECUTE format($make$
        CREATE FUNCTION people_plain(given text, family text) RETURNS text LANGUAGE sql STABLE
            SET search_path = public, pg_temp AS $$
            SELECT btrim(regexp_replace(
                replace(lower(unaccent(normalize(given || ' ' || family, NFKC)) COLLATE %s), 'ς', 'σ'),
                '[[:space:][:punct:]]+', ' ', 'g'
            ))
        $$
    $make$, letters);
END $do$;

CREATE FUNCTION people_keep_names() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    NEW.names_plain := left(people_plain(NEW.given_names, NEW.family_name), 420);
    RETURN NEW;
END $$;
CREATE TRIGGER keep_names BEFORE INSERT OR UPDATE OF given_names, family_name ON people_person
    FOR EACH ROW EXECUTE FUNCTION people_keep_names();

CREATE FUNCTION people_in_order(names text) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    SELECT coalesce(string_agg(word, ' ' ORDER BY word COLLATE "C"), '') FROM unnest(string_to_array(names, ' ')) word
$$;

-- 2: the same words in any order. 1: a slip of the pen apart, or one has words that the other leaves out. 0: others.
CREATE FUNCTION people_names_alike(one text, other text) RETURNS integer LANGUAGE sql IMMUTABLE
    SET search_path = public, pg_temp AS $$
    SELECT CASE
        WHEN one = '' OR other = '' THEN 0
        WHEN people_in_order(one) = people_in_order(other) THEN 2
        WHEN string_to_array(one, ' ') <@ string_to_array(other, ' ') THEN 1
        WHEN string_to_array(one, ' ') @> string_to_array(other, ' ') THEN 1
        WHEN least(
            levenshtein(left(one, 255), left(other, 255)),
            levenshtein(left(people_in_order(one), 255), left(people_in_order(other), 255))
        ) <= greatest(length(one), length(other)) / 5 THEN 1
        ELSE 0
    END
$$;
"""

DROP_NAMES = """
DROP FUNCTION people_names_alike(text, text);
DROP FUNCTION people_in_order(text);
DROP TRIGGER keep_names ON people_person;
DROP FUNCTION people_keep_names();
DROP FUNCTION people_plain(text, text);
"""

# Answers about people the asker may not see: a word, or the one id that the asker's own details already prove.
# It reads the scheme from the transaction's actor, so that no argument reaches into another scheme.
DUPLICATE_CHECK = """
CREATE FUNCTION people_duplicate_check(
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

DROP_DUPLICATE_CHECK = "DROP FUNCTION people_duplicate_check(text, text, text, date, text);"


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
        migrations.RunSQL(NAMES, DROP_NAMES),
        migrations.RunSQL(DUPLICATE_CHECK, DROP_DUPLICATE_CHECK),
    ]
