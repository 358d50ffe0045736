"""The one record of a person in a scheme, who has to do with them, and who within an organisation reads it."""

from wraparound.people.models.confidential import EmergencyOpening, Restriction
from wraparound.people.models.person import (
    Contact,
    DigitalAccess,
    Involvement,
    Person,
    PersonQuerySet,
    SelfDescription,
    YesNo,
)
from wraparound.people.models.withheld import AbuseMarker, WithheldAddress

__all__ = [
    "AbuseMarker", "Contact", "DigitalAccess", "EmergencyOpening", "Involvement", "Person", "PersonQuerySet",
    "Restriction", "SelfDescription", "WithheldAddress", "YesNo",
]  # fmt: skip
