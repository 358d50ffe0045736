import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("referrals", "0007_places"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.AddField(
            "call",
            "held_until",
            models.DateTimeField(null=True, help_text="Until then the caller has it, and nobody else calls"),
        ),
        migrations.AlterField(
            "call",
            "caller",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                help_text="Who calls now, or called last",
            ),
        ),
        migrations.AddConstraint(
            "call",
            models.CheckConstraint(
                condition=Q(held_until=None) | Q(caller__isnull=False), name="call_held_by_somebody"
            ),
        ),
    ]
