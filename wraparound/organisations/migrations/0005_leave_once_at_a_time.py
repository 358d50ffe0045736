from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0004_setting_up")]

    operations = [
        BtreeGistExtension(),
        migrations.AddField(
            model_name="workingtime",
            name="last_given_at",
            field=models.DateTimeField(blank=True, help_text="When they were last given a person", null=True),
        ),
        migrations.AddConstraint(
            model_name="leave",
            constraint=ExclusionConstraint(
                name="leave_once_at_a_time",
                expressions=[
                    ("membership", RangeOperators.EQUAL),
                    (
                        models.Func(models.F("starts"), models.F("ends"), models.Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=models.Q(("cancelled_at", None)),
            ),
        ),
    ]
