"""The programming interface: referrals in by the same action as a page, and what came of them out again."""

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.credentials import a_client, a_credential
from tests.factories import World, make_world, referral_to, referred
from wraparound.casework.actions import accept
from wraparound.messaging.models import MessageBack
from wraparound.messaging.tasks import write_message_back
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.credentials import give_access
from wraparound.organisations.models import Credential, Organisation, Partner
from wraparound.organisations.roles import Capability
from wraparound.people.models import Person
from wraparound.referrals.actions import decline
from wraparound.referrals.models import Journey, Referral
from wraparound.referrals.states import DeclineReason

pytestmark = pytest.mark.django_db
Json = dict[str, Any]
PROBLEM = "application/problem+json"
ASKED: Json = {
    "person": {
        "family_name": "Duarte", "given_names": "Rosa", "date_of_birth": "1980-02-29", "nhs_number": "9434765919",
        "mobile": "07700 900123", "postcode": "E3 4QX",
    },
    "needs": ["debt", "loneliness"],
    "agreement": {"how": "in_person"},
    "reason": "Letters unopened since May",
}  # fmt: skip


class Api:
    """A connected system with one credential."""

    def __init__(self, token: str) -> None:
        self.client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        self.headers = {"Authorization": f"Bearer {token}"}

    def get(self, path: str, **query: object) -> Any:
        return self.client.get(f"/api/v1/{path}", query, headers=self.headers)

    def post(self, body: Json | str, key: str | None = None, **headers: str) -> Any:
        sent = body if isinstance(body, str) else json.dumps(body)
        headers = self.headers | {"Idempotency-Key": key or str(uuid.uuid4())} | headers
        return self.client.post("/api/v1/referrals", sent, content_type="application/json", headers=headers)


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def api(world: World) -> Api:
    return Api(a_credential(world.scheme, world.practice).secret)


def problem(answer: Any, status: int, kind: str) -> Json:
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == PROBLEM
    said: Json = answer.json()
    assert said["type"] == f"urn:wraparound:problem:{kind}" and said["status"] == status and said["detail"]
    return said


def journeys(by: Actor) -> list[Journey]:
    with acting_as(by):
        return list(Journey.objects.visible_to(by).select_related("person"))


def earlier(by: Actor) -> None:
    """As if everything had happened a while ago, so that it is settled."""
    with acting_as(by):
        Referral.objects.visible_to(by).update(status_since=timezone.now() - timedelta(minutes=1))


# Making a referral


def test_a_referral_is_made_as_a_page_would_make_it(world: World, api: Api) -> None:
    answer = api.post(ASKED | {"advice_ticked": True}, key="case-2026-0001")
    assert answer.status_code == 201, answer.content
    (journey,) = journeys(world.clinician)
    said = answer.json()
    assert answer["Location"] == f"/api/v1/referrals/{journey.reference}" and answer["Cache-Control"] == "no-store"
    assert (said["reference"], said["key"], said["entry"]) == (journey.reference, "case-2026-0001", "clinician")
    assert {each["service"]: each["status"] for each in said["sent_to"]} == {
        "social_prescribing": "sent", "welfare_advice": "sent",
    }  # fmt: skip
    assert journey.person.nhs_number == "9434765919" and journey.from_organisation == world.practice
    assert "Duarte" not in answer.content.decode()
    assert referral_to(journey, world.link_worker).reason == "Letters unopened since May"


def test_the_same_key_makes_one_and_other_content_under_it_none(world: World, api: Api) -> None:
    first, again = api.post(ASKED, key="case-2026-0001"), api.post(ASKED, key="case-2026-0001")
    assert (first.status_code, again.status_code) == (201, 200) and first.json() == again.json()
    said = problem(api.post(ASKED | {"needs": ["housing"]}, key="case-2026-0001"), 409, "already_sent_changed")
    assert "under a new identifier" in said["detail"]
    assert len(journeys(world.clinician)) == 1


def test_a_key_is_one_organisations_own(world: World, api: Api) -> None:
    other = Api(a_credential(world.scheme, world.other_practice).secret)
    assert {each.post(ASKED, key="case-2026-0001").status_code for each in (api, other)} == {201}
    assert len(journeys(world.other_clinician)) == 1


@pytest.mark.parametrize("key", ["", "short", "with space in it", "x" * 201, "ümlaut-key"])
def test_without_a_key_of_its_own_nothing_is_taken(world: World, api: Api, key: str) -> None:
    headers = {"Idempotency-Key": key} if key else {}
    del api.headers["Authorization"], headers
    assert api.client.post("/api/v1/referrals", "{}", content_type="application/json").status_code == 401


