from django.db import migrations

from wraparound.audit.row_security import SHARED_ROWS, protect


class Migration(migrations.Migration):
    dependencies = [("messaging", "0001_initial"), ("organisations", "0002_row_security")]

    operations = [
        protect("messaging_messageback", see=SHARED_ROWS),
    ]
