"""Who may ask for what is not public."""

from __future__ import annotations

import hmac
from hashlib import sha256

from django.db import models

from dateline.archive.models.fields import ShortText

_BETWEEN = "."


class ApiKeySet(models.QuerySet["ApiKey"]):
    def of_token(self, token: str) -> ApiKey | None:
        """Return the living key that a token proves, None for any other token.

        The token's open half finds the key, its secret half is compared in constant time.
        """
        handle, _, secret = token.partition(_BETWEEN)
        key = self.filter(handle=handle, revoked_at=None).first() if handle and len(token) < 200 else None
        kept = key.digest if key else ""
        return key if hmac.compare_digest(kept, ApiKey.digest_of(secret)) else None


class ApiKey(models.Model):
    """A key to the API's private parts. The token was shown once: kept are its ``handle`` and its secret's digest."""

    name = ShortText(max_length=100, unique=True)
    handle = ShortText(max_length=20, unique=True)
    digest = ShortText(max_length=64)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = ApiKeySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def digest_of(secret: str) -> str:
        # The secret is 256 random bits: nothing slower than a plain digest is needed to keep it.
        return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()

    @staticmethod
    def token_of(handle: str, secret: str) -> str:
        return f"{handle}{_BETWEEN}{secret}"
