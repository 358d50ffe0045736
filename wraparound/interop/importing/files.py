"""Taking in a file by command: what was done is said line by line, and the answer is the command's status."""

from collections.abc import Callable, Sequence
from pathlib import Path

from wraparound.events.action import Refused
from wraparound.interop.importing.practices import practices_in
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.administering import on_the_server
from wraparound.organisations.importing.keeping import BadRows
from wraparound.organisations.importing.practices import KindDiffers, write_practices
from wraparound.organisations.importing.table import Bad, NotATable
from wraparound.organisations.importing.teams import import_teams
from wraparound.organisations.importing.users import import_users
from wraparound.organisations.setting_up import add_organisations

Say = Callable[[str], None]
HOW_TO_KEEP = "Put these lines right and import the file again, or say --keep-good to leave them out."


def practices(path: Path, *, scheme: str = "", keep_good: bool = False, say: Say = print) -> int:
    """Write down every practice of the file and, where a scheme is named, let it be part of that. 0, or 1."""
    return _told(lambda: _practices(path.read_bytes(), scheme, keep_good, say), path, say)


def users(path: Path, *, scheme: str, keep_good: bool = False, say: Say = print) -> int:
    """Invite everybody in the file, and say the link of each. 0, or 1."""
    return _told(lambda: _users(path.read_bytes(), _actor(scheme), keep_good, say), path, say)


def teams(path: Path, *, scheme: str, keep_good: bool = False, say: Say = print) -> int:
    """Make or change the teams of the file. 0, or 1."""
    return _told(lambda: _teams(path.read_bytes(), _actor(scheme), keep_good, say), path, say)


def _told(work: Callable[[], int], path: Path, say: Say) -> int:
    """What the work answers; each thing that may be wrong with a file as its sentence."""
    try:
        return work()
    except BadRows as refused:
        return _refused(refused.bad, say)
    except Refused as refused:
        say(refused.sentence)
    except (NotATable, KindDiffers) as fault:
        say(f"{path}: {fault}")
    except OSError as fault:
        say(f"{path}: {fault.strerror}.")
    return 1


def _refused(bad: Sequence[Bad], say: Say) -> int:
    _left_out(bad, say)
    say(f"Nothing was kept. {HOW_TO_KEEP}")
    return 1


def _left_out(bad: Sequence[Bad], say: Say) -> None:
    for each in bad:
        say(str(each))


def _actor(scheme: str) -> Actor:
    with acting_as(None):
        return on_the_server(scheme)


def _practices(content: bytes, scheme: str, keep_good: bool, say: Say) -> int:
    found = practices_in(content)
    if found.bad and not keep_good:
        return _refused(found.bad, say)
    actor = _actor(scheme) if scheme else None
    with acting_as(actor):
        written = write_practices(found.good)
        added = add_organisations(by=actor, organisation_ids=written.practices) if actor else 0
    _left_out(found.bad, say)
    say(f"{len(found.good):,} practices: {written.made:,} organisations made, {written.changed:,} changed, "
        f"{written.same:,} as they were.")  # fmt: skip
    if actor:
        say(f"{added:,} of them are new in {scheme}.")
    return 0


def _users(content: bytes, actor: Actor, keep_good: bool, say: Say) -> int:
    with acting_as(actor):
        invited = import_users(by=actor, content=content, keep_good=keep_good)
    _left_out(invited.bad, say)
    for made in invited.made:
        say(f"{made.invitation.email}: /invitation/{made.token}/")
    say(f"{len(invited.made):,} invited, {invited.same:,} members or invited already.")
    return 0


def _teams(content: bytes, actor: Actor, keep_good: bool, say: Say) -> int:
    with acting_as(actor):
        written = import_teams(by=actor, content=content, keep_good=keep_good)
    _left_out(written.bad, say)
    say(f"{len(written.written):,} teams made or changed, {written.same:,} as they were.")
    return 0
