"""The picture of one way: a bar for each step as long as those who came so far, and between them who left and how."""

from wraparound.pathways.svg import COLOUR, Board, text_height, text_width
from wraparound.pathways.words import listed
from wraparound.reporting.dropout import Step, Way

# Drawn for a phone: at this width nothing is scaled down on a screen of 360 pixels.
WIDTH, BAR, GAP, INDENT = 312, 24, 6, 14
SIZE, SMALL = 17.0, 15.0
_TEAL, _TRACK = "#1b4b5a", "#d8dde0"
# A hidden number has a bar of its own, so that its length says nothing.
_HIDDEN = 6.0


def picture(way: Way) -> str:
    """The way as an SVG. Its description reads as the table does."""
    board, height = Board(WIDTH), 0.0
    most = way.steps[0].count.about
    for step in way.steps:
        height = _step(board, step, most, height)
        height = _left(board, step, height)
    return board.finish(height, f"{way.name}: how far people come", description(way))


def description(way: Way) -> str:
    """Every number of the picture in words."""
    said = []
    for step in way.steps:
        said.append(f"{step.label}: {step.count.text}.")
        if between := _between(step):
            said.append(f"{between}.")
    return " ".join(said)


def _step(board: Board, step: Step, most: int, top: float) -> float:
    board.text(step.label, (0, top), WIDTH - 90, size=SIZE, strong=True)
    number = step.count.text
    board.text(number, (WIDTH - text_width(number, SIZE, strong=True), top), WIDTH, size=SIZE, strong=True)
    top += text_height(step.label, SIZE, WIDTH - 90, strong=True) + 2
    board.box((0, top), (WIDTH, BAR), fill=_TRACK, line=_TRACK, thick=0)
    long = WIDTH * step.count.about / most if most else 0
    if long or step.count.hidden:
        board.box((0, top), (max(long, _HIDDEN), BAR), fill=_TEAL, line=_TEAL, thick=0)
    return top + BAR + GAP


def _left(board: Board, step: Step, top: float) -> float:
    """What happened between this step and the next, beside a line that leads on."""
    between = _between(step)
    if not between:
        return top + GAP
    height = board.text(between, (INDENT, top), WIDTH - INDENT, size=SMALL, colour=COLOUR.quiet)
    board.path([(4, top), (4, top + height)], _TEAL, thick=2)
    return top + height + 2 * GAP


def _between(step: Step) -> str:
    """Those who left, each manner that there was, and those who are still between."""
    parts = [f"{left.label.lower()} {_number(left.count.text)}" for left in step.left if left.count.about]
    hidden = [left.label.lower() for left in step.left if left.count.hidden]
    if hidden:
        parts.append(f"{listed(hidden)}: fewer than 5{' each' if len(hidden) > 1 else ''}")
    if step.still and (step.still.about or step.still.hidden):
        parts.append(f"still on the way {_number(step.still.text)}")
    said = "; ".join(parts)
    return said[:1].upper() + said[1:]


def _number(text: str) -> str:
    return text[:1].lower() + text[1:]
