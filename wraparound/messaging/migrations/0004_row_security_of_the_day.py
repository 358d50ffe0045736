from django.db import migrations

from wraparound.audit.row_security import OWN_ROWS, SHARED_ROWS, protect


class Migration(migrations.Migration):
    dependencies = [("messaging", "0003_whole_day")]

    operations = [
        protect("messaging_codedentry", see=SHARED_ROWS),
        protect("messaging_digestsent", see=OWN_ROWS),
    ]
