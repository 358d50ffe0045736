from django.db import migrations

from wraparound.audit.row_security import HISTORY_ROWS, OWN_ROWS, SAME_SCHEME, protect


class Migration(migrations.Migration):
    dependencies = [("privacy", "0003_keeping")]

    operations = [
        protect("privacy_legalhold", see=OWN_ROWS),
        protect("privacy_legalholdhistory", see=HISTORY_ROWS, write=SAME_SCHEME),
        protect("privacy_removalrun", see=OWN_ROWS),
        protect("privacy_erasurerequest", see=OWN_ROWS),
    ]
