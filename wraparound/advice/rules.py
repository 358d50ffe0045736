"""Whether a worker may take a matter: a pure decision from what is done in it and what is held for it.

Immigration levels follow the Immigration Advice Authority's guidance on competence (levels 1 to 3), to be checked by
whoever is registered in the organisation. Beyond general information, debt advice needs permission under the Financial
Services and Markets Act 2000, or an exemption. The rest is this product's own reading of what supervision asks.
"""

from collections.abc import Collection
from dataclasses import dataclass

from wraparound.advice.states import Level, Stage
from wraparound.organisations.roles import Role

IMMIGRATION, DEBT = "immigration", "debt"
BEYOND_FORMS = (Level.CASEWORK, Level.REPRESENTATION)
# Before a court or tribunal a mistake cannot be mended by asking again.
BEFORE_A_JUDGE = frozenset(
    {
        Stage.TRIBUNAL,
        Stage.UPPER_TRIBUNAL,
        Stage.COURT,
        Stage.ENFORCEMENT,
        Stage.POSSESSION_CLAIM,
        Stage.EVICTION,
        Stage.COUNTY_COURT_APPEAL,
    }
)
# Claims, reconsiderations, and a first word with a council or a landlord.
BASIC = frozenset({Stage.ADVICE, Stage.CLAIM, Stage.MANDATORY_RECONSIDERATION})


@dataclass(frozen=True, kw_only=True)
class Held:
    """What a worker is signed off for, as it is in force today."""

    role: Role
    immigration_level: int = 0
    categories: frozenset[str] = frozenset()
    beyond_basic: bool = False
    supervised: bool = False


def missing_in_worker(category: str, level: Level, stage: Stage, held: Held) -> str:
    """What the worker lacks for the matter, as the end of “This needs …”; empty when they may take it."""
    if level is Level.INFORMATION:
        return ""
    if category == IMMIGRATION:
        needed = immigration_level(level, stage)
        return "" if held.immigration_level >= needed else f"an immigration adviser of level {needed} or higher"
    if held.supervised and level is Level.REPRESENTATION:
        return "somebody who is not in training"
    if level not in BEYOND_FORMS or held.role is Role.SUPERVISOR:
        return ""
    signed_off = category in held.categories
    if held.role is Role.HYBRID_WORKER:
        basic = level is Level.CASEWORK and stage in BASIC
        return "" if basic or (held.beyond_basic and signed_off) else "an adviser signed off for more than basic work"
    if (level is Level.REPRESENTATION or stage in BEFORE_A_JUDGE) and not signed_off:
        return "an adviser whom a supervisor has signed off for this"
    return ""


def immigration_level(level: Level, stage: Stage) -> int:
    """1 for straightforward applications, 2 for casework and reviews, 3 for appeals and representation."""
    if level is Level.REPRESENTATION or stage in BEFORE_A_JUDGE:
        return 3
    return 2 if level is Level.CASEWORK or stage is Stage.REVIEW else 1


def missing_in_organisation(category: str, level: Level, stage: Stage, permissions: Collection[str]) -> str:
    """What the organisation lacks for the matter, as the end of “This needs …”; empty when it may take it.

    `permissions` are kinds of `Permission` in force.
    """
    if level is Level.INFORMATION:
        return ""
    if category == IMMIGRATION:
        needed = immigration_level(level, stage)
        enough = any(f"immigration_{each}" in permissions for each in range(needed, 4))
        return "" if enough else f"an organisation registered for immigration advice at level {needed} or higher"
    if category == DEBT and "debt" not in permissions:
        return "an organisation with permission to advise on debt"
    if level in BEYOND_FORMS and "insurance" not in permissions:
        return "an organisation with professional indemnity insurance in force"
    return ""
