"""Which files are looked at: pure rules, so that anybody can work out again why one was drawn."""

from collections.abc import Iterable
from hashlib import sha256

USUAL, MOST = 2, 20
# What somebody in training, or new, has reviewed besides.
MORE = 2


def draw(seed: str, matters: Iterable[int], number: int) -> list[int]:
    """`number` of these keys, or all where there are fewer. Each has the same chance.

    Each key has a lot, the SHA-256 of `seed`, a colon and the key; the lowest lots are drawn. The order in which keys
    are given changes nothing, and one key more or less moves no other.
    """
    return sorted(set(matters), key=lambda key: (_lot(seed, key), key))[: max(number, 0)]


def planned(usual: int, own: int | None, *, supervised: bool, new: bool) -> int:
    """How many files of a worker are reviewed in a month: their own number, or the usual and more while they learn."""
    if own is not None:
        return own
    return usual + (MORE if supervised or new else 0)


def reviewable(worker_id: int, reviewer_ids: Iterable[int]) -> bool:
    """Whether somebody other than the worker is there to review."""
    return any(reviewer != worker_id for reviewer in reviewer_ids)


def _lot(seed: str, key: int) -> str:
    return sha256(f"{seed}:{key}".encode()).hexdigest()
