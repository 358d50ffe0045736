"""What the web's role may do to each table: read and add, change where rows change, remove almost nowhere."""

from typing import Any

from django.apps import apps
from django.db import connections

# Tables of the framework, where a row is nobody's record and comes and goes.
REMOVABLE = ("django_session", "mfa_authenticator", "organisations_accesstoken")
FRAMEWORK_APPS = ("procrastinate",)


def grant_web_role(using: str, role: str, **_: Any) -> None:
    """Give `role` what it needs on every table, as the owner connected through `using`. Safe to repeat."""
    connection = connections[using]
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {quote(role)}")
        cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {quote(role)}")
        for model in apps.get_models(include_auto_created=True):
            if model._meta.managed and not model._meta.proxy:
                verbs = _verbs(model)
                cursor.execute(f"REVOKE ALL ON {quote(model._meta.db_table)} FROM {quote(role)}")
                cursor.execute(f"GRANT {verbs} ON {quote(model._meta.db_table)} TO {quote(role)}")
        for table in connection.introspection.table_names(cursor):
            if table == "django_migrations":
                cursor.execute(f"GRANT SELECT ON {quote(table)} TO {quote(role)}")
            elif table.startswith("procrastinate_"):
                cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {quote(table)} TO {quote(role)}")


def _append_only(model: Any) -> bool:
    return getattr(model, "append_only", False) or hasattr(model, "pgh_tracked_model")


def _verbs(model: Any) -> str:
    comes_and_goes = getattr(model, "comes_and_goes", False) or model._meta.app_label in FRAMEWORK_APPS
    if comes_and_goes or model._meta.db_table in REMOVABLE:
        return "SELECT, INSERT, UPDATE, DELETE"
    if getattr(model, "made_by_the_database", False):
        return "SELECT"
    return "SELECT, INSERT" if _append_only(model) else "SELECT, INSERT, UPDATE"
