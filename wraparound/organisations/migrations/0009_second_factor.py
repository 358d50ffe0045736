from django.db import migrations, models

# A demo is there to be looked at: nobody is asked for a second factor who is invented.
NOT_OF_THE_INVENTED = "UPDATE organisations_scheme SET second_factor = NOT invented"


class Migration(migrations.Migration):
    dependencies = [("organisations", "0008_administers")]

    operations = [
        migrations.AddField(
            "scheme",
            "second_factor",
            models.BooleanField(default=True, help_text="Whoever works in it signs in with a second factor"),
        ),
        migrations.RunSQL(NOT_OF_THE_INVENTED, migrations.RunSQL.noop),
    ]
