from django.contrib.postgres.operations import CreateExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

from wraparound.audit.row_security import ACTOR_FUNCTIONS, DROP_ACTOR_FUNCTIONS


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial")]

    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        CreateExtension("fuzzystrmatch"),
        migrations.RunSQL(ACTOR_FUNCTIONS, DROP_ACTOR_FUNCTIONS),
    ]
