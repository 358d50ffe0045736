"""How long each kind of record is kept, and why. One table; an organisation may keep longer, never shorter.

Each period carries its source. `certain` is False where the source leaves room, or was not read against the service at
hand: then it is to be checked by the deployer's information governance lead before the first removal.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Greatest

from wraparound.audit.models import Access
from wraparound.casework.models import Case, Task
from wraparound.messaging.models import DigestSent
from wraparound.pathways.calendar import LONDON
from wraparound.pathways.vocabulary import Service
from wraparound.people.models import Involvement, Person
from wraparound.privacy.models import LegalHold, SubjectAccessRequest
from wraparound.privacy.time_limits import months_after
from wraparound.referrals.models import CallList, Journey, Launch, Referral, Signpost
from wraparound.safeguarding.models import Concern

_CODE = "NHS Records Management Code of Practice 2021, updated 2023, appendix II"
_NOT_LONGER = "UK GDPR, article 5(1)(e): no longer than is needed"
_ACTIONS = "Limitation Act 1980, sections 2 and 5: six years for claims in contract and negligence"


@dataclass(frozen=True)
class Whose:
    """Whose rows, and of whom: `person_ids` narrows them to one person's, for an erasure."""

    scheme_id: int
    organisation_id: int
    person_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class Rule:
    """One kind of record. `begins` says in words when its time begins; `months` how long it is kept from then.

    `due` are the rows whose time began before a moment, each with `ended`; `goes_with` the tables whose rows go with
    one: where something else still hangs on it, it stays. `keeps` is why the law lets it stand against an erasure, with
    where it says so; "" where nothing does.
    """

    kind: str
    label: str
    begins: str
    months: int
    source: str
    certain: bool
    due: Callable[[Whose, datetime], "QuerySet[Any]"]
    goes_with: frozenset[str]
    person: str = "person"
    keeps: str = ""
    keeps_source: str = ""
    kept: Callable[["QuerySet[Any]"], "QuerySet[Any]"] = lambda rows: rows

    def rows(self, whose: Whose, before: datetime) -> "QuerySet[Any]":
        """What is due, without anybody of whom a legal hold stands."""
        found = self.due(whose, before)
        if not self.person:
            return found.none() if whose.person_ids else found
        held = LegalHold.objects.filter(scheme_id=whose.scheme_id, ended_at=None).values("person_id")
        found = found.exclude(**{f"{self.person}__in": held})
        return found.filter(**{f"{self.person}__in": whose.person_ids}) if whose.person_ids else found

    def erasable(self, whose: Whose, now: datetime, over: datetime) -> "QuerySet[Any]":
        """What may go on request: what the law does not keep, or of which the time began before `over`."""
        found = self.rows(whose, now)
        return found.exclude(pk__in=list(self.standing(whose, now, over).values_list("pk", flat=True)))

    def standing(self, whose: Whose, now: datetime, over: datetime) -> "QuerySet[Any]":
        """What the law keeps against a request, because its time is not over."""
        found = self.rows(whose, now)
        return self.kept(found).exclude(ended__lte=over) if self.keeps else found.none()


def before(day: date, months: int) -> datetime:
    """The moment before which a time must have begun, to be over on `day`."""
    return datetime.combine(months_after(day, -months), time(), LONDON)


def _cases(whose: Whose, before: datetime, *, advice: bool) -> "QuerySet[Case]":
    rows = Case.objects.filter(scheme_id=whose.scheme_id, organisation_id=whose.organisation_id, closed_at__lte=before)
    service = Service.WELFARE_ADVICE.value
    given = Q(team__service=service) | Q(team__also__contains=[service])
    return (rows.filter(given) if advice else rows.exclude(given)).annotate(ended=F("closed_at"))


def _concerns(whose: Whose, before: datetime) -> "QuerySet[Concern]":
    rows = Concern.objects.filter(scheme_id=whose.scheme_id, organisation_id=whose.organisation_id)
    return rows.filter(ended_at__lte=before).annotate(ended=F("ended_at"))


