from django.db import migrations

from wraparound.audit.row_security import HISTORY_ROWS, OWN_ROWS, SAME_SCHEME, protect


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial"), ("organisations", "0002_row_security")]

    operations = [
        protect("casework_case", see=OWN_ROWS),
        protect("casework_casehistory", see=HISTORY_ROWS, write=SAME_SCHEME),
        protect("casework_note", see=OWN_ROWS),
        protect("casework_contactattempt", see=OWN_ROWS),
    ]
