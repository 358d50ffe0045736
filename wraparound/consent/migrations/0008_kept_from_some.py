from django.db import migrations

from wraparound.audit.row_security import NOT_HIDDEN, narrow


class Migration(migrations.Migration):
    dependencies = [("consent", "0007_parties_of_existing_schemes"), ("people", "0005_kept_from_some")]

    operations = [
        narrow("consent_agreement", "kept", NOT_HIDDEN),
        narrow("consent_consent", "kept", NOT_HIDDEN),
    ]
