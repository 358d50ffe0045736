"""What django-allauth asks of a project: how secrets of second factors are kept, and what an app is told."""

import base64

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets stand encrypted in the database: a copy of it alone is no second factor.

    The key is made from SECRET_KEY; what was kept under one of SECRET_KEY_FALLBACKS can still be read.
    """

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """CannotBeRead when it was kept under a key that is gone."""
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            raise CannotBeRead from None

    def get_totp_issuer(self) -> str:
        return "Wraparound"

    def _get_site_name(self) -> str:
        return "Wraparound"


class CannotBeRead(Exception):
    """The server's SECRET_KEY is another one: this second factor must be set up anew."""


def _box() -> MultiFernet:
    return MultiFernet([_with(str(key)) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _with(key: str) -> Fernet:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"wraparound.signing_in.second_factors")
    return Fernet(base64.urlsafe_b64encode(derive.derive(key.encode())))
