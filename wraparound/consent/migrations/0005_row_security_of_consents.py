from django.db import migrations

from wraparound.audit.row_security import HISTORY_ROWS, SAME_SCHEME, SHARED_ROWS, protect


class Migration(migrations.Migration):
    dependencies = [("consent", "0004_per_purpose"), ("organisations", "0007_membership_changed")]

    operations = [
        protect("consent_consent", see=SHARED_ROWS),
        protect("consent_consenthistory", see=HISTORY_ROWS, write=SAME_SCHEME),
    ]
