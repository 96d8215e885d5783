"""Asking a provider how it describes itself, for an administrator who is connecting it."""

from typing import Any
from uuid import UUID

from chatelet.audit import events, journal
from chatelet.identity.principal import Principal
from chatelet.identity.single_sign_on import providers
from chatelet.identity.single_sign_on.provider import Provider, provider_of
from chatelet.identity.single_sign_on.schemas import ProviderProbe
from chatelet.identity.single_sign_on.service import SingleSignOn
from chatelet.identity.single_sign_on.signatures import ALGORITHMS
from chatelet.kernel.database import Database
from chatelet.kernel.errors import AppError


async def probe(database: Database, administrator: Principal, sso: SingleSignOn, provider_id: UUID) -> ProviderProbe:
    """Read its discovery document and its keys again. Raises `ProviderNotFound`."""
    async with database.transaction() as session:
        provider = provider_of(await providers.find(session, provider_id, kind="openid"), sso.keyring)
    told = await _ask(sso, provider)
    async with database.transaction() as session:
        event = events.ProviderProbed(provider=provider.code, state=told.error_code or told.state)
        await journal.record(session, event, actor=administrator.person_id)
    return told


async def _ask(sso: SingleSignOn, provider: Provider) -> ProviderProbe:
    try:
        metadata = await sso.discovery.metadata(provider, fresh=True)
        keys = await sso.discovery.keys(provider, None, fresh=True)
    except AppError as error:
        return ProviderProbe(state="failed", error_code=error.code, error_params=error.params)
    return ProviderProbe(
        state="ready",
        keys=len(keys),
        algorithms=sorted({name for key in keys for name in _serves(key)}),
        has_userinfo=metadata.userinfo_endpoint is not None,
        ends_sessions=metadata.end_session_endpoint is not None,
    )


def _serves(key: dict[str, Any]) -> list[str]:
    return [
        name
        for name, wanted in ALGORITHMS.items()
        if name != "Ed25519"  # the newer name of EdDSA
        and key.get("kty") == wanted.key_type
        and key.get("use") in (None, "sig")
        and key.get("alg") in (None, name)
        and (wanted.curve is None or key.get("crv") == wanted.curve)
    ]
