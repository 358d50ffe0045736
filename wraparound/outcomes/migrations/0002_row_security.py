from django.db import migrations

from wraparound.audit.row_security import HISTORY_ROWS, NOT_HIDDEN, OWN_ROWS, SAME_SCHEME, narrow, protect

TABLES = ("outcome", "whatchanged", "timespent")
# What came of advice is confidential between the person and those who advise them, inside one organisation too.
ADVISING = "app_can('give_advice') OR app_can('let_time_pass')"


class Migration(migrations.Migration):
    dependencies = [("outcomes", "0001_initial"), ("people", "0009_found_by_name")]

    operations = [
        *(protect(f"outcomes_{table}", see=OWN_ROWS) for table in TABLES),
        protect("outcomes_timespenthistory", see=HISTORY_ROWS, write=SAME_SCHEME),
        *(narrow(f"outcomes_{table}", "advising", ADVISING) for table in TABLES),
        *(narrow(f"outcomes_{table}", "kept", NOT_HIDDEN) for table in TABLES),
    ]
