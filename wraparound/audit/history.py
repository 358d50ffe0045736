"""Every version of a row, kept by the database itself, with who made it."""

from typing import TypeVar

import pghistory
from django.db import models

M = TypeVar("M", bound=type[models.Model])


def keep_history(model: M) -> M:
    """Keep each version of `model`'s rows in a table `<Model>History`, with the actor as JSON in the row."""
    tracked: M = pghistory.track(
        model_name=f"{model.__name__}History", obj_field=pghistory.ObjForeignKey(related_name="history")
    )(model)
    return tracked
