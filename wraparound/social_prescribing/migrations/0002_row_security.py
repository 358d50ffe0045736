from django.db import migrations

from wraparound.audit.row_security import HISTORY_ROWS, NOT_HIDDEN, OWN_ROWS, SAME_SCHEME, narrow, protect

TABLES = ("answer", "goal", "step", "review", "measured")
WITH_HISTORY = ("answer", "goal", "step")


class Migration(migrations.Migration):
    dependencies = [("social_prescribing", "0001_initial"), ("people", "0005_kept_from_some")]

    operations = [
        *(protect(f"social_prescribing_{table}", see=OWN_ROWS) for table in TABLES),
        *(
            protect(f"social_prescribing_{table}history", see=HISTORY_ROWS, write=SAME_SCHEME)
            for table in WITH_HISTORY
        ),
        *(narrow(f"social_prescribing_{table}", "kept", NOT_HIDDEN) for table in TABLES),
    ]
