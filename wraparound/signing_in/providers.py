"""An identity provider, and what its claims say: pure, and read before Django is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Provider:
    """One identity provider, as the deployer's settings name it. `address` is its issuer.

    `acr` and `amr` are the values of these claims that stand for a second factor; `ask` are further parameters of the
    request. `trusts` are claims that say that an email address was proven to be the user's, beside `email_verified`.
    """

    name: str
    label: str
    address: str
    client: str
    secret: str = field(repr=False)
    acr: frozenset[str] = frozenset()
    amr: frozenset[str] = frozenset()
    trusts: frozenset[str] = frozenset()
    scopes: tuple[str, ...] = ("openid", "email", "profile")
    ask: Mapping[str, str] = field(default_factory=dict)

    def second_factor_in(self, claims: Mapping[str, Any]) -> bool:
        """Whether the provider says that it saw a second factor."""
        used = claims.get("amr")
        return claims.get("acr") in self.acr or bool(self.amr & set(map(str, used if isinstance(used, list) else ())))

    def proven_email(self, claims: Mapping[str, Any]) -> str:
        """The email address, where the provider vouches that it is the user's; else ""."""
        proven = any(claims.get(name) in (True, "true", 1, "1") for name in ("email_verified", *self.trusts))
        email = claims.get("email")
        return email if proven and isinstance(email, str) else ""
