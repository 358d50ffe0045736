"""Every route, called by a stranger and by somebody who is not signed in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.factories import details, make_world, member, referral_to
from tests.house import files, money, rights_rows
from tests.house.advice import a_limit, a_matter, a_permission, advised_in
from tests.house.confidential import an_opening
from tests.house.consenting import a_mandate, a_signature, a_translation, signed_agreement
from tests.house.evidence import a_request, an_advice_case
from tests.house.members import a_colleague, a_system, an_own_invitation
from tests.house.one_time import a_page, signed_for
from tests.house.seeing import committing, connected_as
from tests.house.story import Story, tell_story
from tests.journeys.given import an_unmet_need, somebody_waiting
from tests.journeys.managing import on_leave
from tests.journeys.referring_in import a_call, a_call_list, a_slip
from tests.journeys.setting_up import an_invitation
from tests.journeys.signing_in import a_link, an_app
from wraparound.casework.models import Case, Task
from wraparound.messaging.models import DigestSent, MessageBack
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.models import HelpNow, User
from wraparound.organisations.roles import Role
from wraparound.referrals.launching import start_launch, token_of
from wraparound.referrals.models import Question, SameDayAlert, Transfer
from wraparound.safeguarding.models import Concern
from wraparound.social_prescribing.models import Goal, Step
from wraparound.web.access import For

CHAIRS = (
    Role.CLINICIAN, Role.LINK_WORKER, Role.ADVISER, Role.SUPERVISOR, Role.SERVICE_MANAGER,
    Role.INFORMATION_GOVERNANCE_LEAD,
)  # fmt: skip


@dataclass(frozen=True)
class Route:
    path: str
    parameters: frozenset[str]
    open_for: For | None

    def to(self, values: dict[str, object]) -> str:
        """The address with the values of one object in it."""
        parts = []
        for part in self.path.split("/"):
            name = part.removesuffix(">").rpartition(":")[2]
            parts.append(str(values[name]) if part.startswith("<") else part)
        return "/" + "/".join(parts)


def routes(resolver: URLResolver, before: str = "") -> Iterator[Route]:
    for each in resolver.url_patterns:
        path = before + str(each.pattern).removeprefix("^")
        if isinstance(each, URLResolver):
            yield from routes(each, path)
        elif isinstance(each, URLPattern):
            yield Route(path, frozenset(each.pattern.converters), getattr(each.callback, "open_for", None))


ROUTES = list(routes(get_resolver()))
# Machines bring a token of their own, and are told so.
FOR_MACHINES = ("fhir/", "launch/", "api/", "oauth/")
TAKING_AN_OBJECT = [
    route
    for route in ROUTES
    if route.parameters and route.open_for is not For.EVERYBODY and not route.path.startswith(FOR_MACHINES)
]


def _case(story: Story) -> dict[str, object]:
    by = story.world.link_worker
    with acting_as(by):
        return {"pk": Case.objects.visible_to(by).get(journey=story.journey).pk}


def _alert(story: Story) -> dict[str, object]:
    with acting_as(story.world.adviser):
        return {"pk": SameDayAlert.objects.get(journey=story.journey).pk}


def _concern(story: Story) -> dict[str, object]:
    with acting_as(story.world.link_supervisor):
        return {"pk": Concern.objects.get(journey=story.journey).pk}


def _digest(story: Story) -> dict[str, object]:
    with acting_as(story.world.clinician):
        return {"pk": DigestSent.objects.get().pk}


def _message(story: Story) -> dict[str, object]:
    with acting_as(story.world.clinician):
        return {"pk": MessageBack.objects.filter(journey=story.journey).earliest("pk").pk}


def _referral(story: Story) -> dict[str, object]:
    referral = referral_to(story.journey, story.world.link_worker)
    return {"pk": referral.pk, "reference": story.journey.reference}


def _question(story: Story) -> dict[str, object]:
    with acting_as(story.world.clinician):
        return {"pk": Question.objects.get(referral__journey=story.journey).pk}


def _transfer(story: Story) -> dict[str, object]:
    with acting_as(story.world.link_worker):
        return {"pk": Transfer.objects.get(referral__journey=story.journey).pk}


def _task(story: Story) -> dict[str, object]:
    with acting_as(story.world.link_worker):
        return {"pk": Task.objects.filter(journey=story.journey).earliest("pk").pk}


def _goal(story: Story) -> dict[str, object]:
    with acting_as(story.world.link_worker):
        return {"pk": Goal.objects.get(case__journey=story.journey).pk}


def _step(story: Story) -> dict[str, object]:
    with acting_as(story.world.link_worker):
        return {"pk": Step.objects.get(case__journey=story.journey).pk}


def _launch(story: Story) -> dict[str, object]:
    by = story.world.clinician
    with acting_as(by):
        return {"token": token_of(start_launch(by=replace(by, moment=None), details=details()))}


def _leave(story: Story) -> dict[str, object]:
    return {"pk": on_leave(story.world.link_worker).pk}


def _journey(story: Story) -> dict[str, object]:
    return {"reference": story.journey.reference, "purpose": "read_health_record"}


def _consent(story: Story) -> dict[str, object]:
    """One that has every page of a consent, those of a mandate too."""
    return {"pk": a_mandate(story.world).pk}


@dataclass(frozen=True)
class Kind:
    """Objects that addresses of one beginning name: how to have one, and somebody who may look at it."""

    make: Callable[[Story], dict[str, object]]
    insider: str
    own: bool = False


# By how the address begins. A route that begins otherwise is said here, with how to come to its object.
KINDS: dict[str, Kind] = {
    "ask/": Kind(lambda story: {"slug": story.world.scheme.slug}, "clinician"),
    "refer/person/": Kind(lambda story: {"pk": story.journey.person_id}, "clinician"),
    "refer/launch/": Kind(_launch, "clinician"),
    "signposts/": Kind(lambda story: {"reference": a_slip(story.world).reference}, "clinician"),
    "call-lists/": Kind(lambda story: {"pk": a_call_list(story.world).pk}, "receptionist"),
    "calls/": Kind(lambda story: {"pk": a_call(story.world, story.world.clinician).pk}, "clinician"),
    "referrals/": Kind(_referral, "clinician"),
    "messages/": Kind(_message, "clinician"),
    "alerts/": Kind(_alert, "adviser"),
    "referral/": Kind(_referral, "link_worker"),
    "journey/": Kind(_journey, "link_worker"),
    "raise/": Kind(lambda story: {"pk": story.journey.person_id}, "link_worker"),
    "news/": Kind(_digest, "clinician"),
    "concerns/": Kind(_concern, "link_supervisor"),
    "teams/": Kind(lambda story: {"pk": story.world.social.pk}, "link_supervisor"),
    "workers/": Kind(lambda story: {"pk": story.world.link_worker.membership_id}, "link_worker"),
    "leave/": Kind(_leave, "link_worker"),
    "evidence/case/": Kind(lambda story: {"pk": an_advice_case(story.world).pk}, "adviser"),
    "evidence/<int:pk>/": Kind(lambda story: {"pk": a_request(story.world).pk}, "adviser"),
    "evidence/asked/": Kind(lambda story: {"pk": a_request(story.world).pk}, "clinician"),
    "documents/case/": Kind(lambda story: {"pk": files.a_case(story.world).pk}, "adviser"),
    "document/": Kind(lambda story: {"pk": files.shown(story.world).pk, "number": 1}, "adviser"),
    "consents/": Kind(_consent, "link_worker"),
    "signatures/": Kind(lambda story: {"pk": a_signature(story.world).pk}, "link_worker"),
    "once/for/": Kind(lambda story: {"pk": signed_for(story.world)[1].pk}, "link_worker", own=True),
    "once/<int:pk>/": Kind(lambda story: {"pk": a_page(story.world).page.pk}, "link_worker", own=True),
    "shown/": Kind(lambda story: {"token": a_page(story.world).token}, "link_worker"),
    "questions/": Kind(_question, "clinician"),
    "waiting-list/": Kind(lambda story: {"pk": somebody_waiting(story.world).pk}, "link_supervisor"),
    "unmet-needs/": Kind(lambda story: {"pk": an_unmet_need(story.world).pk}, "clinician"),
    "transfers/": Kind(_transfer, "second_link_worker", own=True),
    "tasks/": Kind(_task, "link_worker", own=True),
    "money/case/": Kind(lambda story: {"pk": money.a_budget(story.world).pk}, "adviser"),
    "debts/": Kind(lambda story: {"pk": money.a_debt(story.world).pk}, "adviser"),
    "statements/": Kind(lambda story: {"pk": money.the_statement(story.world).pk}, "adviser"),
    "outcomes/<int:pk>/": Kind(lambda story: {"pk": money.the_outcome(story.world).pk}, "adviser"),
    "matters/for/": Kind(lambda story: {"pk": advised_in(story.world).case.pk}, "adviser"),
    "matter/": Kind(lambda story: {"pk": a_matter(story.world).pk}, "adviser"),
    "time-limit/": Kind(lambda story: {"pk": a_limit(story.world).pk}, "adviser"),
    "team/competence/": Kind(lambda story: {"pk": story.world.adviser.user_id}, "advice_supervisor"),
    "team/permission/": Kind(lambda story: {"pk": a_permission(story.world).pk}, "advice_supervisor"),
    "goals/": Kind(_goal, "link_worker", own=True),
    "steps/": Kind(_step, "link_worker", own=True),
    "case/": Kind(_case, "link_worker", own=True),
    "scheme/pathway/": Kind(lambda story: {"pk": story.world.scheme.pathway_version_id}, "administrator"),
    "scheme/organisations/": Kind(lambda story: {"pk": story.world.practice.pk}, "administrator"),
    "scheme/teams/": Kind(lambda story: {"pk": story.world.social.pk}, "administrator"),
    "scheme/numbers/": Kind(lambda story: {"pk": HelpNow.objects.get(scheme=story.world.scheme).pk}, "administrator"),
    "scheme/people/": Kind(lambda story: {"pk": story.world.receptionist.membership_id}, "administrator"),
    "emergency/openings/": Kind(lambda story: {"pk": an_opening(story.world).pk}, "advice_supervisor"),
    "scheme/sharing-parties/": Kind(
        lambda story: {"pk": signed_agreement(story.world).parties.get(organisation=story.world.practice).pk},
        "administrator",
    ),
    "scheme/translations/": Kind(lambda story: {"pk": a_translation(story.world).pk}, "administrator"),
    "scheme/sharing/": Kind(lambda story: {"pk": signed_agreement(story.world).pk}, "administrator"),
    "scheme/invitations/": Kind(lambda story: {"pk": an_invitation(story.world).invitation.pk}, "administrator"),
    "api/v1/referrals/": Kind(_referral, "clinician"),
    "members/invitations/": Kind(lambda story: {"pk": an_own_invitation(story.world).invitation.pk}, "voluntary"),
    "members/systems/": Kind(lambda story: {"pk": a_system(story.world).pk}, "voluntary"),
    "members/<int:pk>/": Kind(lambda story: {"pk": a_colleague(story.world).pk}, "voluntary"),
    "account/second-factor/": Kind(lambda story: {"pk": an_app(story.world.clinician).pk}, "clinician"),
    "second-factors/": Kind(lambda story: {"pk": story.world.receptionist.membership_id}, "administrator"),
    "sign-in/new-password/": Kind(lambda story: {"token": a_link(story.world.clinician)}, "clinician"),
    "sign-in/with/": Kind(lambda story: {"provider": "cis2"}, "clinician"),
    "rights/parts/": Kind(rights_rows.access_part, "links_lead", own=True),
    "rights/records/": Kind(rights_rows.access_record, "links_lead", own=True),
    "rights/person/": Kind(lambda story: {"pk": story.journey.person_id}, "practice_lead"),
    "rights/removals/": Kind(rights_rows.removal, "practice_lead", own=True),
    "rights/holds/person/": Kind(lambda story: {"pk": story.journey.person_id}, "practice_lead"),
    "rights/holds/<int:pk>/": Kind(rights_rows.hold, "practice_lead", own=True),
    "rights/join/": Kind(rights_rows.two_records, "practice_lead"),
    "rights/joinings/": Kind(rights_rows.joining, "practice_lead", own=True),
    "rights/investigation/looks/": Kind(rights_rows.look, "practice_lead", own=True),
    "rights/erasure/person/": Kind(lambda story: {"pk": story.journey.person_id}, "practice_lead"),
    "rights/erasure/<int:pk>/": Kind(rights_rows.erasure, "practice_lead", own=True),
    "rights/<int:pk>/": Kind(rights_rows.access_request, "practice_lead"),
    "invitation/": Kind(lambda story: {"token": an_invitation(story.world).token}, "clinician"),
}


def kind_of(route: Route) -> Kind:
    found = [kind for begins, kind in KINDS.items() if route.path.startswith(begins)]
    assert len(found) == 1, f"say in KINDS of this file how to come to an object for {route.path}"
    return found[0]


@dataclass
class Scene:
    """One story, everybody who might call, and a browser for each."""

    story: Story
    strangers: list[Actor]
    clients: dict[int | None, Client]

    def client(self, actor: Actor) -> Client:
        if actor.user_id not in self.clients:
            self.clients[actor.user_id] = Client(raise_request_exception=False)
            self.clients[actor.user_id].force_login(User.objects.get(pk=actor.user_id))
        return self.clients[actor.user_id]

    def answers(self, actors: list[Actor], address: str) -> set[int]:
        """Of a page asked for, and of an empty form sent to it."""
        asked = (ask for actor in actors for ask in (self.client(actor).get, self.client(actor).post))
        return {ask(address).status_code for ask in asked}

    def looks(self, kind: Kind, address: str) -> int:
        return self.client(self.story.world.actors[kind.insider]).get(address).status_code


@pytest.fixture(scope="module")
def scene(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker) -> Iterator[Scene]:
    with committing(django_db_blocker), connected_as(getattr(request, "param", "default")):
        story, elsewhere = tell_story(), make_world()
        idle = story.world.other_practice
        here = [member(story.world.scheme, idle, chair, f"Other {chair}") for chair in CHAIRS]
        there = [elsewhere.clinician, elsewhere.link_worker, elsewhere.adviser, elsewhere.advice_supervisor]
        there += [elsewhere.administrator, elsewhere.voluntary, elsewhere.practice_lead]
        here.append(member(story.world.scheme, idle, Role.RECEPTIONIST, "Other administrator", administers=True))
        yield Scene(story, [*here, *there], {})


def test_there_are_routes() -> None:
    assert len(TAKING_AN_OBJECT) > 15


@pytest.mark.parametrize("scene", ["default", "owner"], indirect=True, scope="module")
@pytest.mark.parametrize("route", TAKING_AN_OBJECT, ids=lambda route: route.path)
def test_a_strangers_every_request_finds_nothing(scene: Scene, route: Route) -> None:
    """404; or 403 and 405 before anything was looked for, to a role or a verb that the page is not for.

    Connected as the web's role, and as the owner whom row-level security does not bind: each line holds alone.
    """
    kind = kind_of(route)
    address = route.to(kind.make(scene.story))
    of_the_journey = [scene.story.world.actors[role] for role in ("adviser", "advice_supervisor", "clinician")]
    got = scene.answers([*scene.strangers, *(of_the_journey if kind.own else [])], address)
    assert got <= {403, 404, 405} and 404 in got
    assert scene.looks(kind, address) in (200, 205, 302, 405), "nobody at all can come here"


@pytest.mark.parametrize("route", TAKING_AN_OBJECT, ids=lambda route: route.path)
def test_what_is_not_there_looks_like_what_is_not_yours(scene: Scene, route: Route) -> None:
    nothing = {"pk": 2**40, "reference": "ZZZZ-ZZZZ", "token": "999:x", "purpose": "read_health_record", "other": 1}
    nothing["number"] = 1
    assert scene.looks(kind_of(route), route.to(nothing)) in (404, 405)


OPEN = {
    "invitation/<str:token>/", "shown/<str:token>/",
    "sign-in/second/", "sign-in/forgotten/", "sign-in/new-password/<str:token>/", "session/",
    "sign-in/with/<slug:provider>/", "sign-in/with/<slug:provider>/back/",
    "healthz", "sign-in/", "sign-in/demo/", "sign-out/", "ask/", "ask/<slug:slug>/", "ask/<slug:slug>/questions/",
}  # fmt: skip


def test_what_is_open_to_everybody_is_declared() -> None:
    assert {route.path for route in ROUTES if route.open_for is For.EVERYBODY} - {"fhir/R4/metadata"} <= OPEN


@pytest.mark.django_db
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.path or "home")
def test_who_is_not_signed_in_is_sent_to_sign_in(route: Route) -> None:
    address = route.to(
        {
            "pk": 1,
            "reference": "K7QX-3MPD",
            "token": "1:x",
            "slug": "somewhere",
            "provider": "cis2",
            "purpose": "x",
            "other": 1,
            "number": 1,
        }
    )
    for ask in (Client().get, Client().post):
        answer = ask(address)
        if route.path.startswith(FOR_MACHINES):
            assert answer.status_code in (200, 301, 401, 404, 405, 415)
        elif route.path not in OPEN:
            assert answer.status_code == 302 and answer["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.path or "home")
def test_no_role_makes_a_route_fail(scene: Scene, route: Route) -> None:
    """Whatever the role, and with nothing filled in: a page, a refusal or a redirect, never a fault."""
    address = route.to(kind_of(route).make(scene.story) if route.parameters else {})
    roles = ("clinician", "receptionist", "link_worker", "adviser", "advice_supervisor", "commissioner")
    got = {role: scene.answers([scene.story.world.actors[role]], address) for role in roles}
    assert {role: codes for role, codes in got.items() if any(code >= 500 for code in codes)} == {}


@pytest.mark.django_db
@pytest.mark.parametrize("ended", ["membership", "user"])
def test_who_has_left_is_let_in_nowhere(ended: str) -> None:
    story = tell_story()
    client = Client()
    user = User.objects.get(pk=story.world.link_worker.user_id)
    client.force_login(user)
    assert client.get(f"/journey/{story.journey.reference}/").status_code == 200
    if ended == "user":
        User.objects.filter(pk=user.pk).update(is_active=False)
    else:
        user.memberships.update(started="2020-01-01T00:00Z", ended="2026-01-01T00:00Z")
    answer = client.get(f"/journey/{story.journey.reference}/")
    assert answer.status_code == 302 and answer["Location"].startswith(("/sign-in/", "/acting-for/"))


@pytest.mark.django_db
def test_two_memberships_of_one_user_do_not_add_up() -> None:
    """The page shows what the chosen one may see."""
    story, elsewhere = tell_story(), make_world()
    user = User.objects.get(pk=story.world.link_worker.user_id)
    other = elsewhere.practice.memberships.create(user=user, scheme=elsewhere.scheme, role=Role.CLINICIAN)
    client = Client()
    client.force_login(user)
    for membership, status in ((other.pk, 404), (story.world.link_worker.membership_id, 200)):
        client.post("/acting-for/", {"membership": membership})
        assert client.get(f"/journey/{story.journey.reference}/").status_code == status
