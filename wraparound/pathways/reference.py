"""The reference page of the pathway vocabulary, made from the code itself: `vocabulary_page()` gives its Markdown."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from enum import StrEnum

from wraparound.pathways import library, phrases, words
from wraparound.pathways.calendar import calendar_for
from wraparound.pathways.canonical import to_canonical_json
from wraparound.pathways.clinical import CLINICAL
from wraparound.pathways.clocks import longest_silence
from wraparound.pathways.conditions import Condition, meaning
from wraparound.pathways.definition import Pathway
from wraparound.pathways.drawing import describe
from wraparound.pathways.following import Does, Progress, next_step
from wraparound.pathways.vocabulary import (
    ClinicalReason,
    ConsentFor,
    Entry,
    HandoverAt,
    Model,
    Nation,
    Need,
    Service,
    Status,
    Turn,
    UrgentFlag,
    WhenFull,
)

KEYS = {
    "title": "The pathway's name, as people read it.",
    "version": "A whole number, raised with every change; a published version never changes.",
    "nation": "Whose bank holidays count.",
    "summary": "One or two sentences for whoever chooses a pathway.",
    "entries.<entry>.to": "Services that every referral from this entry reaches.",
    "entries.<entry>.also.service": "A further service …",
    "entries.<entry>.also.when": "… and the condition under which it is reached.",
    "entries.<entry>.otherwise": "Services reached when nothing else was. `to` or `otherwise` names at least one, or a "
    "signpost is always given.",
    "entries.<entry>.signpost.service": "A service that the person is told of and not referred to …",
    "entries.<entry>.signpost.when": "… and the condition under which they are told. May be left out.",
    "entries.<entry>.session": "Whether a referral from here asks for a session to be booked. May be left out.",
    "entries.<entry>.like": "Stands alone: the entry whose route this one copies.",
    "same_day.when": "Flags that cannot wait for a working day. Each of them is in `urgent.when` too.",
    "same_day.help": "How soon help is due, in hours by the clock, day and night (at most 12).",
    "same_day.do_now.<flag>": "What the referrer does now; one sentence for each same-day flag.",
    "urgent.when": "Flags that open the fast track.",
    "urgent.to": "Services that the fast track goes to. Other services that are reached are told and keep their pace.",
    "urgent.answer": "Time to accept or decline.",
    "urgent.contact": "Time to first contact.",
    "urgent.try_again": "Time between two tries.",
    "urgent.review": "Longest time without anything happening on an open case.",
    "urgent.acknowledge": "Time for the referrer to read an answer; after it the supervisor is asked to step in.",
    "urgent.supervisor": "Time the supervisor has once it is overdue.",
    "urgent.give_back": "Time after that until it goes back to the referrer.",
    "services.<service>.answer": "Time to accept or decline, from when it was sent.",
    "services.<service>.first_contact": "Time to first contact, from when it was sent.",
    "services.<service>.appointment": "Time to the first appointment, from when it was sent.",
    "services.<service>.attempts": "Tries on different days before contact counts as lost (1 to 10).",
    "services.<service>.try_again": "Time between two tries.",
    "services.<service>.review": "Longest time without anything happening on an open case.",
    "services.<service>.when_full": "What is tried in this order when there is no place; empty: sent all the same.",
    "services.<service>.longest_wait": "Longest time on the waiting list; after it, it goes back to the referrer.",
    "timeouts.acknowledge": "Time for the referrer to read an answer.",
    "timeouts.supervisor": "Time the supervisor has once something is overdue.",
    "timeouts.give_back": "Time after that until it goes back to the referrer.",
    "timeouts.close": "Time after that until an unread answer, or a silent case, is closed.",
    "timeouts.catch_up": "What is due when something is taken up after its promise has passed.",
    "handover.from": "The service that hands over.",
    "handover.to": "The service that receives.",
    "handover.at": "The moment of the hand-over.",
    "handover.within": "How long after first contact that moment usually comes; only expected dates are made from it.",
    "handover.warm": "Whether the two workers speak and the person is introduced.",
    "handover.expected": "For whom the hand-over is planned from the start.",
    "consent.needed": "What the person is asked to agree to.",
}
VOCABULARIES: tuple[type[StrEnum], ...] = (
    Nation, Model, Entry, Service, Need, UrgentFlag, ClinicalReason, HandoverAt, WhenFull, ConsentFor, Status, Turn,
    Does,
)  # fmt: skip
EXAMPLE = "both-at-once"


def vocabulary_page() -> str:
    """The page as Markdown, ending in a newline. The same code always gives the same page."""
    parts = [
        "# Pathways",
        "A pathway is one TOML file. Everything wrong with a file is said at once. Every key is written out in every "
        "file: there are no defaults in the code, so a published version keeps its meaning. Durations are written "
        "“2 hours” or “5 working days”; a working day ends at 17:00 in London. Only `same_day.help` is in hours.",
        "A published version is kept as JSON with the number of its format, and every format is read for ever. Format "
        "1 had no `signpost`, `session`, `appointment`, `when_full` and `longest_wait`: nobody was signposted, no "
        "session was booked, no appointment was promised, and a referral was sent however full a service was.",
        "## Keys",
        _table(("Key", "Meaning", "Example"), _keys()),
        "## Conditions",
        "Conditions are asked by name. The list only grows.",
        _table(("Name", "Meaning", "In a drawing"), _conditions()),
        "## Models of operation",
        "How the two services stand to each other is the scheme's parameter, not the pathway's: the same file serves "
        "each.",
        _table(("Model", "Meaning"), [(f"`{model}`", phrases.MODELS[model]) for model in Model]),
        "In a single service all that a plan would reach, at once or later, is one step of one hybrid worker, as soon "
        "as the soonest of the services promises. Between separate services nothing is handed over warm. Only where "
        "they are paid for together is a place bought elsewhere.",
        "## Clinical reasons",
        "The SNOMED CT UK code that carries each, where one could be looked up in a published code list.",
        _table(("Name", "Label", "Code"), _clinical()),
        "## Words",
        *_vocabularies(),
        "## What each status asks for",
        "An overdue turn becomes the supervisor's. If the supervisor does nothing either, the referral moves on by "
        "itself. An unread answer goes to the supervisor only when it is urgent. Urgency only ever brings things "
        "forward: of the normal, urgent and same-day deadlines the earliest holds. A question to the referrer and a "
        "pause end by themselves, without the supervisor; no promise is put off by a question. Once all tries are "
        "made and something urgent is raised, or a supervisor has to decide, it is the supervisor's turn at once "
        "(`decide`), and silence gives it back to the referrer instead of counting contact as lost.",
        _table(("Status", "Whose turn", "Does", "If nobody acts, becomes"), _statuses()),
        "## The library",
        *_library(),
    ]
    return "\n\n".join(parts) + "\n"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)


def _keys() -> list[tuple[str, str, str]]:
    examples = dict(example_keys(EXAMPLE))
    return [(f"`{key}`", meaning, f"`{examples[key]}`" if examples.get(key) else "") for key, meaning in KEYS.items()]


def example_keys(name: str) -> list[tuple[str, str]]:
    """Every key of a library pathway, places and words generalised as in KEYS, with the last value seen there."""
    found: list[tuple[str, str]] = []
    _walk(json.loads(to_canonical_json(library.load(name))), "", found)
    return [(key, value) for key, value in found if key != "format"]


_GENERAL = {"entries": "<entry>", "services": "<service>", "same_day.do_now": "<flag>"}


def _walk(tree: object, path: str, found: list[tuple[str, str]]) -> None:
    """Gather the keys below `path` with their values as TOML would write them."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            name = _GENERAL.get(path, str(key))
            _walk(value, f"{path}.{name}" if path else name, found)
    elif isinstance(tree, list) and tree and isinstance(tree[0], dict):
        for each in tree:
            _walk(each, path, found)
    elif tree != [] or path.endswith((".to", ".otherwise")):
        found.append((path, "" if tree == [] else json.dumps(tree, ensure_ascii=False)))


