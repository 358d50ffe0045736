from django.db import migrations

from wraparound.audit.row_security import NOT_HIDDEN, narrow


class Migration(migrations.Migration):
    dependencies = [("messaging", "0006_told_again"), ("people", "0005_kept_from_some")]

    operations = [
        narrow("messaging_messageback", "kept", NOT_HIDDEN),
        narrow("messaging_codedentry", "kept", NOT_HIDDEN),
    ]
