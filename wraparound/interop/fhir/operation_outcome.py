"""What is wrong with what was sent, told as an OperationOutcome: the element by its FHIRPath name, and the reason.

A reason never holds a value that was sent: logs and screens of the sending system may keep it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from wraparound.interop.fhir.structs.datatypes import CodeableConcept
from wraparound.interop.fhir.structs.resources import OperationOutcome, OperationOutcomeIssue

Severity = Literal["error", "warning", "information"]
IssueCode = Literal[
    "structure", "required", "value", "invariant", "code-invalid", "extension", "not-supported", "duplicate",
    "business-rule", "conflict", "transient", "exception", "login", "forbidden", "not-found", "too-long",
    "informational",
]  # fmt: skip


@dataclass(frozen=True)
class Issue:
    """One thing said of one element: `Bundle.entry[1].resource.status` `is required`. No element is the request."""

    expression: str
    reason: str
    code: IssueCode = "value"
    severity: Severity = "error"

    @property
    def sentence(self) -> str:
        """`Bundle.entry[1].resource.status is required.`"""
        return f"{self.expression} {self.reason}.".lstrip()


class Malformed(Exception):
    """What was sent is not JSON, or not the FHIR it says it is."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues = tuple(issues)
        super().__init__("; ".join(issue.sentence for issue in self.issues))


class NotAcceptable(Malformed):
    """What was sent is good FHIR, and is not a referral that can be taken."""


@dataclass(frozen=True)
class Place:
    """An element being read, and where its faults are collected, so that all are told at once."""

    expression: str
    issues: list[Issue] = field(default_factory=list)

    def at(self, element: str) -> "Place":
        return Place(f"{self.expression}.{element}", self.issues)

    def item(self, index: int) -> "Place":
        return Place(f"{self.expression}[{index}]", self.issues)

    def refuse(self, reason: str, code: IssueCode = "business-rule") -> None:
        self.issues.append(Issue(self.expression, reason, code))

    def warn(self, reason: str) -> None:
        self.issues.append(Issue(self.expression, reason, "informational", "warning"))

    def inform(self, reason: str) -> None:
        self.issues.append(Issue(self.expression, reason, "informational", "information"))

    def stop_if_refused(self) -> None:
        """Raise NotAcceptable with every fault found so far, if there is one."""
        errors = [issue for issue in self.issues if issue.severity == "error"]
        if errors:
            raise NotAcceptable(errors)


def to_fhir(issues: Iterable[Issue]) -> OperationOutcome:
    return OperationOutcome(
        issue=[
            OperationOutcomeIssue(
                severity=issue.severity,
                code=issue.code,
                details=CodeableConcept(text=issue.sentence),
                diagnostics=issue.sentence,
                expression=[issue.expression] if issue.expression else None,
            )
            for issue in issues
        ]
    )
