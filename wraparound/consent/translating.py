"""Translations of the wordings that people agree to: added by a scheme's administrators once somebody checked them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from wraparound.consent.agreed import WORDINGS, Wording
from wraparound.consent.models import Translation
from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.administering import scheme_of
from wraparound.people.languages import LANGUAGES, Language, language_called

LONGEST = 5000


@dataclass(frozen=True)
class Spoken:
    """The language that somebody prefers, and what there is to say in it.

    `called` is as their record has it; `language` None where that is none that we know. `words` are the translations
    in force, by wording.
    """

    called: str
    language: Language | None
    words: Mapping[str, Translation] = field(default_factory=dict)

    def of(self, wording: Wording) -> Translation | None:
        return self.words.get(wording.name)

    @property
    def is_english(self) -> bool:
        return not self.called or self.called.strip().casefold() in ("english", "en", "en-gb")


def spoken_by(actor: Actor, preferred_language: str) -> Spoken:
    """What the actor's scheme has in the language that a record names."""
    language = language_called(preferred_language)
    if language is None:
        return Spoken(preferred_language, None)
    rows = in_force(actor).filter(language=language.code)
    return Spoken(preferred_language, language, {each.wording: each for each in rows})


def in_force(actor: Actor) -> QuerySet[Translation]:
    """Translations of the actor's scheme that are said now: of current wordings, neither replaced nor withdrawn."""
    return Translation.objects.filter(scheme_id=actor.scheme_id, ended_at=None, wording__in=list(WORDINGS))


def translations_in(actor: Actor) -> QuerySet[Translation]:
    """All that the actor's scheme has or had, the latest first."""
    return Translation.objects.filter(scheme_id=actor.scheme_id).select_related("added_by").order_by("-pk")


def translation_in(actor: Actor, pk: int) -> Translation:
    """Translation.DoesNotExist for one of another scheme."""
    found: Translation = translations_in(actor).get(pk=pk)
    return found


@action
def add_translation(
    *, by: Actor, wording: str, language: str, words: str, checked_by: str, checked_on: date, checked: bool
) -> Translation:
    """Add a translation that somebody checked. One there is of the same wording and language ends with it.

    Refused: `not_allowed`, `no_wording`, `no_language`, `no_words`, `too_long`, `nobody_checked`, `not_yet`.
    """
    scheme_of(by)
    if wording not in WORDINGS:
        raise Refused("no_wording", "Choose one of the wordings that are said now.", "wording")
    if language not in LANGUAGES:
        raise Refused("no_language", "Choose the language.", "language")
    said = "\n".join(" ".join(line.split()) for line in words.splitlines() if line.strip())
    if not said:
        raise Refused("no_words", "Write the translation.", "words")
    if len(said) > LONGEST:
        raise Refused("too_long", f"Write {LONGEST:,} characters or fewer.", "words")
    if not checked or not checked_by.strip():
        raise Refused("nobody_checked", "Nothing is said to people that nobody checked. Write who did.", "checked_by")
    if checked_on > by.today():
        raise Refused("not_yet", "The day on which it was checked cannot be later than today.", "checked_on")
    before = Translation.objects.filter(scheme_id=by.scheme_id, wording=wording, language=language, ended_at=None)
    replaced = list(before.values_list("pk", flat=True))
    before.update(ended_at=by.now())
    made = Translation.objects.create(
        scheme_id=by.scheme_id,
        wording=wording,
        language=language,
        words=said,
        checked_by=checked_by.strip()[:200],
        checked_on=checked_on,
        added_by_id=by.user_id,
        added_at=by.now(),
    )
    data = {"translation": made.pk, "wording": wording, "language": language, "replaced": replaced}
    record("translation_added", by=by, data=data)
    return made


@action
def withdraw_translation(*, by: Actor, translation: Translation) -> Translation:
    """It is said to nobody any more, from now on. What was said with it stays known. Refused: `too_late`."""
    scheme_of(by)
    held = Translation.objects.select_for_update().get(pk=translation.pk, scheme_id=by.scheme_id)
    if held.ended_at is not None:
        raise Refused("too_late", "It is said to nobody any more already.")
    held.ended_at = by.now()
    held.save(update_fields=["ended_at"])
    record("translation_withdrawn", by=by, data={"translation": held.pk})
    return held
