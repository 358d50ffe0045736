"""Draws a pathway, or one referral's way through it, as an SVG: wide for a screen, narrow for a phone.

Blue: sent on. Red and thick: the fast track. Grey and dashed: only told about. Green and dashed: what comes back. Each
kind has its own line and words, so that nothing is told by colour alone.
"""

from collections.abc import Sequence

from wraparound.pathways.definition import Pathway
from wraparound.pathways.picture import Bridge, Card, Line, Picture, describe, picture
from wraparound.pathways.routing import Plan
from wraparound.pathways.svg import COLOUR, Board, Point, text_height
from wraparound.pathways.vocabulary import Entry, Model

__all__ = ["describe", "draw"]

PAD = 16
ROW = 34


def draw(
    pathway: Pathway, plan: Plan | None = None, *,
    narrow: bool = False, entry: Entry | None = None, model: Model = Model.CO_LOCATED,
) -> str:  # fmt: skip
    """The drawing as SVG text. Its words are 16 pixels or more at 960 pixels wide, or 360 when `narrow`.

    It shows the plan of one referral, or the whole as one entry sees it in a scheme of this model; see `picture`.
    """
    shown = picture(pathway, plan, entry=entry, model=model)
    board = Board(360 if narrow else 960)
    height = _narrow(board, shown) if narrow else _wide(board, shown)
    return board.finish(height, shown.title, " ".join(describe(pathway, plan, entry=entry, model=model)))


def _card_height(card: Card, room: float) -> float:
    """The height of a card's own words with its heading and margins."""
    lines = sum(text_height(line.text, 16, room, strong=line.strong) + 4 for line in card.lines)
    return 2 * PAD + _heading_height(card, room) + lines


def _heading_height(card: Card, room: float) -> float:
    return text_height(card.title, 20, room, strong=True) + 4


def _card_box(board: Board, card: Card, at: Point, size: Point) -> None:
    """A card's box, with a band along its top: red where the fast track leads, grey where nothing is sent."""
    band = COLOUR.red if any(arrow.urgent for arrow in card.arrows) else COLOUR.blue
    if not card.answers:
        band = COLOUR.quiet
    board.box(at, size)
    board.box(at, (size[0], 6), fill=band, line=band)


def _card_words(board: Board, card: Card, x: float, y: float, room: float) -> None:
    """A card's heading and lines."""
    board.text(card.title, (x, y), room, size=20, colour=COLOUR.dark_blue, strong=True)
    y += _heading_height(card, room)
    for line in card.lines:
        y += board.text(line.text, (x, y), room, colour=_ink(line), strong=line.strong) + 4


def _ink(line: Line) -> str:
    return COLOUR.red if line.urgent else COLOUR.text


def _way_arrow(board: Board, line: Line, points: Sequence[Point]) -> None:
    """A way in: thick for the fast track, dashed where the person is only told."""
    if line.urgent:
        board.arrow(points, COLOUR.red, thick=5)
    else:
        board.arrow(points, COLOUR.quiet if line.told else COLOUR.blue, dashed=line.told)


def _bridge_arrow(board: Board, bridge: Bridge, points: Sequence[Point]) -> None:
    """A hand-over is a full line; only being told is a thin broken one."""
    if bridge.told:
        board.arrow(points, COLOUR.quiet, dashed=True)
    else:
        board.arrow(points, COLOUR.dark_blue, thick=3)


def _referrer_height(shown: Picture, room: float, gap: float) -> float:
    """The height of the referrer's box by its own words."""
    return text_height(shown.referrer, 20, room, strong=True) + gap + text_height(shown.also_from, 16, room) + 2 * PAD


LEFT, LEFT_WIDTH = 16, 200
CARD, CARD_WIDTH = 470, 430
WAY = CARD - LEFT - LEFT_WIDTH - 36
RAIL = 932
GAP = 88
BRIDGE = CARD_WIDTH / 2 - 60


def _wide(board: Board, shown: Picture) -> float:
    """Referrer on the left, services on the right, the answer back round the right and below; gives the height."""
    top = y = 16.0
    edges: list[Point] = []
    for number, card in enumerate(shown.cards):
        height = max(_card_height(card, CARD_WIDTH - 2 * PAD), sum(_way_heights(card)) + PAD)
        _card_box(board, card, (CARD, y), (CARD_WIDTH, height))
        _card_words(board, card, CARD + PAD, y + PAD, CARD_WIDTH - 2 * PAD)
        _ways_in(board, card, y, height)
        edges.append((y, y + height))
        y += height + (_gap(shown) if number + 1 < len(shown.cards) else 0)
    y = max(y, top + _referrer_height(shown, LEFT_WIDTH - 2 * PAD, 8))
    _bridges_wide(board, shown, edges)
    _referrer_wide(board, shown, top, y - top)
    y = _back_wide(board, shown, edges, y)
    return _silence_wide(board, shown, y + 32)


