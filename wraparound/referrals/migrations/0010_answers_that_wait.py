from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0009_facts_of_past_referrals")]

    operations = [
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                condition=models.Q(("is_open", True), ("status__in", ["declined", "lost_contact", "not_answered"])),
                fields=["from_organisation", "due_at", "id"],
                name="referral_answer_waits",
            ),
        ),
    ]
