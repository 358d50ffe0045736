from django.db import migrations

from wraparound.audit.row_security import HISTORY_ROWS, OWN_ROWS, SAME_SCHEME, SHARED_ROWS, protect


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_initial"), ("organisations", "0002_row_security")]

    operations = [
        protect("referrals_journey", see=SHARED_ROWS),
        protect("referrals_journeyhistory", see=HISTORY_ROWS, write=SAME_SCHEME),
        protect("referrals_referral", see=SHARED_ROWS),
        protect("referrals_referralhistory", see=HISTORY_ROWS, write=SAME_SCHEME),
        protect("referrals_samedayalert", see=SHARED_ROWS),
        protect("referrals_samedayalerthistory", see=HISTORY_ROWS, write=SAME_SCHEME),
        protect("referrals_launch", see=OWN_ROWS),
    ]
