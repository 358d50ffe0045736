"""Writing down each time that somebody's data reached somebody, and why, so that the person can be shown it."""

from collections.abc import Iterable

from django.db import connection

from wraparound.audit.models import What, Why
from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Role

# Pages, by how their names begin, that say by themselves why somebody is there. Of the others it is told by what opens
# the record to the organisation.
_PAGES = (
    (("concern", "raise", "abuse"), Why.SAFEGUARDING),
    (("investigation", "looked-into"), Why.CHECKING),
)
# Pages that make a paper for somebody to take away.
_PAPERS = frozenset(
    {"message-pdf", "signpost", "access-pack", "access-part-paper", "who-has-seen-paper", "mandate-pdf"}
    | {"evidence-letter", "evidence-asked-letter", "evidence-paper", "plan-pdf", "document-pdf"}
)

_NOTE = """
    INSERT INTO audit_access (scheme_id, organisation_id, user_id, credential_id, role, person_id, page, at, what, why,
                              to_organisation_id, to_named)
    SELECT %(scheme)s, %(organisation)s, %(user)s::bigint, %(credential)s::bigint, %(role)s, person, %(page)s, %(at)s,
           %(what)s, coalesce(%(why)s::text, audit_why(person, coalesce(reached, %(organisation)s), %(user)s::bigint,
                                                       %(at)s)), reached, %(to_named)s
    FROM unnest(%(persons)s::bigint[]) AS person LEFT JOIN unnest(%(reached)s::bigint[]) AS reached ON true
    ORDER BY person, reached
"""


def note_disclosure(
    by: Actor,
    person_ids: Iterable[int],
    what: What,
    page: str,
    *,
    why: Why | None = None,
    to_organisation_ids: Iterable[int] = (),
    to_named: str = "",
) -> None:
    """Write a row for each person and whoever gets it, in one statement and in the transaction that discloses.

    `page` is the route or operation (60 characters at most). Whoever gets it is the actor's organisation, unless
    `to_organisation_ids` says which of the scheme, or `to_named` (200 at most) who outside it. `why` is worked out
    where it is not given. IntegrityError where one who is no user looks, or no system reads.
    """
    persons = sorted(set(person_ids))
    if not persons:
        return
    # Not through the model: what is written need not be visible to whoever wrote it, and nothing is read back.
    with connection.cursor() as cursor:
        cursor.execute(
            _NOTE,
            {
                "scheme": by.scheme_id,
                "organisation": by.organisation_id,
                "user": by.user_id,
                "credential": by.credential_id,
                "role": by.role.value,
                "persons": persons,
                "page": page,
                "at": by.now(),
                "what": what.value,
                "why": why or why_of(page, by.role),
                "reached": sorted(set(to_organisation_ids)),
                "to_named": to_named,
            },
        )


def what_of(page: str) -> What:
    """What a user who opens this page gets."""
    return What.DOCUMENT if page in _PAPERS else What.LOOK


def why_of(page: str, role: Role) -> Why | None:
    """Why somebody in this role is on this page, where that alone says it."""
    for beginnings, why in _PAGES:
        if page.startswith(beginnings):
            return why
    # Works with nobody: what they open they open for the record's sake.
    return Why.RIGHTS if role is Role.INFORMATION_GOVERNANCE_LEAD else None
