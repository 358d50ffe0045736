"""Eastmarsh: co-located. Link workers and advisers of two providers work from the same surgeries."""

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

CANAL, MULBERRY = "Canal Street Practice", "Mulberry Park Surgery"
LINKS, RIGHTS = "Neighbourly Eastmarsh", "Eastmarsh Rights and Advice"
BOROUGH, ICB, NETWORK = "Eastmarsh", "Riverside Integrated Care Board", "Eastmarsh Central PCN"
LINK_TEAM, ADVICE_TEAM = "Eastmarsh link workers", "Eastmarsh welfare advisers"

EASTMARSH = SchemeData(
    name="Eastmarsh Together",
    place="Eastmarsh",
    slug="eastmarsh",
    model=Model.CO_LOCATED,
    pathway="both-at-once",
    people=150,
    ladder=Ladder(
        board=ICB,
        borough=BOROUGH,
        real_borough="Tower Hamlets",
        surgeries=(
            Surgery(name=CANAL, code="XDEMO4", network=NETWORK, latitude=51.52, longitude=1.12, list_size=11200),
            Surgery(name=MULBERRY, code="XDEMO5", network=NETWORK, latitude=51.53, longitude=1.15, list_size=7900),
        ),
    ),
    providers=(
        Provider(name=LINKS, kind="social_prescribing", near=CANAL, phone="020 7946 0111"),
        Provider(name=RIGHTS, kind="advice", near=CANAL, phone="020 7946 0121"),
    ),
    front_door=LINKS,
    teams=(
        TeamPlan(name=LINK_TEAM, organisation=LINKS, service=SOCIAL, lead="grace.obi", phone="020 7946 0110"),
        TeamPlan(name=ADVICE_TEAM, organisation=RIGHTS, service=ADVICE, lead="joy.mensah", phone="020 7946 0120"),
    ),
    workers=(
        Worker("amara.okafor", Role.CLINICIAN, "Dr Amara Okafor", CANAL),
        Worker("sam.reed", Role.RECEPTIONIST, "Sam Reed", CANAL),
        Worker("ines.carvalho", Role.PRACTICE_MANAGER, "Inês Carvalho", CANAL),
        Worker("ivan.petrov", Role.CLINICIAN, "Dr Ivan Petrov", MULBERRY),
        Worker("ivan.petrov", Role.CLINICIAN, "Dr Ivan Petrov", CANAL),
        Worker("leila.haddad", Role.LINK_WORKER, "Leila Haddad", LINKS, LINK_TEAM),
        Worker("tom.price", Role.LINK_WORKER, "Tom Price", LINKS, LINK_TEAM),
        Worker("grace.obi", Role.SUPERVISOR, "Grace Obi", LINKS, LINK_TEAM),
        Worker("ana.sousa", Role.ADVISER, "Ana Sousa", RIGHTS, ADVICE_TEAM),
        Worker("dev.malhotra", Role.ADVISER, "Dev Malhotra", RIGHTS, ADVICE_TEAM),
        Worker("robin.blake", Role.HYBRID_WORKER, "Robin Blake", RIGHTS, ADVICE_TEAM),
        Worker("joy.mensah", Role.SUPERVISOR, "Joy Mensah", RIGHTS, ADVICE_TEAM),
        Worker("niamh.kelly", Role.VOLUNTEER, "Niamh Kelly", RIGHTS, ADVICE_TEAM),
        Worker("paul.ferreira", Role.SERVICE_MANAGER, "Paul Ferreira", LINKS),
        Worker("kit.lane", Role.COMMISSIONER, "Kit Lane", ICB),
        Worker("yusuf.demir", Role.SCHEME_ADMINISTRATOR, "Yusuf Demir", BOROUGH),
    ),
    hours=(
        Hours(key="leila.haddad", places=45),
        Hours(key="tom.price", places=36, minutes=(420, 420, 0, 420, 420, 0, 0)),
        Hours(key="grace.obi", places=8, minutes=(240, 0, 240, 0, 240, 0, 0), weight=30),
        Hours(key="ana.sousa", places=40),
        Hours(key="dev.malhotra", places=30, minutes=(0, 420, 420, 420, 420, 0, 0)),
        Hours(key="robin.blake", places=30),
        Hours(key="joy.mensah", places=6, minutes=(240, 240, 0, 240, 0, 0, 0), weight=20),
    ),
    away=(
        Away(key="tom.price", starts=-160, ends=-148, cover="leila.haddad"),
        Away(key="ana.sousa", starts=-95, ends=-88, cover="robin.blake"),
        Away(key="dev.malhotra", starts=-3, ends=4, cover="ana.sousa"),
        Away(key="tom.price", starts=9, ends=20),
        Away(key="robin.blake", starts=25, ends=29, cover="ana.sousa"),
    ),
    doors=(
        Door(key="amara.okafor", entry=Entry.CLINICIAN, weight=9),
        Door(key="ivan.petrov", entry=Entry.CLINICIAN, weight=5),
        Door(key="sam.reed", entry=Entry.RECEPTION, weight=3),
        Door(key="", entry=Entry.SELF, weight=2),
        Door(key="leila.haddad", entry=Entry.WORKER, weight=1),
    ),
    help_lines=help_lines("Eastmarsh", 101),
    leads={CANAL: ("amara.okafor", "ines.carvalho"), LINKS: ("grace.obi", ""), RIGHTS: ("joy.mensah", "ana.sousa")},
    invited=("Marta Nowak", LINK_TEAM),
    draft=True,
)
