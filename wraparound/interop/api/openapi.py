"""The description of the interface (OpenAPI 3.1), as programs read it, and as a page of the documentation."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from wraparound.interop.api.operations import API
from wraparound.interop.api.problems import PROBLEM_JSON
from wraparound.organisations.roles import GRANTS

Json = dict[str, Any]
BASE = "/api/v1"
_SCHEMES: Json = {
    "token": {"type": "http", "scheme": "bearer", "description": "The token of a credential"},
    "secret": {"type": "http", "scheme": "basic", "description": "A client id and its secret"},
    "client": {
        "type": "oauth2",
        "description": "A token for ten minutes, for a client id and a secret",
        "flows": {"clientCredentials": {"tokenUrl": "/oauth/token", "scopes": {name.value: "" for name in GRANTS}}},
    },
}
SCOPES = {
    "refer": "Make referrals",
    "see_practice_referrals": "Read where the organisation's referrals are",
    "follow_referrals": "Read messages back",
}


_SCOPE = "|".join(GRANTS)


def _grant(code: int, said: str) -> Json:
    return {
        str(code): {
            "description": said,
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/GrantRefused"}}},
        }
    }


_TOKEN: Json = {
    "post": {
        "operationId": "get_token",
        "summary": "Get a token for ten minutes",
        "description": "The client credentials grant of OAuth 2.0 (RFC 6749, section 4.4). The id and the secret are "
        "sent in the header `Authorization: Basic`, or in the body.",
        "security": [{"secret": []}, {}],
        "requestBody": {
            "required": True,
            "content": {"application/x-www-form-urlencoded": {"schema": {"$ref": "#/components/schemas/Grant"}}},
        },
        "responses": {
            "200": {
                "description": "OK",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Token"}}},
            },
            **_grant(400, "Not such a grant, or not that scope"),
            **_grant(401, "Not a client in force, or not its secret"),
            **_grant(413, "Too large"),
            **_grant(415, "Not a form"),
            **_grant(500, "Failed here"),
            **_grant(503, "The database is away"),
        },
    }
}
_TOKEN_SCHEMAS: Json = {
    "Grant": {
        "type": "object",
        "required": ["grant_type"],
        "properties": {
            "grant_type": {"type": "string", "enum": ["client_credentials"]},
            "client_id": {"type": "string", "description": "Where it is not in the header"},
            "client_secret": {"type": "string", "description": "Where it is not in the header"},
            "scope": {
                "type": "string",
                "pattern": f"^({_SCOPE})( ({_SCOPE}))*$",
                "description": "What the token is for, with spaces between. Left out: all that the credential may do.",
            },
        },
    },
    "Token": {
        "type": "object",
        "required": ["access_token", "token_type", "expires_in", "scope"],
        "properties": {
            "access_token": {"type": "string"},
            "token_type": {"type": "string", "enum": ["Bearer"]},
            "expires_in": {"type": "integer", "description": "Seconds"},
            "scope": {"type": "string"},
        },
    },
    "GrantRefused": {
        "type": "object",
        "required": ["error"],
        "properties": {
            "error": {
                "type": "string",
                "enum": [
                    "invalid_request", "invalid_client", "invalid_scope", "unauthorized_client",
                    "unsupported_grant_type", "server_error", "temporarily_unavailable",
                ],
            },
            "error_description": {"type": "string"},
        },
    },
}  # fmt: skip


@cache
def document() -> Json:
    """The whole description. The same for everybody: it says nothing of any scheme."""
    said: Json = _plain(dict(API.get_openapi_schema(path_prefix=f"{BASE}")))
    for operation in _operations(said):
        operation["security"] = [{"token": []}, {"client": []}]
        for code, answer in operation["responses"].items():
            if int(code) >= 400:
                [shape] = answer["content"].values()
                answer["content"] = {PROBLEM_JSON: shape}
    said["paths"]["/oauth/token"] = _TOKEN
    said["components"]["schemas"] |= _TOKEN_SCHEMAS
    flows = _SCHEMES["client"]["flows"]["clientCredentials"]
    said["components"]["securitySchemes"] = _SCHEMES | {
        "client": _SCHEMES["client"] | {"flows": {"clientCredentials": flows | {"scopes": SCOPES}}}
    }
    said["servers"] = []
    return said


def _operations(said: Json) -> Iterator[Json]:
    for path in said["paths"].values():
        yield from path.values()


def _plain(value: Any) -> Any:
    """Without the defaults that only mean “was left out”, which are no values to send."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items() if not (name == "default" and one in (None, ""))}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value
