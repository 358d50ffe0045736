"""The rows of the ground, as SQL that makes them set by set, straight into tables without indexes.

`bench_journey` decides everything; each table is then read off it. Whatever looks like chance is a hash of the row's
number, so that every run has the same rows.
"""

HELPERS = """
CREATE FUNCTION pg_temp.pick(seed bigint, salt integer, choices integer) RETURNS integer LANGUAGE sql IMMUTABLE
    AS $$ SELECT (abs(hashint8(seed * 64 + salt)::bigint) %% choices)::integer $$;
CREATE FUNCTION pg_temp.letter(number bigint, place integer) RETURNS text LANGUAGE sql IMMUTABLE
    AS $$ SELECT substr('23456789BCDFGHJKMNPQRSTVWXZ',
                        ((number / (27::bigint ^ place)::bigint) %% 27)::integer + 1, 1) $$;
CREATE FUNCTION pg_temp.nhs_number(number bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN rest = 10 THEN '' ELSE digits || rest END
    FROM (SELECT '999' || lpad(number::text, 6, '0') AS digits) made,
    LATERAL (SELECT (11 - sum(substr(digits, place, 1)::integer * (11 - place)) %% 11) %% 11 AS rest
             FROM generate_series(1, 9) place) checked
$$;
CREATE TEMP TABLE bench_practice (n integer, organisation bigint, users bigint[]);
CREATE TEMP TABLE bench_team (service text, n integer, team bigint, organisation bigint, users bigint[]);
"""

# The last third of journeys is this year's: there the busy team has one in ten, all open, and the quiet team fifty.
JOURNEYS = """
CREATE TEMP TABLE bench_journey AS
WITH numbered AS (
    SELECT id, id > %(journeys)s - %(recent)s AS recent, (id * 7919) %% %(people)s + 1 AS person,
           %(now)s::timestamptz - (%(journeys)s - id) * (interval '3 years' / %(journeys)s) AS opened
    FROM generate_series(1, %(journeys)s::bigint) id
), placed AS (
    SELECT *, pg_temp.pick(person, 1, %(practices)s) AS practice,
           CASE WHEN recent AND id %% 10 = 0 THEN %(busy)s
                WHEN recent AND id %% (%(recent)s / 50) = 1 THEN %(quiet)s
                WHEN recent THEN pg_temp.pick(id, 2, %(busy)s)
                ELSE pg_temp.pick(id, 2, %(teams)s) END AS social,
           CASE WHEN id %% 3 <> 0 THEN pg_temp.pick(id, 3, %(teams)s) END AS advice
    FROM numbered
)
SELECT placed.*, practice.organisation AS practice_id,
       practice.users[1 + pg_temp.pick(id, 4, cardinality(practice.users))] AS clinician,
       array_remove(ARRAY[practice.organisation, social_team.organisation, advice_team.organisation], NULL)
           AS organisations,
       substr(code, 1, 4) || '-' || substr(code, 5) AS reference
FROM placed
JOIN bench_practice practice ON practice.n = placed.practice
JOIN bench_team social_team ON social_team.service = 'social_prescribing' AND social_team.n = placed.social
LEFT JOIN bench_team advice_team ON advice_team.service = 'welfare_advice' AND advice_team.n = placed.advice
CROSS JOIN LATERAL (
    SELECT string_agg(pg_temp.letter(id * 104729, place), '') AS code FROM generate_series(0, 7) place
) made
ORDER BY placed.id
"""

REFERRALS = """
CREATE TEMP TABLE bench_referral AS
WITH sent AS (
    SELECT journey.id AS journey, 2 * journey.id - (team.service = 'social_prescribing')::integer AS id, person,
           practice_id, clinician, organisations, opened, recent, team.service, team.team, team.organisation,
           team.users, recent AND (
               (team.service = 'social_prescribing' AND team.n >= %(busy)s) OR pg_temp.pick(journey.id, team.n, 10) = 0
           ) AS is_open
    FROM bench_journey journey
    CROSS JOIN LATERAL (VALUES ('social_prescribing', social), ('welfare_advice', advice)) AS to_team(service, n)
    JOIN bench_team team ON team.service = to_team.service AND team.n = to_team.n
), stood AS (
    SELECT *, (CASE WHEN is_open THEN
        ARRAY['sent','sent','sent','sent','sent','sent','sent','claimed','claimed','accepted','accepted','accepted',
              'in_progress','in_progress','in_progress','in_progress','in_progress','declined','lost_contact','not_answered']
        ELSE ARRAY['closed','closed','closed','closed','closed','closed','closed','closed','closed','closed','closed',
              'closed','closed','closed','closed','closed','closed','closed','closed','withdrawn'] END
        )[1 + pg_temp.pick(id, 11, 20)] AS status
    FROM sent
)
SELECT *, status IN ('accepted', 'in_progress', 'lost_contact', 'closed')
           AND NOT (status = 'closed' AND pg_temp.pick(id, 15, 10) = 0) AS accepted,
       pg_temp.pick(id, 12, 100) < 8 AS urgent,
       CASE WHEN status NOT IN ('sent', 'withdrawn', 'not_answered')
            THEN users[1 + pg_temp.pick(id, 13, cardinality(users))] END AS worker,
       date_trunc('day', %(now)s::timestamptz) + interval '17 hours'
           + (pg_temp.pick(id, 14, 80) - 20) * interval '1 day' AS due
FROM stood
ORDER BY id;
ANALYZE bench_journey;
ANALYZE bench_referral;
"""

