"""Who works in the demo's schemes. Everybody is invented; all of them share one password, in development alone."""

from typing import NamedTuple

from wraparound.organisations.roles import Role

PASSWORD = "everybody is invented"


class Worker(NamedTuple):
    """One membership of one user. `key` names the user; the same key twice is one user in two places.

    `organisation` is a name of the scheme's data: a practice may be called otherwise where the real ones are known.
    """

    key: str
    role_: Role
    name: str
    organisation: str
    team: str = ""
    place: str = "eastmarsh"

    @property
    def role(self) -> str:
        return self.role_.label

    @property
    def email(self) -> str:
        return f"{self.key}@{self.place}.example"


def once(workers: tuple[Worker, ...]) -> tuple[Worker, ...]:
    """One entry for each user, the first of their places."""
    return tuple({worker.key: worker for worker in reversed(workers)}.values())[::-1]
