from django.db import migrations

from wraparound.audit.row_security import HISTORY_ROWS, SAME_SCHEME, SHARED_ROWS, protect


class Migration(migrations.Migration):
    dependencies = [("consent", "0001_initial"), ("organisations", "0002_row_security")]

    operations = [
        protect("consent_agreement", see=SHARED_ROWS),
        protect("consent_agreementhistory", see=HISTORY_ROWS, write=SAME_SCHEME),
    ]
