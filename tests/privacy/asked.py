"""A request for what is held, as far as a test wants it."""

from tests.factories import NOW, World
from wraparound.organisations.actor import Actor, acting_as, system
from wraparound.people.models import Person
from wraparound.privacy import subject_access as actions
from wraparound.privacy import tasks
from wraparound.privacy.models import AccessPart, AccessRecord, SubjectAccessRequest
from wraparound.privacy.models.subject_access import AskedHow, HandedOver, IdentityChecked
from wraparound.privacy.redacting import How


def taken(world: World, person: Person) -> SubjectAccessRequest:
    by = world.practice_lead
    with acting_as(by):
        return actions.take_request(by=by, person=person, asked_on=by.today(), asked_how=AskedHow.LETTER)


def collected(world: World, person: Person) -> SubjectAccessRequest:
    """Known who asked, and every part collected."""
    by, request = world.practice_lead, taken(world, person)
    with acting_as(by):
        actions.confirm_identity(by=by, request=request, identity=IdentityChecked.DOCUMENT, identity_on=by.today())
        parts = list(AccessPart.objects.visible_to(by).filter(request=request))
    for part in parts:
        tasks.collect_part.now(by=system(world.scheme, part.organisation_id).at(NOW), part_id=part.pk)
    return request


def part_of(request: SubjectAccessRequest, by: Actor) -> AccessPart:
    with acting_as(by):
        return AccessPart.objects.visible_to(by).get(request=request, organisation_id=by.organisation_id)


def records_of(part: AccessPart, by: Actor) -> list[AccessRecord]:
    with acting_as(by):
        return list(AccessRecord.objects.visible_to(by).filter(part=part))


def decided(part: AccessPart, by: Actor) -> None:
    """Everything is shown."""
    with acting_as(by):
        for entry in AccessRecord.objects.visible_to(by).filter(part=part, to_decide__gt=0):
            for field, _, _, mark in entry.said:
                if mark and mark != "worker":
                    actions.decide(by=by, entry=entry, fields=[field], how=How.SHOW)
        actions.decide_names(by=by, part=part, show=True)


def released(request: SubjectAccessRequest, by: Actor, how: HandedOver = HandedOver.TOGETHER) -> AccessPart:
    part = part_of(request, by)
    decided(part, by)
    with acting_as(by):
        part = actions.release(by=by, part=part, handed_over=how)
    tasks.set_part.now(by=by, part_id=part.pk)
    return part


def everybody_released(world: World, person: Person) -> SubjectAccessRequest:
    """The practice and the link workers hand over together, the advisers themselves."""
    request = collected(world, person)
    released(request, world.links_lead)
    released(request, world.advice_lead, HandedOver.OURSELVES)
    released(request, world.practice_lead)
    packed(request, world)
    return request


def packed(request: SubjectAccessRequest, world: World) -> None:
    tasks.set_pack.now(by=system(world.scheme, world.practice).at(NOW), request_id=request.pk)