def _conditions() -> list[tuple[str, str, str]]:
    return [(f"`{name}`", meaning(name), words.WHEN[name]) for name in Condition]


def _clinical() -> list[tuple[str, str, str]]:
    rows = []
    for reason, said in CLINICAL.items():
        rows.append((f"`{reason}`", said.label, f"`{said.code.code}` {said.code.term}" if said.code else "none"))
    return rows


def _vocabularies() -> list[str]:
    parts = []
    for vocabulary in VOCABULARIES:
        explained = " ".join((vocabulary.__doc__ or "").split())
        parts.append(f"### {vocabulary.__name__}")
        parts.append(f"{explained}\n\n{', '.join(f'`{word}`' for word in vocabulary)}")
    return parts


def _statuses() -> list[tuple[str, str, str, str]]:
    """One row per status, asked of the engine itself."""
    pathway = library.load(EXAMPLE)
    sent = datetime(2026, 11, 23, 10, tzinfo=UTC)
    rows = []
    for status in Status:
        progress = Progress(Service.WELFARE_ADVICE, status, sent, sent)
        step = next_step(pathway, progress, calendar_for(pathway.nation))
        ends = f"`{step.timeout.to}`" if step.timeout else "stays"
        rows.append((f"`{status}`", f"`{step.turn}`", f"`{step.does}`", ends))
    return rows


def _entries(pathway: Pathway) -> list[str]:
    """One line for all entries that share a route."""
    lines = []
    for entries, route in phrases.ways_in(pathway):
        names = words.sentence(words.listed([words.FROM[entry] for entry in entries])).rstrip(".")
        lines.append(f"- **{names}:** {phrases.route(route)}.")
    return lines


def _library() -> list[str]:
    parts = []
    for name in library.names():
        pathway = library.load(name)
        parts.append(f"### {pathway.title}")
        parts.append(f"`{name}`, version {pathway.version}. {pathway.summary}")
        parts.append("\n".join(_entries(pathway)))
        parts.append("\n".join(f"- {sentence}" for sentence in describe(pathway)))
        parts.append(
            f"If nobody ever acts again, a referral is closed within {longest_silence(pathway)} working days; a paused "
            "one that long after its pause."
        )
    return parts