def test_a_key_that_is_none_is_said_by_the_name_of_its_header(api: Api) -> None:
    for key in ("short", "with space in it", "x" * 201):
        (fault,) = problem(api.post(ASKED, key=key), 422, "not_as_described")["errors"]
        assert fault["pointer"] == "Idempotency-Key"


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"needs": []}, "/needs"),
        ({"needs": ["gold"]}, "/needs/0"),
        ({"person": {}}, "/person/family_name"),
        ({"person": {"family_name": "  "}}, "/person/family_name"),
        ({"person": {"family_name": "A\u0000B"}}, "/person/family_name"),
        ({"person": {"family_name": "D", "nhs_number": "9434765918"}}, "/person/nhs_number"),
        ({"person": {"family_name": "D", "date_of_birth": "1980-02-30"}}, "/person/date_of_birth"),
        ({"person": {"family_name": "D", "date_of_birth": 1}}, "/person/date_of_birth"),
        ({"person": {"family_name": "D", "mobile": "ring me"}}, "/person/mobile"),
        ({"person": {"family_name": "D", "no_fixed_abode": "yes"}}, "/person/no_fixed_abode"),
        ({"person": {"family_name": "D", "shoe_size": 4}}, "/person/shoe_size"),
        ({"reason": "x" * 501}, "/reason"),
        ({"scheme_id": 1}, "/scheme_id"),
        ({"person_id": 1}, "/person_id"),
    ],
)
def test_what_is_not_as_described_is_said_where_and_not_repeated(
    world: World, api: Api, changes: Json, pointer: str
) -> None:
    answer = api.post(ASKED | changes)
    assert pointer in [each["pointer"] for each in problem(answer, 422, "not_as_described")["errors"]]
    assert not journeys(world.clinician)
    for sent in ("9434765918", "ring me", "gold"):
        assert sent not in answer.content.decode()


def test_what_is_too_large_is_not_read(api: Api) -> None:
    problem(api.post(ASKED | {"told": "x" * 1_100_000}), 413, "too_large")


@pytest.mark.parametrize(
    "body", ["", "[" * 100_000, "{", "[]", "null", '"x"', "\udcff".encode("utf-8", "surrogateescape")]
)
def test_what_is_no_json_object_is_refused(api: Api, body: Any) -> None:
    answer = api.client.post("/api/v1/referrals", body, content_type="application/json",
                             headers=api.headers | {"Idempotency-Key": "case-2026-0001"})  # fmt: skip
    assert answer.status_code in (400, 422) and answer["Content-Type"] == PROBLEM


def test_the_agreement_cannot_be_left_out_and_an_exception_says_why(world: World, api: Api) -> None:
    without = {name: value for name, value in ASKED.items() if name != "agreement"}
    problem(api.post(without), 422, "not_as_described")
    problem(api.post(ASKED | {"agreement": {"how": "safeguarding"}}), 422, "not_as_described")
    problem(api.post(ASKED | {"agreement": {"how": "online"}}), 422, "not_as_described")
    because = {"how": "safeguarding", "because": "At risk at home; agreed with the named lead"}
    assert api.post(ASKED | {"agreement": because}).status_code == 201


def test_what_the_rules_refuse_is_said_in_the_sentence_of_the_page(world: World, api: Api) -> None:
    said = problem(api.post(ASKED | {"signpost": "K7QX-3MPD"}), 409, "unknown_code")
    assert said["detail"].startswith("No slip given in this scheme has this code.")
    assert said["errors"] == [{"pointer": "/signpost", "detail": said["detail"]}]
    born = ASKED["person"] | {"date_of_birth": "2999-01-01"}
    problem(api.post(ASKED | {"person": born}), 409, "born_later")
    problem(api.post(ASKED | {"entry_details": {"ward": "7"}}), 409, "entry_details")
    assert not journeys(world.clinician)


def test_a_hospital_is_asked_for_its_ward(world: World) -> None:
    place = Organisation.objects.get(pk=world.ward.organisation_id)
    api = Api(a_credential(world.scheme, place).secret)
    problem(api.post(ASKED), 409, "entry_details")
    details = {"ward": "7 North", "ward_contact": "020 7946 0000", "discharge_date": "2026-12-01"}
    assert api.post(ASKED | {"entry_details": details}).json()["entry"] == "hospital_ward"


# Reading


