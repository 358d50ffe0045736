from django.db import migrations

from wraparound.audit.row_security import OWN_ROWS, protect


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("organisations", "0002_row_security")]

    operations = [
        protect("audit_access", see=OWN_ROWS),
    ]
