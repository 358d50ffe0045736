from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

from wraparound.audit.row_security import ACTOR_FUNCTIONS, DROP_ACTOR_FUNCTIONS


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial")]

    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(ACTOR_FUNCTIONS, DROP_ACTOR_FUNCTIONS),
    ]
