"""A signature that was drawn: strokes of whole points in a box, as text. Nothing that a browser would run or draw.

`12,40 13,42 15,47;80,20 81,25` is two strokes. The page writes it, and the document draws it.
"""

import re

WIDTH, HEIGHT = 600, 200
# A name takes some hundreds of points; this leaves room for a long one and for a shaking hand.
MOST_STROKES, MOST_POINTS, LONGEST = 200, 6000, 60_000
# Fewer is a slip of the finger.
FEWEST_POINTS = 5
_SHAPE = re.compile(r"\d{1,3},\d{1,3}(?:[ ;]\d{1,3},\d{1,3})*", re.ASCII)

Stroke = tuple[tuple[int, int], ...]


def strokes_in(text: str) -> tuple[Stroke, ...]:
    """The strokes that the text holds. ValueError for anything else, or more than a signature can be."""
    if len(text) > LONGEST or not _SHAPE.fullmatch(text):
        raise ValueError("This is no drawing.")
    strokes = tuple(tuple(_point(each) for each in stroke.split(" ")) for stroke in text.split(";"))
    points = sum(map(len, strokes))
    if len(strokes) > MOST_STROKES or not FEWEST_POINTS <= points <= MOST_POINTS:
        raise ValueError("This is no signature.")
    return strokes


def _point(text: str) -> tuple[int, int]:
    across, down = (int(each) for each in text.split(","))
    if across > WIDTH or down > HEIGHT:
        raise ValueError("This is outside the box.")
    return across, down
