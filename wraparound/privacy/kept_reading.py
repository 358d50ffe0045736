"""What the pages about keeping and removing read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from wraparound.organisations.actor import Actor
from wraparound.privacy.keeping import due, erasable, months_of
from wraparound.privacy.models import ErasureRequest, LegalHold, Removal, RemovalRun
from wraparound.privacy.rules import RULES, Rule, Whose

FIRST = 20


@dataclass(frozen=True)
class RuleNow:
    """A rule as an organisation applies it: `months` may be longer than the rule's own; `due` are over today."""

    rule: Rule
    months: int
    due: int


def rules_of(actor: Actor, counts: Mapping[str, int]) -> list[RuleNow]:
    months = {kind: months_of(rule, actor.scheme_id, actor.organisation_id) for kind, rule in RULES.items()}
    return [RuleNow(rule, months[kind], counts.get(kind, 0)) for kind, rule in RULES.items()]


def runs_of(actor: Actor) -> list[RemovalRun]:
    return list(RemovalRun.objects.visible_to(actor).select_related("previewed_by", "agreed_by").order_by("-pk")[:20])


def waiting_run(actor: Actor) -> RemovalRun | None:
    rows = RemovalRun.objects.visible_to(actor).filter(done_at=None, dropped_at=None, person_key=None)
    return rows.first()


def run_of(actor: Actor, pk: int) -> RemovalRun:
    """RemovalRun.DoesNotExist when it is not the actor's organisation's."""
    return RemovalRun.objects.visible_to(actor).select_related("previewed_by", "agreed_by").get(pk=pk)


@dataclass(frozen=True)
class KindOfRun:
    """`first` are the keys and ends of the first rows that it takes, before it is done."""

    rule: Rule
    counted: int
    removed: int
    first: list[tuple[int, datetime]]


def kinds_of(actor: Actor, run: RemovalRun) -> list[KindOfRun]:
    person_ids = (run.person_key,) if run.person_key else ()
    whose = Whose(run.scheme_id, run.organisation_id, person_ids)
    found = []
    for kind, count in run.counts.items():
        rule = RULES[kind]
        rows = erasable(rule, whose, run.previewed_at, run.as_of) if person_ids else due(rule, whose, run.as_of)
        first = [] if run.done_at else list(rows.order_by("ended", "pk").values_list("pk", "ended")[:FIRST])
        found.append(KindOfRun(rule, count, run.removed.get(kind, 0), first))
    return found


def proofs_of(actor: Actor, run: RemovalRun) -> list[Removal]:
    return list(Removal.objects.visible_to(actor).filter(run=run.pk).order_by("pk")[:200])


def holds_of(actor: Actor) -> list[LegalHold]:
    rows = LegalHold.objects.visible_to(actor).select_related("placed_by")
    return list(rows.order_by("-ended_at", "-placed_at")[:200])


def hold_of(actor: Actor, pk: int) -> LegalHold:
    """LegalHold.DoesNotExist when it is not the actor's organisation's."""
    return LegalHold.objects.visible_to(actor).get(pk=pk)


def erasures_of(actor: Actor) -> list[ErasureRequest]:
    return list(ErasureRequest.objects.visible_to(actor).select_related("answered_by").order_by("-pk")[:100])


def erasure_of(actor: Actor, pk: int) -> ErasureRequest:
    """ErasureRequest.DoesNotExist when it is not the actor's organisation's."""
    return ErasureRequest.objects.visible_to(actor).select_related("answered_by").get(pk=pk)
