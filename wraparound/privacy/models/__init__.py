"""What a person may ask about what is held of them, and what came of it."""

from wraparound.privacy.models.investigating import LookedInto
from wraparound.privacy.models.joining import Joining, Moved
from wraparound.privacy.models.keeping import ErasureRequest, LegalHold, LongerPeriod, Removal, RemovalRun
from wraparound.privacy.models.subject_access import (
    AccessPack,
    AccessPart,
    AccessRecord,
    ReleasedPart,
    SubjectAccessRequest,
)

__all__ = [
    "AccessPack",
    "AccessPart",
    "AccessRecord",
    "ErasureRequest",
    "Joining",
    "LegalHold",
    "LongerPeriod",
    "LookedInto",
    "Moved",
    "ReleasedPart",
    "Removal",
    "RemovalRun",
    "SubjectAccessRequest",
]
