"""The verbs on directories, for administrators: declared, changed; removed and ruled like every provider."""

from collections.abc import Collection
from typing import Any, Final
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import changes
from chatelet.identity.directory_sign_in.directory import row_of, secret_context
from chatelet.identity.directory_sign_in.schemas import LdapDirectoryChange, NewLdapDirectory
from chatelet.identity.directory_sign_in.tables import SignInDirectory
from chatelet.identity.principal import Principal
from chatelet.identity.single_sign_on import provider_sessions, providers
from chatelet.identity.single_sign_on.errors import ProviderTaken
from chatelet.identity.single_sign_on.tables import SignInProvider
from chatelet.kernel.clock import now
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.identifiers import uuid7

_OF_PROVIDERS: Final = frozenset({"name_fr", "name_en", "enabled", "creates_persons", "language", "position"})
_WRITTEN_APART: Final = frozenset({"code", "issuer", "ca_certificate", "bind_password"})
_MAY_BE_FORGOTTEN: Final = frozenset(
    {"disabled_filter", "group_base", "import_filter", "unit_base", "unit_filter", "unit_parent", "person_unit"}
)
Rows = tuple[SignInProvider, SignInDirectory]


async def add(session: AsyncSession, administrator: Principal, keyring: Keyring, new: NewLdapDirectory) -> Rows:
    """Declare a directory. Raises `ProviderTaken`, `CertificateInvalid`."""
    issuer = new.issuer or f"ldap:{new.code}"
    taken = or_(SignInProvider.code == new.code, SignInProvider.issuer == issuer)
    if await session.scalar(select(SignInProvider.id).where(taken).limit(1)):
        raise ProviderTaken
    moment, identifier = now(), uuid7()
    provider = SignInProvider(
        id=identifier,
        kind="directory",
        code=new.code,
        issuer=issuer,
        client_id="",
        client_secret_sealed=None,
        scopes=[],
        other_origins=[],
        ca_certificate=providers.checked_certificate(new.ca_certificate),
        sign_out="none",
        created_at=moment,
        updated_at=moment,
    )
    row = SignInDirectory(provider_id=identifier)
    row.bind_password_sealed = keyring.seal(new.bind_password.encode(), secret_context(identifier))
    _write(provider, row, new.model_dump(exclude=set(_WRITTEN_APART)))
    session.add(provider)
    await session.flush()
    session.add(row)
    await session.flush()
    await providers.tell(session, administrator, provider.code, "added")
    return provider, row


async def change(
    session: AsyncSession, administrator: Principal, keyring: Keyring, provider_id: UUID, body: LdapDirectoryChange
) -> Rows:
    """Change a directory; switched off, its sessions end. Raises `ProviderNotFound`, `CertificateInvalid`."""
    provider, row = await found(session, provider_id, lock=True)
    given = body.model_fields_set
    before = _seen(provider, row, given)
    if body.bind_password is not None:
        row.bind_password_sealed = keyring.seal(body.bind_password.encode(), secret_context(provider_id))
    if "ca_certificate" in given:
        provider.ca_certificate = providers.checked_certificate(body.ca_certificate)
    told = body.model_dump(include=set(given - _WRITTEN_APART))
    _write(
        provider, row, {name: value for name, value in told.items() if value is not None or name in _MAY_BE_FORGOTTEN}
    )
    provider.updated_at = now()
    await session.flush()
    if not provider.enabled:
        await provider_sessions.end_those_of(session, provider_id, "way_closed")
    values = changes.between(before, _seen(provider, row, given), texts=before)
    await providers.tell(session, administrator, provider.code, "changed", changed=sorted(given), values=values)
    return provider, row


async def found(session: AsyncSession, provider_id: UUID, *, lock: bool = False) -> Rows:
    """Return a directory's two rows; raise `ProviderNotFound`."""
    provider = await providers.find(session, provider_id, lock=lock, kind="directory")
    return provider, await row_of(session, provider_id, lock=lock)


def _seen(provider: SignInProvider, row: SignInDirectory, given: Collection[str]) -> dict[str, object]:
    """Return what was given, as it is, without the password."""
    names = set(given) - {"bind_password"}
    own = {name for name in names if name in _OF_PROVIDERS or name == "ca_certificate"}
    return {**changes.seen(provider, own), **changes.seen(row, names - own)}


def _write(provider: SignInProvider, row: SignInDirectory, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(provider if name in _OF_PROVIDERS else row, name, value)
