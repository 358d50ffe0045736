from django.db import migrations, models

# One sender's days, counted from the rows themselves and put in the place of what was counted before. Called past
# row-level security by the two functions below alone; called by anybody else it may write nothing.
COUNT_SENDER = """
CREATE FUNCTION reporting_count_sender(of_scheme bigint, sender bigint, first_day date, last_day date) RETURNS void
    LANGUAGE sql SET search_path = public, pg_temp AS $$
    WITH bounds AS MATERIALIZED (
        SELECT first_day::timestamp AT TIME ZONE 'Europe/London' AS first,
               (last_day + 1)::timestamp AT TIME ZONE 'Europe/London' AS past
    ), rows AS (
        SELECT (referral.sent_at AT TIME ZONE 'Europe/London')::date AS day, journey.pathway_version_id, journey.entry,
               referral.service, referral.kind, referral.to_team_id, referral.rank = 0 AS urgent,
               ended.yes AS ended,
               status = 'withdrawn' AS withdrawn, outcome = 'sent_on' AS sent_on,
               answered.yes AS answered, accepted.yes AS accepted, reached.yes AS reached, attended.yes AS attended,
               finished.yes AS finished,
               (sent_at AT TIME ZONE 'Europe/London')::date AS sent,
               (coalesce(accepted_at, reached_at, attended_at, ended_at, status_since)
                   AT TIME ZONE 'Europe/London')::date AS answered_on,
               (coalesce(reached_at, attended_at, ended_at, status_since)
                   AT TIME ZONE 'Europe/London')::date AS reached_on
        FROM referrals_referral referral
        JOIN referrals_journey journey ON journey.id = referral.journey_id
        CROSS JOIN bounds
        CROSS JOIN LATERAL (SELECT status = 'closed' AND outcome IN
            ('helped', 'partly_helped', 'information_given', 'passed_on') AS yes) finished
        CROSS JOIN LATERAL (SELECT finished.yes OR attended_at IS NOT NULL AS yes) attended
        CROSS JOIN LATERAL (SELECT attended.yes OR reached_at IS NOT NULL AS yes) reached
        CROSS JOIN LATERAL (SELECT reached.yes OR accepted_at IS NOT NULL AS yes) accepted
        CROSS JOIN LATERAL (SELECT status IN
            ('declined', 'lost_contact', 'not_answered', 'closed', 'withdrawn') AS yes) ended
        CROSS JOIN LATERAL (SELECT accepted.yes
            OR (ended.yes AND (decline_reason <> '' OR outcome = 'sent_on')) AS yes) answered
        WHERE referral.from_organisation_id = sender AND referral.scheme_id = of_scheme
          AND sent_at >= bounds.first AND sent_at < bounds.past
    ), counted AS (
        SELECT day, pathway_version_id, entry, service, kind, to_team_id, count(*) AS referred,
               count(*) FILTER (WHERE urgent) AS urgent, count(*) FILTER (WHERE answered) AS answered,
               count(*) FILTER (WHERE accepted) AS accepted, count(*) FILTER (WHERE reached) AS reached,
               count(*) FILTER (WHERE attended) AS attended, count(*) FILTER (WHERE finished) AS finished,
               count(*) FILTER (WHERE ended AND NOT answered AND NOT withdrawn) AS left_unanswered,
               count(*) FILTER (WHERE ended AND answered AND NOT accepted AND NOT sent_on) AS left_declined,
               count(*) FILTER (WHERE ended AND accepted AND NOT reached) AS left_unreached,
               count(*) FILTER (WHERE ended AND reached AND NOT attended) AS left_unattended,
               count(*) FILTER (WHERE ended AND NOT answered AND withdrawn) AS left_withdrawn,
               count(*) FILTER (WHERE ended AND answered AND NOT accepted AND sent_on) AS left_sent_on,
               count(*) FILTER (WHERE ended AND attended AND NOT finished) AS left_unfinished,
               coalesce(sum(greatest(0, answered_on - sent)) FILTER (WHERE answered), 0) AS days_to_answer,
               coalesce(sum(greatest(0, reached_on - sent)) FILTER (WHERE reached), 0) AS days_to_contact
        FROM rows GROUP BY day, pathway_version_id, entry, service, kind, to_team_id
        UNION ALL
        -- Nobody answers a signpost, and nobody sees whether it was followed to the end: given, and came.
        SELECT day, version, entry, service, 'signpost', to_team_id, count(*), 0, 0, 0, count(followed_at), 0, 0,
               0, 0, 0, 0, 0, 0, 0, 0,
               coalesce(sum(greatest(0, (followed_at AT TIME ZONE 'Europe/London')::date - day)), 0)
        FROM (
            SELECT signpost.service, to_team_id, followed_at, coalesce(journey.entry, '') AS entry,
                   (given_at AT TIME ZONE 'Europe/London')::date AS day,
                   -- One that was given on no journey counts to the pathway that was in force.
                   coalesce(journey.pathway_version_id, (
                       SELECT version.id FROM organisations_pathwayversion version
                       WHERE version.scheme_id = of_scheme
                       ORDER BY version.published_at > given_at,
                                abs(extract(epoch FROM version.published_at - given_at)), version.id DESC LIMIT 1
                   )) AS version
            FROM referrals_signpost signpost
            LEFT JOIN referrals_journey journey ON journey.id = signpost.given_on_id
            CROSS JOIN bounds
            WHERE signpost.from_organisation_id = sender AND signpost.scheme_id = of_scheme
              AND given_at >= bounds.first AND given_at < bounds.past
        ) given WHERE version IS NOT NULL GROUP BY day, version, entry, service, to_team_id
        UNION ALL
        SELECT day, pathway_version_id, entry, service, 'unmet', NULL, count(*), 0, 0, 0, 0, 0, count(ended_at),
               0, 0, 0, 0, 0, 0, 0, 0, 0
        FROM (
            SELECT (recorded_at AT TIME ZONE 'Europe/London')::date AS day, journey.pathway_version_id, journey.entry,
                   unmet.service, unmet.ended_at
            FROM referrals_unmetneed unmet
            JOIN referrals_journey journey ON journey.id = unmet.journey_id
            CROSS JOIN bounds
            WHERE unmet.from_organisation_id = sender AND unmet.scheme_id = of_scheme
              AND recorded_at >= bounds.first AND recorded_at < bounds.past
        ) recorded GROUP BY day, pathway_version_id, entry, service
    ), gone AS (
        DELETE FROM reporting_cohortday before
        WHERE before.scheme_id = of_scheme AND before.from_organisation_id = sender
          AND before.day BETWEEN first_day AND last_day AND NOT EXISTS (
              SELECT FROM counted WHERE (counted.day, counted.pathway_version_id, counted.entry, counted.service,
                  counted.kind) = (before.day, before.pathway_version_id, before.entry, before.service, before.kind)
                  AND counted.to_team_id IS NOT DISTINCT FROM before.to_team_id)
    )
    INSERT INTO reporting_cohortday AS held (
        scheme_id, from_organisation_id, day, pathway_version_id, entry, service, kind, to_team_id, referred, urgent,
        answered, accepted, reached, attended, finished, left_unanswered, left_declined, left_unreached,
        left_unattended, left_withdrawn, left_sent_on, left_unfinished, days_to_answer, days_to_contact
    )
    SELECT of_scheme, sender, counted.* FROM counted ORDER BY to_team_id, day
    ON CONFLICT ON CONSTRAINT cohort_day_once DO UPDATE SET (
        referred, urgent, answered, accepted, reached, attended, finished, left_unanswered, left_declined,
        left_unreached, left_unattended, left_withdrawn, left_sent_on, left_unfinished, days_to_answer, days_to_contact
    ) = (
        excluded.referred, excluded.urgent, excluded.answered, excluded.accepted, excluded.reached, excluded.attended,
        excluded.finished, excluded.left_unanswered, excluded.left_declined, excluded.left_unreached,
        excluded.left_unattended, excluded.left_withdrawn, excluded.left_sent_on, excluded.left_unfinished,
        excluded.days_to_answer, excluded.days_to_contact
    ) WHERE (
        held.referred, held.urgent, held.answered, held.accepted, held.reached, held.attended, held.finished,
        held.left_unanswered, held.left_declined, held.left_unreached, held.left_unattended, held.left_withdrawn,
        held.left_sent_on, held.left_unfinished, held.days_to_answer, held.days_to_contact
    ) IS DISTINCT FROM (
        excluded.referred, excluded.urgent, excluded.answered, excluded.accepted, excluded.reached, excluded.attended,
        excluded.finished, excluded.left_unanswered, excluded.left_declined, excluded.left_unreached,
        excluded.left_unattended, excluded.left_withdrawn, excluded.left_sent_on, excluded.left_unfinished,
        excluded.days_to_answer, excluded.days_to_contact
    )
$$;
"""

