"""Rows that addresses about people's rights name, of a story that has been told."""

from tests.factories import details, referred
from tests.house.story import Story
from wraparound.organisations.actor import acting_as
from wraparound.privacy.investigating import Asked, looks
from wraparound.privacy.models import (
    AccessPart,
    AccessRecord,
    ErasureRequest,
    Joining,
    LegalHold,
    RemovalRun,
    SubjectAccessRequest,
)


def access_part(story: Story) -> dict[str, object]:
    by = story.world.links_lead
    with acting_as(by):
        return {"pk": AccessPart.objects.visible_to(by).get(organisation_id=by.organisation_id).pk}


def access_record(story: Story) -> dict[str, object]:
    by = story.world.links_lead
    with acting_as(by):
        return {"pk": AccessRecord.objects.visible_to(by).filter(kind="casework.note").earliest("pk").pk}


def removal(story: Story) -> dict[str, object]:
    by = story.world.practice_lead
    with acting_as(by):
        return {"pk": RemovalRun.objects.visible_to(by).earliest("pk").pk}


def hold(story: Story) -> dict[str, object]:
    by = story.world.practice_lead
    with acting_as(by):
        return {"pk": LegalHold.objects.visible_to(by).get().pk}


def erasure(story: Story) -> dict[str, object]:
    by = story.world.practice_lead
    with acting_as(by):
        return {"pk": ErasureRequest.objects.visible_to(by).get().pk}


def two_records(story: Story) -> dict[str, object]:
    other = referred(story.world, person=details(family_name="Silva", date_of_birth=None, postcode="")).person_id
    return {"pk": story.journey.person_id, "other": other}


def joining(story: Story) -> dict[str, object]:
    by = story.world.practice_lead
    with acting_as(by):
        return {"pk": Joining.objects.visible_to(by).earliest("pk").pk}


def look(story: Story) -> dict[str, object]:
    by = story.world.practice_lead
    with acting_as(by):
        return {"pk": looks(by, Asked()).rows[0].pk}


def access_request(story: Story) -> dict[str, object]:
    by = story.world.practice_lead
    with acting_as(by):
        return {"pk": SubjectAccessRequest.objects.visible_to(by).get(organisation_id=by.organisation_id).pk}
