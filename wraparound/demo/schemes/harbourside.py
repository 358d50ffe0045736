"""Harbourside: co-funded. One pot pays both services and, when they are full, a place with another adviser."""

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

LANTERN, PIER = "Lantern Street Health Centre", "Pier Road Surgery"
LINKS, RIGHTS = "Harbourside Link Workers", "Harbourside Law and Money Advice"
HOSPITAL, VISITORS, COUNCIL = "St Brannock’s Hospital", "Harbourside Health Visiting", "Harbourside Council"
ICB, BOROUGH, NETWORK = "Estuary Integrated Care Board", "Harbourside", "Harbourside PCN"
LINK_TEAM, ADVICE_TEAM = "Harbourside link workers", "Harbourside health justice team"


def _worker(key: str, role: Role, name: str, organisation: str, team: str = "") -> Worker:
    return Worker(key, role, name, organisation, team, place="harbourside")


HARBOURSIDE = SchemeData(
    name="Harbourside Health Justice",
    place="Harbourside",
    slug="harbourside",
    model=Model.CO_FUNDED,
    pathway="clinical-pathway",
    people=95,
    ladder=Ladder(
        board=ICB,
        borough=BOROUGH,
        real_borough="Camden",
        surgeries=(
            Surgery(name=LANTERN, code="XDEMO21", network=NETWORK, latitude=51.45, longitude=1.25, list_size=12800),
            Surgery(name=PIER, code="XDEMO22", network=NETWORK, latitude=51.46, longitude=1.27, list_size=6100),
        ),
    ),
    providers=(
        Provider(name=LINKS, kind="social_prescribing", near=LANTERN, phone="020 7946 0511"),
        Provider(name=RIGHTS, kind="advice", near=LANTERN, phone="020 7946 0521"),
        Provider(name=HOSPITAL, kind="hospital", near=PIER, phone="020 7946 0531"),
        Provider(name=VISITORS, kind="community_health", near=PIER, phone="020 7946 0541"),
        Provider(name=COUNCIL, kind="council", near=LANTERN, phone="020 7946 0551"),
    ),
    front_door=LINKS,
    teams=(
        TeamPlan(
            name=LINK_TEAM,
            organisation=LINKS,
            service=SOCIAL,
            lead="rhona.muir",
            phone="020 7946 0510",
            shares_out=True,
        ),
        TeamPlan(
            name=ADVICE_TEAM,
            organisation=RIGHTS,
            service=ADVICE,
            lead="idris.vaughan",
            phone="020 7946 0520",
            shares_out=True,
        ),
    ),
    workers=(
        _worker("meera.nair", Role.CLINICIAN, "Dr Meera Nair", LANTERN),
        _worker("hugo.lindqvist", Role.CLINICIAN, "Dr Hugo Lindqvist", PIER),
        _worker("dot.finch", Role.RECEPTIONIST, "Dot Finch", LANTERN),
        _worker("bola.ade", Role.REFERRING_WORKER, "Sister Bola Ade", HOSPITAL),
        _worker("ruth.osei", Role.HEALTH_VISITOR, "Ruth Osei", VISITORS),
        _worker("dean.okoro", Role.REFERRING_WORKER, "Dean Okoro", COUNCIL),
        _worker("carys.bevan", Role.LINK_WORKER, "Carys Bevan", LINKS, LINK_TEAM),
        _worker("noor.siddiqui", Role.LINK_WORKER, "Noor Siddiqui", LINKS, LINK_TEAM),
        _worker("rhona.muir", Role.SUPERVISOR, "Rhona Muir", LINKS, LINK_TEAM),
        _worker("lena.brandt", Role.ADVISER, "Lena Brandt", RIGHTS, ADVICE_TEAM),
        _worker("kwame.adu", Role.ADVISER, "Kwame Adu", RIGHTS, ADVICE_TEAM),
        _worker("idris.vaughan", Role.SUPERVISOR, "Idris Vaughan", RIGHTS, ADVICE_TEAM),
        _worker("tess.oram", Role.INFORMATION_GOVERNANCE_LEAD, "Tess Oram", RIGHTS),
        _worker("bryn.calder", Role.INFORMATION_GOVERNANCE_LEAD, "Bryn Calder", RIGHTS),
        _worker("ines.duval", Role.INFORMATION_GOVERNANCE_LEAD, "Ines Duval", LINKS),
        _worker("sol.marquez", Role.SERVICE_MANAGER, "Sol Marquez", RIGHTS),
        _worker("anna.reiss", Role.COMMISSIONER, "Anna Reiss", ICB),
        _worker("femi.lawal", Role.SCHEME_ADMINISTRATOR, "Femi Lawal", BOROUGH),
    ),
    hours=(
        Hours(key="carys.bevan", places=20),
        Hours(key="noor.siddiqui", places=16, minutes=(420, 0, 420, 420, 0, 0, 0)),
        Hours(key="rhona.muir", places=3, minutes=(240, 240, 0, 0, 0, 0, 0), weight=20),
        Hours(key="lena.brandt", places=11),
        Hours(key="kwame.adu", places=8, minutes=(420, 420, 420, 0, 0, 0, 0)),
        Hours(key="idris.vaughan", places=1, minutes=(0, 0, 240, 240, 0, 0, 0), weight=10),
    ),
    away=(
        Away(key="noor.siddiqui", starts=-75, ends=-62, cover="carys.bevan"),
        Away(key="kwame.adu", starts=-1, ends=6, cover="lena.brandt"),
        Away(key="carys.bevan", starts=16, ends=24),
    ),
    doors=(
        Door(key="meera.nair", entry=Entry.CLINICIAN, weight=6),
        Door(key="hugo.lindqvist", entry=Entry.CLINICIAN, weight=3),
        Door(key="dot.finch", entry=Entry.RECEPTION, weight=2),
        Door(key="bola.ade", entry=Entry.HOSPITAL_WARD, weight=4),
        Door(key="ruth.osei", entry=Entry.HEALTH_VISITOR, weight=3),
        Door(key="dean.okoro", entry=Entry.COUNCIL, weight=3),
        Door(key="", entry=Entry.SELF, weight=1),
    ),
    help_lines=help_lines("Harbourside", 501),
    leads={
        LANTERN: ("meera.nair", ""),
        LINKS: ("rhona.muir", ""),
        RIGHTS: ("idris.vaughan", "lena.brandt"),
        HOSPITAL: ("bola.ade", ""),
        VISITORS: ("ruth.osei", ""),
        COUNCIL: ("dean.okoro", ""),
    },
    invited=("Ben Amos", LINK_TEAM),
    room_runs_out=True,
)
