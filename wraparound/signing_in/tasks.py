"""The clock of the door: what is over is removed every ten minutes."""

from django.utils import timezone
from procrastinate.contrib.django import app

from wraparound.signing_in import sessions, tries


@app.periodic(cron="*/10 * * * *")
@app.task(queue="clock", queueing_lock="signing_in.tidy", name="signing_in.tidy")
def tidy_every_ten_minutes(timestamp: int) -> None:
    now = timezone.now()
    sessions.tidy(now)
    tries.tidy(now)
