"""How to come to each action on letters and client agreements."""

from collections.abc import Callable
from typing import Any

from tests.factories import NOW, World
from tests.house.advice import a_matter, advised_in
from tests.house.trial import Recipe, Trial
from wraparound.advice.competence import sign_off
from wraparound.advice.models import Matter
from wraparound.letters.agreeing import Agreement, record_agreement
from wraparound.letters.approving import approve, ask_approval
from wraparound.letters.closing import close_in_writing
from wraparound.letters.models import ClientAgreement, Letter
from wraparound.letters.sending import Sending, send_letter
from wraparound.letters.states import AgreedTo, Copy, Left, NoLetter
from wraparound.letters.tasks import set_document
from wraparound.letters.writing import Written, begin_letter, write_letter
from wraparound.organisations.actor import Actor, acting_as

SAID = Written("Rosa Duarte", "What we advised", "Dear Rosa Duarte,\n\n# What we advised\n- Ask them to look again")
HANDED = Sending(left=Left.HANDED, to_whom="Rosa Duarte", on=NOW.date())
AGREED = Agreement(
    how=AgreedTo.PHONE, agreed_by="Rosa Duarte", on=NOW.date(), copy=Copy.LATER, version="2026-11", authority=True
)


def supervise(world: World) -> None:
    """What the adviser writes is approved from now on."""
    by = world.advice_supervisor
    with acting_as(by):
        sign_off(by=by, worker_id=world.adviser.user(), supervised=True)


def a_letter(world: World, kind: str = "advice_given", matter: Matter | None = None, *, own: bool = False) -> Letter:
    """Begun by the adviser, with its gaps."""
    by = world.adviser
    held = matter or a_matter(world)
    with acting_as(by):
        return begin_letter(by=by, matter=held, kind=kind, own=own)


def written(
    world: World,
    kind: str = "advice_given",
    matter: Matter | None = None,
    *,
    own: bool = False,
    by: Actor | None = None,
) -> Letter:
    """With every gap filled."""
    letter, actor = a_letter(world, kind, matter, own=own), by or world.adviser
    with acting_as(actor):
        return write_letter(by=actor, letter=letter, said=SAID, shown=letter.version)


def waiting(world: World) -> Letter:
    """Of somebody supervised, who has asked for approval."""
    supervise(world)
    letter, by = written(world), world.adviser
    with acting_as(by):
        return ask_approval(by=by, letter=letter, shown=letter.version)


def approved(world: World) -> Letter:
    letter, by = waiting(world), world.advice_supervisor
    with acting_as(by):
        return approve(by=by, letter=letter, shown=letter.version)


def sent(world: World, kind: str = "advice_given", matter: Matter | None = None) -> Letter:
    letter, by = written(world, kind, matter), world.adviser
    with acting_as(by):
        return send_letter(by=by, letter=letter, sending=HANDED, shown=letter.version).letter


def an_agreement(world: World) -> ClientAgreement:
    by, case = world.adviser, advised_in(world).case
    with acting_as(by):
        return record_agreement(by=by, case=case, agreed=AGREED)


def _of(chair: str, make: Callable[[World], Letter], **said: Any) -> Recipe:
    return lambda world: Trial(world.actors[chair], {"letter": make(world), **said})


LETTERS: dict[str, Recipe] = {
    "wraparound.letters.writing.begin_letter": lambda world: Trial(
        world.adviser, {"matter": a_matter(world), "kind": "advice_given"}
    ),
    "wraparound.letters.writing.write_letter": _of("adviser", a_letter, said=SAID, shown=1),
    "wraparound.letters.writing.set_aside": _of("adviser", a_letter, why="Told them by phone"),
    "wraparound.letters.approving.ask_approval": _of("adviser", written, shown=2),
    "wraparound.letters.approving.approve": _of("advice_supervisor", waiting, shown=2),
    "wraparound.letters.approving.send_back": _of("advice_supervisor", waiting, shown=2, words="Say by when"),
    "wraparound.letters.sending.send_letter": _of("adviser", written, sending=HANDED, shown=2),
    "wraparound.letters.sending.keep_note": _of("adviser", lambda world: written(world, "file_note"), shown=2),
    "wraparound.letters.agreeing.record_agreement": lambda world: Trial(
        world.adviser, {"case": advised_in(world).case, "agreed": AGREED}
    ),
    "wraparound.letters.agreeing.end_agreement": lambda world: Trial(
        world.adviser, {"agreement": an_agreement(world), "why": "They wrote that they want no more help"}
    ),
    "wraparound.letters.closing.close_in_writing": lambda world: Trial(
        world.adviser, {"matter": sent(world, "closing").matter, "why": "Award reinstated"}
    ),
}


def letters_of(world: World) -> None:
    """One row in each table of letters: one of the adviser's that was sent and set, one approved, one never written."""
    an_agreement(world)
    letter, by = sent(world), world.adviser
    set_document.now(by=by, letter_id=letter.pk)
    with acting_as(by):
        close_in_writing(by=by, matter=a_matter(world), why="Award reinstated", no_letter=NoLetter.NOT_SAFE)
    approved(world)
