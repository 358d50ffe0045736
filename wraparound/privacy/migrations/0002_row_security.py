from django.db import migrations

from wraparound.audit.row_security import HISTORY_ROWS, OWN_ROWS, SAME_SCHEME, SHARED_ROWS, protect

# Which organisations of the scheme hold something about a person: ids alone. Asked of the catalogue, so that no table is
# forgotten. Only of somebody whose record is open to the asker.
HOLDERS = """
CREATE FUNCTION privacy_holders(of_person bigint) RETURNS TABLE (organisation bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    held record;
BEGIN
    IF NOT EXISTS (
        SELECT FROM people_person WHERE id = of_person AND scheme_id = app_scheme()
            AND organisation_ids @> ARRAY[app_organisation()]
    ) THEN
        RETURN;
    END IF;
    FOR held IN
        SELECT class.relname AS name, bool_or(attribute.attname = 'organisation_ids') AS shared
        FROM pg_class class
        JOIN pg_attribute attribute ON attribute.attrelid = class.oid
            AND attribute.attname IN ('organisation_id', 'organisation_ids', 'person_id', 'scheme_id')
        WHERE class.relnamespace = 'public'::regnamespace AND class.relkind = 'r' AND class.relname NOT LIKE '%history'
        GROUP BY class.relname
        HAVING bool_or(attribute.attname = 'person_id') AND bool_or(attribute.attname = 'scheme_id')
           AND bool_or(attribute.attname LIKE 'organisation%')
    LOOP
        RETURN QUERY EXECUTE format(
            CASE WHEN held.shared
                THEN 'SELECT DISTINCT unnest(organisation_ids) FROM public.%I WHERE person_id = $1 AND scheme_id = app_scheme()'
                ELSE 'SELECT DISTINCT organisation_id FROM public.%I WHERE person_id = $1 AND scheme_id = app_scheme()'
            END, held.name
        ) USING of_person;
    END LOOP;
END $$;
"""

# Old versions of rows, as their readers may see them. Whoever owns the tables sees all.
VERSIONS = """
CREATE FUNCTION privacy_versions(of_table text, keys bigint[])
    RETURNS TABLE (version bigint, row_key bigint, at timestamptz, who jsonb, held jsonb)
    LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
    IF of_table NOT LIKE '%history' OR NOT EXISTS (SELECT FROM audit_sealed() WHERE name = of_table) THEN
        RAISE EXCEPTION 'No old versions are kept in %.', of_table USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN QUERY EXECUTE format(
        'SELECT pgh_id::bigint, pgh_obj_id::bigint, pgh_created_at, pgh_context::jsonb, to_jsonb(kept) - ARRAY['
        '''pgh_id'', ''pgh_created_at'', ''pgh_label'', ''pgh_context'', ''pgh_context_id'', ''pgh_obj_id'']'
        ' FROM public.%I kept WHERE pgh_obj_id = ANY ($1)', of_table
    ) USING keys;
END $$;
"""

# The acting organisation's own: versions that it could read when they stood. Whoever took a person's open request
# answers for the shared record, and sees how that was before, whoever could read it then.
OLD_VERSIONS = """
CREATE FUNCTION privacy_old_versions(of_table text, keys bigint[])
    RETURNS TABLE (version bigint, row_key bigint, at timestamptz, who jsonb, held jsonb)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT found.* FROM privacy_versions(of_table, keys) found
    WHERE (found.held ->> 'scheme_id')::bigint = app_scheme()
      AND coalesce((found.held ->> 'person_id')::bigint, found.row_key) <> ALL (app_hidden()) AND (
        CASE WHEN found.held ? 'organisation_ids' THEN found.held -> 'organisation_ids' @> to_jsonb(app_organisation())
             ELSE (found.held ->> 'organisation_id')::bigint = app_organisation() END
        OR (of_table IN ('people_personhistory', 'people_selfdescriptionhistory') AND EXISTS (
            SELECT FROM privacy_subjectaccessrequest request
            WHERE request.person_id = coalesce((found.held ->> 'person_id')::bigint, found.row_key)
              AND request.organisation_id = app_organisation() AND request.scheme_id = app_scheme()
              AND request.ended_at IS NULL
        ))
    )
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0001_subject_access"),
        ("organisations", "0002_row_security"),
        ("audit", "0004_sealing"),
        ("people", "0005_kept_from_some"),
    ]

    operations = [
        protect("privacy_subjectaccessrequest", see=SHARED_ROWS),
        protect("privacy_subjectaccessrequesthistory", see=HISTORY_ROWS, write=SAME_SCHEME),
        protect("privacy_accesspart", see=SHARED_ROWS),
        protect("privacy_accessrecord", see=OWN_ROWS),
        protect("privacy_releasedpart", see=SHARED_ROWS),
        protect("privacy_accesspack", see=OWN_ROWS),
        migrations.RunSQL(HOLDERS, "DROP FUNCTION privacy_holders(bigint)"),
        migrations.RunSQL(VERSIONS, "DROP FUNCTION privacy_versions(text, bigint[])"),
        migrations.RunSQL(OLD_VERSIONS, "DROP FUNCTION privacy_old_versions(text, bigint[])"),
    ]
