"""What a mandate says: who lets whom read which parts of their health record, until when, and how it is taken back."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from wraparound.consent.agreed import MANDATE, GivenBy, SignedHow
from wraparound.consent.models import Consent, MandateDocument, Signature, Translation
from wraparound.consent.purposes import Category
from wraparound.consent.reading import names_of
from wraparound.consent.rules import Standing
from wraparound.consent.strokes import HEIGHT, WIDTH, strokes_in
from wraparound.consent.translating import spoken_by
from wraparound.organisations.actor import Actor
from wraparound.pathways.calendar import local
from wraparound.pathways.vocabulary import ConsentFor
from wraparound.people.languages import LANGUAGES
from wraparound.people.models import Person

TITLE = "Mandate: who may read my health record"
Content = dict[str, Any]


@dataclass(frozen=True)
class Section:
    """A heading and its paragraphs; `language` where the paragraphs are not English, as BCP 47."""

    heading: str
    lines: Sequence[str]
    language: str = ""

    @property
    def right_to_left(self) -> bool:
        return bool(self.language) and LANGUAGES[self.language].right_to_left


def said_by(consent: Consent, translation: Translation | None = None) -> list[Section]:
    """The whole text that somebody reads and signs: the same for the same consent until a fact of it changes."""
    return [
        Section("Who I am", _whose(consent.person)),
        Section("What I agree to", MANDATE.words.split("\n")),
        *(_translated(each) for each in (translation,) if each),
        Section("Who may read it", names_of(consent)),
        Section(
            "What they may read",
            [_upper(each.label).replace("your ", "my ") + "." for each in Category if each in consent.categories],
        ),
        Section("Until when", [_until(consent.until)]),
        Section("How I take it back", _taking_back(consent)),
    ]


def _translated(translation: Translation) -> Section:
    heading = f"What I agree to, in {translation.tongue.name} ({translation.tongue.own})"
    return Section(heading, translation.words.split("\n"), translation.language)


def translation_for(actor: Actor, consent: Consent) -> Translation | None:
    """What stands beside the English, where the scheme has it in the language that the person prefers."""
    return spoken_by(actor, consent.person.preferred_language).of(MANDATE)


def digest_of(said: Sequence[Mapping[str, Any]]) -> str:
    """The hex SHA-256 of the text's canonical JSON in UTF-8."""
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def as_json(sections: Sequence[Section]) -> list[dict[str, Any]]:
    return [{"heading": each.heading, "lines": list(each.lines), "language": each.language} for each in sections]


def text_of(actor: Actor, consent: Consent) -> list[Section]:
    """What the person signs today."""
    return said_by(consent, translation_for(actor, consent))


def _whose(person: Person) -> list[str]:
    lines = [person.name]
    if person.date_of_birth:
        lines.append(f"Born on {full(person.date_of_birth)}")
    if person.nhs_number:
        number = person.nhs_number
        lines.append(f"NHS number {number[:3]} {number[3:6]} {number[6:]}")
    if person.practice:
        lines.append(f"My doctor’s surgery: {person.practice.name}")
    return lines


def _until(last: date | None) -> str:
    if last:
        return f"Until {full(last)}. It ends sooner if I take it back."
    return "Until my case is closed. It ends sooner if I take it back."


def _taking_back(consent: Consent) -> list[str]:
    asked = consent.agreement.recorded_by_organisation
    phone = f", on {asked.phone}" if asked.phone else ""
    return [f"I tell {asked.name}{phone}. Or I tell my doctor’s surgery.",
            "I can say it, ring or write. I need not say why."]  # fmt: skip


def ended(consent: Consent, standing: Standing) -> Mapping[str, str] | None:
    """What the document says before all else when it holds no more."""
    if standing.holds:
        return None
    if consent.taken_back_at:
        heading = f"TAKEN BACK on {full(local(consent.taken_back_at).date())}"
    else:
        over = consent.run_out_at or consent.ended_at
        day = consent.until if standing is Standing.RUN_OUT or not over else local(over).date()
        heading = f"ENDED on {full(day)}" if day else "ENDED"
    return {"heading": heading, "sentence": "Nobody may read the health record with this any more."}


def content_of(actor: Actor, consent: Consent, standing: Standing, signature: Signature | None) -> Content:
    """All that the document says now: as it is to be signed, or as it was."""
    said = signature.said if signature else as_json(text_of(actor, consent))
    return {
        "title": TITLE,
        "said": [each | {"right_to_left": Section(**each).right_to_left} for each in said],
        "ended": ended(consent, standing),
        "signature": _signed(signature) if signature else None,
        "wording": signature.wording if signature else MANDATE.name,
        "sha256": signature.sha256 if signature else "",
        "invented": consent.scheme.invented,
    }


def _signed(signature: Signature) -> Content:
    by = GivenBy(signature.signed_by)
    lines = [f"Signed on {full(signature.signed_on)}, {SignedHow(signature.how).label.lower()}."]
    if by is not GivenBy.PERSON:
        lines.append(f"Signed for the person by somebody else. {by.label}. Checked: {signature.representative}.")
    if signature.kept_at:
        lines.append(f"The signed paper is kept here: {signature.kept_at}.")
    lines.append(f"Written down by {signature.recorded_by_organisation.name} on "
                 f"{full(local(signature.recorded_at).date())}.")  # fmt: skip
    strokes = [list(map(list, each)) for each in strokes_in(signature.drawing)] if signature.drawing else []
    return {"name": signature.name, "lines": lines, "strokes": strokes, "width": WIDTH, "height": HEIGHT}


def full(day: date) -> str:
    """“3 October 2026”."""
    return f"{day.day} {day:%B %Y}"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def mandate_of(actor: Actor, pk: int) -> Consent:
    """A consent that there is a mandate for. Consent.DoesNotExist for any other, or one that is not the actor's."""
    rows = Consent.objects.visible_to(actor).filter(purpose=ConsentFor.READ_HEALTH_RECORD)
    found: Consent = rows.select_related(
        "scheme", "person__practice", "agreement__recorded_by_organisation"
    ).get(pk=pk)  # fmt: skip
    return found


def signatures_under(actor: Actor, consent: Consent) -> QuerySet[Signature]:
    """Those under a mandate, the latest first."""
    rows = Signature.objects.visible_to(actor).filter(consent=consent)
    return rows.select_related("recorded_by", "recorded_by_organisation").order_by("-recorded_at", "-pk")


def signature_of(actor: Actor, pk: int) -> Signature:
    """Signature.DoesNotExist when it is not the actor's to see."""
    rows = Signature.objects.visible_to(actor).select_related("recorded_by_organisation", "consent")
    found: Signature = rows.get(pk=pk)
    return found


def document_of(
    actor: Actor, consent: Consent, signature: Signature | None, content: Content
) -> MandateDocument | None:
    """The document that says just this; None where there is none, or one that says what is so no more."""
    rows = MandateDocument.objects.visible_to(actor).filter(consent=consent, signature=signature)
    found = rows.first()
    return found if found is not None and found.content == content else None


def signed(actor: Actor, consents: Sequence[Consent]) -> frozenset[int]:
    """Of these, the ids of those under which there is a signature."""
    rows = Signature.objects.visible_to(actor).filter(consent__in=consents)
    return frozenset(rows.values_list("consent_id", flat=True))
