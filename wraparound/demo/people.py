"""Who works in the demo scheme. Everybody is invented; all of them share one password, in development alone."""

from typing import NamedTuple

from wraparound.organisations.roles import Role

PASSWORD = "everybody is invented"

CANAL, MULBERRY = "Canal Street Practice", "Mulberry Park Surgery"
LINKS, ADVICE = "Neighbourly Eastmarsh", "Eastmarsh Rights and Advice"
BOROUGH, ICB = "Eastmarsh", "Riverside Integrated Care Board"
LINK_TEAM, ADVICE_TEAM = "Eastmarsh link workers", "Eastmarsh welfare advisers"
SCHEME = "Eastmarsh Together"


class Worker(NamedTuple):
    """One membership of one user. `key` names the user; the same key twice is one user in two places."""

    key: str
    role_: Role
    name: str
    organisation: str
    team: str = ""

    @property
    def role(self) -> str:
        return self.role_.label

    @property
    def email(self) -> str:
        return f"{self.key}@eastmarsh.example"


WORKERS = (
    Worker("amara.okafor", Role.CLINICIAN, "Dr Amara Okafor", CANAL),
    Worker("sam.reed", Role.RECEPTIONIST, "Sam Reed", CANAL),
    Worker("ines.carvalho", Role.PRACTICE_MANAGER, "Inês Carvalho", CANAL),
    Worker("ivan.petrov", Role.CLINICIAN, "Dr Ivan Petrov", MULBERRY),
    Worker("ivan.petrov", Role.CLINICIAN, "Dr Ivan Petrov", CANAL),
    Worker("leila.haddad", Role.LINK_WORKER, "Leila Haddad", LINKS, LINK_TEAM),
    Worker("tom.price", Role.LINK_WORKER, "Tom Price", LINKS, LINK_TEAM),
    Worker("grace.obi", Role.SUPERVISOR, "Grace Obi", LINKS, LINK_TEAM),
    Worker("ana.sousa", Role.ADVISER, "Ana Sousa", ADVICE, ADVICE_TEAM),
    Worker("dev.malhotra", Role.ADVISER, "Dev Malhotra", ADVICE, ADVICE_TEAM),
    Worker("robin.blake", Role.HYBRID_WORKER, "Robin Blake", ADVICE, ADVICE_TEAM),
    Worker("joy.mensah", Role.SUPERVISOR, "Joy Mensah", ADVICE, ADVICE_TEAM),
    Worker("niamh.kelly", Role.VOLUNTEER, "Niamh Kelly", ADVICE, ADVICE_TEAM),
    Worker("paul.ferreira", Role.SERVICE_MANAGER, "Paul Ferreira", LINKS),
    Worker("kit.lane", Role.COMMISSIONER, "Kit Lane", ICB),
    Worker("yusuf.demir", Role.SCHEME_ADMINISTRATOR, "Yusuf Demir", BOROUGH),
)


def sign_in_as() -> tuple[Worker, ...]:
    """One entry for each user, the first of their places."""
    return tuple({worker.key: worker for worker in reversed(WORKERS)}.values())[::-1]
