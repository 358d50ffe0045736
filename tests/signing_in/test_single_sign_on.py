"""Signing in with a real OpenID Connect provider: who comes in, and what everybody else reads."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from tests.factories import World
from tests.journeys.signing_in import an_app
from tests.signing_in.conftest import person_of
from tests.signing_in.identity_provider import IdentityProvider, running_provider
from tests.web.reading import text
from wraparound.config import single_sign_on
from wraparound.config.environment import MissingSettings
from wraparound.organisations.models import Scheme, User
from wraparound.signing_in.models import Happened, SignInRecord

pytestmark = pytest.mark.django_db
BACK = "/sign-in/with/cis2/back/"


@pytest.fixture(scope="module")
def running() -> Iterator[IdentityProvider]:
    with running_provider(f"http://testserver{BACK}") as provider:
        yield provider


@pytest.fixture
def provider(running: IdentityProvider, settings: Any) -> IdentityProvider:
    known = (running.as_setting(acr=frozenset({"AAL3"}), amr=frozenset({"mfa"})),)
    settings.SINGLE_SIGN_ON = known
    settings.SOCIALACCOUNT_PROVIDERS = single_sign_on.for_allauth(known)
    return running


@dataclass
class Browser:
    """One browser between the two: the product's pages in one client, the provider's in the other."""

    client: Client
    there: requests.Session

    def goes(self, onward: str = "") -> str:
        """Press the button and sign in there: the address that the provider sends the browser back to."""
        address = self.client.get("/sign-in/with/cis2/", {"next": onward} if onward else {})["Location"]
        while not address.startswith("http://testserver"):
            address = requests.compat.urljoin(address, self._there(address))
        return address

    def _there(self, address: str) -> str:
        answer = self.there.get(address, allow_redirects=False, timeout=10)
        assert answer.status_code in (302, 303), answer.text
        return answer.headers["Location"]

    def comes_back(self, onward: str = "") -> Any:
        return self.client.get(self.goes(onward).removeprefix("http://testserver"))


@pytest.fixture
def browser() -> Browser:
    return Browser(Client(), requests.Session())


def claims(user: User, **more: object) -> dict[str, object]:
    return {"email": user.email, "email_verified": True, **more}


def user_of(world: World, chair: str = "clinician") -> User:
    return person_of(world, chair).user


def signed_in(browser: Browser) -> bool:
    return browser.client.get("/account/").status_code == 200


def test_somebody_who_was_invited_is_known_by_their_proven_address_and_then_by_their_subject(
    world: World, provider: IdentityProvider, browser: Browser
) -> None:
    user = user_of(world)
    provider.comes("subject-1", claims=claims(user, email=user.email.upper()))
    assert browser.comes_back("/referrals/")["Location"] == "/referrals/"
    assert browser.client.get("/referrals/").status_code == 200
    [account] = SocialAccount.objects.all()
    assert (account.user, account.uid, account.extra_data) == (user, "subject-1", {}), "nothing else is kept"
    again = Browser(Client(), requests.Session())
    provider.comes("subject-1", claims={"email": "new-name@example.org", "email_verified": False})
    assert again.comes_back()["Location"] == "/"
    assert signed_in(again)


def test_nobody_is_made_a_user(world: World, provider: IdentityProvider, browser: Browser) -> None:
    before = User.objects.count()
    provider.comes("stranger", claims={"email": "stranger@example.org", "email_verified": True})
    page = browser.comes_back()
    assert page.status_code == 403
    assert "Ask your organisation’s administrator to invite you" in text(page)
    assert User.objects.count() == before and not SocialAccount.objects.exists() and not signed_in(browser)


@pytest.mark.parametrize("proof", [{"email_verified": False}, {}, {"email_verified": "yes"}])
def test_an_address_that_is_not_proven_opens_nothing(
    world: World, provider: IdentityProvider, browser: Browser, proof: dict[str, object]
) -> None:
    provider.comes("subject-2", claims={"email": user_of(world).email, **proof})
    page = browser.comes_back()
    assert "did not confirm that your email address is yours" in text(page)
    assert not signed_in(browser) and not SocialAccount.objects.exists()


def test_an_address_that_has_another_owner_now_opens_nothing(
    world: World, provider: IdentityProvider, browser: Browser
) -> None:
    user = user_of(world)
    SocialAccount.objects.create(user=user, provider="cis2", uid="who-had-it-before")
    provider.comes("subject-3", claims=claims(user))
    assert "belongs to somebody else at NHS CIS2" in text(browser.comes_back())
    assert not signed_in(browser)


def test_a_closed_account_stays_closed(world: World, provider: IdentityProvider, browser: Browser) -> None:
    user = user_of(world)
    SocialAccount.objects.create(user=user, provider="cis2", uid="subject-4")
    User.objects.filter(pk=user.pk).update(is_active=False)
    provider.comes("subject-4", claims=claims(user))
    assert "Your account here has been closed" in text(browser.comes_back())
    assert not signed_in(browser)


def test_who_stops_there_reads_that_nothing_was_done(provider: IdentityProvider, browser: Browser) -> None:
    provider.comes(cancel=True)
    page = browser.comes_back()
    assert "You stopped before NHS CIS2 had let you in" in text(page) and "Go to the sign-in page" in text(page)


CANNOT_BE_TRUSTED = "could not be trusted"
WRONG = {
    "another sign-in's nonce": {"token": {"nonce": "of-another-sign-in"}},
    "no nonce": {"token": {"nonce": None}},
    "another issuer": {"token": {"iss": "https://evil.example"}},
    "another's audience": {"token": {"aud": "another-client"}},
    "handed on to us by another": {"token": {"aud": ["wraparound", "another"], "azp": "another"}},
    "run out": {"token": {"exp": int(time.time()) - 3600, "iat": int(time.time()) - 7200}},
    "another's key": {"key": "stranger"},
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_token_that_is_not_all_right_opens_nothing(
    world: World, provider: IdentityProvider, browser: Browser, wrong: str
) -> None:
    provider.comes("subject-5", claims=claims(user_of(world)), **WRONG[wrong])
    page = browser.comes_back()
    assert page.status_code == 403 and CANNOT_BE_TRUSTED in text(page)
    assert not signed_in(browser)
    assert SignInRecord.objects.latest("pk").happened == Happened.SINGLE_SIGN_ON_REFUSED


def test_such_a_token_opens_when_it_is_all_right(world: World, provider: IdentityProvider, browser: Browser) -> None:
    """So that the tests before fail for what they say."""
    provider.comes("subject-5", claims=claims(user_of(world)), token={"nothing": "wrong"})
    assert browser.comes_back().status_code == 302 and signed_in(browser)


def test_an_answer_for_another_browser_or_a_second_time_opens_nothing(
    world: World, provider: IdentityProvider, browser: Browser
) -> None:
    provider.comes("subject-6", claims=claims(user_of(world)))
    address = browser.goes().removeprefix("http://testserver")
    victim = Client()
    assert "begun in another browser" in text(victim.get(address))
    assert browser.client.get(address).status_code == 302
    browser.client.post("/sign-out/")
    assert "begun in another browser" in text(browser.client.get(address))
    assert "begun in another browser" in text(Client().get(BACK, {"code": "x", "state": "x"}))


def test_it_is_asked_for_with_proof_key_state_and_nonce_by_our_own_page_alone(
    provider: IdentityProvider, browser: Browser
) -> None:
    asked = parse_qs(urlsplit(browser.client.get("/sign-in/with/cis2/")["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"] and len(asked["code_challenge"][0]) == 43
    assert len(asked["nonce"][0]) >= 32 and asked["state"] and asked["response_type"] == ["code"]
    elsewhere = browser.client.get("/sign-in/with/cis2/", headers={"sec-fetch-site": "cross-site"})
    assert elsewhere["Location"] == "/sign-in/"


def test_a_provider_that_is_away_is_said(world: World, provider: IdentityProvider, browser: Browser, settings) -> None:
    known = (provider.as_setting(address="http://127.0.0.1:9"),)
    settings.SINGLE_SIGN_ON, settings.SOCIALACCOUNT_PROVIDERS = known, single_sign_on.for_allauth(known)
    page = browser.client.get("/sign-in/with/cis2/")
    assert page.status_code == 403 and "NHS CIS2 cannot be reached just now" in text(page)


def test_a_provider_that_nobody_named_is_not_there(provider: IdentityProvider) -> None:
    for address in ("/sign-in/with/entra/", "/sign-in/with/entra/back/"):
        assert Client().get(address).status_code == 404


@pytest.mark.parametrize("said", [{"acr": "AAL3"}, {"amr": ["pwd", "mfa"]}])
def test_a_second_factor_that_the_provider_saw_is_enough(
    world: World, provider: IdentityProvider, browser: Browser, said: dict[str, object]
) -> None:
    Scheme.objects.filter(pk=world.scheme.pk).update(second_factor=True)
    an_app(world.clinician)
    provider.comes("subject-7", claims=claims(user_of(world)), token=said)
    assert browser.comes_back("/referrals/")["Location"] == "/referrals/"
    assert browser.client.get("/referrals/").status_code == 200


@pytest.mark.parametrize("said", [{}, {"acr": "AAL1"}, {"amr": ["pwd"]}, {"amr": "mfa"}])
def test_without_one_ours_is_asked_for(
    world: World, provider: IdentityProvider, browser: Browser, said: dict[str, object]
) -> None:
    Scheme.objects.filter(pk=world.scheme.pk).update(second_factor=True)
    user = user_of(world)
    provider.comes("subject-8", claims=claims(user), token=said)
    browser.comes_back()
    assert browser.client.get("/referrals/")["Location"].startswith("/account/second-factor/")
    an_app(world.clinician)
    other = Browser(Client(), requests.Session())
    assert other.comes_back()["Location"] == "/sign-in/second/"
    assert not signed_in(other)


GOOD = {"ENTRA_ADDRESS": "https://login.microsoftonline.com/0f/v2.0", "ENTRA_CLIENT": "c", "ENTRA_SECRET": "hush"}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"ENTRA_SECRET": ""}, "set all of ENTRA_ADDRESS"),
        ({"ENTRA_ADDRESS": "https://login.microsoftonline.com/common/v2.0"}, "must name one tenant"),
        ({"ENTRA_SECOND_FACTOR": "mfa"}, "say acr:… or amr:…"),
    ],
)
def test_a_provider_that_is_named_badly_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, str], says: str
) -> None:
    for name, value in {**GOOD, **changes}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(MissingSettings, match=says):
        single_sign_on.providers()


def test_providers_come_from_the_environment_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**GOOD, "ENTRA_SECOND_FACTOR": "amr:mfa, acr:possessionorinherence"}.items():
        monkeypatch.setenv(name, value)
    [found] = single_sign_on.providers()
    assert (found.name, found.amr, found.acr) == ("entra", {"mfa"}, {"possessionorinherence"})
    assert found.proven_email({"email": "a@example.org", "xms_edov": True}) == "a@example.org"
    assert found.secret not in repr(found)
