from django.db import migrations

from wraparound.audit.row_security import HISTORY_ROWS, NOT_HIDDEN, OWN_ROWS, SAME_SCHEME, narrow, protect

TABLES = ("budget", "line", "debt", "statement", "statementpaper")
WITH_HISTORY = ("budget", "line", "debt")
# What somebody has and owes is confidential between them and those who advise them, inside one organisation too.
ADVISING = "app_can('give_advice') OR app_can('let_time_pass')"


class Migration(migrations.Migration):
    dependencies = [("budget", "0001_initial"), ("people", "0009_found_by_name")]

    operations = [
        *(protect(f"budget_{table}", see=OWN_ROWS) for table in TABLES),
        *(protect(f"budget_{table}history", see=HISTORY_ROWS, write=SAME_SCHEME) for table in WITH_HISTORY),
        *(narrow(f"budget_{table}", "advising", ADVISING) for table in TABLES),
        *(narrow(f"budget_{table}", "kept", NOT_HIDDEN) for table in TABLES),
    ]