def _gap(shown: Picture) -> float:
    """The room between two cards, so that the longest word on a hand-over fits."""
    return max([GAP, *(text_height(bridge.label, 16, BRIDGE) + 28 for bridge in shown.bridges)])


def _ways_in(board: Board, card: Card, y: float, height: float) -> None:
    """The labelled arrows from the referrer to one card."""
    heights = _way_heights(card)
    free = (height - sum(heights)) / (len(heights) + 1)
    start, level = LEFT + LEFT_WIDTH, y - 4
    for arrow, used in zip(card.arrows, heights, strict=True):
        level += free + used
        board.text(arrow.text, (start + 12, level - used + 14), WAY, colour=_ink(arrow), strong=arrow.strong)
        _way_arrow(board, arrow, [(start, level), (CARD - 2, level)])


def _way_heights(card: Card) -> list[float]:
    """The room that each way in takes with its words and its line."""
    return [text_height(arrow.text, 16, WAY, strong=arrow.strong) + 20 for arrow in card.arrows]


def _bridges_wide(board: Board, shown: Picture, edges: list[Point]) -> None:
    """The hand-overs between two cards, downward ones on the left and upward ones on the right."""
    order = [card.services[0] for card in shown.cards]
    for bridge in shown.bridges:
        start, end = order.index(bridge.from_service), order.index(bridge.to_service)
        down = start < end
        x = CARD + (28 if down else CARD_WIDTH / 2 + 20)
        points = (
            [(x, edges[start][1]), (x, edges[end][0] - 2)] if down else [(x, edges[start][0]), (x, edges[end][1] + 2)]
        )
        _bridge_arrow(board, bridge, points)
        middle = (points[0][1] + points[1][1]) / 2
        board.text(bridge.label, (x + 16, middle - text_height(bridge.label, 16, BRIDGE) / 2), BRIDGE)


def _referrer_wide(board: Board, shown: Picture, top: float, height: float) -> None:
    """The referrer's box, as high as all the services."""
    board.box((LEFT, top), (LEFT_WIDTH, height), fill=COLOUR.dark_blue, line=COLOUR.dark_blue)
    room = LEFT_WIDTH - 2 * PAD
    used = board.text(shown.referrer, (LEFT + PAD, top + PAD), room, size=20, colour=COLOUR.white, strong=True)
    board.text(shown.also_from, (LEFT + PAD, top + PAD + used + 8), room, colour=COLOUR.white)


def _back_wide(board: Board, shown: Picture, edges: list[Point], bottom: float) -> float:
    """The answer: from each card's right side, round below, up into the referrer; gives the lowest point."""
    level = bottom + 40
    middles = [(top + end) / 2 for card, (top, end) in zip(shown.cards, edges, strict=True) if card.answers]
    for middle in middles:
        board.path([(CARD + CARD_WIDTH, middle), (RAIL, middle)], COLOUR.green, thick=3, dashed=True)
    into = LEFT + LEFT_WIDTH / 2
    if middles:
        round_below = [(RAIL, middles[0]), (RAIL, level), (into, level), (into, bottom + 2)]
        board.arrow(round_below, COLOUR.green, thick=3, dashed=True)
    used = board.text(shown.back, (into + 20, level + 8), RAIL - into - 20, colour=_back_ink(shown), strong=True)
    return level + 8 + used


def _back_ink(shown: Picture) -> str:
    """Green for what comes back; grey to say that nothing does."""
    return COLOUR.green if any(card.answers for card in shown.cards) else COLOUR.quiet


def _silence_wide(board: Board, shown: Picture, top: float) -> float:
    """What happens when nobody acts: boxes in a row; gives the height of the whole drawing."""
    if not shown.silence:
        return top
    board.text("If nobody acts", (LEFT, top), 900, size=20, colour=COLOUR.dark_blue, strong=True)
    gap, count = 28, len(shown.silence)
    width = (board.width - 2 * LEFT - gap * (count - 1)) / count
    room = width - 24
    height = max(text_height(each, 16, room) for each in shown.silence) + 24
    top += 36
    for number, each in enumerate(shown.silence):
        x = LEFT + number * (width + gap)
        board.box((x, top), (width, height), fill=COLOUR.pale, line=COLOUR.border)
        board.text(each, (x + 12, top + 12), room)
        if number:
            board.arrow([(x - gap, top + height / 2), (x - 2, top + height / 2)], COLOUR.quiet)
    return top + height + 16


