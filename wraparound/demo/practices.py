"""The practices that the schemes stand on: real ones of one borough where the open data is there, else made-up ones."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

from wraparound.demo.place import Ladder
from wraparound.interop.importing.practices import practices_in
from wraparound.organisations.importing.practices import Above, Kind, Practice

FILE = "london_gp_practices.csv"
BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data" / "practices"


def known_practices(folder: str = "") -> tuple[Practice, ...]:
    """The practices of the published register, where it is in this folder, or with "" beside the checkout."""
    file = (Path(folder) if folder else BESIDE) / FILE
    return tuple(practices_in(file.read_bytes()).good) if file.is_file() else ()


def standing_for(ladder: Ladder, known: tuple[Practice, ...]) -> dict[str, Practice]:
    """The practice that stands for each surgery of the data, by the surgery's name.

    Of the real borough: its networks with the most practices, and in each the first by code. Made up, where the
    borough has too few of them. Nobody is to ring a real practice about somebody invented, so none has a number.
    """
    here = [
        replace(each, phone="") for each in known if _place(each, Kind.BOROUGH) == ladder.real_borough and _whole(each)
    ]
    sizes = Counter(_place(each, Kind.PCN) for each in here)
    largest = sorted(sizes, key=lambda name: (-sizes[name], name))[: len(ladder.networks)]
    found: dict[str, Practice] = {}
    for network, real in zip(ladder.networks, largest, strict=False):
        wanted = [each.name for each in ladder.surgeries if each.network == network]
        there = sorted((each for each in here if _place(each, Kind.PCN) == real), key=lambda each: each.ods_code)
        found |= dict(zip(wanted, there, strict=False))
    return found if len(found) == len(ladder.surgeries) else made_up(ladder)


def _whole(practice: Practice) -> bool:
    """The register says where it is, and names its network, borough and board."""
    return practice.latitude is not None and len(practice.above) == 3


def _place(practice: Practice, kind: Kind) -> str:
    return next((above.name for above in practice.above if above.kind == kind), "")


def made_up(ladder: Ladder) -> dict[str, Practice]:
    """The surgeries of the data as the register would have them."""
    codes = {name: f"{ladder.surgeries[0].code}N{number}" for number, name in enumerate(ladder.networks, 1)}
    return {
        each.name: Practice(
            ods_code=each.code,
            name=each.name,
            latitude=each.latitude,
            longitude=each.longitude,
            list_size=each.list_size,
            above=(
                Above(Kind.PCN, each.network, codes[each.network]),
                Above(Kind.BOROUGH, ladder.borough),
                Above(Kind.ICB, ladder.board, f"{ladder.surgeries[0].code}B"),
            ),
        )
        for each in ladder.surgeries
    }
