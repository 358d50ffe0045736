from django.db import migrations

from wraparound.audit.row_security import SAME_SCHEME, protect


class Migration(migrations.Migration):
    dependencies = [("consent", "0011_translations")]

    operations = [protect("consent_translation", see=SAME_SCHEME)]
