"""Documents of the demo: letters that people brought and that their adviser photographed."""

from collections.abc import Sequence
from functools import partial
from io import BytesIO

from wraparound.advice.models import Matter
from wraparound.demo.year import Year
from wraparound.files.adding import About, Given, add_document
from wraparound.files.apart import make_apart
from wraparound.files.checking import make_ready
from wraparound.files.models import File
from wraparound.organisations.actor import Actor, acting_as, system
from wraparound.organisations.roles import Role

A4_AT_150_DPI = (1240, 1754)
MARGIN, LINE = 120, 52
DECISION = (
    "THIS LETTER IS INVENTED, AS EVERYTHING IN THE DEMO IS",
    "",
    "Your Personal Independence Payment",
    "",
    "We looked at your claim again. From the date of this letter",
    "you cannot get PIP, because you have not enough points.",
    "",
    "Preparing food: 2 points",
    "Washing and bathing: 2 points",
    "Moving around: 0 points",
    "",
    "If you think that this is wrong, ask us to look at it again",
    "within one month of the date of this letter.",
)
SECOND = ("THIS LETTER IS INVENTED, AS EVERYTHING IN THE DEMO IS", "", "Page 2", "", "How we decided")
STATEMENT = ("THIS PAPER IS INVENTED, AS EVERYTHING IN THE DEMO IS", "", "Statement of account", "", "Balance: £41.16")


def papers(year: Year) -> None:
    """For the first matter about a benefit of each adviser: the decision, and a bank statement."""
    for adviser in [each for each in year.actors.values() if each.role in (Role.ADVISER, Role.HYBRID_WORKER)]:
        for matter in _on_benefits(adviser):
            decision = About(label="decision", title="PIP decision", with_whom=matter.opponent)
            _keep(year, adviser, matter, decision, (DECISION, SECOND))
            _keep(year, adviser, matter, About(label="bank", title="Bank statement, October"), (STATEMENT,))


def _on_benefits(adviser: Actor) -> Sequence[Matter]:
    with acting_as(adviser):
        mine = Matter.objects.visible_to(adviser).filter(category="benefits", worker_id=adviser.user_id, closed_at=None)
        return list(mine.filter(case__closed_at=None).select_related("case").order_by("pk")[:1])


def _keep(year: Year, adviser: Actor, matter: Matter, about: About, pages: Sequence[Sequence[str]]) -> None:
    made: list[File] = []
    given = [Given(f"photograph-{number}.jpg", _photograph(lines)) for number, lines in enumerate(pages, 1)]

    def add(by: Actor) -> None:
        made.append(add_document(by=by, case=matter.case, given=given, about=about, matter=matter))

    if year.tried(adviser, year.on_day(4, 14), add):
        clock = system(adviser.scheme_id, adviser.organisation_id)
        year.tried(clock, year.on_day(4, 14, 1), partial(_look_through, made[0], given))


def _look_through(file: File, given: Sequence[Given], by: Actor) -> None:
    made = make_apart([("jpeg", each.data) for each in given])
    make_ready(by=by, file=file, made=made, scanned=False)


def _photograph(lines: Sequence[str]) -> bytes:
    """A page as a phone sees it."""
    # Loaded here: only a demo draws letters.
    from PIL import Image, ImageDraw, ImageFont

    page = Image.new("RGB", A4_AT_150_DPI, "#f4f1ea")
    drawn, font = ImageDraw.Draw(page), ImageFont.load_default(34)
    for number, line in enumerate(lines):
        drawn.text((MARGIN, MARGIN + number * LINE), line, fill="#222222", font=font)
    kept = BytesIO()
    page.save(kept, "JPEG", quality=70)
    return kept.getvalue()
