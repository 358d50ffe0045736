from django.db import migrations

# Who may read a referral and what happened on it: its two ends, and whom the person permits. See ADR 18.
#
# Whoever takes a consent back no longer sees all the rows that this changes, so the database itself decides, from facts
# alone. Nothing comes out. It is asked for whenever a referral joins a journey or a consent on it changes.
READERS = """
CREATE FUNCTION referrals_permitted(of_journey bigint, wanted text, organisations bigint[]) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM referrals_referral referral
        JOIN consent_consent consent ON consent.agreement_id = referral.agreement_id
        WHERE referral.journey_id = of_journey AND referral.scheme_id = app_scheme() AND consent.purpose = wanted
          AND consent.to_organisation_ids @> organisations
          AND consent.taken_back_at IS NULL AND consent.run_out_at IS NULL
    ) OR EXISTS (
        SELECT FROM referrals_referral referral
        JOIN consent_agreement agreement ON agreement.id = referral.agreement_id
        WHERE referral.journey_id = of_journey AND referral.scheme_id = app_scheme()
          AND agreement.how IN ('best_interests', 'safeguarding') AND agreement.organisation_ids @> organisations
    )
$$;

CREATE FUNCTION referrals_keep_readers(of_journey bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    sender bigint;
    services bigint[];
BEGIN
    -- Of two who change what may be read at once, the second decides from what the first left.
    SELECT from_organisation_id INTO sender FROM referrals_journey
        WHERE id = of_journey AND scheme_id = app_scheme() FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    SELECT array_agg(DISTINCT to_organisation_id) INTO services FROM referrals_referral WHERE journey_id = of_journey;
    UPDATE referrals_referral referral SET organisation_ids = decided.readers
    FROM (
        SELECT one.id, ARRAY(
            SELECT DISTINCT reader FROM unnest(services || sender || one.from_organisation_id) AS reader
            WHERE reader = one.to_organisation_id
               OR (reader = one.from_organisation_id AND one.accepted_at IS NULL)
               OR (consent_organisations_share(reader, one.to_organisation_id)
                       OR agreement.how IN ('in_writing', 'safeguarding'))
                  AND (reader IN (one.from_organisation_id, sender)
                           AND referrals_permitted(of_journey, 'tell_referrer_outcome', ARRAY[reader])
                       OR reader = ANY (services || one.from_organisation_id)
                           AND referrals_permitted(
                               of_journey, 'share_between_services', ARRAY[reader, one.to_organisation_id]))
            ORDER BY reader
        ) AS readers
        FROM referrals_referral one JOIN consent_agreement agreement ON agreement.id = one.agreement_id
        WHERE one.journey_id = of_journey
    ) decided
    WHERE referral.id = decided.id AND referral.organisation_ids <> decided.readers;
    UPDATE events_event event
    SET organisation_ids = decided.readers, told_ids = coalesce(event.told_ids, event.organisation_ids)
    FROM (
        SELECT one.id, ARRAY(
            SELECT reader FROM unnest(coalesce(one.told_ids, one.organisation_ids)) AS reader
            WHERE reader = one.by_organisation_id OR reader = ANY (referral.organisation_ids) ORDER BY reader
        ) AS readers
        FROM events_event one JOIN referrals_referral referral ON referral.id = one.referral_id
        WHERE referral.journey_id = of_journey
    ) decided
    WHERE event.id = decided.id AND event.organisation_ids <> decided.readers;
END $$;

CREATE FUNCTION referrals_consent_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM referrals_keep_readers(journey_id) FROM (
        SELECT DISTINCT journey_id FROM referrals_referral WHERE agreement_id = NEW.agreement_id ORDER BY 1
    ) journeys;
    RETURN NULL;
END $$;
CREATE TRIGGER keep_readers AFTER UPDATE OF taken_back_at, run_out_at, to_organisation_ids ON consent_consent
    FOR EACH ROW EXECUTE FUNCTION referrals_consent_changed();

-- A consent for a case lasts as long as the case: over with the last referral that stands on its agreement, and there
-- again when one is opened again.
CREATE FUNCTION referrals_keep_consents() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE consent_consent consent SET ended_at = found.ended_at
    FROM (
        SELECT CASE WHEN bool_or(is_open) THEN NULL ELSE max(status_since) END AS ended_at
        FROM referrals_referral WHERE agreement_id = NEW.agreement_id
    ) found
    WHERE consent.agreement_id = NEW.agreement_id AND consent.until IS NULL
      AND consent.ended_at IS DISTINCT FROM found.ended_at;
    -- What was asked by itself for the work lasts as long as somebody it was given to, or who asked, works with them.
    UPDATE consent_consent consent SET ended_at = found.ended_at
    FROM (
        SELECT one.id, CASE WHEN bool_or(referral.is_open) THEN NULL ELSE max(referral.status_since) END AS ended_at
        FROM consent_consent one
        JOIN consent_agreement agreement ON agreement.id = one.agreement_id
        JOIN referrals_referral referral ON referral.person_id = one.person_id
            AND referral.to_organisation_id = ANY (one.to_organisation_ids || agreement.recorded_by_organisation_id)
        WHERE one.person_id = NEW.person_id AND one.purpose IN ('read_health_record', 'onward_referral')
          AND one.until IS NULL
          AND NOT EXISTS (SELECT FROM referrals_referral WHERE agreement_id = one.agreement_id)
        GROUP BY one.id
    ) found
    WHERE consent.id = found.id AND consent.ended_at IS DISTINCT FROM found.ended_at;
    RETURN NULL;
END $$;
CREATE TRIGGER keep_consents AFTER UPDATE OF status ON referrals_referral
    FOR EACH ROW WHEN (OLD.is_open IS DISTINCT FROM NEW.is_open) EXECUTE FUNCTION referrals_keep_consents();
"""
# Every journey of a scheme in turn, for when a data-sharing agreement begins or is over: the ids alone.
JOURNEYS = """
CREATE FUNCTION referrals_journeys_after(after bigint, most integer) RETURNS SETOF bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT id FROM referrals_journey WHERE scheme_id = app_scheme() AND id > after ORDER BY id LIMIT most
$$;
"""

