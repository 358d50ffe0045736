"""Northfold: separate services. Two link worker teams in two towns; the advice service is outside and nearly full."""

from wraparound.demo.people import Worker
from wraparound.demo.place import (
    ADVICE,
    SOCIAL,
    Away,
    Door,
    Hours,
    Ladder,
    Provider,
    SchemeData,
    Surgery,
    TeamPlan,
    help_lines,
)
from wraparound.organisations.roles import Role
from wraparound.pathways.vocabulary import Entry, Model

FOLDGATE, TANNERS = "Foldgate Medical Centre", "Tanners Hill Surgery"
QUAY, ORCHARD = "Quayside Practice", "Orchard Lane Surgery"
UPPER, LOWER = "Upper Northfold PCN", "Lower Northfold PCN"
UPPER_LINKS, LOWER_LINKS = "Upper Northfold Community Trust", "Quayside Connections"
CITIZENS, FOOD_BANK = "Northfold Advice Centre", "Northfold Food Bank"
ICB, BOROUGH = "Wold and Fold Integrated Care Board", "Northfold"
UPPER_TEAM, LOWER_TEAM, ADVICE_TEAM = "Upper Northfold link workers", "Quayside link workers", "Northfold advisers"


def _worker(key: str, role: Role, name: str, organisation: str, team: str = "") -> Worker:
    return Worker(key, role, name, organisation, team, place="northfold")


NORTHFOLD = SchemeData(
    name="Northfold Connects",
    place="Northfold",
    slug="northfold",
    model=Model.SEPARATE,
    pathway="link-worker-first",
    people=95,
    ladder=Ladder(
        board=ICB,
        borough=BOROUGH,
        real_borough="Lewisham",
        surgeries=(
            Surgery(name=FOLDGATE, code="XDEMO11", network=UPPER, latitude=51.62, longitude=1.20),
            Surgery(name=TANNERS, code="XDEMO12", network=UPPER, latitude=51.63, longitude=1.21, list_size=5600),
            Surgery(name=QUAY, code="XDEMO13", network=LOWER, latitude=51.55, longitude=1.31, list_size=9900),
            Surgery(name=ORCHARD, code="XDEMO14", network=LOWER, latitude=51.54, longitude=1.33, list_size=4300),
        ),
    ),
    providers=(
        Provider(name=UPPER_LINKS, kind="social_prescribing", near=FOLDGATE, phone="020 7946 0311"),
        Provider(name=LOWER_LINKS, kind="social_prescribing", near=QUAY, phone="020 7946 0321"),
        Provider(name=CITIZENS, kind="advice", near=QUAY, phone="020 7946 0331"),
        Provider(name=FOOD_BANK, kind="voluntary", near=FOLDGATE, phone="020 7946 0341"),
    ),
    front_door=UPPER_LINKS,
    teams=(
        TeamPlan(
            name=UPPER_TEAM,
            organisation=UPPER_LINKS,
            service=SOCIAL,
            lead="hazel.wynn",
            phone="020 7946 0310",
            serves=(FOLDGATE, TANNERS),
        ),
        TeamPlan(
            name=LOWER_TEAM,
            organisation=LOWER_LINKS,
            service=SOCIAL,
            lead="bram.visser",
            phone="020 7946 0320",
            serves=(QUAY, ORCHARD),
        ),
        TeamPlan(
            name=ADVICE_TEAM,
            organisation=CITIZENS,
            service=ADVICE,
            lead="ola.bankole",
            phone="020 7946 0330",
            places=14,
            opening="Tuesday and Thursday, 10am to 1pm; ring first",
        ),
    ),
    workers=(
        _worker("nadia.rahimi", Role.CLINICIAN, "Dr Nadia Rahimi", FOLDGATE),
        _worker("colm.byrne", Role.CLINICIAN, "Dr Colm Byrne", QUAY),
        _worker("petra.novak", Role.RECEPTIONIST, "Petra Novák", FOLDGATE),
        _worker("gita.rao", Role.PRACTICE_MANAGER, "Gita Rao", FOLDGATE),
        _worker("joe.tindall", Role.LINK_WORKER, "Joe Tindall", UPPER_LINKS, UPPER_TEAM),
        _worker("efua.mensima", Role.LINK_WORKER, "Efua Mensima", LOWER_LINKS, LOWER_TEAM),
        _worker("hazel.wynn", Role.SUPERVISOR, "Hazel Wynn", UPPER_LINKS, UPPER_TEAM),
        _worker("bram.visser", Role.SUPERVISOR, "Bram Visser", LOWER_LINKS, LOWER_TEAM),
        _worker("mirela.dinu", Role.ADVISER, "Mirela Dinu", CITIZENS, ADVICE_TEAM),
        _worker("stefan.hart", Role.ADVISER, "Stefan Hart", CITIZENS, ADVICE_TEAM),
        _worker("ola.bankole", Role.SUPERVISOR, "Ola Bankole", CITIZENS, ADVICE_TEAM),
        _worker("vera.stone", Role.SERVICE_MANAGER, "Vera Stone", CITIZENS),
        _worker("mina.kaya", Role.REFERRING_WORKER, "Mina Kaya", FOOD_BANK),
        _worker("lars.holm", Role.COMMISSIONER, "Lars Holm", ICB),
        _worker("june.akande", Role.SCHEME_ADMINISTRATOR, "June Akande", BOROUGH),
    ),
    hours=(
        Hours(key="joe.tindall", places=14),
        Hours(key="hazel.wynn", places=3, minutes=(240, 0, 240, 0, 0, 0, 0), weight=25),
        Hours(key="efua.mensima", places=12, minutes=(420, 420, 420, 0, 420, 0, 0)),
        Hours(key="bram.visser", places=3, minutes=(0, 240, 0, 240, 0, 0, 0), weight=25),
        Hours(key="mirela.dinu", places=12),
        Hours(key="stefan.hart", places=10, minutes=(0, 420, 420, 420, 0, 0, 0)),
        Hours(key="ola.bankole", places=2, minutes=(240, 240, 240, 0, 0, 0, 0), weight=20),
    ),
    away=(
        Away(key="joe.tindall", starts=-120, ends=-112, cover="hazel.wynn"),
        Away(key="stefan.hart", starts=-2, ends=9),
        Away(key="efua.mensima", starts=12, ends=19, cover="bram.visser"),
    ),
    doors=(
        Door(key="nadia.rahimi", entry=Entry.CLINICIAN, weight=6),
        Door(key="colm.byrne", entry=Entry.CLINICIAN, weight=5),
        Door(key="petra.novak", entry=Entry.RECEPTION, weight=3),
        Door(key="mina.kaya", entry=Entry.VOLUNTARY, weight=4),
        Door(key="", entry=Entry.SELF, weight=2),
    ),
    help_lines=help_lines("Northfold", 301),
    leads={
        FOLDGATE: ("nadia.rahimi", "gita.rao"),
        UPPER_LINKS: ("hazel.wynn", ""),
        # Lower Northfold has named nobody yet, which its administrator's page says.
        CITIZENS: ("ola.bankole", "vera.stone"),
    },
    invited=("Tariq Aziz", ADVICE_TEAM),
    signposts=14,
    room_runs_out=True,
)
