"""The invented people and organisations that a development database begins with."""

from collections.abc import Callable

from wraparound.config import environment


def load(write: Callable[[str], None]) -> None:
    import django

    django.setup()
    from django.db import connection

    from wraparound.demo.load import load_demo

    with connection.cursor() as cursor:
        # A load that is cut off is begun again, so no step of it need wait for the disk.
        cursor.execute("SET synchronous_commit = off")
    load_demo(write)


def load_if_empty(write: Callable[[str], None]) -> None:
    """Only in development, and only where there is no scheme yet."""
    if environment.production():
        return
    from wraparound.organisations.models import Scheme

    if not Scheme.objects.using("owner").exists():
        load(write)