# The days that events since a watermark touch, each counted anew. Two at once take turns; the same again changes
# nothing. Answers how far it came and how many days it counted.
COUNT = """
CREATE FUNCTION reporting_count(since_event bigint, most integer, OUT last_event bigint, OUT days integer)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    touched record;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('reporting_count'));
    SELECT coalesce(max(id), since_event) INTO last_event
        FROM (SELECT id FROM events_event WHERE id > since_event ORDER BY id LIMIT most) ahead;
    days := 0;
    FOR touched IN
        WITH ahead AS MATERIALIZED (
            SELECT name, scheme_id, journey_id, referral_id, person_id, by_organisation_id, occurred_at
            FROM events_event WHERE id > since_event AND id <= last_event
        ), journeys AS MATERIALIZED (
            SELECT DISTINCT journey_id AS id FROM ahead WHERE journey_id IS NOT NULL
        ), rows AS (
            SELECT scheme_id, from_organisation_id, sent_at AS at FROM referrals_referral
                WHERE journey_id IN (SELECT id FROM journeys)
            UNION SELECT scheme_id, from_organisation_id, sent_at FROM referrals_referral
                WHERE id IN (SELECT referral_id FROM ahead WHERE referral_id IS NOT NULL)
            UNION SELECT scheme_id, from_organisation_id, given_at FROM referrals_signpost
                WHERE given_on_id IN (SELECT id FROM journeys)
            UNION SELECT scheme_id, from_organisation_id, given_at FROM referrals_signpost
                WHERE followed_by_id IN (SELECT id FROM journeys)
            UNION SELECT scheme_id, from_organisation_id, given_at FROM referrals_signpost
                WHERE person_id IN (SELECT person_id FROM ahead WHERE person_id IS NOT NULL)
            -- One that was given to somebody without a name hangs on nothing but the day and who gave it.
            UNION SELECT scheme_id, by_organisation_id, occurred_at FROM ahead WHERE name LIKE 'signpost%'
            UNION SELECT scheme_id, from_organisation_id, recorded_at FROM referrals_unmetneed
                WHERE journey_id IN (SELECT id FROM journeys)
        )
        SELECT DISTINCT scheme_id, from_organisation_id AS sender, (at AT TIME ZONE 'Europe/London')::date AS day
        FROM rows WHERE from_organisation_id IS NOT NULL
    LOOP
        PERFORM reporting_count_sender(touched.scheme_id, touched.sender, touched.day, touched.day);
        days := days + 1;
    END LOOP;
END $$;
"""

