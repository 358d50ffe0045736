from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0005_public_requests")]

    operations = [
        migrations.AddField(
            model_name="transfer",
            name="answer",
            field=models.CharField(blank=True, default="", help_text="Why it was not taken on, for the giver", max_length=500),
            preserve_default=False,
        ),
    ]
