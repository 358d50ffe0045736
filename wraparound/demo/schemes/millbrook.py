"""Millbrook: a single service. One team of hybrid workers takes each person on for everything."""

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

WEIR, CHAPEL, LIME = "Weir Lane Surgery", "Chapel Field Practice", "Lime Grove Medical Centre"
HUB, ICB, BOROUGH, NETWORK = "Millbrook Hub", "Three Rivers Integrated Care Board", "Millbrook", "Millbrook PCN"
TEAM = "Millbrook hub workers"


def _worker(key: str, role: Role, name: str, organisation: str, team: str = "") -> Worker:
    return Worker(key, role, name, organisation, team, place="millbrook")


MILLBROOK = SchemeData(
    name="Millbrook Hub",
    place="Millbrook",
    slug="millbrook",
    model=Model.SINGLE,
    pathway="single-service",
    people=62,
    ladder=Ladder(
        board=ICB,
        borough=BOROUGH,
        real_borough="Ealing",
        surgeries=(
            Surgery(name=WEIR, code="XDEMO31", network=NETWORK, latitude=51.40, longitude=1.50, list_size=8800),
            Surgery(name=CHAPEL, code="XDEMO32", network=NETWORK, latitude=51.41, longitude=1.52, list_size=7300),
            Surgery(name=LIME, code="XDEMO33", network=NETWORK, latitude=51.42, longitude=1.49, list_size=6900),
        ),
    ),
    providers=(Provider(name=HUB, kind="voluntary", near=WEIR, phone="020 7946 0711"),),
    front_door=HUB,
    teams=(
        TeamPlan(
            name=TEAM,
            organisation=HUB,
            service=SOCIAL,
            also=(ADVICE,),
            lead="esther.quaye",
            phone="020 7946 0710",
            shares_out=True,
        ),
    ),
    workers=(
        _worker("maya.fernando", Role.CLINICIAN, "Dr Maya Fernando", WEIR),
        _worker("owen.pritchard", Role.CLINICIAN, "Dr Owen Pritchard", CHAPEL),
        _worker("tess.ngata", Role.RECEPTIONIST, "Tess Ngata", WEIR),
        _worker("rob.castle", Role.RECEPTIONIST, "Rob Castle", CHAPEL),
        _worker("judy.lam", Role.PRACTICE_MANAGER, "Judy Lam", WEIR),
        _worker("aisha.diallo", Role.HYBRID_WORKER, "Aisha Diallo", HUB, TEAM),
        _worker("ronan.walsh", Role.HYBRID_WORKER, "Ronan Walsh", HUB, TEAM),
        _worker("bea.molina", Role.HYBRID_WORKER, "Bea Molina", HUB, TEAM),
        _worker("esther.quaye", Role.SUPERVISOR, "Esther Quaye", HUB, TEAM),
        _worker("ian.farrow", Role.VOLUNTEER, "Ian Farrow", HUB, TEAM),
        _worker("salma.idris", Role.SERVICE_MANAGER, "Salma Idris", HUB),
        _worker("piers.hale", Role.COMMISSIONER, "Piers Hale", ICB),
        _worker("wen.zhao", Role.SCHEME_ADMINISTRATOR, "Wen Zhao", BOROUGH),
    ),
    hours=(
        Hours(key="aisha.diallo", places=22),
        Hours(key="ronan.walsh", places=20),
        Hours(key="bea.molina", places=14, minutes=(420, 420, 0, 0, 420, 0, 0)),
        Hours(key="esther.quaye", places=4, minutes=(240, 0, 240, 0, 240, 0, 0), weight=25),
    ),
    away=(
        Away(key="ronan.walsh", starts=-50, ends=-43, cover="aisha.diallo"),
        Away(key="bea.molina", starts=-2, ends=5, cover="ronan.walsh"),
        Away(key="aisha.diallo", starts=10, ends=14),
    ),
    doors=(
        Door(key="maya.fernando", entry=Entry.CLINICIAN, weight=3),
        Door(key="owen.pritchard", entry=Entry.CLINICIAN, weight=2),
        Door(key="tess.ngata", entry=Entry.RECEPTION, weight=5),
        Door(key="rob.castle", entry=Entry.RECEPTION, weight=3),
        Door(key="", entry=Entry.SELF, weight=5),
        Door(key="", entry=Entry.ON_BEHALF, weight=3),
    ),
    help_lines=help_lines("Millbrook", 701),
    leads={WEIR: ("maya.fernando", "judy.lam"), HUB: ("esther.quaye", "salma.idris")},
    sessions=(Entry.RECEPTION,),
    invited=("Grace Yip", TEAM),
    call_list=True,
)
