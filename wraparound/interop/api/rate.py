"""How many requests a credential may make: a bucket that fills evenly. Counted by each web process for itself."""

from dataclasses import dataclass
from threading import Lock

MOST_KEPT = 10_000


@dataclass(frozen=True)
class Bucket:
    """What is left of an allowance of `size` requests, which comes back over a minute, at a moment in seconds."""

    left: float
    at: float

    def take(self, now: float, size: int) -> "tuple[Bucket, float]":
        """The bucket after one more request, and for how many seconds to wait where it was one too many, or 0.

        A request that is turned away takes nothing.
        """
        left = min(float(size), self.left + max(0.0, now - self.at) * size / 60)
        if left >= 1:
            return Bucket(left - 1, now), 0.0
        return Bucket(left, now), (1 - left) * 60 / size


class Allowances:
    """A bucket for each credential that was seen lately."""

    def __init__(self) -> None:
        self._buckets: dict[int, Bucket] = {}
        self._lock = Lock()

    def wait(self, credential_id: int, now: float, size: int) -> float:
        """For how many seconds the credential has to wait before its next request; 0 when it may go on."""
        with self._lock:
            if len(self._buckets) > MOST_KEPT:
                self._buckets.clear()
            before = self._buckets.get(credential_id, Bucket(float(size), now))
            self._buckets[credential_id], wait = before.take(now, size)
            return wait
