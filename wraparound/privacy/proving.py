"""Whether what was removed is what two people agreed to: the register against its proofs, these against events."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

_PROOFS = """
    SELECT proof.id, proof.run, proof.kind, proof.registered, proof.digest, event.data ->> 'digest',
           (event.data ->> 'registered')::bigint,
           run.agreed_by_id IS NOT NULL AND run.agreed_by_id <> run.previewed_by_id
    FROM privacy_removal proof
    LEFT JOIN events_event event
        ON event.name = 'records_removed' AND event.data @> jsonb_build_object('proof', proof.id)
    LEFT JOIN privacy_removalrun run ON run.id = proof.run
    ORDER BY proof.id
"""
_REGISTERED = "SELECT table_name, key, seal, digest FROM audit_removed WHERE proof = %s ORDER BY table_name, key"
_UNPROVED = """
    SELECT DISTINCT removed.proof FROM audit_removed removed
    WHERE NOT EXISTS (SELECT FROM privacy_removal proof WHERE proof.id = removed.proof) ORDER BY 1
"""


@dataclass
class Proving:
    """One reading of the proofs as the owner. `faults` says each fault in a sentence."""

    connection: BaseDatabaseWrapper
    proofs: int = 0

    def faults(self) -> Iterator[str]:
        for number, run, kind, registered, digest, told, told_count, agreed in self._ask(_PROOFS):
            self.proofs += 1
            rows = self._ask(_REGISTERED, number)
            found = hashlib.sha256(json.dumps(rows).encode()).hexdigest()
            said = f"Removal {number} ({kind}, run {run})"
            if len(rows) != registered or found != digest:
                yield f"{said}: the register of removed rows is not what its proof says."
            if (told, told_count) != (digest, registered):
                yield f"{said}: no event says so, or another than its proof."
            if not agreed:
                yield f"{said}: two people did not agree to it."
        for (number,) in self._ask(_UNPROVED):
            yield f"Rows were registered as removed by removal {number}, of which there is no proof."

    def _ask(self, statement: str, *values: Any) -> list[Any]:
        with self.connection.cursor() as cursor:
            rows: list[Any] = cursor.execute(statement, values).fetchall()
        return rows
