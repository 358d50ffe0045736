"""What a scheme sets over a pathway: one field for each thing, named so that a fault finds its field."""

from collections.abc import Iterable
from typing import Any

from wraparound.pathways import words
from wraparound.pathways.definition import Duration, Handover, Pathway, Unit
from wraparound.pathways.faults import DefinitionFaults, Fault
from wraparound.pathways.parameters import Parameters, ServiceParameters
from wraparound.pathways.vocabulary import HandoverAt, Service, UrgentFlag, WhenFull
from wraparound.web.nhsuk import CheckboxesField, HiddenField, NumberField, RadiosField, SelectField
from wraparound.web.scheme.wording import MOMENTS, WHEN_FULL
from wraparound.web.team.forms import ActionForm
from wraparound.web.wording import FLAGS

MOST_DAYS, MOST_TRIES = 260, 20
PROMISES = {
    "answer": ("Accept or decline within", "Working days from sending"),
    "first_contact": ("First contact within", "Working days from sending"),
    "appointment": ("First appointment within", "Working days from sending"),
    "attempts": ("Tries before contact counts as lost", "Each on a different day"),
}
PLACES = ("First", "Then", "After that", "Last")
NOTHING_MORE = "Nothing more"


class ParametersForm(ActionForm):
    """Made for one pathway: its services, its hand-overs, and the flags that any pathway may call urgent."""

    def __init__(self, pathway: Pathway, parameters: Parameters, seen: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={**_values(parameters), "seen": seen}, **kwargs)
        self.pathway, self.parameters = pathway, parameters
        for service in parameters.services:
            self._add_service(service)
        self.fields["urgent_when"] = CheckboxesField(
            "What goes on the fast track", choices=[(flag.value, said) for flag, said in FLAGS.items()], size="s",
            missing="Select what goes on the fast track",
        )  # fmt: skip
        self.fields["urgent_contact"] = _days("First contact when urgent, within", "Working days")
        for handover in pathway.handover:
            self.fields[_handover(handover.from_service, handover.to_service)] = _moment(handover)
        self.fields["seen"] = HiddenField()

    def _add_service(self, service: Service) -> None:
        for name, (label, hint) in PROMISES.items():
            most = MOST_TRIES if name == "attempts" else MOST_DAYS
            self.fields[f"{service}_{name}"] = _days(label, hint, most)
        for at, place in enumerate(PLACES, 1):
            choices = [("", NOTHING_MORE), *((word.value, said) for word, said in WHEN_FULL.items())]
            self.fields[f"{service}_full_{at}"] = SelectField(f"{place}", choices=choices, required=False)

    def services(self) -> list[tuple[Service, list[Any], list[Any]]]:
        """Each service with the fields of its promises, and those of what happens when it is full."""
        return [
            (
                service,
                [self[f"{service}_{name}"] for name in PROMISES],
                [self[f"{service}_full_{at}"] for at in range(1, len(PLACES) + 1)],
            )
            for service in self.parameters.services
        ]

    def handovers(self) -> list[Any]:
        return [self[_handover(each.from_service, each.to_service)] for each in self.pathway.handover]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for service in self.parameters.services:
            chosen = [cleaned.get(f"{service}_full_{at}", "") for at in range(1, len(PLACES) + 1)]
            twice = {word for word in chosen if word and chosen.count(word) > 1}
            for word in twice:
                at = len(chosen) - chosen[::-1].index(word)
                self.add_error(f"{service}_full_{at}", "Choose each only once")
        return cleaned

    def done_with(self, act: Any) -> bool:
        """As `done`, with the faults of the pathway that comes of it beside their fields."""
        try:
            return self.done(lambda _: act(self.said(), self.cleaned_data["seen"]))
        except DefinitionFaults as wrong:
            self.show(wrong.faults)
            return False

    def show(self, faults: Iterable[Fault]) -> None:
        for fault in faults:
            name = _field(fault.key)
            self.add_error(name if name in self.fields else None, fault.sentence)

    def said(self) -> Parameters:
        """What was set, once the form is valid."""
        said = self.cleaned_data
        return Parameters(
            services={service: self._service(service) for service in self.parameters.services},
            urgent_when=frozenset(map(UrgentFlag, said["urgent_when"])),
            urgent_contact=_working_days(said["urgent_contact"]),
            handover={
                (each.from_service, each.to_service): HandoverAt(said[_handover(each.from_service, each.to_service)])
                for each in self.pathway.handover
            },
        )

    def _service(self, service: Service) -> ServiceParameters:
        said = {name: self.cleaned_data[f"{service}_{name}"] for name in PROMISES}
        full = (self.cleaned_data[f"{service}_full_{at}"] for at in range(1, len(PLACES) + 1))
        return ServiceParameters(
            answer=_working_days(said["answer"]),
            first_contact=_working_days(said["first_contact"]),
            appointment=_working_days(said["appointment"]),
            attempts=said["attempts"],
            when_full=tuple(WhenFull(word) for word in full if word),
        )


def _values(parameters: Parameters) -> dict[str, Any]:
    """What stands in the fields before anybody types."""
    values: dict[str, Any] = {
        "urgent_when": [flag.value for flag in parameters.urgent_when],
        "urgent_contact": parameters.urgent_contact.number,
    }
    for service, each in parameters.services.items():
        promised = {
            "answer": each.answer.number,
            "first_contact": each.first_contact.number,
            "appointment": each.appointment.number if each.appointment else None,
            "attempts": each.attempts,
        }
        values |= {f"{service}_{name}": value for name, value in promised.items()}
        values |= {f"{service}_full_{at}": word.value for at, word in enumerate(each.when_full, 1)}
    return values | {_handover(*pair): at.value for pair, at in parameters.handover.items()}


def _handover(giver: Service, receiver: Service) -> str:
    return f"handover_{giver}_{receiver}"


def _field(key: str) -> str:
    """The field of a fault's key, such as `services.welfare_advice.first_contact`."""
    name = key.removeprefix("services.").replace(".", "_")
    return name.replace("_when_full", "_full_1")


def _days(label: str, hint: str, most: int = MOST_DAYS) -> NumberField:
    field = NumberField(label, hint=hint, width=3, min_value=1, max_value=most)
    field.error_messages |= {"min_value": f"{label} must be 1 or more", "max_value": f"{label} must be {most} or less"}
    return field


def _moment(handover: Handover) -> RadiosField:
    """When one service hands over. Preparing somebody is what a link worker does for an adviser."""
    to_adviser = handover.to_service is Service.WELFARE_ADVICE
    moments = [at for at in HandoverAt if at is not HandoverAt.PREPARED or to_adviser]
    giver, receiver = words.WORKERS[handover.from_service], words.WORKERS[handover.to_service]
    return RadiosField(
        f"The {giver} hands over to the {receiver}", choices=[(at.value, MOMENTS[at]) for at in moments], size="s"
    )  # fmt: skip


def _working_days(number: int) -> Duration:
    return Duration(Unit.WORKING_DAYS, number)
