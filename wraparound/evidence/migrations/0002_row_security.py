from django.db import migrations

from wraparound.audit.row_security import HISTORY_ROWS, NOT_HIDDEN, SAME_SCHEME, SHARED_ROWS, narrow, protect

# Those who advise and those who sign; and the product itself, which sets documents and answers for what is held.
ENDS = """
    (SELECT app_can('give_advice')) OR (SELECT app_can('sign_evidence'))
    OR (app_user() IS NULL AND app_can('let_time_pass'))
"""
TABLES = ("evidence_evidencerequest", "evidence_signedletter", "evidence_letterpaper")


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial"), ("people", "0005_kept_from_some")]

    operations = [
        *(protect(table, see=SHARED_ROWS) for table in TABLES),
        protect("evidence_evidencerequesthistory", see=HISTORY_ROWS, write=SAME_SCHEME),
        *(narrow(table, "ends", ENDS) for table in TABLES),
        *(narrow(table, "kept", NOT_HIDDEN) for table in TABLES),
    ]
