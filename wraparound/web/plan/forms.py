"""What a link worker writes of a conversation, a plan and a measure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.http import QueryDict

from wraparound.measures.definition import Measure
from wraparound.social_prescribing.conversation import LONGEST_ANSWER, Said, digest_of
from wraparound.social_prescribing.models import LEAST, MOST, Answer, Goal
from wraparound.social_prescribing.planning import LONGEST_GOAL, LONGEST_HOW, LONGEST_NAME, LONGEST_STEP, Outcome
from wraparound.social_prescribing.states import GoalStatus, Who, moves_from
from wraparound.social_prescribing.topics import Heard, Topic
from wraparound.web.nhsuk import DateField, HiddenField, LongTextField, RadiosField, SelectField, TextField
from wraparound.web.team.forms import ActionForm

NOT_ASKED = "not_asked"
_HEARD = [(Heard.YES.value, "Yes"), (Heard.NO.value, "No"), (Heard.RATHER_NOT.value, Heard.RATHER_NOT.label),
          (NOT_ASKED, Heard.NOT_ASKED.label)]  # fmt: skip
# What stays of a part in which two wrote.
BOTH, MINE, THEIRS = "both", "mine", "theirs"
_STAYS = [(BOTH, "Both: theirs first, then mine"), (MINE, "Mine, in place of theirs"), (THEIRS, "Theirs as it is")]


@dataclass(frozen=True)
class Part:
    """One part as the page draws it: its fields by name. `theirs` is what stands there, where two wrote in it."""

    topic: Topic
    theirs: Answer | None

    @property
    def heard(self) -> str:
        return f"heard_{self.topic.value}"

    @property
    def text(self) -> str:
        return f"text_{self.topic.value}"

    @property
    def hidden(self) -> tuple[str, str]:
        return f"seen_{self.topic.value}", f"shown_{self.topic.value}"

    @property
    def choice(self) -> str:
        return f"choice_{self.topic.value}"


class ConversationForm(ActionForm):
    """Each part has what the page was opened with (`seen`), and where two wrote, what was shown then (`shown`)."""

    def __init__(self, *args: Any, held: Mapping[Topic, Answer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = held
        self.clashes: dict[Topic, Answer | None] = {}
        for topic in Topic:
            self._add(topic, held.get(topic))

    def _add(self, topic: Topic, answer: Answer | None) -> None:
        name = topic.value
        self.fields[f"seen_{name}"] = HiddenField(initial=digest_of(answer))
        self.fields[f"shown_{name}"] = HiddenField()
        if topic.is_need:
            self.fields[f"heard_{name}"] = RadiosField(
                topic.question, choices=_HEARD, required=False, small=True, inline=True,
                initial=(answer.heard if answer else "") or NOT_ASKED,
            )  # fmt: skip
        label = f"What they said: {topic.label.lower()}" if topic.is_need else topic.question
        self.fields[f"text_{name}"] = LongTextField(
            label, required=False, rows=3 if topic.is_need else 5, max_length=LONGEST_ANSWER,
            initial=answer.text if answer else "",
        )  # fmt: skip
        self.fields[f"choice_{name}"] = RadiosField("What should stay here?", choices=_STAYS, required=False)

    def said(self) -> dict[Topic, Said]:
        """What was written, part by part; a part of which theirs is to stay is not among them."""
        found = {topic: self._said(topic) for topic in Topic}
        return {topic: each for topic, each in found.items() if each is not None}

    def _said(self, topic: Topic) -> Said | None:
        told, name, held = self.cleaned_data, topic.value, self.held.get(topic)
        choice = told[f"choice_{name}"]
        if choice == THEIRS:
            return None
        heard = told.get(f"heard_{name}", "")
        mine = Heard.NOT_ASKED if heard in ("", NOT_ASKED) else Heard(heard)
        text, opened_with = told[f"text_{name}"], told[f"shown_{name}" if choice else f"seen_{name}"]
        if choice == BOTH and held is not None:
            text = "\n\n".join(filter(None, (held.text, text.strip())))
            mine = mine or Heard(held.heard)
        return Said(mine, text, opened_with)

    def compare(self, clashes: Mapping[Topic, Answer | None]) -> None:
        """Show beside what was typed what somebody else wrote there; the writer says what stays."""
        self.clashes = dict(clashes)
        self.data = data = cast(QueryDict, self.data).copy()
        for topic, answer in clashes.items():
            data[f"shown_{topic.value}"] = digest_of(answer)
            data.pop(f"choice_{topic.value}", None)
            who = answer.changed_by.name if answer else "Somebody else"
            self.add_error(f"choice_{topic.value}", f"{topic.label}: {who} wrote here too. Choose what should stay")

    def parts(self) -> list[Part]:
        return [Part(topic, self.clashes.get(topic)) for topic in Topic]


_SCALE = [("", "Not said"), *((str(number), str(number)) for number in range(LEAST, MOST + 1))]


def _importance() -> SelectField:
    return SelectField("How much does it matter to them, from 0 to 10? (optional)", choices=_SCALE, required=False)


def _confidence() -> SelectField:
    return SelectField(
        "How sure are they that they can do it, from 0 to 10? (optional)", choices=_SCALE, required=False
    )


def _number(typed: str) -> int | None:
    return int(typed) if typed else None


class GoalForm(ActionForm):
    words = LongTextField(
        "What do they want?", hint="In their own words, such as “Cook for people again”.", rows=3,
        missing="Enter what they want, in their words", max_length=LONGEST_GOAL, size="s",
    )  # fmt: skip
    importance = _importance()
    confidence = _confidence()
    review_on = DateField(
        "The day to look at it together again", future=True, required=False,
        hint="Optional. It is on your first page that day.",
    )  # fmt: skip

    def clean_importance(self) -> int | None:
        return _number(self.cleaned_data["importance"])

    def clean_confidence(self) -> int | None:
        return _number(self.cleaned_data["confidence"])


class StepForm(ActionForm):
    what = TextField("What is to be done?", missing="Enter what is to be done", max_length=LONGEST_STEP, size="s")
    who = RadiosField(
        "Who does it?", choices=[(each.value, each.label) for each in Who], reveals={"somebody_else": "named"},
        missing="Select who does it", size="s",
    )  # fmt: skip
    named = TextField("Who is it?", required=False, missing="Enter who does it", max_length=LONGEST_NAME)
    by_when = DateField("The day by which it is to be done", future=True, required=False, hint="Optional.")

    def clean_who(self) -> Who:
        return Who(self.cleaned_data["who"])


class ReviewForm(ActionForm):
    """How it went, and what becomes of the goal: the choices are those of the table."""

    how = LongTextField(
        "How did it go? (optional)", hint="In their words where possible. What helped, and what got in the way?",
        required=False, rows=4, max_length=LONGEST_HOW, size="s",
    )  # fmt: skip
    importance = _importance()
    confidence = _confidence()
    verb = RadiosField(
        "What becomes of it?", choices=(), reveals={"change": "new_words"}, missing="Select what becomes of the goal",
        size="s",
    )  # fmt: skip
    new_words = LongTextField(
        "What do they want now?", required=False, rows=3, missing="Enter what they want now, in their words",
        max_length=LONGEST_GOAL,
    )  # fmt: skip
    review_on = DateField(
        "The day to look at it again", future=True, required=False, hint="Optional, where it goes on."
    )

    def __init__(self, *args: Any, goal: Goal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        moves = moves_from(GoalStatus(goal.status))
        field: Any = self.fields["verb"]
        field.choices = [(move.verb, move.label) for move in moves]
        field.hints = {move.verb: move.hint for move in moves if move.hint}
        if "change" not in {move.verb for move in moves}:
            field.reveals = {}
            del self.fields["new_words"]

    def outcome(self) -> Outcome:
        said = self.cleaned_data
        return Outcome(
            verb=said["verb"], how=said["how"], review_on=said["review_on"], new_words=said.get("new_words", ""),
            importance=_number(said["importance"]), confidence=_number(said["confidence"]),
        )  # fmt: skip


class MeasureForm(ActionForm):
    """The questions of one measure, word for word. Each may be left out."""

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in measure.questions:
            choices = [(str(number), question.said(number)) for number in question.scale]
            self.fields[question.key] = RadiosField(
                question.text, choices=choices, required=False, small=True, inline=not all(question.scale.values()),
                size="s",
            )  # fmt: skip

    def answers(self) -> dict[str, int]:
        return {key: int(typed) for key, typed in self.cleaned_data.items() if typed}
