"""Who has seen a record: a page to look at with the person, and a paper for them to take away."""

from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from wraparound.documents.who_has_seen import Day, Seen, SeenPaper, who_has_seen_pdf
from wraparound.organisations.roles import Capability
from wraparound.people.reading import note_access
from wraparound.privacy.told import Told, told
from wraparound.web.access import Request, needs
from wraparound.web.finding import journey_or_404
from wraparound.web.formats import counted, full_date

# Read out or read by the person: short words, and nothing that only some records would have.
INTRO = (
    "This is a list of who has seen what is kept about you. It says what they saw and why.",
    "It does not say the names of the people who work there. The law keeps a few things off this list.",
    "If something looks wrong to you, tell us. We will find out and tell you.",
)
MOST_ON_PAPER = 500


@needs(Capability.SEE_PEOPLE)
@require_GET
def who_has_seen(request: Request, reference: str) -> HttpResponse:
    """All organisations that the person's data reached, a page at a time."""
    found = journey_or_404(request, reference)
    page = told(request.actor, found.person, request.GET.get("after", ""))
    note_access(request.actor, found.person, "who-has-seen")
    shown = {
        "journey": found,
        "person": found.person,
        "rows": page.rows,
        "after": page.after,
        "first": not request.GET.get("after"),
        "intro": INTRO,
    }
    return render(request, "journey/who_has_seen.jinja", shown)


@needs(Capability.SEE_PEOPLE)
@require_GET
def who_has_seen_paper(request: Request, reference: str) -> HttpResponse:
    """The same in large print, the latest 500 lines."""
    found = journey_or_404(request, reference)
    page = told(request.actor, found.person, most=MOST_ON_PAPER)
    note_access(request.actor, found.person, "who-has-seen-paper")
    days = [
        Day(full_date(day), [_seen(each) for each in lines]) for day, lines in groupby(page.rows, lambda row: row.day)
    ]
    paper = SeenPaper(
        name=found.person.name,
        made_on=full_date(request.actor.today()),
        organisation=request.membership.organisation.name,
        intro=list(INTRO),
        days=days,
        more=bool(page.after),
        invented=request.membership.scheme.invented,
    )
    # The name says nothing of the person: it stands in the list of what was saved last.
    headers = {"Content-Disposition": f'inline; filename="who-has-seen-{found.reference}.pdf"'}
    return HttpResponse(who_has_seen_pdf(paper), content_type="application/pdf", headers=headers)


def _seen(line: Told) -> Seen:
    times = counted(line.times, "time") if line.times > 1 else ""
    return Seen(line.organisation, line.role, line.what, times, line.why)
