from django.db import migrations, models

# A manager of twenty thousand open referrals reads how they are shared among workers on the first page of the day. The
# counts come from the index alone, and are of the acting organisation's own teams in the acting scheme.
LOADS = """
CREATE FUNCTION referrals_loads()
    RETURNS TABLE (team bigint, worker bigint, people bigint, unclaimed bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT referral.to_team_id, referral.worker_id, count(*),
           count(*) FILTER (WHERE referral.status = 'sent' AND referral.worker_id IS NULL)
    FROM organisations_team team
    JOIN referrals_referral referral ON referral.to_team_id = team.id
    WHERE team.organisation_id = app_organisation() AND team.scheme_id = app_scheme()
      AND referral.scheme_id = app_scheme() AND referral.is_open
      AND referral.status IN ('sent', 'claimed', 'accepted', 'in_progress', 'asked', 'paused')
    GROUP BY 1, 2
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0011_unmet_needs_to_read"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="referral", name="referral_by_worker"),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                fields=["to_team", "worker", "rank", "due_at", "id"],
                condition=models.Q(("is_open", True)),
                include=("status", "scheme"),
                name="referral_by_worker",
            ),
        ),
        migrations.RunSQL(LOADS, "DROP FUNCTION referrals_loads();"),
    ]
