"""A small drawing board: boxes, lines, arrows and wrapped text, as an SVG that carries its own words.

No script, no style sheet, no reference to anything, so that it stands under the strictest content security policy.
Lengths are in the SVG's own units: one unit is one pixel at full size.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from xml.etree.ElementTree import Element, SubElement, tostring

FONT = "Frutiger W01, Arial, sans-serif"
LINE_HEIGHT = 1.4
_EMS = {
    character: width
    for characters, width in (("fijltI.,:;'’‘|! /", 0.29), ("r()-“”", 0.35), ("ckszvxyJ", 0.51), ("mwMW—@%", 0.9))
    for character in characters
}


@dataclass(frozen=True, slots=True)
class Colour:
    """The NHS palette, as far as it is used. Text colours meet 4.5:1 on the grounds they are used on."""

    blue: str = "#005eb8"
    dark_blue: str = "#003087"
    text: str = "#212b32"
    quiet: str = "#4c6272"
    pale: str = "#f0f4f5"
    white: str = "#ffffff"
    red: str = "#b3140c"
    green: str = "#007f3b"
    border: str = "#aeb7bd"


COLOUR = Colour()
Point = tuple[float, float]


def text_width(text: str, size: float, *, strong: bool = False) -> float:
    """About how wide the text is, rather too wide than too narrow."""
    ems = sum(_EMS.get(character, 0.72 if character.isupper() else 0.57) for character in text)
    return ems * size * (1.07 if strong else 1)


def wrap(text: str, size: float, room: float, *, strong: bool = False) -> list[str]:
    """The text in lines that fit into `room`; a single word that does not fit stands alone."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, strong=strong) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


class Board:
    """What is drawn so far. `finish` gives the SVG once the height is known."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._root = Element("svg")

    def box(
        self, at: Point, size: Point, *, fill: str = COLOUR.white, line: str = COLOUR.border, thick: float = 2
    ) -> None:
        """A rectangle with slightly rounded corners."""
        self._add(
            "rect", x=at[0], y=at[1], width=size[0], height=size[1], rx=4, fill=fill, stroke=line, stroke_width=thick
        )

    def path(self, points: Sequence[Point], colour: str, *, thick: float = 2, dashed: bool = False) -> None:
        """A line through the points, without a head."""
        marks = " ".join(f"{'L' if at else 'M'}{_number(x)} {_number(y)}" for at, (x, y) in enumerate(points))
        dash = {"stroke_dasharray": "8 5"} if dashed else {}
        self._add("path", d=marks, fill="none", stroke=colour, stroke_width=thick, stroke_linejoin="round", **dash)

    def arrow(self, points: Sequence[Point], colour: str, *, thick: float = 2, dashed: bool = False) -> None:
        """A line through the points with a head at the last one. The last piece is upright or level."""
        (x0, y0), (x, y) = points[-2], points[-1]
        length, half = 8 + 2 * thick, 4 + thick
        dx, dy = (x > x0) - (x < x0), (y > y0) - (y < y0)
        foot = (x - dx * length, y - dy * length)
        self.path([*points[:-1], foot], colour, thick=thick, dashed=dashed)
        corners = [(x, y), (foot[0] - dy * half, foot[1] - dx * half), (foot[0] + dy * half, foot[1] + dx * half)]
        self._add("polygon", points=" ".join(f"{_number(a)},{_number(b)}" for a, b in corners), fill=colour)

    def text(
        self, words: str, at: Point, room: float, *, size: float = 16, colour: str = COLOUR.text, strong: bool = False
    ) -> float:
        """Write the text, wrapped into `room`, with its top left corner `at`; gives the height it takes."""
        lines = wrap(words, size, room, strong=strong)
        weight = {"font_weight": "bold"} if strong else {}
        for number, line in enumerate(lines):
            baseline = at[1] + size * (1.05 + number * LINE_HEIGHT)
            element = self._add("text", x=at[0], y=baseline, font_size=size, fill=colour, **weight)
            element.text = line
        return len(lines) * size * LINE_HEIGHT

    def finish(self, height: float, title: str, description: str) -> str:
        """The whole SVG, with the title and description that a screen reader reads in its place."""
        name = sha256(f"{self.width} {title} {description}".encode()).hexdigest()[:12]
        for key, value in {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {self.width} {_number(height)}",
            "role": "img",
            "aria-labelledby": f"title-{name} desc-{name}",
            "font-family": FONT,
        }.items():
            self._root.set(key, value)
        for place, (tag, words) in enumerate((("title", title), ("desc", description))):
            element = Element(tag, {"id": f"{tag}-{name}"})
            element.text = words
            self._root.insert(place, element)
        return tostring(self._root, encoding="unicode")

    def _add(self, tag: str, **attributes: str | float) -> Element:
        named = {key.replace("_", "-"): _written(value) for key, value in attributes.items()}
        return SubElement(self._root, tag, named)


def text_height(words: str, size: float, room: float, *, strong: bool = False) -> float:
    """The height that `Board.text` takes."""
    return len(wrap(words, size, room, strong=strong)) * size * LINE_HEIGHT


def _written(value: str | float) -> str:
    return value if isinstance(value, str) else _number(value)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
