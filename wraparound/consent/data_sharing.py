"""Data-sharing agreements between organisations: which are in force, written down, joined, left and ended."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, OuterRef, Q, QuerySet, When

from wraparound.consent.models import DataSharingAgreement, SharingParty
from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.administering import scheme_of
from wraparound.organisations.models import Organisation, Partner

LONGEST = 500


def in_force(day: date, of: str = "") -> Q:
    """Agreements in force on a day; `of` is the way to the agreement, such as `agreement__`."""
    return Q(**{f"{of}begins__lte": day}) & (Q(**{f"{of}ends": None}) | Q(**{f"{of}ends__gte": day}))


def signed(scheme_id: int, day: date) -> QuerySet[SharingParty]:
    """Who is a party to an agreement in force on the day."""
    rows = SharingParty.objects.filter(in_force(day, "agreement__"), scheme_id=scheme_id, signed_on__lte=day)
    return rows.filter(Q(left_on=None) | Q(left_on__gt=day))


def shared_with(scheme_id: int, organisation_id: int, day: date, other: str) -> ArraySubquery:
    """The ids of agreements in force to which both are parties; `other` is the row's column of the other's id."""
    mine = signed(scheme_id, day).filter(organisation_id=organisation_id).values("agreement_id")
    both = signed(scheme_id, day).filter(organisation_id=OuterRef(other), agreement_id__in=mine)
    return ArraySubquery(both.order_by("agreement_id").values("agreement_id"))


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What an administrator writes down of an agreement that was signed."""

    title: str
    lawful_basis: str
    begins: date
    ends: date | None = None
    review_on: date | None = None
    kept_at: str = ""


@action
def record_sharing_agreement(*, by: Actor, terms: Terms) -> DataSharingAgreement:
    """Write down a signed agreement. Refused: `no_title`, `no_basis`, `ends_first`."""
    scheme_of(by)
    title, basis = terms.title.strip(), terms.lawful_basis.strip()
    if not title:
        raise Refused("no_title", "Enter what the agreement is called.", "title")
    if not basis:
        raise Refused("no_basis", "Enter the articles of the UK GDPR that it stands on, as the agreement says.",
                      "lawful_basis")  # fmt: skip
    if terms.ends is not None and terms.ends < terms.begins:
        raise Refused("ends_first", "It cannot end before it begins.", "ends")
    made = DataSharingAgreement.objects.create(
        scheme_id=by.scheme_id,
        title=title[:200],
        lawful_basis=basis[:LONGEST],
        kept_at=terms.kept_at.strip()[:300],
        begins=terms.begins,
        ends=terms.ends,
        review_on=terms.review_on,
        recorded_by_id=by.user_id,
        recorded_at=by.now(),
    )
    record("sharing_agreement_recorded", by=by, data={"agreement": made.pk})
    return made


@action
def sign_for(
    *, by: Actor, agreement: DataSharingAgreement, organisation_ids: Collection[int], on: date
) -> Sequence[SharingParty]:
    """Write down that organisations of the scheme signed it. Refused: `nobody`, `elsewhere`, `not_yet`.

    Those that are parties already stay so from when they were.
    """
    held = _held(agreement, by)
    wanted = set(organisation_ids)
    if not wanted:
        raise Refused("nobody", "Choose the organisations that signed it.", "organisations")
    here = set(Partner.objects.filter(scheme_id=by.scheme_id, ended=None).values_list("organisation_id", flat=True))
    if wanted - here:
        raise Refused("elsewhere", "An organisation is not in the scheme any more. Look at the list again.",
                      "organisations")  # fmt: skip
    if on > by.today():
        raise Refused("not_yet", "Write down a signature once it is there, not before.", "signed_on")
    parties = held.parties.filter(left_on=None).values_list("organisation_id", flat=True)
    new = sorted(wanted - set(parties))
    made = SharingParty.objects.bulk_create(
        SharingParty(scheme_id=by.scheme_id, agreement=held, organisation_id=each, signed_on=on) for each in new
    )
    record("sharing_agreement_signed", by=by, data={"agreement": held.pk, "organisations": new})
    return made


