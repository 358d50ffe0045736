from django.db import migrations

from wraparound.audit.row_security import HISTORY_ROWS, NOT_HIDDEN, OWN_ROWS, SAME_SCHEME, narrow, protect

REVIEWS = "(SELECT app_can('supervise') AND app_can('give_advice'))"
# Those who review files, the product itself, and the adviser of whose work it is once a review is finished.
READ_REVIEW = f"""
    {REVIEWS} OR (SELECT app_can('let_time_pass'))
    OR (adviser_id = (SELECT app_user()) AND status IN ('finished', 'closed'))
"""
READ_FINDING = f"{REVIEWS} OR (SELECT app_can('let_time_pass')) OR adviser_id = (SELECT app_user())"
READ_DRAW = f"{REVIEWS} OR (SELECT app_can('let_time_pass'))"
READ_LEARNING = f"{REVIEWS} OR user_id = (SELECT app_user())"

# Which organisations have files that somebody may review, for the clock: only ids come out.
ORGANISATIONS = """
CREATE FUNCTION supervision_organisations() RETURNS TABLE (scheme bigint, organisation bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT scheme_id, organisation_id FROM advice_matter
    WHERE closed_at IS NULL OR closed_at > now() - interval '31 days'
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("supervision", "0001_initial"), ("people", "0005_kept_from_some"), ("advice", "0002_row_security")]

    operations = [
        protect("supervision_review", see=OWN_ROWS),
        protect("supervision_reviewhistory", see=HISTORY_ROWS, write=SAME_SCHEME),
        protect("supervision_finding", see=OWN_ROWS),
        protect("supervision_draw", see=OWN_ROWS),
        protect("supervision_learning", see=OWN_ROWS),
        protect("supervision_learninghistory", see=HISTORY_ROWS, write=SAME_SCHEME),
        narrow("supervision_review", "reviewing", READ_REVIEW),
        narrow("supervision_finding", "reviewing", READ_FINDING),
        narrow("supervision_draw", "reviewing", READ_DRAW),
        narrow("supervision_learning", "own", READ_LEARNING),
        narrow("supervision_review", "kept", NOT_HIDDEN),
        narrow("supervision_finding", "kept", NOT_HIDDEN),
        migrations.RunSQL(ORGANISATIONS, "DROP FUNCTION supervision_organisations();"),
    ]
