"""What may be changed of a document by hand: what is said of it, the order of its pages, and whether it is shown."""

from collections.abc import Sequence

from wraparound.advice.models import Matter
from wraparound.events.action import Refused, action
from wraparound.files.adding import LOOKED_AT_AGAIN, About, checked, is_legal
from wraparound.files.models import File, FileContent
from wraparound.files.moving import hold, move
from wraparound.files.tasks import look_through_later
from wraparound.organisations.actor import Actor

LONGEST_WHY = 500
TURNS = (0, 90, 180, 270)


@action
def change_document(*, by: Actor, file: File, about: About, matter: Matter | None = None) -> File:
    """Change what is said of a document. Put on a matter, it is for advisers alone from then on."""
    held = hold(file, "change", by=by)
    values = checked(about)
    if matter is not None:
        matter = Matter.objects.visible_to(by).get(pk=matter.pk)
        if matter.case_id != held.case_id:
            raise Refused("other_case", "Choose a matter of this case.", "matter")
    # What advisers alone could read once is not opened to others by taking it off a matter.
    legal = held.legal or is_legal(held.case, matter, by)
    if legal and not held.legal:
        FileContent.objects.visible_to(by).filter(file=held).update(legal=True)
    return move(held, "change", by=by, matter=matter, legal=legal, **values)


@action
def arrange_pages(*, by: Actor, file: File, order: Sequence[int], turns: Sequence[int] = ()) -> File:
    """Put the pages of photographs in another order, page numbers as they stand now, and turn each (in degrees,
    clockwise, by place in the new order). A page that is left out of the order stays out."""
    held = hold(file, "arrange", by=by)
    turned = list(turns) or [0] * len(order)
    if not held.photographs:
        raise Refused("not_photographs", "The pages of a PDF stay as they came.")
    if len(set(order)) != len(order) or not set(order) <= set(range(1, held.pages + 1)):
        raise Refused("not_pages", "Give each page one place.", "pages")
    if not order:
        raise Refused("no_page", "Leave at least one page in. To take the whole document off, put it away.", "pages")
    if len(turned) != len(order) or not set(turned) <= set(TURNS):
        raise Refused("not_turns", "Turn a page by a quarter, a half or three quarters.", "pages")
    again = by.now() + LOOKED_AT_AGAIN
    arranged = move(held, "arrange", by=by, arranged=list(order), turned=turned, try_at=again)
    look_through_later(arranged, by)
    return arranged


@action
def put_away(*, by: Actor, file: File, why: str) -> File:
    """Take a document off the lists, with a reason. It is not deleted, and goes with the case when its time is over.

    What it had replaced is in its place again.
    """
    held = hold(file, "put_away", by=by)
    if not why.strip():
        raise Refused("no_reason", "Enter why it is put away.", "why")
    if len(why) > LONGEST_WHY:
        raise Refused("too_long", f"This must be {LONGEST_WHY} characters or fewer.", "why")
    if held.latest and held.replaces_id:
        File.objects.visible_to(by).filter(pk=held.replaces_id).update(latest=True)
    return move(held, "put_away", by=by, put_away_by_id=by.user(), put_away_at=by.now(), put_away_why=why.strip())
