"""Who may read a referral and what happened on it: decided by the database, from its two ends and what is permitted."""

from django.db import connection

from wraparound.consent.asking import Agreed
from wraparound.pathways.vocabulary import ConsentFor

DECIDING = frozenset({ConsentFor.SHARE_BETWEEN_SERVICES, ConsentFor.TELL_REFERRER_OUTCOME})


def permits_all(agreed: Agreed) -> bool:
    """Everybody on a journey that begins so reads all of it: what `send` writes is right already."""
    return agreed.how is not None and (agreed.how.is_exception or agreed.purposes >= DECIDING)


def keep_readers(journey_id: int) -> None:
    """Write anew who may read each referral of a journey, and each event of one. See ADR 18."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT referrals_keep_readers(%s)", [journey_id])


def journeys_after(last: int, most: int) -> list[int]:
    """Ids of the acting scheme's journeys past `last`, in order."""
    with connection.cursor() as cursor:
        return [row[0] for row in cursor.execute("SELECT * FROM referrals_journeys_after(%s, %s)", [last, most])]
