"""A drawn signature is points and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wraparound.consent.strokes import FEWEST_POINTS, HEIGHT, MOST_POINTS, MOST_STROKES, WIDTH, strokes_in

POINTS = st.tuples(st.integers(0, WIDTH), st.integers(0, HEIGHT))
STROKES = st.lists(st.lists(POINTS, min_size=FEWEST_POINTS, max_size=20), min_size=1, max_size=8)


def written(strokes: list[list[tuple[int, int]]]) -> str:
    return ";".join(" ".join(f"{across},{down}" for across, down in stroke) for stroke in strokes)


@given(STROKES)
def test_what_was_drawn_is_read_as_it_was(strokes: list[list[tuple[int, int]]]) -> None:
    assert strokes_in(written(strokes)) == tuple(map(tuple, strokes))


@given(st.text())
def test_anything_else_is_refused_and_never_a_fault(text: str) -> None:
    try:
        strokes = strokes_in(text)
    except ValueError:
        return
    assert written([list(stroke) for stroke in strokes]) == text or "0" in text


LINE = "1,1 2,2 3,3 4,4 5,5"


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "<svg onload=alert(1)>", "M1 1 L2 2", f"{LINE}\n", f"{LINE} ", f"{LINE};", f"{LINE};;{LINE}",
        "1,1 2,2 3,3 4,4", f"{LINE} 601,1", f"{LINE} 1,201", f"{LINE} -1,1", f"{LINE} 1.5,1", f"{LINE} 1,1,1",
        "١,١ ٢,٢ ٣,٣ ٤,٤ ٥,٥", ";".join([LINE] * (MOST_STROKES + 1)), " ".join(["1,1"] * (MOST_POINTS + 1)),
    ],
)  # fmt: skip
def test_no_signature(text: str) -> None:
    with pytest.raises(ValueError, match="This is"):
        strokes_in(text)
