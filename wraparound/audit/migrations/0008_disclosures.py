import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0007_investigating'),
        ('organisations', '0011_information_governance_lead'),
        ('people', '0006_emergency_not_for_kept'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='access',
            name='credential',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.credential'),
        ),
        migrations.AddField(
            model_name='access',
            name='to_named',
            field=models.CharField(blank=True, db_default='', help_text='Who got it, outside the scheme', max_length=200, verbose_name='sent to'),
        ),
        migrations.AddField(
            model_name='access',
            name='to_organisation',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='sent to'),
        ),
        migrations.AddField(
            model_name='access',
            name='what',
            field=models.CharField(choices=[('look', 'They looked at your record'), ('referral', 'They were asked to help you'), ('message', 'They were sent a message about you'), ('document', 'They opened or saved a paper about you'), ('system', 'Their computer system read about you'), ('shown_once', 'They were shown some of your record, once')], db_default='look', max_length=20),
        ),
        migrations.AddField(
            model_name='access',
            name='why',
            field=models.CharField(choices=[('working', 'They are helping you'), ('referred', 'They asked others to help you, and need to know how it goes'), ('asked', 'They were asked to help you'), ('registered', 'You are registered with them'), ('agreed', 'You agreed to it'), ('authority', 'You signed a paper that says they may'), ('best_interests', 'You could not decide then, and it was decided to be best for you'), ('emergency', 'It was an emergency'), ('rights', 'To answer a question about your record, or to keep it right'), ('checking', 'To check that your record is used properly'), ('safeguarding', 'To keep somebody safe'), ('not_kept', 'The reason was not written down')], db_default='not_kept', max_length=20),
        ),
        migrations.AlterField(
            model_name='access',
            name='page',
            field=models.CharField(help_text='The route or operation that it was seen on or sent by', max_length=60),
        ),
        migrations.AlterField(
            model_name='access',
            name='user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='access',
            constraint=models.CheckConstraint(condition=models.Q(('user', None), ('credential', None), _connector='OR'), name='access_by_one'),
        ),
        migrations.AddConstraint(
            model_name='access',
            constraint=models.CheckConstraint(condition=models.Q(('to_organisation', None), ('to_named', ''), _connector='OR'), name='access_to_one'),
        ),
        migrations.AddConstraint(
            model_name='access',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('what', 'look'), _negated=True), ('user__isnull', False), _connector='OR'), name='access_looked_at_by_a_user'),
        ),
        migrations.AddConstraint(
            model_name='access',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('what', 'system'), _negated=True), ('credential__isnull', False), _connector='OR'), name='access_read_by_a_system'),
        ),
        migrations.AddConstraint(
            model_name='access',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('what', 'shown_once'), _negated=True), models.Q(('to_named', ''), _negated=True), _connector='OR'), name='access_shown_to_whom'),
        ),
    ]
