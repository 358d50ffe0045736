from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "wraparound.audit"

    def ready(self) -> None:
        post_migrate.connect(_after_migrations, sender=self)


def _after_migrations(using: str, **_: Any) -> None:
    from wraparound.audit.grants import grant_web_role
    from wraparound.audit.history_indexes import index_histories

    index_histories(using)
    grant_web_role(using, settings.DATABASES["default"]["USER"])
