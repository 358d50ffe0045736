from django.db import migrations

from wraparound.audit.row_security import HISTORY_ROWS, NOT_HIDDEN, SAME_SCHEME, SHARED_ROWS, narrow, protect

WITH = """
CREATE FUNCTION people_with(organisations bigint[], one bigint) RETURNS bigint[] LANGUAGE sql IMMUTABLE
    SET search_path = public, pg_temp AS $$
    SELECT ARRAY(SELECT DISTINCT each FROM unnest(organisations || one) AS each ORDER BY each)
$$;
"""

# Where others who work with the person may know, they are told as soon as they begin.
SHARED = """
CREATE FUNCTION people_share_marker() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    NEW.organisation_ids := people_with(CASE WHEN NEW.shared THEN ARRAY(
        SELECT organisation_id FROM people_involvement
        WHERE person_id = NEW.person_id AND ended IS NULL AND reason = 'working'
    ) ELSE '{}' END, NEW.put_by_organisation_id);
    RETURN NEW;
END $$;
CREATE TRIGGER share BEFORE INSERT ON people_abusemarker FOR EACH ROW EXECUTE FUNCTION people_share_marker();
"""
NOT_SHARED = "DROP TRIGGER share ON people_abusemarker; DROP FUNCTION people_share_marker();"

# A withheld address leaves the person's row, whoever writes it there; given up, it is on the row again.
WITHHOLD = """
CREATE FUNCTION people_withhold() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.address_withheld AND (NEW.address <> '' OR NEW.postcode <> '') THEN
        INSERT INTO people_withheldaddress AS held (scheme_id, organisation_ids, person_id, address, postcode)
        SELECT NEW.scheme_id,
               -- Where nobody works with them yet, whoever withholds it has it.
               coalesce(array_agg(DISTINCT organisation_id ORDER BY organisation_id),
                        CASE WHEN app_organisation() IS NULL THEN NEW.organisation_ids ELSE ARRAY[app_organisation()] END),
               NEW.id, NEW.address, NEW.postcode
        FROM people_involvement WHERE person_id = NEW.id AND ended IS NULL AND reason = 'working'
        ON CONFLICT (person_id) DO UPDATE SET
            address = CASE NEW.address WHEN '' THEN held.address ELSE NEW.address END,
            postcode = CASE NEW.postcode WHEN '' THEN held.postcode ELSE NEW.postcode END;
        NEW.address := '';
        NEW.postcode := '';
    ELSIF TG_OP = 'UPDATE' AND OLD.address_withheld AND NOT NEW.address_withheld THEN
        IF NEW.address = '' AND NEW.postcode = '' THEN
            SELECT address, postcode INTO NEW.address, NEW.postcode FROM people_withheldaddress
                WHERE person_id = NEW.id;
            NEW.address := coalesce(NEW.address, '');
            NEW.postcode := coalesce(NEW.postcode, '');
        END IF;
        DELETE FROM people_withheldaddress WHERE person_id = NEW.id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER withhold BEFORE INSERT OR UPDATE OF address, postcode, address_withheld ON people_person
    FOR EACH ROW EXECUTE FUNCTION people_withhold();
UPDATE people_person SET address_withheld = true WHERE address_withheld;
"""
BACK = """
DROP TRIGGER withhold ON people_person;
DROP FUNCTION people_withhold();
UPDATE people_person person SET address = held.address, postcode = held.postcode
    FROM people_withheldaddress held WHERE held.person_id = person.id;
"""

# Whoever has to do with a person reads what is shared about them; whoever works with them reads what is withheld.
READERS = """
CREATE FUNCTION people_keep_readers(of_person bigint) RETURNS void LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    now_open bigint[];
    working bigint[];
BEGIN
    SELECT coalesce(array_agg(DISTINCT organisation_id ORDER BY organisation_id), '{}'),
           coalesce(array_agg(DISTINCT organisation_id ORDER BY organisation_id) FILTER (WHERE reason = 'working'), '{}')
        INTO now_open, working FROM people_involvement WHERE person_id = of_person AND ended IS NULL;
    UPDATE people_person SET organisation_ids = now_open WHERE id = of_person AND organisation_ids <> now_open;
    UPDATE people_selfdescription SET organisation_ids = now_open
        WHERE person_id = of_person AND organisation_ids <> now_open;
    UPDATE people_restriction SET organisation_ids = now_open
        WHERE person_id = of_person AND organisation_ids <> now_open;
    -- Who worked with them last keeps it until somebody else does.
    UPDATE people_withheldaddress SET organisation_ids = working
        WHERE person_id = of_person AND working <> '{}' AND organisation_ids <> working;
    UPDATE people_abusemarker SET organisation_ids = people_with(working, put_by_organisation_id)
        WHERE person_id = of_person AND shared AND organisation_ids <> people_with(working, put_by_organisation_id);
END $$;

CREATE OR REPLACE FUNCTION people_keep_organisations() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    -- Locked before the involvements are read: of two who join at once, the second must see the first.
    PERFORM FROM people_person WHERE id = NEW.person_id AND scheme_id = NEW.scheme_id FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE foreign_key_violation USING MESSAGE = 'a record is opened in its own scheme';
    END IF;
    PERFORM people_keep_readers(NEW.person_id);
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
    UPDATE people_restriction SET organisation_ids = now_open
        WHERE person_id = NEW.person_id AND organisation_ids <> now_open;
    RETURN NULL;
END $$;

DROP FUNCTION people_keep_readers(bigint);
"""
MAKING_CONTACT = "app_can('see_abuse_markers') OR app_can('let_time_pass')"


class Migration(migrations.Migration):
    dependencies = [("people", "0007_withheld_tables")]

    operations = [
        migrations.RunSQL(WITH, "DROP FUNCTION people_with(bigint[], bigint);"),
        migrations.RunSQL(SHARED, NOT_SHARED),
        migrations.RunSQL(WITHHOLD, BACK),
        migrations.RunSQL(READERS, AS_BEFORE),
        protect("people_withheldaddress", see=SHARED_ROWS),
        protect("people_withheldaddresshistory", see=HISTORY_ROWS, write=SAME_SCHEME),
        protect("people_abusemarker", see=SHARED_ROWS),
        protect("people_abusemarkerhistory", see=HISTORY_ROWS, write=SAME_SCHEME),
        narrow("people_withheldaddress", "kept", NOT_HIDDEN),
        narrow("people_abusemarker", "kept", NOT_HIDDEN),
        narrow("people_abusemarker", "contact", MAKING_CONTACT),
    ]