# Consents whose last day is over, for the clock: only ids come out. No date stops work that has a deadline running.
RUN_OUT = """
CREATE FUNCTION referrals_consents_run_out(today date, most integer)
    RETURNS TABLE (consent bigint, scheme bigint, organisation bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT consent.id, consent.scheme_id, agreement.recorded_by_organisation_id
    FROM consent_consent consent JOIN consent_agreement agreement ON agreement.id = consent.agreement_id
    WHERE consent.until < today AND consent.taken_back_at IS NULL AND consent.run_out_at IS NULL
      AND NOT EXISTS (
          SELECT FROM referrals_referral
          WHERE person_id = consent.person_id AND is_open AND urgent_flags @> '{legal_deadline_near}'
      )
    ORDER BY consent.until LIMIT most
$$;
"""
GONE = """
DROP TRIGGER keep_consents ON referrals_referral;
DROP FUNCTION referrals_keep_consents();
DROP TRIGGER keep_readers ON consent_consent;
DROP FUNCTION referrals_consent_changed();
DROP FUNCTION referrals_keep_readers(bigint);
DROP FUNCTION referrals_permitted(bigint, text, bigint[]);
"""

# What those who agreed before permitted, by the words that they agreed to. An exception is no consent.
EARLIER = """
INSERT INTO consent_consent (
    scheme_id, organisation_ids, person_id, agreement_id, purpose, to_organisation_ids, to_named, categories, given_at,
    ask_again_on, ended_at, taken_back_how
)
SELECT agreement.scheme_id, agreement.organisation_ids, agreement.person_id, agreement.id, permitted.purpose,
       CASE WHEN permitted.purpose = 'tell_referrer_outcome' THEN ARRAY[agreement.recorded_by_organisation_id]
            WHEN sent.services IS NULL OR agreement.wording <> 'referral-1' THEN agreement.organisation_ids
            ELSE sent.services END,
       '', permitted.categories, agreement.recorded_at,
       (agreement.recorded_at AT TIME ZONE 'Europe/London')::date
           + CASE agreement.how WHEN 'said_by_helper' THEN interval '0' ELSE interval '6 months' END,
       sent.ended_at, ''
FROM consent_agreement agreement
CROSS JOIN LATERAL (
    SELECT array_agg(DISTINCT referral.to_organisation_id) AS services,
           CASE WHEN NOT bool_or(referral.is_open) THEN max(referral.status_since) END AS ended_at
    FROM referrals_referral referral WHERE referral.agreement_id = agreement.id
) sent
CROSS JOIN (VALUES
    ('share_between_services', ARRAY['appointments', 'contact', 'needs', 'plan', 'progress', 'told']),
    ('tell_referrer_outcome', ARRAY['outcome', 'progress'])
) AS permitted (purpose, categories)
WHERE agreement.how NOT IN ('best_interests', 'safeguarding')
  AND (permitted.purpose = 'share_between_services' OR agreement.wording = 'referral-1');
"""


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0012_loads"),
        ("consent", "0007_parties_of_existing_schemes"),
        ("events", "0003_told"),
    ]

    operations = [
        migrations.RunSQL(EARLIER, "DELETE FROM consent_consent"),
        migrations.RunSQL(READERS, GONE),
        migrations.RunSQL(JOURNEYS, "DROP FUNCTION referrals_journeys_after(bigint, integer);"),
        migrations.RunSQL(RUN_OUT, "DROP FUNCTION referrals_consents_run_out(date, integer);"),
    ]