def test_it_reads_where_its_own_referrals_are(world: World, api: Api) -> None:
    journey = referred(world)
    with acting_as(world.link_worker):
        decline(
            by=world.link_worker, referral=referral_to(journey, world.link_worker), reason=DeclineReason.OUT_OF_AREA
        )
    said = api.get(f"referrals/{journey.reference}").json()
    (social,) = [each for each in said["sent_to"] if each["service"] == "social_prescribing"]
    assert (social["status"], social["decline_reason"], social["whose_turn"]) == (
        "declined", "out_of_area", "referrer",
    )  # fmt: skip
    assert said["key"] == ""


def test_nobody_elses_referral_is_there(world: World) -> None:
    """Not even to those it was sent to: what they see is on their pages."""
    journey = referred(world)
    elsewhere = make_world()
    for scheme, place in (
        (world.scheme, world.other_practice), (world.scheme, world.social.organisation),
        (elsewhere.scheme, elsewhere.practice),
    ):  # fmt: skip
        stranger = Api(a_credential(scheme, place).secret)
        problem(stranger.get(f"referrals/{journey.reference}"), 404, "not_found")
        problem(stranger.get(f"referrals/{journey.reference}/messages"), 404, "not_found")
        assert stranger.get("changes").json()["items"] == stranger.get("messages").json()["items"] == []


def test_an_organisation_in_two_schemes_sees_that_of_the_credentials(world: World) -> None:
    journey, elsewhere = referred(world), make_world()
    Partner.objects.create(scheme=elsewhere.scheme, organisation=world.practice)
    there = Api(a_credential(elsewhere.scheme, world.practice).secret)
    problem(there.get(f"referrals/{journey.reference}"), 404, "not_found")


def test_changes_come_once_each_in_their_order_however_small_the_parts(world: World, api: Api) -> None:
    made = {referred(world, person=None, person_id=referred(world).person_id).reference for _ in range(2)}
    earlier(world.clinician)
    seen, cursor, parts = [], "", 0
    while True:
        part = api.get("changes", limit=1, **({"cursor": cursor} if cursor else {})).json()
        seen += [(each["reference"], each["service"]) for each in part["items"]]
        cursor, parts = part["next"], parts + 1
        if not part["more"]:
            break
    assert len(seen) == len(set(seen)) == parts == 8 and made <= {reference for reference, _ in seen}
    nothing = api.get("changes", cursor=cursor).json()
    assert nothing == {"items": [], "next": cursor, "more": False}
    journey = journeys(world.clinician)[0]
    with acting_as(world.link_worker):
        by = world.link_worker.at(timezone.now() - timedelta(seconds=20))
        accept(by=by, referral=Referral.objects.get(journey=journey, to_team=world.social))
    (news,) = api.get("changes", cursor=cursor).json()["items"]
    assert (news["reference"], news["status"]) == (journey.reference, "accepted")


def test_what_changed_this_moment_waits_for_the_next_request(world: World, api: Api) -> None:
    """Something that began before it may still be on its way."""
    api.post(ASKED)
    first = api.get("changes").json()
    assert first["items"] == [] and first["next"]
    earlier_than = timezone.now() - timedelta(seconds=5)
    with acting_as(world.clinician):
        Referral.objects.visible_to(world.clinician).update(status_since=earlier_than - timedelta(milliseconds=1))
    assert len(api.get("changes").json()["items"]) == 1


def test_changes_may_begin_at_a_moment(world: World, api: Api) -> None:
    referred(world)
    earlier(world.clinician)
    assert len(api.get("changes", changed_since="2020-01-01T00:00:00Z").json()["items"]) == 2
    assert api.get("changes", changed_since=timezone.now().isoformat()).json()["items"] == []
    for wrong in ("yesterday", "2026-01-01", "2026-01-01T00:00:00", "9999-12-31T23:59:59-23:59"):
        (fault,) = problem(api.get("changes", changed_since=wrong), 422, "not_as_described")["errors"]
        assert fault["pointer"] == "changed_since"
    for wrong in ("x", "a" * 500, "MjAyNg", "\x00"):
        problem(api.get("changes", cursor=wrong), 422, "not_as_described")


def test_messages_back_are_read_whole_and_leave_the_pdf_out(world: World, api: Api) -> None:
    journey = referred(world)
    referral = referral_to(journey, world.link_worker)
    with acting_as(world.link_worker):
        decline(by=world.link_worker, referral=referral, reason=DeclineReason.OUT_OF_AREA)
    by = Actor.from_json(world.link_worker.as_json())
    write_message_back.now(by=by, referral_id=referral.pk, occasion="declined")
    (message,) = api.get(f"referrals/{journey.reference}/messages").json()
    assert (message["occasion"], message["reference"]) == ("declined", journey.reference)
    assert message["outcome"] and message["categories"] == ["Welfare advice"]
    assert api.get("messages").json()["items"] == [message]
    with acting_as(world.clinician):
        assert MessageBack.objects.get().read_at is None


