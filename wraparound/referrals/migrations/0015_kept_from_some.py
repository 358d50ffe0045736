from django.db import migrations

from wraparound.audit.row_security import NOT_HIDDEN, narrow

KEEP_READERS = """
CREATE OR REPLACE FUNCTION referrals_keep_readers(of_journey bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    sender bigint;
    services bigint[];
    emergency bigint[];
BEGIN
    -- Of two who change what may be read at once, the second decides from what the first left.
    SELECT from_organisation_id INTO sender FROM referrals_journey
        WHERE id = of_journey AND scheme_id = app_scheme() FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    SELECT coalesce(array_agg(involved.organisation_id), '{}') INTO emergency
        FROM people_involvement involved JOIN referrals_journey journey ON journey.person_id = involved.person_id
        WHERE journey.id = of_journey AND involved.reason = 'emergency' AND involved.ended IS NULL;
    SELECT array_agg(DISTINCT to_organisation_id) INTO services FROM referrals_referral WHERE journey_id = of_journey;
    UPDATE referrals_referral referral SET organisation_ids = decided.readers
    FROM (
        SELECT one.id, ARRAY(
            SELECT DISTINCT reader FROM unnest(services || emergency || sender || one.from_organisation_id) AS reader
            WHERE reader = one.to_organisation_id OR reader = ANY (emergency)
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


-- Whoever opened a record in an emergency reads where each journey is, and no longer once that is over.
CREATE FUNCTION referrals_follow_emergency(of_person bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    opened boolean := EXISTS (
        SELECT FROM people_involvement
        WHERE person_id = of_person AND organisation_id = app_organisation() AND reason = 'emergency' AND ended IS NULL
    );
BEGIN
    UPDATE referrals_journey journey
    SET organisation_ids = CASE WHEN opened THEN array_append(organisation_ids, app_organisation())
                                ELSE array_remove(organisation_ids, app_organisation()) END
    WHERE person_id = of_person AND scheme_id = app_scheme()
      AND opened <> (organisation_ids @> ARRAY[app_organisation()])
      AND (opened OR NOT (
          from_organisation_id = app_organisation() OR EXISTS (
              SELECT FROM referrals_referral referral
              WHERE referral.journey_id = journey.id
                AND app_organisation() IN (referral.to_organisation_id, referral.from_organisation_id)
          )
      ));
    PERFORM referrals_keep_readers(id) FROM referrals_journey WHERE person_id = of_person AND scheme_id = app_scheme();
END $$;

-- Who works with somebody now, whichever service they are of: they go on when the record is restricted.
CREATE FUNCTION referrals_workers_of(of_person bigint) RETURNS SETOF bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT worker_id FROM referrals_referral
    WHERE person_id = of_person AND scheme_id = app_scheme() AND is_open AND worker_id IS NOT NULL
$$;

CREATE FUNCTION people_openings_over(now timestamptz, most integer)
    RETURNS TABLE (opening bigint, scheme bigint, organisation bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT id, scheme_id, organisation_id FROM people_emergencyopening
    WHERE ended_at IS NULL AND ends_at <= now ORDER BY ends_at LIMIT most
$$;
"""
BEFORE = """
DROP FUNCTION people_openings_over(timestamptz, integer);
DROP FUNCTION referrals_workers_of(bigint);
DROP FUNCTION referrals_follow_emergency(bigint);
CREATE OR REPLACE FUNCTION referrals_keep_readers(of_journey bigint) RETURNS void
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

"""
TABLES = ("journey", "referral", "samedayalert", "unmetneed", "signpost", "call")


class Migration(migrations.Migration):
    dependencies = [("referrals", "0014_no_agreement"), ("people", "0005_kept_from_some")]

    operations = [
        migrations.RunSQL(KEEP_READERS, BEFORE),
        *(narrow(f"referrals_{table}", "kept", NOT_HIDDEN) for table in TABLES),
    ]
