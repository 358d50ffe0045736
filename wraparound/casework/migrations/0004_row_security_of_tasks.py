from django.db import migrations

from wraparound.audit.row_security import OWN_ROWS, protect


class Migration(migrations.Migration):
    dependencies = [("casework", "0003_whole_day")]

    operations = [protect("casework_task", see=OWN_ROWS)]
