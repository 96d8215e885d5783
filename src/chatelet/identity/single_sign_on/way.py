"""The way out to a provider: only to origins that an administrator declared, answers short, JSON or signed JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import msgspec

from chatelet.identity.single_sign_on.errors import ProviderMisconfigured, ProviderUnreachable
from chatelet.identity.single_sign_on.provider import Provider, is_safe_address
from chatelet.kernel.egress.purposes import Purpose
from chatelet.kernel.outbound import BadAnswer, Endpoint, Incoming, Outbound, OutboundError, origin_of

_WITHIN_SECONDS: Final = 8.0
_CONNECT_SECONDS: Final = 4.0
_LONGEST_ANSWER: Final = 512 * 1024
_OBJECT: Final = msgspec.json.Decoder(dict[str, Any])


@dataclass(frozen=True, slots=True)
class Received:
    """What a provider answered."""

    status: int
    content_type: str
    body: bytes

    def json(self) -> dict[str, Any]:
        """Return the object; raise `ProviderMisconfigured` when it is not one."""
        try:
            return _OBJECT.decode(self.body)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise ProviderMisconfigured(reason="unreadable_answer") from None


class Way:
    """Reads from and posts to providers, through the one egress client."""

    def __init__(self, outbound: Outbound) -> None:
        self._outbound = outbound

    async def get(self, provider: Provider, address: str, *, bearer: str | None = None) -> Received:
        """Read an address. Raises `ProviderUnreachable`, `ProviderMisconfigured`."""
        headers = {"accept": "application/json, application/jwt"}
        if bearer is not None:
            headers["authorization"] = f"Bearer {bearer}"
        name, path = self._declare(provider, address)
        try:
            answer = await self._outbound.get(
                name, path, within=_WITHIN_SECONDS, limit=_LONGEST_ANSWER, headers=headers
            )
            return await _read(answer)
        except BadAnswer:
            raise ProviderMisconfigured(reason="unreadable_answer") from None
        except OutboundError:
            raise ProviderUnreachable(provider=provider.code) from None

    async def post(self, provider: Provider, address: str, form: bytes, headers: Mapping[str, str]) -> Received:
        """Post a form. Raises `ProviderUnreachable`, `ProviderMisconfigured`."""
        name, path = self._declare(provider, address)
        sent = {"content-type": "application/x-www-form-urlencoded", **headers}
        try:
            answer = await self._outbound.post(
                name,
                path,
                form,
                accept="application/json",
                within=_WITHIN_SECONDS,
                limit=_LONGEST_ANSWER,
                headers=sent,
            )
            return await _read(answer)
        except BadAnswer:
            raise ProviderMisconfigured(reason="unreadable_answer") from None
        except OutboundError:
            raise ProviderUnreachable(provider=provider.code) from None

    def _declare(self, provider: Provider, address: str) -> tuple[str, str]:
        """Declare the address's origin for this provider; raise `ProviderMisconfigured` when it is not allowed."""
        if not is_safe_address(address):
            raise ProviderMisconfigured(reason="unsafe_address")
        origin = origin_of(address)
        if origin not in provider.origins:
            raise ProviderMisconfigured(reason="undeclared_origin", origin=origin[:200])
        name = f"sign-in/{provider.id}/{origin}"
        endpoint = Endpoint(
            origin,
            ca_certificate=provider.ca_certificate,
            connect_seconds=_CONNECT_SECONDS,
            purpose=Purpose.SIGN_IN,
        )
        try:
            self._outbound.declare(name, endpoint)
        except (OSError, ValueError):
            raise ProviderMisconfigured(reason="certificate") from None
        path = urlsplit(address).path or "/"
        if ".." in path or "//" in path:
            raise ProviderMisconfigured(reason="unsafe_address")
        return name, path


async def _read(answer: Incoming) -> Received:
    try:
        return Received(answer.status, answer.content_type, await answer.body(_LONGEST_ANSWER))
    finally:
        answer.close()
