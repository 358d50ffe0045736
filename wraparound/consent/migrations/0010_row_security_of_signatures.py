from django.db import migrations

from wraparound.audit.row_security import NOT_HIDDEN, SHARED_ROWS, narrow, protect


class Migration(migrations.Migration):
    dependencies = [("consent", "0009_signatures")]

    operations = [
        protect("consent_signature", see=SHARED_ROWS),
        protect("consent_mandatedocument", see=SHARED_ROWS),
        narrow("consent_signature", "kept", NOT_HIDDEN),
        narrow("consent_mandatedocument", "kept", NOT_HIDDEN),
    ]
