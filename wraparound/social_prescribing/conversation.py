"""Writing down what was talked about, part by part, so that two who write at once lose nothing."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from wraparound.casework.models import Case
from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.social_prescribing.holding import hold, own, tell
from wraparound.social_prescribing.models import Answer
from wraparound.social_prescribing.topics import Heard, Topic

LONGEST_ANSWER = 5_000


@dataclass(frozen=True)
class Said:
    """One part as somebody writes it. `opened_with` is the `digest_of` what they were shown."""

    heard: Heard
    text: str
    opened_with: str


@dataclass(frozen=True)
class Written:
    """Which parts were kept, and which stand as somebody else wrote them meanwhile."""

    kept: tuple[Topic, ...]
    clashes: tuple[Topic, ...]


class Clash(Refused):
    """Somebody else wrote in each of these parts since they were opened, and nothing else is new."""

    def __init__(self, clashes: tuple[Topic, ...]) -> None:
        sentence = "Somebody else wrote here after you opened this page. Choose what stays."
        super().__init__("changed_meanwhile", sentence)
        self.clashes = clashes


def digest_of(answer: Answer | None) -> str:
    """A hash of one part, to find out whether it changed since somebody was shown it. None: nothing is written yet."""
    held = json.dumps([answer.heard, answer.text] if answer else ["", ""])
    return hashlib.sha256(held.encode()).hexdigest()[:32]


@action
def write_conversation(*, by: Actor, case: Case, said: Mapping[Topic, Said]) -> Written:
    """Keep what is new of these parts. One that somebody else changed since it was opened stays as they wrote it.

    Refused `already_saved` where nothing is new, Clash where only such parts are, `too_long` with the part's field.
    """
    held = hold(case, by=by)
    there = {Topic(each.topic): each for each in Answer.objects.visible_to(by).filter(case=held)}
    new = {topic: each for topic, each in said.items() if _differs(there.get(topic), each)}
    clashes = tuple(topic for topic in new if new[topic].opened_with != digest_of(there.get(topic)))
    kept = tuple(topic for topic in new if topic not in clashes)
    if not new:
        raise Refused("already_saved", "This is saved already.")
    if not kept:
        raise Clash(clashes)
    for topic in kept:
        _keep(there.get(topic), topic, new[topic], held, by)
    _tell(held, first=not there, by=by)
    return Written(kept, clashes)


def _differs(there: Answer | None, said: Said) -> bool:
    before = (there.heard, there.text) if there else ("", "")
    return before != (said.heard.value, said.text.strip())


def _keep(there: Answer | None, topic: Topic, said: Said, case: Case, by: Actor) -> None:
    text = said.text.strip()
    if len(text) > LONGEST_ANSWER:
        sentence = f"This part holds {LONGEST_ANSWER:,} characters; this has {len(text):,}."
        raise Refused("too_long", sentence, f"text_{topic.value}")
    answer = there or Answer(topic=topic, **own(case, by))
    answer.heard = said.heard if topic.is_need else Heard.NOT_ASKED
    answer.text = text
    answer.changed_by_id, answer.changed_at = by.user(), by.now()
    answer.save()


def _tell(case: Case, *, first: bool, by: Actor) -> None:
    """What keeps itself happens often: the timeline has that it began, and no more."""
    if first:
        tell("conversation_begun", case, by=by)
    else:
        record("conversation_written", by=by, referral_id=case.referral_id)