NORMAL_RAIL, URGENT_RAIL = 42, 24
NARROW_CARD, NARROW_WIDTH, OUT = 60, 264, 340


def _narrow(board: Board, shown: Picture) -> float:
    """One below the other: ways in along the left edge, the answer along the right; gives the height."""
    room = 328 - 2 * PAD
    head = _referrer_height(shown, room, 4)
    board.box((PAD, 16), (328, head), fill=COLOUR.dark_blue, line=COLOUR.dark_blue)
    used = board.text(shown.referrer, (2 * PAD, 16 + PAD), room, size=20, colour=COLOUR.white, strong=True)
    board.text(shown.also_from, (2 * PAD, 16 + PAD + used + 4), room, colour=COLOUR.white)
    y = 16 + head
    start, edges = y, []
    y += 24
    for number, card in enumerate(shown.cards):
        height = _card_narrow(board, card, y, start)
        edges.append((y, y + height))
        y += height
        if number + 1 < len(shown.cards):
            y += _bridge_narrow(board, shown, number, y)
    y = _back_narrow(board, shown, edges, y + 32)
    return _silence_narrow(board, shown, y + 28)


def _card_narrow(board: Board, card: Card, y: float, start: float) -> float:
    """One card with the ways in written at its top; gives its height."""
    room = NARROW_WIDTH - 2 * PAD
    ways = [text_height(arrow.text, 16, room, strong=arrow.strong) + 8 for arrow in card.arrows]
    height = sum(ways) + _card_height(card, room) + 6
    _card_box(board, card, (NARROW_CARD, y), (NARROW_WIDTH, height))
    inner = y + 18
    for arrow, used in zip(card.arrows, ways, strict=True):
        rail = URGENT_RAIL if arrow.urgent else NORMAL_RAIL
        level = inner + 12
        _way_arrow(board, arrow, [(rail, start), (rail, level), (NARROW_CARD - 1, level)])
        board.text(arrow.text, (NARROW_CARD + PAD, inner), room, colour=_ink(arrow), strong=arrow.strong)
        inner += used
    _card_words(board, card, NARROW_CARD + PAD, inner + 4, room)
    return height


def _bridge_narrow(board: Board, shown: Picture, above: int, y: float) -> float:
    """The hand-overs between a card and the next one below; gives the room they take."""
    over, under = (shown.cards[at].services[0] for at in (above, above + 1))
    pair = {over, under}
    bridges = [bridge for bridge in shown.bridges if {bridge.from_service, bridge.to_service} == pair]
    room = NARROW_WIDTH - 70
    heights = [text_height(bridge.label, 16, room) + 10 for bridge in bridges]
    height = sum(heights) + 24 if bridges else 32
    inner = y + 14
    for number, (bridge, used) in enumerate(zip(bridges, heights, strict=True)):
        x = NARROW_CARD + 20 + 18 * number
        ends = [(x, y), (x, y + height - 2)]
        if bridge.from_service is not over:
            ends = [(x, y + height), (x, y + 2)]
        _bridge_arrow(board, bridge, ends)
        board.text(bridge.label, (NARROW_CARD + 60, inner), room)
        inner += used
    return height


def _back_narrow(board: Board, shown: Picture, edges: list[Point], y: float) -> float:
    """The answer: down the right edge into a box of its own; gives the lowest point."""
    levels = [top + 30 for card, (top, _) in zip(shown.cards, edges, strict=True) if card.answers]
    for level in levels:
        board.path([(NARROW_CARD + NARROW_WIDTH, level), (OUT, level)], COLOUR.green, thick=3, dashed=True)
    room = 328 - 2 * PAD
    height = text_height(shown.back, 16, room, strong=True) + 2 * PAD
    if levels:
        board.arrow([(OUT, levels[0]), (OUT, y - 2)], COLOUR.green, thick=3, dashed=True)
    board.box((PAD, y), (328, height), line=_back_ink(shown))
    board.text(shown.back, (2 * PAD, y + PAD), room, colour=_back_ink(shown), strong=True)
    return y + height


def _silence_narrow(board: Board, shown: Picture, top: float) -> float:
    """What happens when nobody acts, one box below the other; gives the height of the whole drawing."""
    if not shown.silence:
        return top - 12
    board.text("If nobody acts", (PAD, top), 328, size=20, colour=COLOUR.dark_blue, strong=True)
    y = top + 36
    for number, each in enumerate(shown.silence):
        height = text_height(each, 16, 304) + 24
        if number:
            board.arrow([(180, y - 24), (180, y - 2)], COLOUR.quiet)
        board.box((PAD, y), (328, height), fill=COLOUR.pale, line=COLOUR.border)
        board.text(each, (PAD + 12, y + 12), 304)
        y += height + 24
    return y - 8
