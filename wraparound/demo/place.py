"""What the data of one invented scheme says: who and what is there, and how people come in. Values, no database."""

from dataclasses import dataclass

from wraparound.demo.people import Worker, once
from wraparound.pathways.vocabulary import Entry, Model, Service, UrgentFlag

SOCIAL, ADVICE = Service.SOCIAL_PRESCRIBING, Service.WELFARE_ADVICE
WEEK = (420, 420, 420, 420, 420, 0, 0)
MODEL_NAMES = {
    Model.SEPARATE: "Separate services",
    Model.CO_LOCATED: "Co-located services",
    Model.CO_FUNDED: "Co-funded services",
    Model.SINGLE: "Single service",
}


@dataclass(frozen=True, kw_only=True)
class Surgery:
    """A made-up practice. Codes begin with a letter that no real practice has; the place is in the sea."""

    name: str
    code: str
    network: str
    latitude: float
    longitude: float
    list_size: int = 8400


@dataclass(frozen=True, kw_only=True)
class Ladder:
    """The made-up practices of a scheme, and the real borough whose practices stand in for them where it is known."""

    board: str
    borough: str
    surgeries: tuple[Surgery, ...]
    real_borough: str

    @property
    def networks(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.network for each in self.surgeries))


@dataclass(frozen=True, kw_only=True)
class Provider:
    """An invented organisation that is no practice. `near` is the surgery beside which it is."""

    name: str
    kind: str
    near: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class TeamPlan:
    """A team: `serves` are surgeries, `lead` the key of its same-day lead; `places` None: its workers' places."""

    name: str
    organisation: str
    service: Service
    lead: str
    phone: str
    also: tuple[Service, ...] = ()
    serves: tuple[str, ...] = ()
    places: int | None = None
    shares_out: bool = False
    opening: str = "Monday to Friday, 9.30am to 4.30pm"


@dataclass(frozen=True, kw_only=True)
class Hours:
    """How one worker works: minutes on each weekday, Monday first."""

    key: str
    places: int
    minutes: tuple[int, ...] = WEEK
    weight: int = 100


@dataclass(frozen=True, kw_only=True)
class Away:
    """Leave, in days from today: the first and the last day, and the key of the cover, "" for none."""

    key: str
    starts: int
    ends: int
    cover: str = ""


@dataclass(frozen=True, kw_only=True)
class Door:
    """One way in: who refers (a key; "" is the public), by which entry, and how often beside the others."""

    key: str
    entry: Entry
    weight: int


@dataclass(frozen=True, kw_only=True)
class HelpLine:
    """Whom to ring now. Numbers are those that the telephone regulator keeps for invented people, and 999."""

    flag: UrgentFlag
    when: str
    name: str
    phone: str


@dataclass(frozen=True, kw_only=True)
class SchemeData:
    """One invented scheme. `place` is where its people live, `leads` the safeguarding lead and deputy by
    organisation, `invited` a name and the team that they are asked to join. Of `sessions` entries a session is booked.
    """

    name: str
    place: str
    slug: str
    model: Model
    pathway: str
    people: int
    ladder: Ladder
    providers: tuple[Provider, ...]
    front_door: str
    teams: tuple[TeamPlan, ...]
    workers: tuple[Worker, ...]
    hours: tuple[Hours, ...]
    away: tuple[Away, ...]
    doors: tuple[Door, ...]
    help_lines: tuple[HelpLine, ...]
    leads: dict[str, tuple[str, str]]
    invited: tuple[str, str]
    sessions: tuple[Entry, ...] = ()
    draft: bool = False
    call_list: bool = False
    signposts: int = 0
    room_runs_out: bool = False

    @property
    def model_name(self) -> str:
        return MODEL_NAMES[self.model]

    @property
    def users(self) -> tuple[Worker, ...]:
        return once(self.workers)


def help_lines(place: str, last: int) -> tuple[HelpLine, ...]:
    """The usual six of a place; `last` is the last two digits of the first number."""
    flag, number = UrgentFlag, [f"020 7946 0{last + step:03}" for step in range(4)]
    return (
        HelpLine(flag=flag.IMMEDIATE_DANGER, when="always", name="Police, fire or ambulance", phone="999"),
        HelpLine(
            flag=flag.IMMEDIATE_DANGER, when="always", name=f"{place} domestic abuse line", phone=f"0808 157 0{last:03}"
        ),
        HelpLine(
            flag=flag.HOMELESS_TONIGHT, when="office", name=f"{place} Council housing options", phone=number[0]
        ),
        HelpLine(
            flag=flag.HOMELESS_TONIGHT, when="out_of_hours", name=f"{place} Council emergency duty team",
            phone=number[1],
        ),
        HelpLine(flag=flag.NO_FOOD, when="office", name=f"{place} food bank vouchers", phone=number[2]),
        HelpLine(flag=flag.NO_FOOD, when="out_of_hours", name=f"{place} crisis line", phone=number[3]),
    )  # fmt: skip
