"""A directory as the verbs see it: a frozen value with its secret opened, made from its two rows."""

from dataclasses import dataclass, field
from typing import Literal, cast
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.directory_sign_in.tables import SignInDirectory
from chatelet.identity.single_sign_on import providers, queries
from chatelet.identity.single_sign_on.errors import ProviderNotFound
from chatelet.identity.single_sign_on.provider import Provider, provider_of
from chatelet.identity.single_sign_on.tables import SignInProvider
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.ldap.names import LdapServer, server_at

Groups = Literal["none", "member_of", "search", "nested"]
SubjectAttribute = Literal["entryUUID", "objectGUID", "nsUniqueId", "ipaUniqueID"]


@dataclass(frozen=True, slots=True)
class Tree:
    """How units and persons are read for an import; without a base or filter, they are not."""

    import_filter: str | None
    unit_base: str | None
    unit_filter: str | None
    unit_code: str
    unit_name: str
    unit_parent: str | None
    person_unit: str | None


@dataclass(frozen=True, slots=True)
class Directory:
    """Where it is, how it is read. `servers` are tried in their order."""

    provider: Provider
    servers: tuple[LdapServer, ...]
    bind_dn: str
    bind_password: str = field(repr=False)
    base_dn: str
    person_filter: str
    subject_attribute: SubjectAttribute
    disabled_filter: str | None
    groups: Groups
    group_base: str
    tree: Tree


async def offered(session: AsyncSession, keyring: Keyring, code: str) -> Directory:
    """Return an enabled directory; raise `ProviderNotFound`."""
    provider = await queries.offered_by_code(session, code, "directory")
    if provider is None:
        raise ProviderNotFound
    return directory_of(provider, await row_of(session, provider.id), keyring)


async def known(session: AsyncSession, keyring: Keyring, provider_id: UUID) -> Directory:
    """Return a directory, enabled or not; raise `ProviderNotFound`."""
    provider = await providers.find(session, provider_id, kind="directory")
    return directory_of(provider, await row_of(session, provider_id), keyring)


async def row_of(session: AsyncSession, provider_id: UUID, *, lock: bool = False) -> SignInDirectory:
    """Return its own columns; raise `ProviderNotFound`."""
    row = await session.get(SignInDirectory, provider_id, with_for_update=lock or None)
    if row is None:
        raise ProviderNotFound
    return row


def directory_of(provider: SignInProvider, row: SignInDirectory, keyring: Keyring) -> Directory:
    """Read the rows; raise `UnreadableContent` when the password was sealed with another key."""
    return Directory(
        provider=provider_of(provider, keyring),
        servers=tuple(server_at(address) for address in row.servers),
        bind_dn=row.bind_dn,
        bind_password=keyring.open(row.bind_password_sealed, secret_context(row.provider_id)).decode(),
        base_dn=row.base_dn,
        person_filter=row.person_filter,
        subject_attribute=cast("SubjectAttribute", row.subject_attribute),
        disabled_filter=row.disabled_filter,
        groups=cast("Groups", row.groups),
        group_base=row.group_base or row.base_dn,
        tree=Tree(
            import_filter=row.import_filter,
            unit_base=row.unit_base,
            unit_filter=row.unit_filter,
            unit_code=row.unit_code,
            unit_name=row.unit_name,
            unit_parent=row.unit_parent,
            person_unit=row.person_unit,
        ),
    )


def secret_context(provider_id: UUID) -> bytes:
    """Return what a sealed bind password is bound to."""
    return f"sign-in-directory:{provider_id}".encode()
