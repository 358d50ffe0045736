"""Signing in with an identity provider, by OpenID Connect: there, and back.

django-allauth knows the way (discovery, state, PKCE, tokens). What comes back is checked here in full: it would take an
identity token for good because it came over TLS, and knows no nonce.
"""

import hmac
import json
import secrets
from collections.abc import Mapping
from typing import Any

import jwt
from allauth.core.context import request_context
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from requests import RequestException

from wraparound.events.action import Refused
from wraparound.signing_in.models import Happened
from wraparound.signing_in.providers import Provider
from wraparound.signing_in.recording import note
from wraparound.signing_in.single_sign_on import who_is
from wraparound.web.access import everybody
from wraparound.web.account.arriving import let_in, next_of
from wraparound.web.door import door_of

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
CLOCKS_DIFFER_SECONDS = 60
AGAIN = "Sign in again from the sign-in page. If it happens again, tell whoever looks after Wraparound for you"
SAID = {
    "cancelled": "You stopped before {label} had let you in. Nothing was done. You can sign in again.",
    "state": "This sign-in was begun in another browser, more than ten minutes ago, or it was finished already. "
    "Sign in again from the sign-in page.",
    "away": "{label} cannot be reached just now. Try again in a few minutes, or sign in with your password.",
    "provider": f"{{label}} did not let you in. {AGAIN}.",
    "token": f"What {{label}} sent could not be trusted, so you were not signed in. {AGAIN}.",
}


class _Failed(Exception):
    """Why somebody was not let in: a key of SAID."""


@everybody
@never_cache
@require_GET
def go(request: HttpRequest, provider: str) -> HttpResponse:
    """Send the browser to the provider, from our own page alone: nobody else's begins a sign-in here."""
    found = _provider(provider)
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return HttpResponseRedirect(reverse("sign-in"))
    proof = generate_code_challenge()
    verifier, nonce = proof.pop("code_verifier"), secrets.token_urlsafe(24)
    with request_context(request):
        adapter = _Adapter(request, found.name)
        try:
            client = adapter.get_client(request, adapter.get_provider().app)
            address = adapter.authorize_url
        except (RequestException, KeyError, ValueError, OAuth2Error):
            return _not(request, found, "away")
        state = {"verifier": verifier, "nonce": nonce, "next": next_of(request)}
        client.state = statekit.stash_state(request, provider_id=found.name, state=state)
        return HttpResponseRedirect(
            client.get_redirect_url(address, found.scopes, {**found.ask, **proof, "nonce": nonce})
        )


@everybody
@never_cache
@require_GET
def back(request: HttpRequest, provider: str) -> HttpResponse:
    """Where the provider sends the browser: signed in, or a page that says what to do."""
    found = _provider(provider)
    if request.user.is_authenticated:
        return HttpResponseRedirect(reverse("home"))
    state = statekit.unstash_state(request, provider_id=found.name, state_id=request.GET.get("state", ""))
    try:
        if state is None:
            raise _Failed("state")
        claims = _claims(request, found, state)
        user = who_is(found, claims, door_of(request))
    except _Failed as why:
        return _not(request, found, str(why))
    except Refused as refusal:
        return _page(request, found, refusal.sentence)
    second = found.name if found.second_factor_in(claims) else ""
    return let_in(request, user, how=found.name, second=second, onward=state["next"])


class _Adapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """allauth's, with our own address to come back to."""

    def get_callback_url(self, request: HttpRequest, app: object) -> str:
        return request.build_absolute_uri(reverse("sign-on-back", kwargs={"provider": self.provider_id}))


def _provider(name: str) -> Provider:
    for each in settings.SINGLE_SIGN_ON:
        if each.name == name:
            return each
    raise Http404


def _claims(request: HttpRequest, found: Provider, state: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the provider says of who came back, checked: and of their email address, from where it says that."""
    error = request.GET.get("error")
    if error or "code" not in request.GET:
        raise _Failed("cancelled" if error == "access_denied" else "provider")
    with request_context(request):
        adapter = _Adapter(request, found.name)
        try:
            client = adapter.get_client(request, adapter.get_provider().app)
            tokens = adapter.get_access_token_data(
                request, adapter.get_provider().app, client, pkce_code_verifier=state["verifier"]
            )
            claims = _checked(adapter, found, str(tokens.get("id_token", "")), state["nonce"])
            told = {} if found.proven_email(claims) else _told(adapter, str(tokens["access_token"]))
        except OAuth2Error:
            raise _Failed("provider") from None
        except (RequestException, KeyError, ValueError):
            raise _Failed("away") from None
    if told and told.get("sub") != claims["sub"]:
        raise _Failed("token")
    return {**told, **claims}


def _checked(adapter: _Adapter, found: Provider, token: str, nonce: str) -> dict[str, Any]:
    """The identity token's claims: signed by the provider, for us, from this very sign-in, and not run out."""
    if str(adapter.openid_config.get("issuer", "")) != found.address:
        raise _Failed("token")
    try:
        claims: dict[str, Any] = jwt.decode(
            token, _key(adapter, token), algorithms=list(ALGORITHMS), audience=found.client, issuer=found.address,
            leeway=CLOCKS_DIFFER_SECONDS, options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )  # fmt: skip
    except jwt.PyJWTError:
        raise _Failed("token") from None
    for_us = claims["aud"] == found.client or claims.get("azp", found.client) == found.client
    if not for_us or not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise _Failed("token")
    return claims


def _key(adapter: _Adapter, token: str) -> jwt.PyJWK:
    """The provider's key that the token says it is signed with. Asked for each time: there is no cache to go stale."""
    wanted = jwt.get_unverified_header(token).get("kid")
    with get_adapter().get_requests_session() as session:
        response = session.get(adapter.openid_config["jwks_uri"])
        response.raise_for_status()
        listed = jwt.PyJWKSet.from_dict(response.json()).keys
    keys = [key for key in listed if key.key_id == wanted and key.public_key_use in (None, "sig")]
    if len(keys) != 1:
        raise jwt.InvalidKeyError
    return keys[0]


def _told(adapter: _Adapter, access_token: str) -> dict[str, Any]:
    """What the provider's own page about the user says, where the identity token leaves the address out."""
    if "userinfo_endpoint" not in adapter.openid_config:
        return {}
    try:
        told = adapter._fetch_user_info(access_token)
    except json.JSONDecodeError:
        return {}
    return told if isinstance(told, dict) else {}


def _not(request: HttpRequest, found: Provider, why: str) -> HttpResponse:
    note(Happened.SINGLE_SIGN_ON_REFUSED, door_of(request), how=f"{found.name}: {why}"[:40])
    return _page(request, found, SAID[why].format(label=found.label))


def _page(request: HttpRequest, found: Provider, sentence: str) -> HttpResponse:
    return render(request, "account/sign_on_not.jinja", {"provider": found, "sentence": sentence}, status=403)
