"""Asking a directory: the first server that answers, who has a name, whether a password is theirs, what they belong to.

Everything here waits for another machine: no transaction is held, and each visit has its seconds.
"""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final, Literal

from chatelet.identity.directory_sign_in.directory import Directory
from chatelet.identity.directory_sign_in.entries import asked_attributes, subject_filter
from chatelet.identity.single_sign_on.errors import ProviderMisconfigured, ProviderUnreachable
from chatelet.kernel.ldap import filters
from chatelet.kernel.ldap.connection import LdapConnection, LdapRefused, LdapUnavailable
from chatelet.kernel.ldap.messages import Code, Entry, Search
from chatelet.kernel.ldap.names import LdapServer, escape_value
from chatelet.kernel.logs import get_logger

_SIGN_IN_SECONDS: Final = 15.0
_EXCHANGE_SECONDS: Final = 6.0
_IN_CHAIN: Final = "1.2.840.113556.1.4.1941"
_MOST_GROUPS: Final = 2_000
_AWAY_SECONDS: Final = 60.0
_AWAY: Final[dict[LdapServer, float]] = {}  # until when a server that failed is tried last; by process
_NO_ATTRIBUTE: Final = ("1.1",)
Proof = Literal["right", "wrong", "expired", "disabled", "locked"]
# What Active Directory adds to "wrong password"; all but 775 are told only where the password was right.
_SUBCODES: Final[dict[str, Proof]] = {
    "data 532": "expired",
    "data 773": "expired",
    "data 533": "disabled",
    "data 701": "disabled",
    "data 530": "disabled",
    "data 531": "disabled",
    "data 775": "locked",
}
log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Visit:
    """An open connection, bound as the service. Made by `visit`."""

    directory: Directory
    connection: LdapConnection

    async def find(self, wanted: str, claims: frozenset[str]) -> Entry | None:
        """Return the one entry that a filter finds; None when there is none, or more than one."""
        directory = self.directory
        attributes = asked_attributes(directory.subject_attribute, claims)
        found = await self._all(Search(directory.base_dn, filters.encode(wanted), attributes, most=2))
        return found[0] if len(found) == 1 else None

    async def find_named(self, name: str, claims: frozenset[str]) -> Entry | None:
        """Return whose name it is; None when it is nobody's, or several's."""
        return await self.find(filters.fill(self.directory.person_filter, name=name), claims)

    async def find_subject(self, subject: str, claims: frozenset[str]) -> Entry | None:
        """Return who has this identifier."""
        return await self.find(subject_filter(subject, self.directory.subject_attribute), claims)

    async def prove(self, entry: Entry | None, name: str, password: str) -> Proof:
        """Try the password as the entry's; for nobody's name, just as long, as an entry that does not exist."""
        dn = entry.dn if entry is not None else f"cn={escape_value(name or '-')},{self.directory.base_dn}"
        result = await self.connection.bind(dn, password)
        if entry is None:
            return "wrong"
        if result.code == Code.SUCCESS:
            return "right"
        return _proof_told(result.told)

    async def is_disabled(self, entry: Entry) -> bool:
        """Tell whether the filter of those who may not enter fits."""
        wanted = self.directory.disabled_filter
        if wanted is None:
            return False
        return bool(await self._all(Search(entry.dn, filters.encode(wanted), _NO_ATTRIBUTE, "base")))

    async def groups_of(self, entry: Entry) -> list[str]:
        """Return the DNs of the groups that the directory's way of telling names."""
        directory = self.directory
        if directory.groups == "none":
            return []
        if directory.groups == "member_of":
            return entry.texts("memberOf")
        rule = f":{_IN_CHAIN}:" if directory.groups == "nested" else ""
        dn = filters.escape(entry.dn)
        wanted = f"(member{rule}={dn})" if rule else f"(|(member={dn})(uniqueMember={dn}))"
        search = Search(directory.group_base, filters.encode(wanted), _NO_ATTRIBUTE, page=500)
        return [one.dn for one in await self._all(search)][:_MOST_GROUPS]

    async def back_to_service(self) -> None:
        """Speak as the service again, after a person's bind."""
        await _bind(self.directory, self.connection)

    async def every(self, search: Search) -> AsyncGenerator[Entry]:
        """Give the entries of a long search. An absent base is what an administrator should look at."""
        try:
            async for entry in self.connection.search(search):
                yield entry
        except LdapRefused as refused:
            reason = {4: "size_limit", 11: "size_limit", 32: "base", 50: "access"}.get(refused.code, "search")
            raise ProviderMisconfigured(reason=reason) from None

    async def _all(self, search: Search) -> list[Entry]:
        return [entry async for entry in self.every(search)]


@asynccontextmanager
async def visit(directory: Directory, *, within: float = _SIGN_IN_SECONDS) -> AsyncGenerator[Visit]:
    """Open a visit at the first server that answers.

    Raises `ProviderUnreachable` (none does, or not in time), `ProviderMisconfigured` (the service's bind is refused).
    """
    try:
        async with asyncio.timeout(within):
            connection = await _connected(directory)
            try:
                yield Visit(directory, connection)
            finally:
                connection.close()
    except (LdapUnavailable, TimeoutError) as error:
        reason = error.reason if isinstance(error, LdapUnavailable) else "silent"
        log.warning("directory_unreachable", provider=directory.provider.code, reason=reason)
        raise ProviderUnreachable(provider=directory.provider.code) from None


async def try_server(directory: Directory, server: LdapServer) -> LdapConnection:
    """Connect to one server, bound as the service; raise `LdapUnavailable`, `ProviderMisconfigured`."""
    connection = await LdapConnection.open(server, directory.provider.ca_certificate, seconds=_EXCHANGE_SECONDS)
    try:
        await _bind(directory, connection)
    except BaseException:
        connection.close()
        raise
    return connection


async def _connected(directory: Directory) -> LdapConnection:
    """Try the servers in their order; those that just failed come last, so that nobody waits for them again."""
    last = LdapUnavailable("connection")
    moment = time.monotonic()
    for server in sorted(directory.servers, key=lambda one: _AWAY.get(one, 0.0) > moment):
        try:
            connection = await try_server(directory, server)
        except LdapUnavailable as unavailable:
            last = unavailable
            _AWAY[server] = time.monotonic() + _AWAY_SECONDS
            log.warning("directory_server_unreachable", server=server.address, reason=unavailable.reason)
        else:
            _AWAY.pop(server, None)
            return connection
    raise last


async def _bind(directory: Directory, connection: LdapConnection) -> None:
    result = await connection.bind(directory.bind_dn, directory.bind_password)
    if result.code != Code.SUCCESS:
        raise ProviderMisconfigured(reason="service_bind")


def _proof_told(told: str) -> Proof:
    for mark, proof in _SUBCODES.items():
        if f"{mark}," in f"{told},":
            return proof
    return "wrong"
