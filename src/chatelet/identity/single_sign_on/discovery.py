"""How a provider describes itself (OpenID Connect Discovery 1.0) and its keys, remembered in this process.

An unknown key identifier means that the provider changed its keys: they are read again, at most once a minute, so
that whoever sends made-up identifiers cannot make us hammer the provider. What was read last still serves, for a day,
while the provider does not answer.
"""

import asyncio
import time
from dataclasses import dataclass
from typing import Any, Final, Literal, cast
from uuid import UUID
from weakref import WeakValueDictionary

from chatelet.identity.single_sign_on.errors import ProviderMisconfigured, ProviderUnreachable
from chatelet.identity.single_sign_on.provider import Provider, is_safe_address
from chatelet.identity.single_sign_on.way import Way

_FRESH_SECONDS: Final = 3600.0
_KEPT_SECONDS: Final = 86_400.0
_REREAD_SECONDS: Final = 60.0
_WELL_KNOWN: Final = "/.well-known/openid-configuration"
_METHODS: Final = ("client_secret_basic", "client_secret_post")

AuthMethod = Literal["client_secret_basic", "client_secret_post", "none"]
Key = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Metadata:
    """What we use of a discovery document. `tells_issuer`: it sends `iss` with the code (RFC 9207)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None
    end_session_endpoint: str | None
    auth_method: AuthMethod
    tells_issuer: bool


@dataclass(slots=True)
class _Remembered:
    """One provider's metadata and keys, with when they were read (monotonic seconds)."""

    version: str
    metadata: Metadata
    read_at: float
    keys: tuple[Key, ...] = ()
    keys_at: float = float("-inf")


class Discovery:
    """One per process."""

    def __init__(self, way: Way) -> None:
        self._way = way
        self._known: dict[UUID, _Remembered] = {}
        self._reading: WeakValueDictionary[UUID, asyncio.Lock] = WeakValueDictionary()

    async def metadata(self, provider: Provider, *, fresh: bool = False) -> Metadata:
        """Return the provider's metadata. Raises `ProviderUnreachable`, `ProviderMisconfigured`."""
        async with self._one_reader(provider):
            return (await self._remembered(provider, fresh=fresh)).metadata

    async def keys(self, provider: Provider, key_id: str | None, *, fresh: bool = False) -> tuple[Key, ...]:
        """Return the provider's keys, read again when `key_id` is not among them."""
        async with self._one_reader(provider):
            return await self._keys(provider, key_id, fresh=fresh)

    def forget(self, provider_id: UUID) -> None:
        """Read it again next time: it was changed."""
        self._known.pop(provider_id, None)

    def _one_reader(self, provider: Provider) -> asyncio.Lock:
        """Return the lock under which a provider is read: a rush of sign-ins asks it once."""
        return self._reading.setdefault(provider.id, asyncio.Lock())

    async def _keys(self, provider: Provider, key_id: str | None, *, fresh: bool) -> tuple[Key, ...]:
        known = await self._remembered(provider)
        age = time.monotonic() - known.keys_at
        unknown = key_id is not None and not any(key.get("kid") == key_id for key in known.keys)
        if fresh or age > _FRESH_SECONDS or (unknown and age > _REREAD_SECONDS):
            try:
                known.keys = await self._read_keys(provider, known.metadata)
            except ProviderUnreachable:
                if not known.keys or unknown or age > _KEPT_SECONDS:
                    raise
            else:
                known.keys_at = time.monotonic()
        return known.keys

    async def _remembered(self, provider: Provider, *, fresh: bool = False) -> _Remembered:
        known = self._known.get(provider.id)
        if known is not None and known.version != provider.version:
            known = None
        age = time.monotonic() - known.read_at if known else 0.0
        if known is not None and age < _FRESH_SECONDS and not fresh:
            return known
        try:
            found = await self._way.get(provider, provider.issuer.rstrip("/") + _WELL_KNOWN)
        except ProviderUnreachable:
            if known is not None and age < _KEPT_SECONDS and not fresh:
                return known
            raise
        if found.status != 200:
            raise ProviderMisconfigured(reason="no_discovery", status=found.status)
        metadata = _metadata(found.json(), provider)
        if known is None:
            known = self._known[provider.id] = _Remembered(provider.version, metadata, time.monotonic())
        known.metadata, known.read_at = metadata, time.monotonic()
        return known

    async def _read_keys(self, provider: Provider, metadata: Metadata) -> tuple[Key, ...]:
        found = await self._way.get(provider, metadata.jwks_uri)
        listed = found.json().get("keys") if found.status == 200 else None
        if not isinstance(listed, list):
            raise ProviderMisconfigured(reason="no_keys")
        keys = cast("list[object]", listed)
        return tuple(cast("Key", key) for key in keys if isinstance(key, dict))


def _metadata(document: dict[str, Any], provider: Provider) -> Metadata:
    told = document.get("issuer")
    if told != provider.issuer:  # character by character: LemonLDAP::NG's ends with "/"
        raise ProviderMisconfigured(reason="other_issuer", issuer=str(told)[:200])
    return Metadata(
        issuer=provider.issuer,
        authorization_endpoint=_address(document, "authorization_endpoint"),
        token_endpoint=_address(document, "token_endpoint"),
        jwks_uri=_address(document, "jwks_uri"),
        userinfo_endpoint=_optional(document, "userinfo_endpoint"),
        end_session_endpoint=_optional(document, "end_session_endpoint"),
        auth_method=_auth_method(document, provider),
        tells_issuer=document.get("authorization_response_iss_parameter_supported") is True,
    )


def _address(document: dict[str, Any], name: str) -> str:
    found = document.get(name)
    if not isinstance(found, str) or not is_safe_address(found):
        raise ProviderMisconfigured(reason="unsafe_address", field=name)
    return found


def _optional(document: dict[str, Any], name: str) -> str | None:
    return _address(document, name) if document.get(name) is not None else None


def _auth_method(document: dict[str, Any], provider: Provider) -> AuthMethod:
    """Choose how to prove who we are; the default of the specification is basic."""
    if provider.client_secret is None:
        return "none"
    offered = document.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    for method in _METHODS:
        if method in offered:
            return cast("AuthMethod", method)
    raise ProviderMisconfigured(reason="no_common_method")
