from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0010_answers_that_wait")]

    operations = [
        migrations.AddIndex(
            model_name="unmetneed",
            index=models.Index(
                condition=models.Q(("ended_at", None), ("seen_at", None)),
                fields=["from_organisation", "recorded_at", "id"],
                name="unmet_need_to_read",
            ),
        ),
    ]
