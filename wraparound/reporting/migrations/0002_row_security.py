from django.db import migrations

from wraparound.audit.row_security import SAME_SCHEME, protect


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_initial"), ("organisations", "0002_row_security")]

    operations = [protect("reporting_cohortday", see=SAME_SCHEME, write="false")]