def _journeys(whose: Whose, before: datetime) -> "QuerySet[Journey]":
    """Those with nothing open, the last thing done on them before then."""
    referrals = Referral.objects.filter(journey=OuterRef("pk"))
    rows = Journey.objects.filter(scheme_id=whose.scheme_id, from_organisation_id=whose.organisation_id)
    rows = rows.exclude(Exists(referrals.filter(is_open=True)))
    last = Greatest(F("opened_at"), Max("referrals__last_activity_at"))
    return rows.annotate(ended=last).filter(ended__lte=before)


def _tasks(whose: Whose, before: datetime) -> "QuerySet[Task]":
    rows = Task.objects.filter(scheme_id=whose.scheme_id, organisation_id=whose.organisation_id, case=None)
    return rows.filter(done_at__lte=before).annotate(ended=F("done_at"))


def _call_lists(whose: Whose, before: datetime) -> "QuerySet[CallList]":
    rows = CallList.objects.filter(scheme_id=whose.scheme_id, organisation_id=whose.organisation_id)
    return rows.filter(closed_at__lte=before).annotate(ended=F("closed_at"))


def _signposts(whose: Whose, before: datetime) -> "QuerySet[Signpost]":
    rows = Signpost.objects.filter(scheme_id=whose.scheme_id, from_organisation_id=whose.organisation_id)
    return rows.filter(given_on=None, followed_by=None, given_at__lte=before).annotate(ended=F("given_at"))


def _digests(whose: Whose, before: datetime) -> "QuerySet[DigestSent]":
    rows = DigestSent.objects.filter(scheme_id=whose.scheme_id, organisation_id=whose.organisation_id)
    return rows.filter(until__lte=before).annotate(ended=F("until"))


def _launches(whose: Whose, before: datetime) -> "QuerySet[Launch]":
    rows = Launch.objects.filter(scheme_id=whose.scheme_id, organisation_id=whose.organisation_id)
    return rows.filter(made_at__lte=before).annotate(ended=F("made_at"))


def _requests(whose: Whose, before: datetime) -> "QuerySet[SubjectAccessRequest]":
    rows = SubjectAccessRequest.objects.filter(scheme_id=whose.scheme_id, organisation_id=whose.organisation_id)
    return rows.filter(ended_at__lte=before).annotate(ended=F("ended_at"))


def _looks(whose: Whose, before: datetime) -> "QuerySet[Access]":
    rows = Access.objects.filter(scheme_id=whose.scheme_id, organisation_id=whose.organisation_id, at__lte=before)
    return rows.annotate(ended=F("at"))


def _people(whose: Whose, before: datetime) -> "QuerySet[Person]":
    """Of whom nothing is left but who they are, the last involvement having begun and ended before then.

    The organisation that had to do with them last answers for it.
    """
    last = Involvement.objects.filter(person=OuterRef("pk")).order_by("-started", "-pk")
    rows = Person.objects.filter(scheme_id=whose.scheme_id)
    rows = rows.annotate(keeper=last.values("organisation_id")[:1]).filter(keeper=whose.organisation_id)
    for model in (Journey, Case, Concern):
        rows = rows.exclude(Exists(model._default_manager.filter(person=OuterRef("pk"))))
    ended = Greatest(Max("involvements__started"), Max("involvements__ended"))
    return rows.annotate(ended=ended).filter(ended__lte=before)


