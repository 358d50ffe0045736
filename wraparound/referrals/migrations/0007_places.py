from django.db import migrations, models

# A sender sees its own referrals alone, and has to know whether a team has a place. How many of a team's people are in
# hand and waiting comes out, counted no further than asked, and of the acting scheme only.
IN_HAND = """
CREATE FUNCTION referrals_in_hand(teams bigint[], most bigint[])
    RETURNS TABLE (team bigint, held bigint, waiting bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT asked.team,
           (SELECT count(*) FROM (
                SELECT FROM referrals_referral referral
                WHERE referral.to_team_id = asked.team AND referral.scheme_id = app_scheme() AND referral.is_open
                  AND referral.status IN ('sent', 'claimed', 'accepted', 'in_progress', 'asked', 'paused')
                LIMIT asked.most
           ) held),
           (SELECT count(*) FROM (
                SELECT FROM referrals_referral referral
                WHERE referral.to_team_id = asked.team AND referral.scheme_id = app_scheme() AND referral.is_open
                  AND referral.status = 'waiting'
                LIMIT asked.most
           ) waiting)
    FROM unnest(teams, most) AS asked (team, most)
$$;
"""

# Waiting lists of every scheme are looked at by the clock: which teams have one. Nothing else comes out.
WITH_WAITING = """
CREATE FUNCTION referrals_teams_with_waiting()
    RETURNS TABLE (team bigint, scheme bigint, organisation bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT id, scheme_id, organisation_id FROM organisations_team team
    WHERE EXISTS (
        SELECT FROM referrals_referral WHERE to_team_id = team.id AND is_open AND status = 'waiting'
    ) ORDER BY id
$$;
"""

# Whoever takes a person in may be told a code that another organisation gave out. It marks that signpost as followed by
# the taker's own journey, and answers its id, which only says that the code is one of this scheme's.
FOLLOW_SIGNPOST = """
CREATE FUNCTION referrals_follow_signpost(code text, by_journey bigint, at timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    found_id bigint;
BEGIN
    IF NOT EXISTS (
        SELECT FROM referrals_journey
        WHERE id = by_journey AND scheme_id = app_scheme() AND from_organisation_id = app_organisation()
    ) THEN
        RETURN NULL;
    END IF;
    SELECT id INTO found_id FROM referrals_signpost
        WHERE reference = code AND scheme_id = app_scheme() AND given_on_id IS DISTINCT FROM by_journey;
    UPDATE referrals_signpost SET followed_at = at, followed_by_id = by_journey
        WHERE id = found_id AND followed_at IS NULL;
    RETURN found_id;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0006_transfer_answer")]

    operations = [
        migrations.AddField(
            model_name="unmetneed",
            name="reference",
            field=models.CharField(
                default="",
                help_text="The journey's public name, for those who are told and may not see the journey",
                max_length=9,
            ),
        ),
        migrations.RunSQL(IN_HAND, "DROP FUNCTION referrals_in_hand(bigint[], bigint[]);"),
        migrations.RunSQL(WITH_WAITING, "DROP FUNCTION referrals_teams_with_waiting();"),
        migrations.RunSQL(FOLLOW_SIGNPOST, "DROP FUNCTION referrals_follow_signpost(text, bigint, timestamptz);"),
    ]
