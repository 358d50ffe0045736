import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

# What was there before could refer, and gave out nothing.
AS_BEFORE = """
    UPDATE organisations_credential
    SET client_id = 'wrc_' || left(md5(random()::text || id::text), 16), capabilities = ARRAY['refer']
"""


class Migration(migrations.Migration):
    dependencies = [("organisations", "0009_second_factor")]

    operations = [
        migrations.RenameModel("ApiClient", "Credential"),
        migrations.RenameField("credential", "token_sha256", "secret_sha256"),
        migrations.AlterField(
            "credential",
            "organisation",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="credentials",
                to="organisations.organisation",
            ),
        ),
        migrations.AddField(
            "credential",
            "kind",
            models.CharField(
                choices=[("token", "A token"), ("client", "A client id and a secret (OAuth 2.0)")],
                default="token",
                max_length=10,
            ),
        ),
        migrations.AddField(
            "credential",
            "client_id",
            models.CharField(
                help_text="Its public name; for a client also half its key", max_length=40, null=True
            ),
        ),
        migrations.AddField(
            "credential",
            "capabilities",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40), help_text="Of `roles.GRANTS`", null=True, size=None
            ),
        ),
        migrations.AddField(
            "credential",
            "made_at",
            models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
        ),
        migrations.AddField(
            "credential",
            "made_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField("credential", "expires_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "credential",
            "last_used_at",
            models.DateTimeField(blank=True, help_text="To the minute", null=True),
        ),
        migrations.RunSQL(AS_BEFORE, migrations.RunSQL.noop),
        # The update leaves checks of other tables' rows behind, which a change of the table would wait for.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField(
            "credential",
            "client_id",
            models.CharField(
                help_text="Its public name; for a client also half its key", max_length=40, unique=True
            ),
        ),
        migrations.AlterField(
            "credential",
            "capabilities",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40), help_text="Of `roles.GRANTS`", size=None
            ),
        ),
        migrations.AddIndex(
            "credential",
            models.Index(fields=["organisation", "-made_at"], name="credential_of_organisation"),
        ),
        migrations.AddConstraint(
            "credential",
            models.CheckConstraint(condition=~models.Q(name=""), name="credential_has_a_name"),
        ),
        migrations.AddConstraint(
            "credential",
            models.CheckConstraint(condition=~models.Q(capabilities__len=0), name="credential_may_do_something"),
        ),
        migrations.CreateModel(
            "AccessToken",
            [
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("token_sha256", models.CharField(max_length=64, unique=True)),
                (
                    "capabilities",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), size=None
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "credential",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="access_tokens",
                        to="organisations.credential",
                    ),
                ),
            ],
        ),
    ]
