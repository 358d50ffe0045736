from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('messaging', '0005_codes_and_digests'),
    ]

    operations = [
        migrations.AddField(
            model_name='messageback',
            name='times_reopened',
            field=models.PositiveSmallIntegerField(default=0, help_text='How often the work had been opened again before this ending of it'),
        ),
        migrations.RemoveConstraint(
            model_name='messageback',
            name='message_back_once_per_occasion',
        ),
        migrations.AddConstraint(
            model_name='messageback',
            constraint=models.UniqueConstraint(fields=('referral', 'occasion', 'times_reopened'), name='message_back_once_per_occasion'),
        ),
    ]
