"""Trying a directory, for an administrator who is connecting it: each server, then somebody's entry, no password."""

from typing import cast
from uuid import UUID

from chatelet.audit import events, journal
from chatelet.identity.directory_sign_in.asking import try_server, visit
from chatelet.identity.directory_sign_in.directory import Directory, known
from chatelet.identity.directory_sign_in.entries import claims_of, fold, subject_of
from chatelet.identity.directory_sign_in.schemas import DirectoryTried, ServerState
from chatelet.identity.principal import Principal
from chatelet.identity.single_sign_on import giving, inspector, queries
from chatelet.identity.single_sign_on.claims import Rule, matches
from chatelet.identity.single_sign_on.errors import ProviderMisconfigured
from chatelet.identity.single_sign_on.schemas import GiftOut
from chatelet.identity.single_sign_on.service import SingleSignOn
from chatelet.kernel.database import Database
from chatelet.kernel.ldap.connection import LdapUnavailable
from chatelet.kernel.ldap.names import LdapServer


async def attempt(
    database: Database, administrator: Principal, sso: SingleSignOn, provider_id: UUID, name: str | None
) -> DirectoryTried:
    """Try the servers and, with a name, its entry. Raises `ProviderNotFound`, `ProviderMisconfigured`."""
    async with database.transaction() as session:
        directory = await known(session, sso.keyring, provider_id)
        rules = await queries.rules_of(session, provider_id)
    servers = [await _state(directory, server) for server in directory.servers]
    tried = DirectoryTried(servers=servers)
    if name is not None and any(one.state == "ready" for one in servers):
        tried = await _look(database, directory, tried, name, rules)
    async with database.transaction() as session:
        failed = next((one.state for one in servers if one.state != "ready"), "ready")
        event = events.ProviderProbed(provider=directory.provider.code, state=failed)
        await journal.record(session, event, actor=administrator.person_id)
        if tried.found:
            read = events.ProviderInspected(provider=directory.provider.code, shown=1)
            await journal.record(session, read, actor=administrator.person_id)
    return tried


async def _state(directory: Directory, server: LdapServer) -> ServerState:
    try:
        connection = await try_server(directory, server)
    except LdapUnavailable as unavailable:
        return ServerState.model_validate({"address": server.address, "state": unavailable.reason})
    except ProviderMisconfigured:
        return ServerState(address=server.address, state="service_bind")
    connection.close()
    return ServerState(address=server.address, state="ready")


async def _look(
    database: Database, directory: Directory, tried: DirectoryTried, name: str, rules: tuple[Rule, ...]
) -> DirectoryTried:
    wanted = frozenset(rule.claim for rule in rules)
    async with visit(directory) as visited:
        entry = await visited.find_named(fold(name), wanted) if fold(name) else None
        if entry is None:
            return tried.model_copy(update={"found": False})
        subject = subject_of(entry, directory.subject_attribute)
        if subject is None:
            raise ProviderMisconfigured(reason="subject")
        disabled = await visited.is_disabled(entry)
        claims = claims_of(entry, subject, await visited.groups_of(entry), wanted)
    async with database.transaction() as session:
        gifts = inspector.gift_lines(await giving.resolve(session, matches(rules, claims)))
    return DirectoryTried(
        servers=tried.servers,
        found=True,
        disabled=disabled,
        claims=cast("dict[str, str | list[str]]", claims),
        gifts=[GiftOut.model_validate(gift) for gift in gifts],
    )