# Everything anew, sender by sender. Answers how many senders there are.
RECOUNT = """
CREATE FUNCTION reporting_recount() RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    one record;
    senders integer := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('reporting_count'));
    FOR one IN
        SELECT scheme_id, from_organisation_id AS sender FROM referrals_journey
        UNION SELECT scheme_id, from_organisation_id FROM referrals_referral
        UNION SELECT scheme_id, from_organisation_id FROM referrals_signpost
        UNION SELECT scheme_id, from_organisation_id FROM reporting_cohortday
    LOOP
        PERFORM reporting_count_sender(one.scheme_id, one.sender, '-infinity'::date, 'infinity'::date);
        senders := senders + 1;
    END LOOP;
    RETURN senders;
END $$;
"""

DROP = """
DROP FUNCTION reporting_recount();
DROP FUNCTION reporting_count(bigint, integer);
DROP FUNCTION reporting_count_sender(bigint, bigint, date, date);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0002_row_security"),
        ("referrals", "0004_row_security_of_the_day"),
        ("events", "0002_row_security"),
    ]

    operations = [
        migrations.AddField("cohortday", "left_sent_on", models.IntegerField(default=0)),
        migrations.AddField("cohortday", "left_unfinished", models.IntegerField(default=0)),
        migrations.AlterField(
            "cohortday",
            "kind",
            models.CharField(
                help_text="A referral's kind, `signpost`, or `unmet` for an unmet need", max_length=10
            ),
        ),
        migrations.CreateModel(
            name="Counted",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("counted_at", models.DateTimeField()),
                ("to_event", models.BigIntegerField(default=0)),
                ("seen_event", models.BigIntegerField(default=0)),
                (
                    "seen_before",
                    models.BigIntegerField(default=0, help_text="PostgreSQL's number of the next transaction then"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="counted_has_one_row")
                ]
            },
        ),
        migrations.RunSQL(COUNT_SENDER + COUNT + RECOUNT, DROP),
    ]
