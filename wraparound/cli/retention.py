"""`wraparound retention`: what is kept how long, and the removals that two people agreed to, done as the owner."""

from collections.abc import Callable

from wraparound.cli.database import as_owner, database
from wraparound.cli.problem import Problem

Say = Callable[[str], None]


def rules(*, say: Say = print) -> None:
    """Say each kind of record, how long it is kept and why."""
    import django

    django.setup()
    from wraparound.privacy.rules import RULES

    for rule in RULES.values():
        check = "" if rule.certain else " TO BE CHECKED by your information governance lead."
        say(f"{rule.label}: {rule.months} months from {rule.begins}. {rule.source}.{check}")


def run(*, say: Say = print) -> int:
    """Do every removal that is agreed; how many there were. Broken off, the next one goes on where it was."""
    import django

    with database():
        # The web's role removes nothing: this is done as the owner of the tables.
        as_owner()
        django.setup()
        from wraparound.privacy.removing import agreed_runs, may_remove, remove

        if not may_remove():
            raise Problem("Rows are removed by the owner alone: set DATABASE_OWNER_URL.")
        runs = agreed_runs()
        for each in runs:
            for removed in remove(each):
                say(f"Removal {each.pk}: {sum(removed.values()):,} of {sum(each.counts.values()):,}")
            kept = sum(count for why in each.left.values() for count in why.values())
            say(f"Removal {each.pk} is done. {kept:,} stayed, for reasons that its page says.")
        if not runs:
            say("No removal is agreed.")
        return len(runs)