@action
def leave_sharing_agreement(*, by: Actor, party: SharingParty) -> SharingParty:
    """An organisation is no party any more, from today. Refused: `too_late`."""
    scheme_of(by)
    held = SharingParty.objects.filter(scheme_id=by.scheme_id).select_for_update(of=("self",)).get(pk=party.pk)
    if held.left_on is not None:
        raise Refused("too_late", "It has left already.")
    held.left_on = by.today()
    held.save(update_fields=["left_on"])
    record("sharing_agreement_left", by=by, data={"agreement": held.agreement_id, "organisation": held.organisation_id})
    return held


@action
def end_sharing_agreement(*, by: Actor, agreement: DataSharingAgreement, last_day: date) -> DataSharingAgreement:
    """Give it a last day, or another one. Refused: `too_early` for a day that is over, or before it began."""
    held = _held(agreement, by)
    if last_day < max(by.today(), held.begins):
        raise Refused("too_early", "Its last day can be today or later, and not before it began.", "last_day")
    held.ends = last_day
    held.save(update_fields=["ends"])
    record("sharing_agreement_ended", by=by, data={"agreement": held.pk, "last_day": last_day.isoformat()})
    return held


def _held(agreement: DataSharingAgreement, by: Actor) -> DataSharingAgreement:
    scheme_of(by)
    rows = DataSharingAgreement.objects.filter(scheme_id=by.scheme_id).select_for_update(of=("self",))
    found: DataSharingAgreement = rows.get(pk=agreement.pk)
    return found


def without_agreement(actor: Actor) -> QuerySet[Organisation]:
    """Organisations of the scheme that are party to none in force today: nothing goes from or to them routinely."""
    here = Organisation.objects.filter(partner__scheme_id=actor.scheme_id, partner__ended=None)
    parties = signed(actor.scheme_id, actor.today()).values("organisation_id")
    return here.exclude(pk__in=parties).order_by("name", "pk")


def agreements_in(actor: Actor) -> QuerySet[DataSharingAgreement]:
    """Those of the scheme, each with how many are `joined` now: those that may hold today or later first."""
    rows = DataSharingAgreement.objects.filter(scheme_id=actor.scheme_id)
    joined = Count("parties", filter=Q(parties__left_on=None))
    over = Case(When(ends__lt=actor.today(), then=1), default=0)
    return rows.annotate(joined=joined, over=over).order_by("over", "-begins", "pk")


def agreement_in(actor: Actor, pk: int) -> DataSharingAgreement:
    """DataSharingAgreement.DoesNotExist for one of another scheme."""
    return DataSharingAgreement.objects.get(pk=pk, scheme_id=actor.scheme_id)


def party_in(actor: Actor, pk: int) -> SharingParty:
    """SharingParty.DoesNotExist for one of another scheme."""
    return SharingParty.objects.select_related("agreement", "organisation").get(pk=pk, scheme_id=actor.scheme_id)


def parties_of(agreement: DataSharingAgreement) -> QuerySet[SharingParty]:
    """Every party that it has or had, by name; those that left last."""
    left = Case(When(left_on=None, then=0), default=1)
    return agreement.parties.select_related("organisation").annotate(left=left).order_by(
        "left", "organisation__name", "pk"
    )  # fmt: skip


def may_sign(actor: Actor, agreement: DataSharingAgreement) -> QuerySet[Organisation]:
    """Organisations of the scheme that are no party to it now, by name."""
    here = Organisation.objects.filter(partner__scheme_id=actor.scheme_id, partner__ended=None)
    parties = agreement.parties.filter(left_on=None).values("organisation_id")
    return here.exclude(pk__in=parties).order_by("name", "pk")
