"""What pages read of letters and client agreements: each begins at `visible_to`."""

from datetime import date

from django.db.models import Min, OuterRef, QuerySet, Subquery
from django.db.models.expressions import Value
from django.db.models.fields import DateField
from django.db.models.functions import Coalesce

from wraparound.advice.models import Matter, TimeLimit
from wraparound.casework.models import Case
from wraparound.letters.models import ClientAgreement, Decision, Letter, LetterDocument, LetterVersion
from wraparound.letters.states import LetterStatus
from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability
from wraparound.referrals.covering import covered_by
from wraparound.referrals.paging import Page, page_of, past

NEVER = date(9999, 12, 31)
BY_DAY, NEWEST = ("by_day", "id"), ("id",)
_S = LetterStatus


def letter_of(actor: Actor, pk: int) -> Letter:
    """One letter. Letter.DoesNotExist when it is not the actor's to see."""
    found: Letter = _rows(actor).select_related("sent", "sent__sent_by", "asked_by").get(pk=pk)
    return found


def version_of(actor: Actor, letter: Letter, number: int | None = None) -> LetterVersion:
    """One version of a letter, the latest when no number is given."""
    rows = LetterVersion.objects.visible_to(actor).select_related("author")
    found: LetterVersion = rows.get(letter=letter, number=number or letter.version)
    return found


def version_by_key(actor: Actor, pk: int) -> LetterVersion:
    """One version by its own key. LetterVersion.DoesNotExist when it is not the actor's to see."""
    rows = LetterVersion.objects.visible_to(actor).select_related("author", "letter__case__journey", "letter__person")
    found: LetterVersion = rows.get(pk=pk)
    return found


def versions_of(actor: Actor, letter: Letter, most: int = 50) -> list[LetterVersion]:
    """The versions without what they say, the latest first."""
    rows = LetterVersion.objects.visible_to(actor).filter(letter=letter).select_related("author").defer("text", "to")
    return list(rows.order_by("-number")[:most])


def decisions_of(actor: Actor, letter: Letter, most: int = 20) -> list[Decision]:
    """What supervisors said of it, the latest first."""
    rows = Decision.objects.visible_to(actor).filter(letter=letter).select_related("by")
    return list(rows.order_by("-at", "-pk")[:most])


def document_of(actor: Actor, letter: Letter) -> LetterDocument | None:
    return LetterDocument.objects.visible_to(actor).filter(letter=letter).first()


def letters_on(actor: Actor, matter: Matter, after: str = "", size: int = 25) -> Page:
    """The letters of a matter, the newest first."""
    rows = past(_rows(actor).filter(matter=matter), NEWEST, after, int, newest_first=True)
    return page_of(list(rows.select_related("sent").order_by("-id")[: size + 1]), size, NEWEST)


def to_approve(actor: Actor, after: str = "", size: int = 15) -> Page:
    """What waits for the actor's approval: nearest time limit first, then the oldest. Empty but for a supervisor."""
    if not actor.can(Capability.SUPERVISE) or actor.user_id is None:
        return Page([], "")
    rows = _rows(actor).filter(status=_S.WAITING).exclude(asked_by_id=actor.user_id).exclude(writer_id=actor.user_id)
    return _by_day(rows, after, size)


def to_go_on(actor: Actor, after: str = "", size: int = 15) -> Page:
    """What came back, or is approved and to be sent, of the actor and whom they cover: nearest time limit first."""
    if actor.user_id is None:
        return Page([], "")
    mine = {actor.user_id, *covered_by(actor)}
    rows = _rows(actor).filter(status__in=[_S.SENT_BACK, _S.APPROVED], asked_by_id__in=mine)
    return _by_day(rows, after, size)


def agreements_of(actor: Actor, case: Case, most: int = 20) -> list[ClientAgreement]:
    """Every client agreement of a case, what is in force first."""
    rows = ClientAgreement.objects.visible_to(actor).filter(case=case).select_related("recorded_by")
    return sorted(rows.order_by("-recorded_at", "-pk")[:most], key=lambda each: each.ended_at is not None)


def agreement_of(actor: Actor, pk: int) -> ClientAgreement:
    """One of them. ClientAgreement.DoesNotExist when it is not the actor's to see."""
    rows = ClientAgreement.objects.visible_to(actor).select_related("case__journey", "person")
    found: ClientAgreement = rows.get(pk=pk)
    return found


def _rows(actor: Actor) -> QuerySet[Letter]:
    return Letter.objects.visible_to(actor).select_related("case__journey", "matter", "person", "writer")


def _by_day(rows: QuerySet[Letter], after: str, size: int) -> Page:
    limits = TimeLimit.objects.filter(matter_id=OuterRef("matter_id"), ended_at=None, last_day__isnull=False)
    nearest = limits.values("matter_id").annotate(day=Min("last_day")).values("day")
    by_day = Coalesce(Subquery(nearest), Value(NEVER), output_field=DateField())
    rows = past(rows.annotate(by_day=by_day), BY_DAY, after, date.fromisoformat, int)
    return page_of(list(rows.order_by(*BY_DAY)[: size + 1]), size, BY_DAY)
