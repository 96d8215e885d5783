"""Signatures of providers' tokens: asymmetric only, by a key of the very kind that the algorithm wants (TA-004).

The token never chooses how it is checked beyond a closed list: `none` and HMAC are not in it, and a key of the
provider serves only the algorithms of its kind, so that a public key is never taken for a shared secret.
"""

import base64
import binascii
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from joserfc import jwk, jws
from joserfc.errors import JoseError, SecurityWarning

from chatelet.identity.single_sign_on.discovery import Key
from chatelet.identity.single_sign_on.errors import TokenRefused

LONGEST_TOKEN: Final = 128 * 1024
_SHORTEST_MODULUS: Final = 2048 // 8
_OBJECT: Final = msgspec.json.Decoder(dict[str, Any])
_PUBLIC: Final = frozenset({"kty", "kid", "use", "alg", "n", "e", "crv", "x", "y"})


@dataclass(frozen=True, slots=True)
class Algorithm:
    """What an algorithm wants of a key, and the hash of `at_hash` (OpenID Connect Core 3.1.3.6)."""

    key_type: str
    curve: str | None
    digest: str


ALGORITHMS: Final = {
    "RS256": Algorithm("RSA", None, "sha256"),
    "PS256": Algorithm("RSA", None, "sha256"),
    "ES256": Algorithm("EC", "P-256", "sha256"),
    "EdDSA": Algorithm("OKP", "Ed25519", "sha512"),
    "Ed25519": Algorithm("OKP", "Ed25519", "sha512"),
}


class _Registry(jws.JWSRegistry):
    """Headers that carry a chain of certificates are long, and may name what we do not read."""

    max_header_length = 16 * 1024


@dataclass(frozen=True, slots=True)
class Header:
    """What a token says of its own signature; nothing of it is believed, it only tells which key to try."""

    algorithm: str
    key_id: str | None
    kind: str | None


def read_header(token: str) -> Header:
    """Return the header of a token of an accepted algorithm; raise `TokenRefused`."""
    if len(token) > LONGEST_TOKEN or not token.isascii() or token.count(".") != 2:
        raise TokenRefused(reason="not_a_signed_token")
    encoded = token.partition(".")[0]
    try:
        header = _OBJECT.decode(base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)))
    except (msgspec.DecodeError, UnicodeDecodeError, binascii.Error, ValueError):
        raise TokenRefused(reason="not_a_signed_token") from None
    algorithm, key_id, kind = header.get("alg"), header.get("kid"), header.get("typ")
    if not isinstance(algorithm, str) or algorithm not in ALGORITHMS:
        raise TokenRefused(reason="algorithm")
    return Header(
        algorithm, key_id if isinstance(key_id, str) else None, kind.lower() if isinstance(kind, str) else None
    )


def kept_claims(token: str) -> dict[str, Any]:
    """Return the claims of a token that was verified before it was sealed; raise `TokenRefused` when there is none."""
    parts = token.split(".")
    try:
        return _OBJECT.decode(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (IndexError, msgspec.DecodeError, UnicodeDecodeError, binascii.Error, ValueError):
        raise TokenRefused(reason="not_a_signed_token") from None


def verified_claims(token: str, header: Header, keys: Sequence[Key]) -> dict[str, Any]:
    """Return the claims of a token signed by one of `keys`; raise `TokenRefused`."""
    candidates = [key for key in keys if _serves(key, header)]
    if not candidates:
        raise TokenRefused(reason="unknown_key")
    for key in candidates:
        payload = _payload(token, header.algorithm, key)
        if payload is not None:
            try:
                return _OBJECT.decode(payload)
            except (msgspec.DecodeError, UnicodeDecodeError):
                raise TokenRefused(reason="not_an_object") from None
    raise TokenRefused(reason="signature")


def _serves(key: Key, header: Header) -> bool:
    wanted = ALGORITHMS[header.algorithm]
    return (
        key.get("kty") == wanted.key_type
        and (wanted.curve is None or key.get("crv") == wanted.curve)
        and key.get("use") in (None, "sig")
        and key.get("alg") in (None, header.algorithm)
        and (header.key_id is None or key.get("kid") == header.key_id)
    )


def _payload(token: str, algorithm: str, key: Key) -> bytes | None:
    """Return what was signed; None when this key did not."""
    public: dict[str, Any] = {name: value for name, value in key.items() if name in _PUBLIC}
    if public["kty"] == "RSA" and len(str(public.get("n", ""))) * 6 // 8 < _SHORTEST_MODULUS:
        return None
    registry = _Registry(algorithms=[algorithm], strict_check_header=False)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SecurityWarning)  # RFC 9864 renames EdDSA; providers still say EdDSA
            return jws.deserialize_compact(token, jwk.import_key(public), registry=registry).payload
    except (JoseError, ValueError, TypeError, KeyError):
        return None
