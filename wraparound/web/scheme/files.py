"""Users and teams from a file: every bad line with its reason, and nothing kept until somebody says so."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wraparound.organisations.actor import Actor
from wraparound.organisations.importing.keeping import BadRows
from wraparound.organisations.importing.table import NotATable, rows_of
from wraparound.organisations.importing.teams import TeamsImported, import_teams
from wraparound.organisations.importing.users import Invited, import_users
from wraparound.organisations.roles import Capability
from wraparound.web.access import Request, needs
from wraparound.web.formats import counted
from wraparound.web.scheme.people import link_to
from wraparound.web.scheme.people_forms import UploadForm, otherwise

# A request that takes longer than a minute is cut off.
MOST_ROWS = 2000
Import = Callable[[Actor, str, bool], Invited | TeamsImported]


@dataclass(frozen=True)
class Upload:
    """One kind of file: what it is called, and its columns with what each says."""

    things: str
    back: str
    columns: tuple[tuple[str, str], ...]
    example: str


USERS = Upload(
    "users", "scheme-people",
    (
        ("name", "Their full name"), ("email", "Their own at work"),
        ("organisation", "Its organisation code, or its name here"), ("role", "Such as Clinician or Link worker"),
        ("team", "The team’s name; link workers and advisers have one"),
    ),
    "name,email,organisation,role,team",
)  # fmt: skip
TEAMS = Upload(
    "teams", "scheme-teams",
    (
        ("name", "The team’s name. A team of this name is changed, and not made twice"),
        ("organisation", "Its organisation code, or its name here"), ("service", "Such as Welfare advice"),
        ("also", "Further services, with semicolons between; may be left out"),
        ("serves", "Codes of practices, with semicolons between; may be left out"), ("phone", "May be left out"),
        ("same_day_lead", "A member’s email address; may be left out"),
    ),
    "name,organisation,service,also,serves,phone,same_day_lead",
)  # fmt: skip


@needs(Capability.MANAGE_SCHEME)
@never_cache
@require_http_methods(["GET", "POST"])
def users(request: Request) -> HttpResponse:
    answer = _upload(request, USERS, lambda by, text, good: import_users(by=by, content=text, keep_good=good))
    if isinstance(answer, HttpResponse):
        return answer
    assert isinstance(answer, Invited)
    links = [link_to(request, made) for made in answer.made]
    shown = {"links": links, "left_out": answer.bad, "same": answer.same}
    return render(request, "scheme/invited.jinja", shown)


@needs(Capability.MANAGE_SCHEME)
@require_http_methods(["GET", "POST"])
def teams(request: Request) -> HttpResponse:
    answer = _upload(request, TEAMS, lambda by, text, good: import_teams(by=by, content=text, keep_good=good))
    if isinstance(answer, HttpResponse):
        return answer
    assert isinstance(answer, TeamsImported)
    said = f"{counted(len(answer.written), 'team')} made or changed, {answer.same:,} as before."
    left_out = f" {counted(len(answer.bad), 'line')} left out." if answer.bad else ""
    messages.success(request, said + left_out)
    return redirect("scheme-teams")


def _upload(request: Request, upload: Upload, take: Import) -> HttpResponse | Invited | TeamsImported:
    """What was kept; or the page again, with what is wrong and the text to send once more without the bad lines."""
    form = UploadForm(upload.things, request.POST or None, request.FILES or None)
    shown: dict[str, object] = {"upload": upload}
    if request.method == "POST":
        text, good = _sent(request, form)
        if text is not None:
            try:
                _few_enough(text, upload)
                return take(request.actor, text, good)
            except NotATable as fault:
                form.add_error("file", str(fault))
            except BadRows as refused:
                form.add_error("file", refused.sentence)
                shown |= {"bad": refused.bad, "good": refused.good, "same": refused.same, "text": text}
    return render(request, "scheme/upload.jinja", {**shown, "form": form})


def _few_enough(text: str, upload: Upload) -> None:
    """Raises NotATable for a file that has more lines than a page can wait for."""
    rows, bad = rows_of(text, ())
    found = len(rows) + len(bad)
    if found > MOST_ROWS:
        raise NotATable(
            f"The file has {found:,} lines, and this page takes {MOST_ROWS:,} at the most. {otherwise(upload.things)}"
        )


def _sent(request: Request, form: UploadForm) -> tuple[str | None, bool]:
    """The file's text, and whether the bad lines may be left out. None when there is none to read."""
    if "text" in request.POST:
        form.is_valid()
        form.errors.clear()
        return request.POST["text"].replace("\r\n", "\n"), True
    if not form.is_valid():
        return None, False
    content = form.cleaned_data["file"].read()
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n"), False
    except UnicodeDecodeError:
        form.add_error("file", "The file is not in UTF-8. Save it as “CSV UTF-8” and try again.")
        return None, False