_OF_JOURNEY = frozenset(
    "referrals.journey referrals.referral referrals.question referrals.transfer referrals.samedayalert "
    "referrals.unmetneed referrals.signpost messaging.messageback messaging.codedentry events.event".split()
)
_OF_CASE = frozenset(
    "casework.case casework.note casework.contactattempt casework.task "
    "evidence.evidencerequest evidence.signedletter evidence.letterpaper files.file files.filecontent "
    "advice.matter advice.timelimit social_prescribing.answer social_prescribing.goal social_prescribing.step "
    "social_prescribing.review social_prescribing.measured letters.letter letters.letterversion letters.decision "
    "letters.sentletter letters.letterdocument letters.noclosingletter letters.clientagreement budget.budget "
    "budget.line budget.debt budget.statement budget.statementpaper outcomes.outcome outcomes.whatchanged "
    "outcomes.timespent supervision.review supervision.finding".split()
)
_OF_REQUEST = frozenset(
    "privacy.subjectaccessrequest privacy.accesspart privacy.accessrecord privacy.releasedpart "
    "privacy.accesspack".split()
)
_OF_PERSON = frozenset(
    "people.person people.selfdescription people.involvement people.restriction people.emergencyopening "
    "consent.agreement consent.consent consent.signature consent.mandatedocument events.event "
    "audit.access privacy.lookedinto privacy.joining privacy.moved casework.task "
    "referrals.signpost privacy.legalhold privacy.erasurerequest".split()
)
# In this order: what hangs on something goes before it.
RULES: dict[str, Rule] = {
    rule.kind: rule
    for rule in (
        Rule(
            "advice_case", "Advice casework", "when the case was closed", 72,
            f"{_ACTIONS}. The insurer and the quality standard may want longer", False,
            lambda whose, before: _cases(whose, before, advice=True), _OF_CASE,
            keeps="Advice was given. The file is kept until nobody can claim about it any more.",
            keeps_source=f"UK GDPR, article 17(3)(e); {_ACTIONS}",
        ),
        Rule(
            "support_case", "Social prescribing casework", "when the case was closed", 96,
            f"{_CODE}: health records of adults, eight years after they were last seen", False,
            lambda whose, before: _cases(whose, before, advice=False), _OF_CASE,
            keeps="It is part of a record of care, which is kept for its full time.",
            keeps_source=f"UK GDPR, article 17(3)(c) with 9(2)(h); {_CODE}",
        ),
        Rule(
            "concern", "Safeguarding concerns", "when the concern ended", 120,
            f"{_CODE} has no one period: a local safeguarding policy decides", False, _concerns,
            frozenset({"safeguarding.concern", "safeguarding.acknowledgement"}),
            keeps="It is about safeguarding. It is kept for the safety of the person and of others.",
            keeps_source="UK GDPR, article 17(3)(b); Data Protection Act 2018, schedule 1, paragraph 18",
        ),
        Rule(
            "subject_access", "Answers to subject access requests", "when the request ended", 36,
            f"{_CODE}: subject access requests, three years after closure", True, _requests, _OF_REQUEST,
            keeps="It proves that the request was answered.",
            keeps_source="UK GDPR, articles 5(2) and 17(3)(e)",
        ),
        Rule(
            "task", "Tasks of no case", "when the task was done", 24, _NOT_LONGER, False, _tasks,
            frozenset({"casework.task"}),
        ),
        Rule(
            "call_list", "Call lists and their calls", "when the list was closed", 24, _NOT_LONGER, False, _call_lists,
            frozenset({"referrals.calllist", "referrals.call"}), person="",
        ),
        Rule(
            "journey", "Referrals and what was told of them", "the last thing done on any of them", 96,
            f"{_CODE}: health records of adults, eight years after they were last seen", False, _journeys, _OF_JOURNEY,
            kept=lambda rows: rows.filter(Exists(Referral.objects.filter(
                journey=OuterRef("pk"), accepted_at__isnull=False,
            ))),
            keeps="Somebody took the referral on, so that it is part of a record of care.",
            keeps_source=f"UK GDPR, article 17(3)(c) with 9(2)(h); {_CODE}",
        ),
        Rule(
            "signpost", "Slips that led to no referral", "when it was given", 24, _NOT_LONGER, False, _signposts,
            frozenset({"referrals.signpost"}),
        ),
        Rule(
            "digest", "News sent to referrers", "when it was put together", 12, _NOT_LONGER, False, _digests,
            frozenset({"messaging.digestsent"}), person="",
        ),
        Rule(
            "launch", "Emptied details from GP systems", "when they were handed over", 1, _NOT_LONGER, True, _launches,
            frozenset({"referrals.launch"}), person="",
        ),
        Rule(
            "look", "Who looked at a record", "when they looked", 96,
            f"{_CODE}: audit trails, as long as the record that they are of", False, _looks,
            frozenset({"audit.access", "privacy.lookedinto"}),
            keeps="Who looked at the record is kept so that the person can still be told.",
            keeps_source="UK GDPR, articles 5(2), 15(1)(c) and 17(3)(b)",
        ),
        Rule(
            "person", "Who somebody is, when nothing else is left", "the last involvement of any organisation", 96,
            f"{_CODE}: health records of adults, eight years after they were last seen", False, _people, _OF_PERSON,
            person="pk",
        ),
    )
}  # fmt: skip
