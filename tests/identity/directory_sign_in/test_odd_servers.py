"""What Active Directory says beside "wrong password", its nested groups, and servers that do not speak LDAP."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from chatelet.kernel.ldap.connection import LdapConnection, LdapUnavailable
from chatelet.kernel.ldap.names import LdapServer
from tests.fakes.mail_server import certificate
from tests.fakes.odd_directory import OddDirectory, result, running_odd_directory
from tests.identity.conftest import Client

from .conftest import PROVIDERS

Enter = Callable[..., Any]
_SERVICE = "cn=lecture,dc=ad"


@pytest.fixture
async def odd(tmp_path: Path, administrator: Client) -> AsyncIterator[OddDirectory]:
    context, authority = certificate(tmp_path)
    async with running_odd_directory(context) as server:
        body = {
            "code": "annuaire", "name_fr": "A", "name_en": "A", "servers": [f"ldaps://localhost:{server.port}"],
            "ca_certificate": authority.read_text(), "bind_dn": _SERVICE, "bind_password": "secret",
            "base_dn": "dc=ad", "person_filter": "(sAMAccountName={name})", "subject_attribute": "objectGUID",
            "groups": "nested",
        }  # fmt: skip
        assert (await administrator.call("POST", f"{PROVIDERS}/directories", body)).status == 201
        yield server


@pytest.mark.parametrize(
    ("subcode", "status", "code"),
    [
        ("52e", 401, "invalid_credentials"),
        ("775", 401, "invalid_credentials"),
        ("532", 403, "sign_in_password_expired"),
        ("773", 403, "sign_in_password_expired"),
        ("533", 403, "sign_in_account_disabled"),
        ("701", 403, "sign_in_account_disabled"),
    ],
)
async def test_what_active_directory_adds_is_understood(
    odd: OddDirectory, enter: Enter, subcode: str, status: int, code: str
) -> None:
    told = f"80090308: LdapErr: DSID-0C090447, comment: AcceptSecurityContext error, data {subcode}, v4563"
    odd.bind = lambda dn: result(0x61, 0 if dn == _SERVICE else 49, told)
    _, answer = await enter("ada", "password")
    assert (answer.status, answer.body["code"]) == (status, code)


async def test_nested_groups_are_asked_for_by_the_rule_of_active_directory(odd: OddDirectory, enter: Enter) -> None:
    assert (await enter("ada", "password"))[1].status == 204
    assert b"1.2.840.113556.1.4.1941" in odd.searched[-1]
    assert b"cn=Ada,dc=ad" in odd.searched[-1]


@pytest.mark.parametrize(
    "raw", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\x30\x84\xff\xff\xff\xff", b"\x30\x03\x02\x01\x00", b"\x30\x00"]
)
async def test_a_server_that_speaks_no_ldap_is_unreachable(odd: OddDirectory, enter: Enter, raw: bytes) -> None:
    odd.raw = raw
    _, answer = await enter("ada", "password")
    assert (answer.status, answer.body["code"]) == (503, "sign_in_provider_unreachable")


async def test_what_comes_in_clear_before_tls_is_thrown_away() -> None:
    """CVE-2011-0411: an answer put behind the one that starts TLS must not count as said inside it."""
    start_tls = bytes.fromhex("300c02010178070a010004000400")
    injected = bytes.fromhex("300c02010261070a010004000400")

    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.write(start_tls + injected)
        await reader.read(1000)
        writer.close()

    server = await asyncio.start_server(speak, "127.0.0.1", 0)
    try:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(LdapUnavailable):
            await LdapConnection.open(LdapServer("localhost", port, tls_at_once=False), None, seconds=2)
    finally:
        server.close()
