"""The jobs that keep the figures: each minute what was touched, each night everything. Nobody's rows come out."""

from procrastinate.contrib.django import app

from wraparound.reporting.counting import count, recount


@app.periodic(cron="* * * * *")
@app.task(queue="figures", queueing_lock="figures", name="reporting.count")
def count_every_minute(timestamp: int) -> None:
    count()


@app.periodic(cron="15 2 * * *")
@app.task(queue="figures", queueing_lock="all-figures", name="reporting.recount")
def recount_every_night(timestamp: int) -> None:
    """So that a day whose rows changed with no event to tell of it is wrong for no longer than a day."""
    recount()
