"""The interface does as its description says, whatever is sent: made-up requests, good and bad, for every operation.

As many as CI has time for; far more with `--hypothesis-profile nightly`.
"""

import base64
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pytest
import schemathesis
from django.conf import settings as django_settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from stdnum.gb import nhs

from tests.credentials import a_client, a_credential
from tests.factories import World, make_world, referral_to, referred
from wraparound.interop.api.cursors import After
from wraparound.messaging.tasks import write_message_back
from wraparound.organisations.actor import acting_as
from wraparound.organisations.credentials import Issued
from wraparound.referrals.actions import decline
from wraparound.referrals.states import DeclineReason

pytestmark = pytest.mark.django_db
# Seven operations: well above 500 requests in CI, with those that are tried for each on top.
FIRST, LAST = datetime(1900, 1, 1), datetime(2100, 1, 1)  # noqa: DTZ001, as Hypothesis wants them
EXAMPLES = 2_000 if settings.default.max_examples > 1_000 else 80


def _nhs_number(nine: int) -> str:
    digits = f"{nine:09}"
    return next((digits + last for last in "0123456789" if nhs.is_valid(digits + last)), "9434765919")


# What JSON Schema calls formats, and only we know.
schemathesis.openapi.format(
    "nhs-number",
    st.integers(1, 999_999_999).map(_nhs_number),
)
schemathesis.openapi.format("uk-postcode", st.sampled_from(["E3 4QX", "SW1A 1AA", "M1 1AE", "ZZ99 3VZ", "EC1A 1BB"]))
schemathesis.openapi.format("uk-phone", st.integers(0, 999_999).map(lambda last: f"07700 {last:06}"))
schemathesis.openapi.format(
    "cursor",
    st.builds(
        lambda at, pk: After(at, pk).text(),
        st.datetimes(FIRST, LAST).map(lambda at: at.replace(tzinfo=UTC)),
        st.integers(0, 2**63 - 1),
    ),
)
schemathesis.openapi.format("email", st.integers(0, 999).map(lambda number: f"person{number}@example.org"))


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def reference(world: World) -> str:
    """A referral with an answer and a message back."""
    journey = referred(world)
    referral, by = referral_to(journey, world.link_worker), world.link_worker
    with acting_as(by):
        decline(by=by, referral=referral, reason=DeclineReason.OUT_OF_AREA)
    write_message_back.now(by=by, referral_id=referral.pk, occasion="declined")
    return journey.reference


@pytest.fixture
def token(world: World, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(django_settings, "API_REQUESTS_A_MINUTE", 10**9)
    return a_credential(world.scheme, world.practice).secret


@pytest.fixture
def client(world: World) -> Issued:
    return a_client(world.scheme, world.practice)


@pytest.fixture(autouse=True)
def one_transaction() -> Iterator[None]:
    """Requests stay in the test's own transaction, which a server would end with each."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


ASKED: Counter[tuple[str, int]] = Counter()
DESCRIBED = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
OFTEN = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@DESCRIBED.include(path_regex="^/api/").parametrize()
@OFTEN
def test_every_operation_answers_as_described(case: Any, token: str, reference: str) -> None:
    _sometimes_one_that_is_there(case, reference)
    _sometimes_within_the_rules(case)
    _ask(case, {"Authorization": f"Bearer {token}"})


@DESCRIBED.include(path_regex="^/oauth/").parametrize()
@OFTEN
def test_the_token_endpoint_answers_as_described(case: Any, client: Issued) -> None:
    """The secret goes in the header, so that what is made up for the body meets a client that is known."""
    said = base64.b64encode(f"{client.credential.client_id}:{client.secret}".encode()).decode()
    _ask(case, {"Authorization": f"Basic {said}"})


def _good(case: Any) -> bool:
    return case.meta is None or case.meta.generation.mode is GenerationMode.POSITIVE


def _sometimes_within_the_rules(case: Any) -> None:
    """A practice brings no ward, and no slip that nobody gave; another referral has another key."""
    if _good(case) and isinstance(case.body, dict) and len(str(case.body)) % 3:
        for name in ("entry_details", "signpost"):
            case.body.pop(name, None)
        case.headers["Idempotency-Key"] = sha256(repr(case.body).encode()).hexdigest()


def test_enough_was_asked_and_each_operation_also_did_what_it_is_for() -> None:
    """Last of this module's tests: a description that nothing can be made up for would find nothing wrong."""
    assert ASKED.total() >= 500
    done = {operation for operation, status in ASKED if status < 300}
    refused = {operation for operation, status in ASKED if 400 <= status < 500}
    assert len(done) == 7 and len(refused) >= 6, ASKED


def _ask(case: Any, headers: dict[str, str]) -> None:
    """All of schemathesis's checks."""
    response = case.call(headers=headers)
    ASKED[f"{case.method} {case.path}", response.status_code] += 1
    case.validate_response(response, headers=headers)


def _sometimes_one_that_is_there(case: Any, reference: str) -> None:
    if (
        _good(case)
        and "reference" in (case.path_parameters or {})
        and "7" not in str(case.path_parameters["reference"])
    ):
        case.path_parameters["reference"] = reference
