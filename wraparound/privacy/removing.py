"""Removing what two people agreed to: as the owner of the tables, in batches, each with its proof.

The web's role can do none of this: it removes no row about a person, and may not add to the register or the proofs.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pgtrigger
from django.apps import apps
from django.db import connection, models, transaction
from django.utils import timezone

from wraparound.events.recording import record
from wraparound.organisations.actor import acting_as, system
from wraparound.privacy.holdings import HOLDINGS
from wraparound.privacy.keeping import due, erasable, months_of
from wraparound.privacy.models import Removal, RemovalRun
from wraparound.privacy.rules import RULES, Rule, Whose
from wraparound.privacy.same_person import all_records_of

AT_ONCE = 50
# Of rows on which nothing can hang.
MANY_AT_ONCE = 2000
Rows = dict[type[models.Model], set[int]]


@dataclass
class Done:
    """What a run came to: rows of each kind removed, and what stayed, by kind and reason."""

    removed: Counter[str] = field(default_factory=Counter)
    left: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))


def may_remove() -> bool:
    """Whether the connection is the owner's: to any other, agreed removals are hidden, and done by nobody."""
    with connection.cursor() as cursor:
        return bool(cursor.execute("SELECT has_table_privilege('audit_removed', 'INSERT')").fetchone()[0])


def agreed_runs() -> list[RemovalRun]:
    """What is to be done, the oldest first."""
    return list(RemovalRun.objects.filter(done_at=None, dropped_at=None).exclude(agreed_at=None).order_by("pk"))


def remove(run: RemovalRun) -> Iterator[Mapping[str, int]]:
    """Do an agreed run in batches: after each, how many of each kind are gone. Broken off, it goes on where it was.

    PermissionError where the connection is not the owner's.
    """
    if not may_remove():
        raise PermissionError("Only the owner of the tables removes rows.")
    with acting_as(system(run.scheme_id, run.organisation_id)):
        person_ids = tuple(all_records_of(run.person_key)) if run.person_key else ()
    whose = Whose(run.scheme_id, run.organisation_id, person_ids)
    done = Done(Counter(run.removed))
    for kind, rule in RULES.items():
        allowed = run.counts.get(kind, 0)
        passed: set[int] = set()
        while allowed > done.removed[kind]:
            with transaction.atomic():
                waiting = _due(rule, whose, run).exclude(pk__in=passed).order_by("pk")
                most = AT_ONCE if any(_pointing_at(waiting.model)) else MANY_AT_ONCE
                keys = list(waiting.values_list("pk", flat=True)[: min(most, allowed - done.removed[kind])])
                if not keys:
                    break
                passed.update(keys)
                _batch(run, rule, waiting.model, keys, done)
                run.removed = dict(done.removed)
                run.save(update_fields=["removed"])
            yield run.removed
    with transaction.atomic():
        run.left = {kind: dict(why) for kind, why in done.left.items()}
        run.done_at = timezone.now()
        run.save(update_fields=["left", "done_at"])
        by = system(run.scheme_id, run.organisation_id)
        record("removal_done", by=by, data={"run": run.pk, "removed": run.removed, "left": run.left})


def _due(rule: Rule, whose: Whose, run: RemovalRun) -> "models.QuerySet[Any]":
    if run.person_key:
        return erasable(rule, whose, run.previewed_at, run.as_of)
    found: models.QuerySet[Any] = due(rule, whose, run.as_of)
    return found


def _batch(run: RemovalRun, rule: Rule, root: type[models.Model], keys: list[int], done: Done) -> None:
    """Remove these rows with all that goes with them; one on which something else hangs stays."""
    # Nothing is sealed meanwhile, so that each row is either under a seal or under none.
    connection.cursor().execute("LOCK TABLE audit_seal IN SHARE MODE")
    rows: Rows = defaultdict(set)
    for key in keys:
        found, in_the_way = _with_it(root, key, rule.goes_with)
        if in_the_way:
            done.left[rule.kind][in_the_way] += 1
            continue
        for model, these in found.items():
            rows[model] |= these
        done.removed[rule.kind] += 1
    if rows:
        _take_out(run, rule, rows)


def _with_it(root: type[models.Model], key: int, allowed: frozenset[str]) -> tuple[Rows, str]:
    """Everything that hangs on a row, however far, history with it; or what hangs on it that may not go with it."""
    found: Rows = defaultdict(set)
    new: Rows = {root: {key}}
    while new:
        for model, keys in new.items():
            found[model] |= keys
        new = defaultdict(set, _next(new, found))
        for model in new:
            if not hasattr(model, "pgh_tracked_model") and model._meta.label_lower not in allowed:
                return {}, _called(model)
    return found, ""


