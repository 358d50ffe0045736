from django.db import migrations

from wraparound.audit.row_security import NOT_HIDDEN, narrow

# Those who answer concerns where it was told, those whom it names, and whoever raised it: as `visible_to` says.
ANSWERING = """
    (app_user() IS NULL AND app_can('let_time_pass'))
    OR (NOT (kept_from @> ARRAY[(SELECT app_user())]) AND (
        (SELECT app_can('answer_concern')) OR (SELECT app_user()) IN (raised_by_id, lead_id, deputy_id, owner_id)
        OR EXISTS (
            SELECT FROM organisations_safeguardinglead named
            WHERE named.scheme_id = app_scheme() AND named.organisation_id = app_organisation()
              AND app_user() IN (named.user_id, named.deputy_id)
        )
    ))
"""
OF_CONCERN = "EXISTS (SELECT FROM safeguarding_concern WHERE safeguarding_concern.id = concern_id)"


class Migration(migrations.Migration):
    dependencies = [("safeguarding", "0006_marks_of_later_referrals"), ("people", "0005_kept_from_some")]

    operations = [
        narrow("safeguarding_concern", "answering", ANSWERING),
        narrow("safeguarding_concern", "kept", NOT_HIDDEN),
        narrow("safeguarding_acknowledgement", "answering", OF_CONCERN),
    ]
