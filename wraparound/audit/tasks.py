"""The clock of the audit trail: every five minutes what is new is sealed. Nobody's rows come out."""

from procrastinate.contrib.django import app

from wraparound.audit.sealing import seal


@app.periodic(cron="*/5 * * * *")
@app.task(queue="clock", queueing_lock="audit.seal", name="audit.seal")
def seal_every_five_minutes(timestamp: int) -> None:
    seal()
