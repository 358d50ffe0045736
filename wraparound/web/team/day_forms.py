"""What a team fills in when it sends on, asks, pauses, or gives its work to a colleague."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from wraparound.organisations.models import Membership, Team
from wraparound.pathways.vocabulary import Service
from wraparound.referrals.asking import LONGEST_ANSWER, LONGEST_QUESTION
from wraparound.referrals.capacity import Room
from wraparound.referrals.rerouting import LONGEST_TOLD
from wraparound.referrals.states import PauseReason, SentOnBecause
from wraparound.referrals.transferring import LONGEST
from wraparound.web.nhsuk import DateField, LongTextField, RadiosField
from wraparound.web.rooms import room_said
from wraparound.web.team.forms import ActionForm


class RerouteForm(ActionForm):
    """Which team gets it, why, and what it needs to know."""

    team = RadiosField("Which team?", choices=(), missing="Select the team that gets it", size="s")
    why = RadiosField(
        "Why?",
        choices=[(each.value, each.label) for each in SentOnBecause],
        hint="The referrer and the next team read exactly these words.",
        missing="Select why you send it on",
        size="s",
    )
    told = LongTextField(
        "What does the next team need to know?",
        hint="What you know of the person, so that nobody asks again. The referrer can read it too.",
        missing="Enter what the next team needs to know",
        rows=6,
        max_length=LONGEST_TOLD,
        size="s",
    )

    def __init__(self, *args: Any, teams: Sequence[Team], rooms: Mapping[int, Room], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {str(team.pk): team for team in teams}
        field = cast(RadiosField, self.fields["team"])
        field.choices = [(pk, team.name) for pk, team in self.teams.items()]
        field.hints = {pk: _of_team(team, rooms.get(team.pk)) for pk, team in self.teams.items()}

    def clean_team(self) -> Team:
        return self.teams[self.cleaned_data["team"]]

    def clean_why(self) -> SentOnBecause:
        return SentOnBecause(self.cleaned_data["why"])


def _of_team(team: Team, room: Room | None) -> str:
    """“Welfare advice, Rights First. 3 places free.”"""
    services = " and ".join(Service(each).label.lower() for each in (team.service, *team.also))
    said = f"{services[:1].upper()}{services[1:]}, {team.organisation.name}."
    return f"{said} {room_said(room)}." if room_said(room) else said


class AskForm(ActionForm):
    question = LongTextField(
        "What do you need to know before you can answer?",
        hint="Ask one thing, or a few that belong together. They answer here, and you are told.",
        missing="Enter what you need to know",
        rows=4,
        max_length=LONGEST_QUESTION,
        size="s",
    )


class AnswerForm(ActionForm):
    answer = LongTextField(
        "Your answer",
        hint="Only your organisation and the team that asked see it. If you do not know, say so.",
        missing="Enter your answer",
        rows=5,
        max_length=LONGEST_ANSWER,
        size="s",
    )


class PauseForm(ActionForm):
    reason = RadiosField(
        "Why does the work rest?",
        choices=[(each.value, each.label) for each in PauseReason],
        missing="Select why the work rests",
        size="s",
    )
    until = DateField(
        "The day on which it goes on",
        hint="You are reminded on that day. At most 60 working days from now, for example 27 3 2027",
        missing="Enter the day on which the work goes on",
        size="s",
    )

    def clean_reason(self) -> PauseReason:
        return PauseReason(self.cleaned_data["reason"])


class TransferForm(ActionForm):
    """To whom, and what they need to know."""

    to = RadiosField("Who should take it on?", choices=(), missing="Select who should take it on", size="s")
    why = LongTextField(
        "What do they need to know?",
        hint="Why you give it to them, and what comes next. Only your organisation sees this.",
        missing="Enter what they need to know",
        rows=4,
        max_length=LONGEST,
        size="s",
    )

    def __init__(self, *args: Any, colleagues: Sequence[Membership], away: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {str(each.user_id): each for each in colleagues}
        field = cast(RadiosField, self.fields["to"])
        field.choices = [(pk, each.user.name) for pk, each in self.colleagues.items()]
        field.hints = {str(user): said for user, said in away.items()}

    def clean_to(self) -> Any:
        return self.colleagues[self.cleaned_data["to"]].user


class NotTakenForm(ActionForm):
    why = LongTextField(
        "A sentence for your colleague",
        hint="Why you do not take it on. It stays theirs.",
        missing="Enter a sentence for your colleague",
        rows=3,
        max_length=LONGEST,
        size="s",
    )
