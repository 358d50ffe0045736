"""What somebody outside may tell us about a person: checked values, no database."""

from dataclasses import dataclass
from datetime import date

from django.db import models

from wraparound.people import codes


class NhsNumberAbsent(models.TextChoices):
    """Why there is no NHS number."""

    NOT_KNOWN = "not_known", "Not known"
    OVERSEAS_PATIENT = "overseas_patient", "From overseas, not registered"
    DEVOLVED_NATION = "devolved_nation", "Has another nation's number"
    NOT_GIVEN = "not_given", "The person did not want to give it"
    TO_BE_CHECKED = "to_be_checked", "The number given belongs to a record with other details"


@dataclass(frozen=True, kw_only=True)
class PersonDetails:
    """A person as a referrer describes them.

    Codes are put into their one form when this is made; ValueError with a sentence when one cannot be right.
    At least one of `family_name` and `given_names` is not blank (people may have one name). `nhs_number` is ten
    digits that pass the check digit, or "" with `nhs_number_absent_reason` (see `NhsNumberAbsent`).
    `date_of_birth` may be unknown. `practice_ods_code` names the practice the person is registered with. `voicemail`
    and `may_say_who_is_calling` are "yes", "no" or "" where nobody asked.
    """

    family_name: str = ""
    given_names: str = ""
    known_as: str = ""
    date_of_birth: date | None = None
    nhs_number: str = ""
    nhs_number_absent_reason: str = ""
    address: str = ""
    postcode: str = ""
    no_fixed_abode: bool = False
    mobile: str = ""
    landline: str = ""
    email: str = ""
    preferred_language: str = ""
    interpreter_needed: bool = False
    practice_ods_code: str = ""
    safe_times: str = ""
    voicemail: str = ""
    may_say_who_is_calling: str = ""
    access_needs: str = ""

    def __post_init__(self) -> None:
        if not (self.family_name.strip() or self.given_names.strip()):
            raise ValueError("Enter at least one name.")
        for name, check in (("nhs_number", codes.nhs_number), ("postcode", codes.postcode)):
            if value := getattr(self, name):
                object.__setattr__(self, name, check(value))
