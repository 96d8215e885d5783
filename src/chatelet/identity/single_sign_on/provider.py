"""A provider as the flow sees it: a frozen value with its secret opened, made from its row."""

from dataclasses import dataclass, field
from typing import Final, cast
from urllib.parse import urlsplit
from uuid import UUID

from chatelet.identity.principal import Language
from chatelet.identity.single_sign_on.tables import SignInProvider
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.outbound import origin_of

_THIS_MACHINE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Provider:
    """`origins` are those that its discovery document may send us to: the issuer's, and those declared."""

    id: UUID
    code: str
    issuer: str
    client_id: str
    client_secret: str | None = field(repr=False)
    scopes: tuple[str, ...]
    origins: frozenset[str]
    ca_certificate: str | None = field(repr=False)
    creates_persons: bool
    language: Language
    version: str

    @property
    def source(self) -> str:
        """What memberships and grants that its claims give are marked with."""
        return f"provider:{self.code}"


def provider_of(row: SignInProvider, keyring: Keyring) -> Provider:
    """Read a row; raise `UnreadableContent` when its secret was sealed with another key."""
    sealed = row.client_secret_sealed
    return Provider(
        id=row.id,
        code=row.code,
        issuer=row.issuer,
        client_id=row.client_id,
        client_secret=keyring.open(sealed, secret_context(row.id)).decode() if sealed is not None else None,
        scopes=tuple(row.scopes),
        origins=frozenset({origin_of(row.issuer), *row.other_origins}) if row.kind == "openid" else frozenset(),
        ca_certificate=row.ca_certificate,
        creates_persons=row.creates_persons,
        language=cast("Language", row.language),
        version=row.updated_at.isoformat(),
    )


def secret_context(provider_id: UUID) -> bytes:
    """Return what a sealed client secret is bound to."""
    return f"sign-in-provider:{provider_id}".encode()


def is_safe_address(address: str) -> bool:
    """Tell whether tokens may go there: TLS, or this very machine; no credentials, query or fragment."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        return False
    if not host or parts.username or parts.password or parts.query or parts.fragment or not address.isprintable():
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and host in _THIS_MACHINE)
