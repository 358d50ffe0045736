from django.db import migrations, models
from django.db.models import Q

from wraparound.audit.row_security import SHARED_ROWS, SHARED_ROWS_BY_KEY, say_again

# How many rows of a team or an organisation are open, and in which status: without it PostgreSQL supposes the same share
# for each, takes a long list for a short one, and sorts it.
STATISTICS = """
CREATE STATISTICS referral_of_team (mcv) ON to_team_id, status, is_open FROM referrals_referral;
CREATE STATISTICS referral_of_organisation (mcv) ON to_organisation_id, status, is_open FROM referrals_referral;
"""
DROP_STATISTICS = "DROP STATISTICS referral_of_team; DROP STATISTICS referral_of_organisation;"


def _open(name, *fields):
    return migrations.AddIndex("referral", models.Index(fields=fields, condition=Q(is_open=True), name=name))


class Migration(migrations.Migration):
    dependencies = [("referrals", "0002_row_security")]

    operations = [
        _open("referral_by_status", "to_team", "status", "rank", "due_at", "id"),
        _open("referral_by_worker", "to_team", "worker", "rank", "due_at", "id"),
        _open("referral_to_organisation", "to_organisation", "rank", "due_at", "id"),
        migrations.AlterField(
            "referral",
            "worker",
            models.ForeignKey(
                "organisations.User", models.PROTECT, null=True, related_name="+", db_index=False,
                help_text="Who claimed it",
            ),
        ),
        # Closed rows of a team or a worker are never asked for by that alone, and an index of them misleads the planner.
        migrations.AlterField(
            "referral",
            "to_team",
            models.ForeignKey("organisations.Team", models.PROTECT, related_name="referrals", db_index=False),
        ),
        # The team first, so that a team's rows stand together in it.
        migrations.RemoveConstraint("referral", "referral_open_once_per_team"),
        migrations.AddConstraint(
            "referral",
            models.UniqueConstraint(
                fields=["to_team", "journey"], condition=Q(is_open=True), name="referral_open_once_per_team"
            ),
        ),
        # The reference's own index is the same.
        migrations.RemoveIndex("referral", "referral_of_journey"),
        migrations.RunSQL(STATISTICS, DROP_STATISTICS),
        say_again("referrals_journey", see=SHARED_ROWS_BY_KEY, was=SHARED_ROWS),
        say_again("referrals_referral", see=SHARED_ROWS_BY_KEY, was=SHARED_ROWS),
    ]
