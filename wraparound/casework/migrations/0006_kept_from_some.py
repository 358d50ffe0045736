from django.db import migrations, models

from wraparound.audit.row_security import NOT_HIDDEN, narrow

# What was written in advising is confidential between the person and their advisers, inside one organisation too.
LEGAL = "NOT legal OR app_can('give_advice') OR app_can('let_time_pass')"
# A row of a case that is kept from somebody is kept with it.
OF_CASE = "EXISTS (SELECT FROM casework_case WHERE casework_case.id = case_id)"
WRITTEN_IN_ADVISING = """
UPDATE casework_note note SET legal = true FROM casework_case held JOIN organisations_team team ON team.id = held.team_id
WHERE held.id = note.case_id AND team.service = 'welfare_advice'
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0005_task_not_needed"), ("people", "0005_kept_from_some")]

    operations = [
        migrations.AddField("note", "legal", models.BooleanField(default=False, help_text="For advisers alone")),
        migrations.RunSQL(WRITTEN_IN_ADVISING, migrations.RunSQL.noop),
        narrow("casework_case", "kept", NOT_HIDDEN),
        narrow("casework_task", "kept", NOT_HIDDEN),
        narrow("casework_note", "kept", OF_CASE),
        narrow("casework_contactattempt", "kept", OF_CASE),
        narrow("casework_note", "legal", LEGAL),
    ]
