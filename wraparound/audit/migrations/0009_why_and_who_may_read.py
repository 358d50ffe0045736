"""Why somebody's data reached an organisation, and who reads that it did. See docs/adr/0026."""

from django.db import migrations

from wraparound.audit.row_security import NOT_HIDDEN, narrow

# One word, of an emergency that the user opened the record in, else of what opens it to the organisation. A row says
# it for good, since what opens a record ends. The strongest reason first.
WHY = """
CREATE FUNCTION audit_why(of_person bigint, for_organisation bigint, who bigint, moment timestamptz) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(
        (SELECT CASE opened.why WHEN 'safety' THEN 'safeguarding' ELSE 'emergency' END
         FROM people_emergencyopening opened
         WHERE opened.person_id = of_person AND opened.organisation_id = for_organisation AND opened.user_id = who
           AND opened.opened_at <= moment AND opened.ends_at > moment
           AND (opened.ended_at IS NULL OR opened.ended_at > moment)
         LIMIT 1),
        (SELECT CASE involved.reason WHEN 'safety' THEN 'safeguarding' ELSE involved.reason END
         FROM people_involvement involved
         WHERE involved.person_id = of_person AND involved.organisation_id = for_organisation
           AND (involved.ended IS NULL OR involved.ended > moment)
         ORDER BY array_position(ARRAY['working', 'referred', 'asked', 'registered', 'emergency', 'safety'],
                                 involved.reason::text)
         LIMIT 1),
        'not_kept')
$$;
"""

# From whom a record is kept by name. Whoever investigates sees looks at records that are kept for named readers, but
# none at one that is kept from themselves.
KEPT_BY_NAME = """
CREATE FUNCTION audit_kept_by_name() RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(person_id), '{}') FROM people_restriction
    WHERE scheme_id = app_scheme() AND ended_at IS NULL AND app_user() = ANY (kept_from)
$$;
"""
SEEN_BY_INVESTIGATORS = (
    f"{NOT_HIDDEN} OR (app_can('investigate') AND person_id <> ALL ((SELECT audit_kept_by_name())::bigint[]))"
)

# When the first event was written that no seal covers, and when the newest seal was made.
SEALING = """
CREATE FUNCTION audit_sealing(OUT waiting timestamptz, OUT sealed timestamptz) LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    SELECT (SELECT recorded_at FROM events_event
            WHERE id > coalesce((SELECT to_id FROM audit_seal WHERE table_name = 'events_event'
                                 ORDER BY from_id DESC LIMIT 1), 0)
            ORDER BY id LIMIT 1),
           (SELECT sealed_at FROM audit_seal ORDER BY number DESC LIMIT 1)
$$;
"""

# What stood before is told by the page, the role, and what opened the record then. No seal holds these columns.
BEFORE = """
UPDATE audit_access SET why = CASE
    WHEN page LIKE 'concern%' OR page LIKE 'raise%' THEN 'safeguarding'
    WHEN page LIKE 'investigation%' OR page = 'looked-into' THEN 'checking'
    WHEN role = 'information_governance_lead' THEN 'rights'
    ELSE audit_why(person_id, organisation_id, user_id, at) END
"""


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0008_disclosures"),
        ("people", "0006_emergency_not_for_kept"),
        ("events", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(WHY, "DROP FUNCTION audit_why(bigint, bigint, bigint, timestamptz)"),
        migrations.RunSQL(KEPT_BY_NAME, "DROP FUNCTION audit_kept_by_name()"),
        migrations.RunSQL(SEALING, "DROP FUNCTION audit_sealing()"),
        narrow("audit_access", "kept", SEEN_BY_INVESTIGATORS),
        migrations.RunSQL(BEFORE, migrations.RunSQL.noop),
    ]