def test_the_schemes_services_are_told_to_any_credential(world: World) -> None:
    api = Api(a_credential(world.scheme, world.practice, Capability.REFER).secret)
    said = api.get("services").json()
    assert (said["scheme"], said["entry"], said["may_refer"]) == (world.scheme.name, "clinician", True)
    assert {team["name"]: team["services"] for team in said["teams"]} == {
        "Link workers": ["social_prescribing"], "Welfare advisers": ["welfare_advice"],
    }  # fmt: skip


# Who asks


@pytest.mark.parametrize(
    ("given", "allowed"),
    [
        (Capability.REFER, {"post", "services"}),
        (Capability.SEE_PRACTICE_REFERRALS, {"referral", "changes", "services"}),
        (Capability.FOLLOW_REFERRALS, {"referral", "changes", "messages", "referral_messages", "services"}),
    ],
)
def test_a_credential_does_what_it_was_given(world: World, given: Capability, allowed: set[str]) -> None:
    journey = referred(world)
    api = Api(a_credential(world.scheme, world.practice, given).secret)
    answers = {
        "post": api.post(ASKED),
        "referral": api.get(f"referrals/{journey.reference}"),
        "changes": api.get("changes"),
        "messages": api.get("messages"),
        "referral_messages": api.get(f"referrals/{journey.reference}/messages"),
        "services": api.get("services"),
    }
    assert {name for name, answer in answers.items() if answer.status_code in (200, 201)} == allowed
    for name in set(answers) - allowed:
        assert "credential with it" in problem(answers[name], 403, "not_given")["detail"]


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer x", "Basic eDp5", "Bearer \x7f", "bearer  wrt_x"])
def test_without_a_credential_there_is_nothing(world: World, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    answer = Client().get("/api/v1/services", headers=headers)
    problem(answer, 401, "no_credential")
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_signing_in_opens_nothing_here(world: World) -> None:
    from wraparound.organisations.models import User

    browser = Client()
    browser.force_login(User.objects.get(pk=world.clinician.user_id))
    problem(browser.get("/api/v1/services"), 401, "no_credential")


def test_an_access_token_does_as_much_as_it_was_asked_for(world: World) -> None:
    client = a_client(world.scheme, world.practice)
    access = give_access(client.credential, [Capability.SEE_PRACTICE_REFERRALS], timezone.now())
    api = Api(access.token)
    assert api.get("changes").status_code == 200
    problem(api.post(ASKED), 403, "not_given")
    Credential.objects.update(ended=timezone.now())
    problem(api.get("changes"), 401, "no_credential")


def test_whoever_asks_too_often_is_told_when_to_come_back(world: World, settings: Any) -> None:
    settings.API_REQUESTS_A_MINUTE = 3
    api, other = (Api(a_credential(world.scheme, world.practice).secret) for _ in range(2))
    assert [api.get("services").status_code for _ in range(3)] == [200] * 3
    answer = api.get("services")
    problem(answer, 429, "too_many")
    assert 1 <= int(answer["Retry-After"]) <= 20
    assert other.get("services").status_code == 200


# The rest


def test_what_is_not_there_and_another_method_are_problems_too(api: Api) -> None:
    problem(api.get("nothing"), 404, "not_found")
    answer = api.client.delete("/api/v1/referrals", headers=api.headers)
    problem(answer, 405, "method")
    assert answer["Allow"] == "POST"


def test_a_fault_is_told_as_one_and_keeps_nothing(world: World, api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("Rosa Duarte")

    monkeypatch.setattr("wraparound.interop.api.operations._told", broken)
    answer = api.post(ASKED)
    problem(answer, 500, "failed")
    assert "Rosa" not in answer.content.decode()
    with acting_as(world.clinician):
        assert not Person.objects.exists() and not Journey.objects.exists()


def test_the_description_is_for_everybody(world: World) -> None:
    answer = Client().get("/api/v1/openapi.json")
    said = answer.json()
    assert answer.status_code == 200 and said["openapi"].startswith("3.1")
    assert set(said["paths"]) == {
        "/api/v1/referrals", "/api/v1/referrals/{reference}", "/api/v1/referrals/{reference}/messages",
        "/api/v1/changes", "/api/v1/messages", "/api/v1/services", "/oauth/token",
    }  # fmt: skip
    assert world.scheme.name not in answer.content.decode()
