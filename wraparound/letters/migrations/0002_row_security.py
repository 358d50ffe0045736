from django.db import migrations

from wraparound.audit.row_security import HISTORY_ROWS, NOT_HIDDEN, OWN_ROWS, SAME_SCHEME, narrow, protect

# Advice is confidential between the person and those who advise them, inside one organisation too.
ADVISING = "(SELECT app_can('give_advice')) OR (SELECT app_can('let_time_pass'))"
TABLES = (
    "letters_letter",
    "letters_letterversion",
    "letters_decision",
    "letters_sentletter",
    "letters_letterdocument",
    "letters_clientagreement",
    "letters_noclosingletter",
)


class Migration(migrations.Migration):
    dependencies = [("letters", "0001_initial"), ("people", "0009_found_by_name")]

    operations = [
        *(protect(table, see=OWN_ROWS) for table in TABLES),
        protect("letters_letterhistory", see=HISTORY_ROWS, write=SAME_SCHEME),
        protect("letters_clientagreementhistory", see=HISTORY_ROWS, write=SAME_SCHEME),
        *(narrow(table, "advising", ADVISING) for table in TABLES),
        *(narrow(table, "kept", NOT_HIDDEN) for table in TABLES),
    ]
