"""What each table holds about a person: in plain words, whose part of an answer it is, and what in it may be others'.

The way from a row to its person is found from the models; a model that is named nowhere here fails a test.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from wraparound.audit.personal_data import Holds
from wraparound.people.models import Person
from wraparound.privacy.marks import Mark
from wraparound.referrals.models import Journey
from wraparound.safeguarding.models import Concern

FREE, OTHER, SAFE = Mark.FREE_TEXT, Mark.OTHER_PERSON, Mark.SAFEGUARDING
# Ends of ways: a table that reaches one of these reaches the person.
_MOST_STEPS = 4


@dataclass(frozen=True)
class Holding:
    """`heading` in plain words. `whose` is the look-up of the organisation whose part it is; "" is the shared record's,
    which the organisation that took a request answers for. `marked` are fields that may speak of others; `whole`
    marks every field of every row, `whole_where` of those rows that hold one of these values. `not_told` are further
    columns of which no answer has anything; `confidential` fields whose words are not for an investigator, who reads
    that they changed.
    """

    heading: str
    whose: str = "organisation"
    marked: Mapping[str, Mark] = field(default_factory=dict)
    whole: Mark | None = None
    whole_where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    at: str = ""
    not_told: frozenset[str] = frozenset()
    confidential: tuple[str, ...] = ()


# Of a row that several have, the part of the first of them.
FIRST = "organisation_ids__0"

# Tables of which no answer has anything, each with the reason.
LEFT_OUT = {
    "referrals.launch": "What a GP system handed over. It is emptied within hours, and leads to no record here.",
    "consent.mandatedocument": "What was agreed to and signed, once more, as a document to print.",
    "files.filecontent": "The pages of documents: each is listed, and is handed over as a file beside the answer.",
    "letters.letterdocument": "A letter that was sent, once more, as a document to print.",
    "budget.statementpaper": "A statement of money, once more, as a document to print.",
    "evidence.letterpaper": "A letter of medical evidence or what was asked, once more, as a document to print.",
    "privacy.accessrecord": "Copies of other rows, made to answer a request.",
    "privacy.accesspack": "The same, of several organisations.",
    "privacy.removalrun": "Which removals were agreed: numbers alone, and the key of a record that is gone.",
    "privacy.moved": "Which rows a joining moved: numbers alone.",
    "privacy.releasedpart": "What was handed over before: the person has it.",
}
# Bookkeeping of the product that says nothing about anybody; and a drawing's points, which the signed mandate shows.
NOT_TOLD = frozenset(
    "drawing id scheme organisation_ids told_ids names_plain pdf sha256 rank next_clock_at is_open timeout_to "
    "timeout_at escalate_at counted_from sender_sha256 pathway_version held_until whose_turn times_reopened record "
    "part".split()
)
HOLDINGS: dict[str, Holding] = {
    "people.person": Holding("Who you are and how to reach you", "", {"contact_notes": FREE, "safe_times": FREE}),
    "people.selfdescription": Holding("How you describe yourself", ""),
    "people.withheldaddress": Holding(
        "Where you live, which is kept from others", FIRST, confidential=("address", "postcode")
    ),
    "people.abusemarker": Holding(
        "What whoever makes contact must know to do you no harm",
        "put_by_organisation",
        whole=OTHER,
        at="put_at",
        confidential=("words",),
    ),
    "people.involvement": Holding(
        "Organisations that had to do with you", "opened_by", whole_where={"reason": ("safety",)}, at="started"
    ),
    "people.restriction": Holding(
        "Whether your record was kept from some",
        "made_by_organisation",
        {"reader_ids": SAFE, "kept_from": SAFE},
        at="made_at",
    ),
    "people.emergencyopening": Holding(
        "Openings of your record in an emergency", marked={"reason": FREE, "words": FREE}, at="opened_at"
    ),
    "consent.agreement": Holding(
        "What you agreed to",
        "recorded_by_organisation",
        {"exception_reason": FREE, "representative": OTHER, "capacity_note": FREE},
        at="recorded_at",
    ),
    "consent.consent": Holding("What you permitted", "agreement__recorded_by_organisation", at="given_at"),
    "consent.signature": Holding(
        "Mandates that were signed",
        "recorded_by_organisation",
        {"name": OTHER, "representative": OTHER},
        at="recorded_at",
    ),
    "referrals.journey": Holding(
        "Your way through the scheme", "from_organisation", {"entry_details": OTHER}, at="opened_at"
    ),
    "referrals.referral": Holding(
        "Referrals", "to_organisation", {"reason": FREE, "told": FREE, "said_differently": FREE}, at="sent_at"
    ),
    "referrals.samedayalert": Holding("Same-day alerts", "to_team__organisation", {"help_given": FREE}, at="raised_at"),
    "referrals.question": Holding(
        "Questions between organisations",
        "referral__to_organisation",
        {"question": FREE, "answer": FREE},
        at="asked_at",
    ),
    "referrals.transfer": Holding(
        "Passing your work to a colleague", marked={"why": FREE, "answer": FREE}, at="offered_at"
    ),
    "referrals.calllist": Holding("Lists of people to ring", at="made_at"),
    "referrals.call": Holding("Calls to you", at="last_try_at"),
    "referrals.unmetneed": Holding(
        "What nobody could take on", "from_organisation", {"ending": FREE}, at="recorded_at"
    ),
    "referrals.signpost": Holding("Where you were told to go", "from_organisation", at="given_at"),
    "referrals.onetimepage": Holding(
        "Who outside the scheme was shown a part of your record",
        marked={"asked": FREE},
        at="made_at",
        not_told=frozenset({"token_sha256", "code_sha256"}),
    ),
    "casework.case": Holding("Work with you", at="opened_at"),
    "casework.note": Holding("Notes", marked={"text": FREE}, at="occurred_at", confidential=("text",)),
    "casework.contactattempt": Holding("Attempts to reach you", marked={"remark": FREE}, at="occurred_at"),
    "casework.task": Holding("Tasks", marked={"title": FREE}, at="made_at"),
    "advice.matter": Holding(
        "What advisers do something about",
        marked={"title": FREE, "opponent": OTHER, "closed_why": FREE, "conflict_looked_at": OTHER},
        at="opened_at",
        confidential=("title", "opponent", "their_reference", "closed_why", "conflict_looked_at"),
        not_told=frozenset({"opponent_plain"}),
    ),
    "advice.timelimit": Holding(
        "By when something had to be done",
        marked={"day_why": FREE, "ended_why": FREE},
        at="made_at",
        confidential=("what", "facts", "day_why", "ended_why"),
        not_told=frozenset({"reminded"}),
    ),
    "budget.budget": Holding("Who lives with you", marked={"remark": FREE}, at="changed_at", confidential=("remark",)),
    "budget.line": Holding("What comes in and goes out", at="changed_at", confidential=("pounds",)),
    "budget.debt": Holding(
        "What you owe",
        marked={"remark": FREE, "creditor": OTHER},
        at="made_at",
        confidential=("creditor", "reference", "priority_why", "balance", "arrears", "payment", "remark"),
    ),
    "budget.statement": Holding("Statements of your money", at="made_at", confidential=("said",)),
    "outcomes.outcome": Holding(
        "What came of it",
        marked={"told": FREE, "looked_at": FREE},
        at="recorded_at",
        confidential=("kind", "pounds", "counted", "seen", "told", "looked_at"),
    ),
    "outcomes.whatchanged": Holding(
        "What you say has changed",
        marked={"different": FREE, "able": FREE, "hard": FREE},
        at="recorded_at",
        confidential=("different", "able", "hard"),
    ),
    "outcomes.timespent": Holding(
        "Time that was spent on your matters", marked={"what": FREE}, at="recorded_at", confidential=("what",)
    ),
    "files.file": Holding(
        "Documents about you",
        marked={"title": FREE, "with_whom": OTHER, "given_names": FREE, "put_away_why": FREE},
        at="added_at",
        confidential=("title", "with_whom", "given_names", "put_away_why"),
        not_told=frozenset({"given_sha256", "arranged", "turned", "tries", "try_at", "latest", "size"}),
    ),
    "letters.letter": Holding(
        "Letters written for you or to you",
        marked={"sent_back_why": FREE, "ended_why": FREE},
        at="begun_at",
        confidential=("sent_back_why", "ended_why"),
    ),
    "letters.letterversion": Holding(
        "What those letters said as they were written",
        marked={"to": OTHER, "heading": FREE, "text": FREE},
        at="made_at",
        confidential=("to", "heading", "text"),
    ),
    "letters.decision": Holding(
        "What a supervisor said of a letter", marked={"words": FREE}, at="at", confidential=("words",)
    ),
    "letters.sentletter": Holding(
        "Letters that were sent",
        marked={"said": OTHER, "to_whom": OTHER},
        at="sent_at",
        confidential=("said", "to_whom"),
    ),
    "letters.clientagreement": Holding(
        "How you agreed to work with your advisers",
        marked={"agreed_by": OTHER, "ended_why": FREE},
        at="recorded_at",
        confidential=("ended_why",),
    ),
    "letters.noclosingletter": Holding(
        "Why work ended without a letter to you", marked={"words": FREE}, at="at", confidential=("words",)
    ),
    "social_prescribing.answer": Holding(
        "What you talked about", marked={"text": FREE}, at="changed_at", confidential=("text",)
    ),
    "social_prescribing.goal": Holding("Your goals", marked={"words": FREE}, at="made_at"),
    "social_prescribing.step": Holding("Steps towards your goals", marked={"what": FREE, "named": OTHER}, at="made_at"),
    "social_prescribing.review": Holding(
        "How it went with your goals", marked={"how": FREE}, at="at", confidential=("how",)
    ),
    "social_prescribing.measured": Holding("Questions about how you feel", at="at"),
    "supervision.review": Holding(
        "Reviews of your file by a supervisor",
        marked={"asked_why": FREE, "answers": FREE, "words": FREE, "answer": FREE, "ended_why": FREE},
        at="made_at",
        confidential=("asked_why", "answers", "words", "answer", "ended_why"),
    ),
    "supervision.finding": Holding(
        "What was to be put right in your file",
        marked={"remark": FREE, "to_do": FREE},
        at="made_at",
        confidential=("remark", "to_do"),
    ),
    "safeguarding.concern": Holding("Concerns about safety", whole=SAFE, at="raised_at"),
    "safeguarding.acknowledgement": Holding("Who read a concern about safety", whole=SAFE, at="at"),
    "evidence.evidencerequest": Holding(
        "Medical evidence that was asked for",
        marked={
            "words": FREE,
            "draft": OTHER,
            "picks": OTHER,
            "sent_back_why": FREE,
            "agreed_note": FREE,
            "ending": FREE,
        },
        at="made_at",
        confidential=("words", "draft", "picks", "sent_back_why", "agreed_note", "ending"),
    ),
    "evidence.signedletter": Holding(
        "Medical evidence that was signed",
        "request__organisation",
        {"said": OTHER},
        at="recorded_at",
        confidential=("said",),
    ),
    "messaging.messageback": Holding(
        "Messages to whoever referred you", "referral__to_organisation", {"content": FREE}, at="written_at"
    ),
    "messaging.codedentry": Holding("Codes for your health record", "referral__to_organisation", at="entered_at"),
    "messaging.digestsent": Holding("News sent to whoever referred you", at="until"),
    "events.event": Holding(
        "What happened",
        "by_organisation",
        whole_where={"name": ("concern",)},
        at="occurred_at",
    ),
    # In the words of the page that shows it to the person, who is told organisations and roles, and no names.
    "audit.access": Holding(
        "Who has seen your record",
        whole_where={"page": ("concern", "raise"), "why": ("safeguarding",)},
        at="at",
        not_told=frozenset({"user", "credential", "page"}),
    ),
    "privacy.subjectaccessrequest": Holding(
        "Your requests for what is held",
        marked={"asked_by": OTHER, "extension_reason": FREE, "ending": FREE},
        at="taken_at",
    ),
    "privacy.accesspart": Holding("Answers to your requests", at="collected_at"),
    "privacy.erasurerequest": Holding(
        "Your requests to erase what is held", marked={"grounds": SAFE}, at="answered_at"
    ),
    "privacy.lookedinto": Holding("Whether a look at your record was in order", whole=SAFE, at="at"),
    "privacy.joining": Holding("Two records of you that were joined", marked={"why": FREE}, at="joined_at"),
    "privacy.legalhold": Holding("Why nothing may be removed", marked={"reason": FREE, "ending": FREE}, at="placed_at"),
}


def person_models() -> dict[str, type[models.Model]]:
    """Every table that holds something about people, history apart, by its label."""
    return {
        model._meta.label_lower: model
        for model in apps.get_models()
        if getattr(model, "holds", None) is Holds.PERSON and not hasattr(model, "pgh_tracked_model")
    }


def label_of(model: type[models.Model]) -> str:
    return model._meta.label_lower


@cache
def ways(label: str) -> tuple[str, ...]:
    """Look-ups from a row of the model to the person's key: the only one that is always there, or each there is."""
    if label == "people.person":
        return ("pk",)
    if label == "referrals.calllist":
        return ("calls__person",)
    return tuple(_ways(apps.get_model(label), ()))


