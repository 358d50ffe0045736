"""Opening a one-time page: whoever has the link sees no table, and gets from one function what the person signed for."""

from django.db import migrations

from wraparound.audit.row_security import HISTORY_ROWS, NOT_HIDDEN, OWN_ROWS, SAME_SCHEME, narrow, protect

CLOSED = """
-- Opened before, ended, run out, guessed at too often, or not agreed to any more.
CREATE FUNCTION referrals_page_over(page referrals_onetimepage, now timestamptz) RETURNS boolean LANGUAGE sql STABLE
    SET search_path = public, pg_temp AS $$
    SELECT page.opened_at IS NOT NULL OR page.ended_at IS NOT NULL OR page.expires_at <= now OR page.wrong_tries >= 5
        OR NOT EXISTS (
            SELECT FROM consent_consent consent
            WHERE consent.id = page.consent_id AND consent.taken_back_at IS NULL AND consent.run_out_at IS NULL
              AND coalesce(consent.until >= (now AT TIME ZONE 'Europe/London')::date, true)
        )
$$;

CREATE FUNCTION referrals_closed_page(token text, now timestamptz)
    RETURNS TABLE (scheme bigint, organisation bigint, name text, phone text, is_over boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT page.scheme_id, page.organisation_id, owner.name, owner.phone, referrals_page_over(page, now)
    FROM referrals_onetimepage page JOIN organisations_organisation owner ON owner.id = page.organisation_id
    WHERE page.token_sha256 = token
$$;
"""
OPEN = """
CREATE FUNCTION referrals_open_once(
    token text, code text, now timestamptz,
    OUT page bigint, OUT person bigint, OUT journey bigint, OUT to_named text, OUT shown jsonb
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    held referrals_onetimepage;
    covers text[];
BEGIN
    -- Of two who open it at once, the second finds that it is over.
    SELECT * INTO held FROM referrals_onetimepage WHERE token_sha256 = token AND scheme_id = app_scheme()
        AND organisation_id = app_organisation() FOR UPDATE;
    IF NOT FOUND OR referrals_page_over(held, now) THEN
        RETURN;
    END IF;
    page := held.id; person := held.person_id; journey := held.journey_id; to_named := held.to_named;
    IF held.code_sha256 <> code THEN
        UPDATE referrals_onetimepage SET wrong_tries = wrong_tries + 1 WHERE id = held.id;
        RETURN;
    END IF;
    UPDATE referrals_onetimepage SET opened_at = now WHERE id = held.id;
    SELECT categories INTO covers FROM consent_consent WHERE id = held.consent_id;
    -- The address is empty on the person's row where it is withheld.
    SELECT jsonb_build_object('name', btrim(whose.given_names || ' ' || whose.family_name), 'to', held.to_named,
                              'asked', held.asked)
        || CASE WHEN 'contact' = ANY (covers) THEN jsonb_build_object('contact', jsonb_build_object(
               'known_as', whose.known_as, 'born', whose.date_of_birth,
               'mobile', CASE WHEN whose.mobile_calls = 'no' AND whose.mobile_texts = 'no' THEN '' ELSE whose.mobile END,
               'mobile_calls', whose.mobile_calls, 'mobile_texts', whose.mobile_texts,
               'landline', CASE WHEN whose.landline_calls = 'no' THEN '' ELSE whose.landline END,
               'email', CASE WHEN whose.email_messages = 'no' THEN '' ELSE whose.email END,
               'address', whose.address, 'postcode', whose.postcode, 'letters', whose.letters,
               'safe_times', whose.safe_times, 'voicemail', whose.voicemail,
               'may_say_who_is_calling', whose.may_say_who_is_calling, 'contact_notes', whose.contact_notes,
               'language', whose.preferred_language, 'interpreter_needed', whose.interpreter_needed,
               'access_needs', whose.access_needs)) ELSE '{}' END
        || CASE WHEN 'needs' = ANY (covers) THEN jsonb_build_object('needs', way.needs) ELSE '{}' END
        INTO shown FROM people_person whose, referrals_journey way
        WHERE whose.id = held.person_id AND way.id = held.journey_id;
END $$;
"""
GONE = """
DROP FUNCTION referrals_open_once(text, text, timestamptz);
DROP FUNCTION referrals_closed_page(text, timestamptz);
DROP FUNCTION referrals_page_over(referrals_onetimepage, timestamptz);
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0016_one_time_pages"), ("people", "0008_withheld"), ("consent", "0008_kept_from_some")]

    operations = [
        protect("referrals_onetimepage", see=OWN_ROWS),
        protect("referrals_onetimepagehistory", see=HISTORY_ROWS, write=SAME_SCHEME),
        narrow("referrals_onetimepage", "kept", NOT_HIDDEN),
        migrations.RunSQL(CLOSED + OPEN, GONE),
    ]
