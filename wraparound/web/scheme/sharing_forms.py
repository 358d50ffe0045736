"""What an administrator writes of a data-sharing agreement."""

from collections.abc import Sequence
from typing import Any, cast

from wraparound.consent.data_sharing import Terms
from wraparound.organisations.models import Organisation
from wraparound.web.nhsuk import CheckboxesField, DateField, TextField, TickField
from wraparound.web.scheme.forms import MOST_TICKED, named
from wraparound.web.team.forms import ActionForm


class SharingForm(ActionForm):
    title = TextField("What the agreement is called", missing="Enter what the agreement is called")
    lawful_basis = TextField(
        "Lawful basis",
        hint="The articles of the UK GDPR that the parties stand on, as the agreement says, such as Article 6(1)(e) "
        "and Article 9(2)(h). This is not the person’s consent.",
        max_length=500,
        missing="Enter the articles of the UK GDPR that it stands on",
    )
    begins = DateField("First day", missing="Enter the first day on which it holds")
    ends = DateField("Last day, if it has one", required=False)
    review_on = DateField("To be looked at again on", required=False)
    kept_at = TextField("Where the signed copy is", required=False, max_length=300)

    def terms(self) -> Terms:
        return Terms(**self.cleaned_data)


class SignForm(ActionForm):
    everybody = TickField("Every organisation of the scheme that is not a party yet")
    organisations = CheckboxesField("Or these", choices=[], required=False)
    signed_on = DateField("Signed on", past=True, missing="Enter the day on which they signed")

    def __init__(self, organisations: Sequence[Organisation], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.all_ids = [each.pk for each in organisations]
        self.fields["everybody"].label = f"All {len(organisations)} that are not a party yet"
        if len(organisations) > MOST_TICKED:
            self.fields["organisations"].help_text = f"The first {MOST_TICKED} by name"
        offered = named(organisations[:MOST_TICKED])
        field = cast(CheckboxesField, self.fields["organisations"])
        field.choices = offered

    def signed(self) -> dict[str, Any]:
        """What `data_sharing.sign_for` takes of the answers."""
        said = self.cleaned_data
        chosen = self.all_ids if said["everybody"] else [int(each) for each in said["organisations"]]
        return {"organisation_ids": chosen, "on": said["signed_on"]}


class EndForm(ActionForm):
    last_day = DateField("Last day", future=True, missing="Enter its last day")
