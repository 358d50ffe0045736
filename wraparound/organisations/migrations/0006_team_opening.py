from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0005_leave_once_at_a_time")]

    operations = [
        migrations.AddField(
            "team",
            "opening",
            models.CharField(
                blank=True,
                default="",
                help_text="When people may come or ring, in plain words: for signpost slips",
                max_length=200,
            ),
            preserve_default=False,
        ),
    ]