def _next(rows: Rows, found: Rows) -> Iterator[tuple[type[models.Model], set[int]]]:
    gathered: Rows = defaultdict(set)
    for model, keys in rows.items():
        for relation in _pointing_at(model):
            child: Any = relation.model
            hanging = child._base_manager.filter(**{f"{relation.name}__in": keys}).values_list("pk", flat=True)
            gathered[child] |= set(hanging) - found.get(child, set())
    yield from ((model, keys) for model, keys in gathered.items() if keys)


def _pointing_at(model: type[models.Model]) -> Iterator[Any]:
    """Foreign keys that lead here: those that the database holds to, and the one from a row's old versions."""
    for child in apps.get_models():
        if getattr(child, "holds", None) is None and not hasattr(child, "pgh_tracked_model"):
            continue
        for each in child._meta.concrete_fields:
            if each.related_model is model and (getattr(each, "db_constraint", True) or each.name == "pgh_obj"):
                yield each


def _called(model: type[models.Model]) -> str:
    label = model._meta.label_lower
    return f"Something else still hangs on it: {HOLDINGS[label].heading if label in HOLDINGS else label}"


def _take_out(run: RemovalRun, rule: Rule, rows: Rows) -> None:
    """Account for the rows, write the proof and its event, and remove them; all or nothing."""
    tables = {model._meta.db_table: _digest(model, keys) for model, keys in sorted(rows.items(), key=_by_table)}
    months = months_of(rule, run.scheme_id, run.organisation_id)
    proof = Removal.objects.create(
        scheme_id=run.scheme_id,
        organisation_id=run.organisation_id,
        run=run.pk,
        kind=rule.kind,
        rule="Erased on request" if run.person_key else f"{months} months from {rule.begins}. {rule.source}"[:500],
        tables=tables,
        registered=0,
        digest="",
        at=timezone.now(),
    )
    proof.registered = sum(_register(model, keys, proof.pk) for model, keys in rows.items())
    proof.digest = register_digest(proof.pk)
    proof.save(update_fields=["registered", "digest"])
    by = system(run.scheme_id, run.organisation_id)
    data = {"run": run.pk, "proof": proof.pk, "kind": rule.kind, "registered": proof.registered, "digest": proof.digest}
    record("records_removed", by=by, data=data)
    histories = [m for m in rows if hasattr(m, "pgh_tracked_model")]
    with pgtrigger.ignore(*(f"{m._meta.label}:append_only" for m in histories)), connection.cursor() as cursor:
        for model, keys in rows.items():
            name, key = connection.ops.quote_name(model._meta.db_table), _key(model)
            cursor.execute(f"DELETE FROM {name} WHERE {key} = ANY (%s)", [sorted(keys)])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _by_table(item: tuple[type[models.Model], set[int]]) -> str:
    return item[0]._meta.db_table


def _key(model: type[models.Model]) -> str:
    return connection.ops.quote_name(str(model._meta.pk.column))


def _digest(model: type[models.Model], keys: Iterable[int]) -> dict[str, Any]:
    """How many rows, and the SHA-256 over the digest of each as JSON, in the order of their keys."""
    table, key = connection.ops.quote_name(model._meta.db_table), _key(model)
    with connection.cursor() as cursor:
        count, digest = cursor.execute(
            f"SELECT count(*), encode(sha256(coalesce(string_agg(sha256(convert_to(to_jsonb(row)::text, 'UTF8')),"
            f" ''::bytea ORDER BY row.{key}), '')), 'hex') FROM {table} row WHERE row.{key} = ANY (%s)",
            [sorted(keys)],
        ).fetchone()
    return {"rows": count, "digest": digest}


def _register(model: type[models.Model], keys: Iterable[int], proof: int) -> int:
    """Account for those rows that are sealed; how many."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if not cursor.execute("SELECT 1 FROM audit_sealed() WHERE name = %s", [table]).fetchone():
            return 0
        count: int = cursor.execute(
            "SELECT audit_register_removed(%s, %s, %s)", [table, sorted(keys), proof]
        ).fetchone()[0]
    return count


def register_digest(proof: int) -> str:
    """Over all that the register says for one proof."""
    with connection.cursor() as cursor:
        rows = cursor.execute(
            "SELECT table_name, key, seal, digest FROM audit_removed WHERE proof = %s ORDER BY table_name, key", [proof]
        ).fetchall()
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()
