from django.db import migrations

from wraparound.audit.row_security import HISTORY_ROWS, SAME_SCHEME, SHARED_ROWS, protect


class Migration(migrations.Migration):
    dependencies = [("safeguarding", "0001_initial"), ("organisations", "0002_row_security")]

    operations = [
        protect("safeguarding_concern", see=SHARED_ROWS),
        protect("safeguarding_concernhistory", see=HISTORY_ROWS, write=SAME_SCHEME),
        protect("safeguarding_acknowledgement", see=SHARED_ROWS),
    ]
