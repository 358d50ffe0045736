"""What a letter says in all: the facts above it, its text, and who signed; and what a paper to answer says."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from wraparound.consent.mandates import full
from wraparound.evidence.drafting import HOW, question
from wraparound.evidence.models import EvidenceRequest, SignedLetter

Content = dict[str, Any]


def content_of(request: EvidenceRequest, text: str, signed: str) -> Content:
    """The letter (`person__practice` is read). `signed` is the line under it."""
    return {
        "title": f"Medical evidence: {request.benefit_name}",
        "lines": _about(request),
        "text": text,
        "signed": signed,
    }


def digest_of(said: Mapping[str, Any]) -> str:
    """The hex SHA-256 of the letter's canonical JSON in UTF-8."""
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def paper_of(request: EvidenceRequest, letter: SignedLetter | None, *, invented: bool) -> Content:
    """What `documents.evidence_pdf` sets: the signed letter, or the questions with room under each."""
    if letter is not None:
        kept = f"Version {letter.version}. Digest: {letter.sha256[:16]}"
        return {**letter.said, "questions": [], "footer": kept, "invented": invented}
    asks = (
        f"{request.organisation.name} asks {request.asked_of}, with the person’s signed mandate: {request.mandate_said}"
    )
    return {
        "title": f"Please tell us: {request.benefit_name}",
        "lines": [*_about(request), asks, *_deadline(request), HOW],
        "text": "",
        "signed": "",
        "questions": [*map(question, request.asked_points), *([request.words] if request.words else [])],
        "footer": f"Asked by {request.organisation.name}",
        "invented": invented,
    }


def _deadline(request: EvidenceRequest) -> list[str]:
    return [f"We need it before {full(request.deadline_on)}."] if request.deadline_on else []


def _about(request: EvidenceRequest) -> list[str]:
    person = request.person
    lines = [f"About: {person.name}"]
    if person.date_of_birth:
        lines.append(f"Born on {full(person.date_of_birth)}")
    if person.nhs_number:
        number = person.nhs_number
        lines.append(f"NHS number {number[:3]} {number[3:6]} {number[6:]}")
    if request.decided_on:
        lines.append(f"Decision of {full(request.decided_on)}")
    return lines
