"""Whether a key still opens, and how far: what its owner holds now, narrowed by the key (TA-009).

    secret -> SHA-256 -> one query -> living? owner active? right still held? address and origin allowed? -> Principal

Looked up and compared as hashes: the time it takes tells nothing of a secret. Nothing is cached, so nothing is keyed
by a part of a token, and what is withdrawn is withdrawn for the next request (TA-003, TA-006).
"""

import hmac
from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Final, Literal, cast

from chatelet.audit import events, journal
from chatelet.identity.credentials import Credential
from chatelet.identity.errors import NotSignedIn
from chatelet.identity.keys import queries
from chatelet.identity.keys.errors import KeyRefused, KeyScopeExceeded
from chatelet.identity.keys.queries import PresentedKey
from chatelet.identity.keys.scope import KeyScope
from chatelet.identity.principal import Language, PersonState, Principal
from chatelet.identity.rights import Right, Rights, decode_rights
from chatelet.identity.tokens import LONGEST_TOKEN, hash_token
from chatelet.kernel.clock import now
from chatelet.kernel.database import Executor
from chatelet.kernel.errors import AppError

PREFIX: Final = "cht_"
_TOUCH_EVERY: Final = timedelta(minutes=1)
# Whatever its owner administers, a key is for models and documents: it can neither read nor change anything else.
_OF_KEYS: Final = frozenset({Right.CHAT, Right.API, Right.DOCUMENTS_READ})
Reason = Literal["expired", "revoked", "owner_disabled", "right_withdrawn", "address", "origin", "route"]


async def principal_of(executor: Executor, shown: Credential) -> Principal:
    """Return the owner of a key, narrowed to it. Raises `KeyRefused`, `KeyScopeExceeded`, `NotSignedIn`."""
    if not shown.text:
        raise NotSignedIn
    if len(shown.text) > LONGEST_TOKEN or not shown.text.startswith(PREFIX):
        raise KeyRefused(reason="unknown")
    digest, moment = hash_token(shown.text), now()
    found = await queries.presented(executor, digest, moment)
    if found is None or not hmac.compare_digest(found.secret_hash, digest):
        raise KeyRefused(reason="unknown")
    rights = decode_rights(found.held)
    reason = _standing(found, rights, expired=found.expires_at <= moment) or _place(found, shown)
    if reason is not None:
        if await queries.note_refusal(executor, found.key_id, moment):
            refused = events.KeyRefused(key_id=found.key_id, reason=reason)
            await journal.record(executor, refused, actor=found.person_id)
        raise _error(reason)
    if found.last_used_at is None or moment - found.last_used_at >= _TOUCH_EVERY:
        await queries.note_use(executor, found.key_id, moment)
    return _principal(found, rights, shown.origin)


def _standing(found: PresentedKey, rights: Rights, *, expired: bool) -> Reason | None:
    if found.revoked_at is not None:
        return "revoked"
    if expired:
        return "expired"
    if found.state != PersonState.ACTIVE:
        return "owner_disabled"
    manages = found.unit_id is None or rights.holds(Right.KEYS_MANAGE, found.unit_path or ())
    return None if manages and rights.holds_somewhere(Right.API) else "right_withdrawn"


def _place(found: PresentedKey, shown: Credential) -> Reason | None:
    """Check what is asked, and from where. A browser needs its origin named; a key with origins needs a browser."""
    if (shown.origin is not None or found.origins) and shown.origin not in found.origins:
        return "origin"
    if shown.route not in found.routes:
        return "route"
    return None if not found.addresses or _is_within(shown.address, found.addresses) else "address"


def _error(reason: Reason) -> AppError:
    return KeyScopeExceeded(reason=reason) if reason in {"address", "origin", "route"} else KeyRefused(reason=reason)


def _principal(found: PresentedKey, rights: Rights, origin: str | None) -> Principal:
    scope = KeyScope(
        key_id=found.key_id,
        unit_id=found.unit_id,
        models=None if found.models is None else frozenset(found.models),
        collections=None if found.collections is None else frozenset(found.collections),
        origin=origin,
    )
    return Principal(
        person_id=found.person_id,
        session_id=found.key_id,
        rights=rights.only(_OF_KEYS),
        units=frozenset(found.units),
        language=cast("Language", found.language),
        name=found.name,
        email=found.email,
        expires_at=found.expires_at,
        key=scope,
    )


def _is_within(address: str | None, allowed: Sequence[str]) -> bool:
    try:
        here = ip_address(address or "")
    except ValueError:  # no address at all, or the name of a socket
        return False
    here = getattr(here, "ipv4_mapped", None) or here
    return any(here in network for network in map(_network, allowed) if network.version == here.version)


@lru_cache(maxsize=1024)
def _network(text: str) -> IPv4Network | IPv6Network:
    return ip_network(text)
