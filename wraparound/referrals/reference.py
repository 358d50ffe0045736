"""The status tables as a page of documentation, made from the tables themselves."""

from wraparound.organisations.roles import CAPABILITIES, Role
from wraparound.pathways.vocabulary import Status
from wraparound.referrals.states import ALERT_MOVES, ALERT_TURN, DECLINES, MOVES, Move


def states_page() -> str:
    """Markdown: what may happen to a referral and to a same-day alert, and who may do what."""
    lines = ["# States", "", "Made from `wraparound/referrals/states.py`.", "", "## A referral", ""]
    lines += ["| from | verb | to | whose move | roles |", "|---|---|---|---|---|"]
    for status in Status:
        lines += [_row(status, move) for move in MOVES.values() if status in move.from_]
    lines += ["", f"Final: {', '.join(status.value for status in Status if status.final)}.", ""]
    lines += ["```mermaid", "stateDiagram-v2", "  [*] --> sent", *_arrows(), "```", ""]
    lines += ["## Why a service declines, and what is next", "", "| reason | whose turn | what next |", "|---|---|---|"]
    lines += [f"| {says.label} | {says.turn} | {says.next} |" for says in DECLINES.values()]
    lines += ["", "## A same-day alert", "", "| from | verb | to | whose turn |", "|---|---|---|---|"]
    for verb, (from_, to) in ALERT_MOVES.items():
        lines += [f"| {status} | {verb} | {to} | {ALERT_TURN[status]} |" for status in sorted(from_)]
    return "\n".join(lines) + "\n"


def _row(status: Status, move: Move) -> str:
    roles = ", ".join(role.label for role in Role if move.capability in CAPABILITIES[role])
    return f"| {status} | {move.verb} | {move.to or status} | {move.side} | {roles} |"


def _arrows() -> list[str]:
    """One arrow for each pair of statuses, named by every verb that leads along it."""
    verbs: dict[tuple[Status, Status], list[str]] = {}
    for move in MOVES.values():
        for status in Status:
            if status in move.from_ and move.to not in (None, status):
                verbs.setdefault((status, Status(move.to)), []).append(move.verb)
    ends = [f"  {status} --> [*]" for status in Status if status.final]
    return [f"  {from_} --> {to}: {', '.join(names)}" for (from_, to), names in verbs.items()] + ends
