from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0004_with_a_team_once")]

    operations = [
        migrations.AddIndex(
            "journey",
            models.Index(fields=["from_organisation", "from_user", "-opened_at", "-id"], name="journey_by_own_referrer"),
        ),
        # Another index begins with the organisation and with the person; a user is asked for with the organisation.
        migrations.AlterField(
            "journey",
            "from_organisation",
            models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+", db_index=False),
        ),
        migrations.AlterField(
            "journey",
            "from_user",
            models.ForeignKey("organisations.User", models.PROTECT, null=True, related_name="+", db_index=False),
        ),
        migrations.AlterField(
            "journey",
            "person",
            models.ForeignKey("people.Person", models.PROTECT, related_name="journeys", db_index=False),
        ),
    ]
