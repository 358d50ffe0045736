from django.db import migrations, models

HELP = "Somebody owns it, or its owner looks again, by then; else all who may are told"

# The clock runs for every scheme, so it asks here: which concerns nobody owns in time, whose owner has not looked again
# in time, is away until after that day, or no longer works with people there. Nothing else comes out.
LATE = """
CREATE FUNCTION safeguarding_late(now timestamptz, working text[], most integer)
    RETURNS TABLE (concern bigint, scheme bigint, organisation bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT held.id, held.scheme_id, held.organisation_id FROM safeguarding_concern held
    WHERE held.status <> 'ended' AND held.late_at IS NULL AND (held.due_at <= now OR held.status = 'owned' AND (
        NOT EXISTS (
            SELECT FROM organisations_membership member JOIN organisations_user owner ON owner.id = member.user_id
            WHERE member.user_id = held.owner_id AND member.scheme_id = held.scheme_id
            AND member.organisation_id = held.organisation_id AND member.ended IS NULL
            AND owner.is_active AND member.role = ANY (working)
        ) OR EXISTS (
            SELECT FROM organisations_leave away JOIN organisations_membership member ON member.id = away.membership_id
            WHERE member.user_id = held.owner_id AND member.scheme_id = held.scheme_id
            AND member.organisation_id = held.organisation_id AND member.ended IS NULL AND away.cancelled_at IS NULL
            AND (now AT TIME ZONE 'Europe/London')::date BETWEEN away.starts AND away.ends
            AND (held.due_at AT TIME ZONE 'Europe/London')::date <= away.ends
        )
    )) ORDER BY held.due_at LIMIT most
$$;
"""
NO_LATE = "DROP FUNCTION safeguarding_late(timestamptz, text[], integer);"
NO_LATE_BEFORE = "DROP FUNCTION safeguarding_late(timestamptz, integer);"
LATE_BEFORE = """
CREATE FUNCTION safeguarding_late(now timestamptz, most integer)
    RETURNS TABLE (concern bigint, scheme bigint, organisation bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT id, scheme_id, organisation_id FROM safeguarding_concern
    WHERE status = 'raised' AND late_at IS NULL AND due_at <= now ORDER BY due_at LIMIT most
$$;
"""
# Whoever owns one has a whole period from now on: they did not know that there was one.
OWNED_BEFORE = """
UPDATE safeguarding_concern SET due_at = now() + interval '7 days', late_at = NULL WHERE status = 'owned';
"""


class Migration(migrations.Migration):
    dependencies = [("safeguarding", "0004_late"), ("organisations", "0006_team_opening")]

    operations = [
        migrations.RemoveIndex("concern", name="concern_clock"),
        migrations.AlterField("concern", "due_at", models.DateTimeField(help_text=HELP)),
        migrations.AlterField("concernhistory", "due_at", models.DateTimeField(help_text=HELP)),
        migrations.AddIndex(
            "concern",
            models.Index(
                condition=models.Q(models.Q(("status", "ended"), _negated=True), ("late_at", None)),
                fields=["due_at"],
                name="concern_clock",
            ),
        ),
        migrations.RunSQL(NO_LATE_BEFORE, LATE_BEFORE),
        migrations.RunSQL(LATE, NO_LATE),
        migrations.RunSQL(OWNED_BEFORE, migrations.RunSQL.noop),
    ]
