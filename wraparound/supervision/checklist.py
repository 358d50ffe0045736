"""The questions of a file review: what ships with the product, and how an organisation's own list changes."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from importlib.resources import files
from itertools import count, groupby

from wraparound.events.action import Refused

LONGEST_GROUP, LONGEST_ASKS, LONGEST_PUT_RIGHT = 60, 300, 180
MOST_QUESTIONS = 60
_LONGEST = {"group": LONGEST_GROUP, "asks": LONGEST_ASKS, "put_right": LONGEST_PUT_RIGHT}


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question. `key` stays when it is reworded; `put_right` is what a task says where the answer is no."""

    key: str
    group: str
    asks: str
    put_right: str = ""

    @property
    def to_do(self) -> str:
        return self.put_right or f"Put right: {self.asks}"[:LONGEST_PUT_RIGHT]


Questions = tuple[Question, ...]


def shipped() -> tuple[Questions, str]:
    """The list that ships, and what is to be known of it."""
    text = files("wraparound.supervision").joinpath("checklist.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return tuple(Question(**each) for each in table["question"]), table["note"]


def to_json(questions: Questions) -> list[dict[str, str]]:
    return [asdict(each) for each in questions]


def from_json(kept: Sequence[Mapping[str, str]]) -> Questions:
    return tuple(Question(**each) for each in kept)


def grouped(questions: Questions) -> list[tuple[str, Questions]]:
    """The questions under their headings, in order."""
    return [(name, tuple(those)) for name, those in groupby(questions, key=lambda each: each.group)]


def added(questions: Questions, *, group: str, asks: str, put_right: str = "") -> Questions:
    """With one more, last of its group, or last of all where the group is new.

    Refused: `empty`, `too_long`, `twice`, `too_many`, with the field.
    """
    if len(questions) >= MOST_QUESTIONS:
        raise Refused("too_many", f"A checklist has {MOST_QUESTIONS} questions at most. Take one out first.", "asks")
    taken = {each.key for each in questions}
    key = next(name for name in (f"own_{number}" for number in count(1)) if name not in taken)
    new = _checked(questions, Question(key=key, group=group, asks=asks, put_right=put_right))
    return _placed(questions, new)


def reworded(questions: Questions, key: str, *, group: str, asks: str, put_right: str = "") -> Questions:
    """With other words for one question, which goes to the end of another group where the group changed."""
    old = one_of(questions, key)
    new = _checked(questions, Question(key=key, group=group, asks=asks, put_right=put_right))
    if new.group == old.group:
        return tuple(new if each.key == key else each for each in questions)
    return _placed(tuple(each for each in questions if each.key != key), new)


def moved(questions: Questions, key: str, *, up: bool) -> Questions:
    """With one question a place higher or lower within its group. Refused `at_the_end` where there is none."""
    one_of(questions, key)
    here = next(place for place, each in enumerate(questions) if each.key == key)
    there = here + (-1 if up else 1)
    if not 0 <= there < len(questions) or questions[there].group != questions[here].group:
        raise Refused("at_the_end", "It is at the end of its part already.")
    order = list(questions)
    order[here], order[there] = order[there], order[here]
    return tuple(order)


def retired(questions: Questions, key: str) -> Questions:
    """Without one question. Refused `last` where it is the only one."""
    one_of(questions, key)
    if len(questions) == 1:
        raise Refused("last", "A checklist needs one question at least.")
    return tuple(each for each in questions if each.key != key)


def one_of(questions: Questions, key: str) -> Question:
    """Refused `gone` where there is none of this key any more."""
    found = next((each for each in questions if each.key == key), None)
    if found is None:
        raise Refused("gone", "This question is not on the checklist any more.")
    return found


def _placed(questions: Questions, new: Question) -> Questions:
    last = max((place for place, each in enumerate(questions) if each.group == new.group), default=len(questions) - 1)
    return (*questions[: last + 1], new, *questions[last + 1 :])


def _checked(questions: Questions, new: Question) -> Question:
    said = {name: " ".join(getattr(new, name).split()) for name in _LONGEST}
    for name, missing in (("group", "Write which part it belongs to."), ("asks", "Write the question.")):
        if not said[name]:
            raise Refused("empty", missing, name)
    for name, most in _LONGEST.items():
        if len(said[name]) > most:
            raise Refused("too_long", f"Use {most} characters or fewer; this has {len(said[name])}.", name)
    if any(each.asks.lower() == said["asks"].lower() and each.key != new.key for each in questions):
        raise Refused("twice", "This question is on the checklist already.", "asks")
    return replace(new, **said)