LOADED = {
    "people_involvement": """
        INSERT INTO people_involvement (scheme_id, person_id, organisation_id, opened_by_id, reason, started, ended)
        SELECT %(scheme)s, person, organisation, practice, reason, %(now)s, NULL FROM (
            SELECT DISTINCT person, practice_id AS organisation, practice_id AS practice,
                   unnest(ARRAY['registered', 'referred']) AS reason FROM bench_journey
            UNION ALL
            SELECT DISTINCT person, organisation, practice_id, CASE WHEN accepted THEN 'working' ELSE 'asked' END
            FROM bench_referral WHERE status <> 'withdrawn'
        ) involved
    """,
    "people_person": """
        INSERT INTO people_person (
            id, scheme_id, organisation_ids, nhs_number, nhs_number_absent, family_name, given_names, known_as,
            names_plain, date_of_birth, possible_duplicate, address, postcode, no_fixed_abode, practice_id,
            mobile, landline, email, mobile_calls, mobile_texts, landline_calls, email_messages, letters,
            safe_times, voicemail,
            may_say_who_is_calling, address_withheld, contact_notes, preferred_language, interpreter_needed,
            access_needs, digital_access
        )
        SELECT id, %(scheme)s, organisations, number, CASE WHEN number = '' THEN 'not_known' ELSE '' END,
               family, given, '', lower(given || ' ' || family), date '1930-01-01' + pg_temp.pick(id, 21, 33000), false,
               1 + pg_temp.pick(id, 22, 200) || ' ' || 'Mill Lane', 'E' || 1 + pg_temp.pick(id, 23, 18) || ' ' ||
               pg_temp.pick(id, 24, 10) || chr(65 + pg_temp.pick(id, 25, 26)) || chr(65 + pg_temp.pick(id, 26, 26)),
               false, organisations[1], '07700 900' || lpad(pg_temp.pick(id, 27, 1000)::text, 3, '0'), '', '',
               'yes', 'not_asked', 'not_asked', 'not_asked', 'yes',
               CASE WHEN pg_temp.pick(id, 28, 12) = 0 THEN 'Mornings only' ELSE '' END, 'not_asked', 'not_asked', false,
               '', '', false, '', 'not_asked'
        FROM (
            SELECT person AS id, organisations,
                   CASE WHEN person %% 10 = 0 THEN '' ELSE pg_temp.nhs_number(person) END AS number,
                   (%(given)s::text[])[1 + pg_temp.pick(person, 31, cardinality(%(given)s::text[]))] AS given,
                   (%(family)s::text[])[1 + pg_temp.pick(person, 32, cardinality(%(family)s::text[]))] || ' ' ||
                   (%(family)s::text[])[1 + pg_temp.pick(person, 33, cardinality(%(family)s::text[]))] AS family
            FROM (
                SELECT person_id AS person,
                       array_agg(DISTINCT organisation_id ORDER BY organisation_id) AS organisations
                FROM people_involvement GROUP BY person_id
            ) known
        ) named
    """,
    "consent_agreement": """
        INSERT INTO consent_agreement (
            id, scheme_id, organisation_ids, person_id, how, exception_reason, wording, recorded_by_id,
            recorded_by_organisation_id, recorded_at, language, given_by, representative, capacity, capacity_note
        )
        SELECT id, %(scheme)s, organisations, person, 'in_person', '', 'referral-1', clinician, practice_id, opened,
               'en', 'person', '', 'no_doubt', ''
        FROM bench_journey
    """,
    "consent_consent": """
        INSERT INTO consent_consent (
            scheme_id, organisation_ids, person_id, agreement_id, purpose, to_organisation_ids, to_named, categories,
            given_at, ask_again_on, taken_back_how
        )
        SELECT %(scheme)s, organisations, person, id, purpose,
               CASE purpose WHEN 'tell_referrer_outcome' THEN ARRAY[practice_id] ELSE organisations END, '',
               '{progress}', opened, (opened + interval '6 months')::date, ''
        FROM bench_journey, unnest(ARRAY['share_between_services', 'tell_referrer_outcome']) purpose
    """,
    "referrals_journey": """
        INSERT INTO referrals_journey (
            id, scheme_id, organisation_ids, reference, person_id, pathway_version_id, entry, from_organisation_id,
            from_user_id, hide_from_online_view, opened_at, sender_system, sender_identifier, sender_sha256,
            needs, urgent_flags, advice_ticked, clinical_reason, entry_details, letter
        )
        SELECT id, %(scheme)s, organisations, reference, person, %(version)s, 'clinician', practice_id, clinician,
               false, opened, '', '', '', '{debt}', '{}', advice IS NOT NULL, '', '{}', ''
        FROM bench_journey
    """,
    "referrals_referral": """
        INSERT INTO referrals_referral (
            id, scheme_id, organisation_ids, journey_id, person_id, agreement_id, kind, service, from_organisation_id,
            from_user_id, to_organisation_id, to_team_id, needs, urgent_flags, reason, told, said_differently, sent_at,
            status, status_since, whose_turn, worker_id, rank, due_at, escalate_at, escalated, timeout_at, timeout_to,
            accepted_at, attempts, last_activity_at, decline_reason, outcome, joined, pause_reason, placed, session,
            supervisor_decides, limit_runs, reached_at, attended_at, ended_at
        )
        SELECT id, %(scheme)s, organisations, journey, person, journey, 'referral', service, practice_id, clinician,
               organisation, team,
               (ARRAY['{benefits,debt}', '{loneliness}', '{housing,food_or_fuel}', '{debt}'])[1 + id %% 4]::varchar[],
               CASE WHEN urgent THEN '{income_stopped}' ELSE '{}' END::varchar[],
               'Worried about money since the hours at work were cut', '', '{}', opened, status,
               opened + interval '3 days',
               CASE WHEN NOT is_open THEN 'nobody' WHEN status = 'sent' THEN 'receiving_team'
                    WHEN status IN ('claimed', 'accepted', 'in_progress') THEN 'worker' ELSE 'referrer' END,
               worker, CASE WHEN urgent THEN 0 ELSE 1 END,
               CASE WHEN is_open THEN due END, CASE WHEN is_open THEN due END, false,
               CASE WHEN is_open THEN due + interval '7 days' END,
               CASE WHEN NOT is_open THEN '' WHEN status IN ('sent', 'claimed', 'accepted') THEN 'not_answered'
                    ELSE 'closed' END,
               CASE WHEN accepted THEN opened + interval '2 days' END, 0, opened + interval '3 days',
               CASE WHEN status = 'declined' OR (status = 'closed' AND NOT accepted) THEN 'no_capacity' ELSE '' END,
               CASE WHEN status <> 'closed' OR NOT accepted THEN '' WHEN pg_temp.pick(id, 16, 8) = 0
                    THEN 'person_stopped' ELSE 'helped' END,
               '{}', '', 'first', '', false, false,
               CASE WHEN accepted AND status IN ('in_progress', 'closed')
                    THEN opened + (3 + pg_temp.pick(id, 17, 9)) * interval '1 day' END,
               CASE WHEN accepted AND status = 'closed' AND pg_temp.pick(id, 18, 4) > 0
                    THEN opened + interval '14 days' END,
               CASE WHEN status IN ('closed', 'withdrawn', 'declined', 'lost_contact', 'not_answered')
                    THEN opened + (4 + pg_temp.pick(id, 19, 50)) * interval '1 day' END
        FROM bench_referral
    """,
    "casework_case": """
        INSERT INTO casework_case (
            scheme_id, organisation_id, referral_id, journey_id, person_id, team_id, worker_id, opened_at, closed_at
        )
        SELECT %(scheme)s, organisation, id, journey, person, team, worker, opened + interval '2 days',
               CASE WHEN status IN ('lost_contact', 'closed') THEN opened + interval '60 days' END
        FROM bench_referral WHERE accepted AND recent
    """,
    "events_event": """
        INSERT INTO events_event (
            scheme_id, organisation_ids, name, person_id, journey_id, referral_id, data, by_user_id, by_organisation_id,
            occurred_at
        )
        SELECT %(scheme)s, organisations, 'referral_made', person, id, NULL, '{"urgent": false}'::jsonb,
               clinician, practice_id, opened
        FROM bench_journey
        UNION ALL
        SELECT %(scheme)s, organisations, 'referral_accept', person, journey, id, '{"to": "accepted"}'::jsonb,
               worker, organisation, opened + interval '2 days'
        FROM bench_referral WHERE accepted AND recent
    """,
}
