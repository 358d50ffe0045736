from django.db import migrations

from wraparound.audit.row_security import NOT_HIDDEN, narrow


class Migration(migrations.Migration):
    dependencies = [("events", "0003_told"), ("people", "0005_kept_from_some")]

    operations = [
        narrow("events_event", "kept", NOT_HIDDEN),
    ]