def _ways(model: type[models.Model], before: tuple[type[models.Model], ...]) -> list[str]:
    leading = [each for each in model._meta.concrete_fields if each.many_to_one or each.one_to_one]
    straight = [each for each in leading if each.related_model is Person]
    if any(not each.null for each in straight):
        return [each.name for each in straight if not each.null]
    found = [each.name for each in straight]
    if len(before) >= _MOST_STEPS:
        return found
    known = set(person_models().values())
    for each in leading:
        target: Any = each.related_model
        if target in known and target is not Person and target is not model and target not in before:
            found += [f"{each.name}__{way}" for way in _ways(target, (*before, model))]
    return found


def about(label: str, person_ids: list[int]) -> Q:
    """Rows of the model that reach one of these persons."""
    reached = Q()
    for way in ways(label):
        reached |= Q(**{f"{way}__in": person_ids})
    return reached | _MORE[label](person_ids) if label in _MORE else reached


def _concern_told(person_ids: list[int]) -> Q:
    """What happened to a concern names its number alone, so that nobody else learns of it."""
    concerns = Concern._base_manager.filter(person_id__in=person_ids)
    return Q(data__concern__in=list(concerns.values_list("pk", flat=True)))


def _in_the_news(person_ids: list[int]) -> Q:
    """News names journeys by reference. Nothing at all where there is no journey."""
    told = Q(pk__in=[])
    for reference in Journey._base_manager.filter(person_id__in=person_ids).values_list("reference", flat=True):
        told |= Q(content__contains=[{"reference": reference}])
    return told


# Ways that no foreign key says.
_MORE: dict[str, Callable[[list[int]], Q]] = {"events.event": _concern_told, "messaging.digestsent": _in_the_news}
