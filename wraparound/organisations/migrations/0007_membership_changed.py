from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0006_team_opening")]

    operations = [
        migrations.AddField(
            "membership",
            "changed",
            models.DateTimeField(
                blank=True, help_text="When an administrator last set the role or team", null=True
            ),
        ),
    ]
