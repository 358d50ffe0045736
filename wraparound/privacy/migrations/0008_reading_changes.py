"""What an investigator reads of old versions. See docs/adr/0024."""

from django.db import migrations

from wraparound.audit.row_security import OWN_ROWS, protect

# Of rows that the acting organisation could read when they stood, in the order of time: by person, by user, or between
# two moments. What the version before it held comes with it. Roles are checked in Python, as everywhere.
CHANGES = """
CREATE FUNCTION privacy_changes(
    persons bigint[], of_user bigint, since timestamptz, until timestamptz,
    after_at timestamptz, after_table text, after_version bigint, most integer
) RETURNS TABLE (table_name text, version bigint, row_key bigint, at timestamptz, made boolean, who jsonb, held jsonb,
                 was jsonb)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    found record;
    asked text := '';
BEGIN
    FOR found IN
        SELECT sealed.name, 'person_id' = ANY (sealed.columns) AS has_person,
               'organisation_ids' = ANY (sealed.columns) AS shared
        FROM audit_sealed() sealed
        WHERE sealed.name LIKE '%history' AND 'scheme_id' = ANY (sealed.columns)
          AND ('organisation_ids' = ANY (sealed.columns) OR 'organisation_id' = ANY (sealed.columns))
        ORDER BY 1
    LOOP
        asked := asked || CASE WHEN asked = '' THEN '' ELSE ' UNION ALL ' END || format(
            '(SELECT %1$L::text AS name, pgh_id::bigint AS version, pgh_obj_id::bigint AS row_key, pgh_created_at AS at,'
            ' pgh_label = ''insert'' AS made, pgh_context::jsonb AS who, to_jsonb(kept) AS held,'
            ' (SELECT to_jsonb(before) FROM public.%1$I before WHERE before.pgh_obj_id = kept.pgh_obj_id'
            '  AND before.pgh_id < kept.pgh_id ORDER BY before.pgh_id DESC LIMIT 1) AS was'
            ' FROM public.%1$I kept WHERE scheme_id = app_scheme() AND %2$s'
            ' AND %3$s <> ALL (app_hidden())'
            ' AND ($1 IS NULL OR %3$s = ANY ($1)) AND ($2 IS NULL OR (pgh_context ->> ''user'')::bigint = $2)'
            ' AND ($3 IS NULL OR pgh_created_at >= $3) AND ($4 IS NULL OR pgh_created_at < $4)'
            ' AND ($5 IS NULL OR (pgh_created_at, %1$L::text, pgh_id::bigint) < ($5, $6, $7))'
            ' ORDER BY pgh_created_at DESC, pgh_id DESC LIMIT $8)',
            found.name,
            CASE WHEN found.shared THEN 'organisation_ids @> ARRAY[app_organisation()]'
                 ELSE 'organisation_id = app_organisation()' END,
            CASE WHEN found.has_person THEN 'person_id' ELSE 'pgh_obj_id' END
        );
    END LOOP;
    RETURN QUERY EXECUTE
        'SELECT name, version, row_key, at, made, who, held - gone.cols, was - gone.cols FROM (' || asked || ') every,'
        ' (SELECT ARRAY[''pgh_id'', ''pgh_created_at'', ''pgh_label'', ''pgh_context'', ''pgh_context_id'','
        ' ''pgh_obj_id''] AS cols) gone'
        ' ORDER BY at DESC, name DESC, version DESC LIMIT $8'
        USING persons, of_user, since, until, after_at, after_table, after_version, most;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("privacy", "0007_investigating"), ("audit", "0007_investigating"), ("people", "0005_kept_from_some")]

    operations = [
        protect("privacy_lookedinto", see=OWN_ROWS),
        migrations.RunSQL(
            CHANGES,
            "DROP FUNCTION privacy_changes(bigint[], bigint, timestamptz, timestamptz, timestamptz, text, bigint, integer)",
        ),
    ]
