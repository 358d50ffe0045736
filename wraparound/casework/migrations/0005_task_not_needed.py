from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0004_row_security_of_tasks")]

    operations = [
        migrations.AddField(
            model_name="task",
            name="not_needed",
            field=models.BooleanField(default=False, help_text="Ended without being done"),
        ),
    ]
