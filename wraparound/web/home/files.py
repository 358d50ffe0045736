"""Documents that could not be kept: said to whoever added them, and of a harmful one to who supervises."""

from django.urls import reverse

from wraparound.files.models import File
from wraparound.files.reading import not_kept
from wraparound.files.states import FileStatus
from wraparound.organisations.actor import Actor
from wraparound.web.home.lines import Line, Section

HARMFUL = ("Harmful", "red")


def documents_not_kept(actor: Actor) -> Section:
    lines = [
        Line(each.person.name, reverse("document", kwargs={"pk": each.pk}), _said(each, actor), _tags(each))
        for each in not_kept(actor)
    ]
    return Section("documents", "Documents that could not be kept", lines)


def _said(each: File, actor: Actor) -> str:
    by = "" if each.added_by_id == actor.user_id else f" Added by {each.added_by.name}."
    if each.status == FileStatus.HARMFUL:
        return f"A file was found to be harmful, and is gone.{by} Tell whoever sent it."
    return f"A file could not be read.{by} See why, and add it again."


def _tags(each: File) -> list[tuple[str, str]]:
    return [HARMFUL] if each.status == FileStatus.HARMFUL else []
