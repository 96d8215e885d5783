"""A real LDAP server in a process of its own: Debian's slapd, its data in a temporary folder, TLS with its own authority.

Two trees: one as OpenLDAP is used (`dc=exemple,dc=fr`), one with the attributes of Active Directory (`dc=ad`).
"""

import asyncio
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.fakes.mail_server import certificate

BASE, ACTIVE = "dc=exemple,dc=fr", "dc=ad"
SERVICE, SERVICE_PASSWORD = f"cn=lecture,{BASE}", "la clef du lecteur"
_ROOT, _ROOT_PASSWORD = "cn=racine", "racine"
_SLAPD = shutil.which("slapd") or "/usr/sbin/slapd"
_SCHEMA = """
attributetype ( 1.3.6.1.4.1.99999.1 NAME 'sAMAccountName' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )
attributetype ( 1.3.6.1.4.1.99999.2 NAME 'userPrincipalName' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )
attributetype ( 1.3.6.1.4.1.99999.3 NAME 'userAccountControl' EQUALITY integerMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 )
attributetype ( 1.3.6.1.4.1.99999.4 NAME 'objectGUID' EQUALITY octetStringMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 )
attributetype ( 1.3.6.1.4.1.99999.5 NAME 'codeParent' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )
objectclass ( 1.3.6.1.4.1.99999.6 NAME 'adUser' AUXILIARY
  MAY ( sAMAccountName $ userPrincipalName $ userAccountControl $ objectGUID ) )
objectclass ( 1.3.6.1.4.1.99999.7 NAME 'structure' AUXILIARY MAY ( codeParent ) )
"""
_CONFIGURATION = """
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
include {folder}/more.schema
pidfile {folder}/pid
modulepath /usr/lib/ldap
moduleload back_mdb.so
moduleload memberof.so
TLSCertificateFile {folder}/localhost.pem
TLSCertificateKeyFile {folder}/localhost.key
disallow bind_anon
database mdb
suffix "{base}"
directory {folder}/data
rootdn "{root},{base}"
rootpw {password}
maxsize 268435456
dbnosync
index objectClass,uid,entryUUID eq
overlay memberof
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="{service}" read by * none
limits dn.exact="{service}" size.soft=100 size.hard=100 size.prtotal=unlimited
database mdb
suffix "{active}"
directory {folder}/active
rootdn "{root},{active}"
rootpw {password}
maxsize 16777216
dbnosync
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="{service}" read by * none
"""


def missing() -> str | None:
    """Tell what this machine lacks, in a sentence; None when nothing."""
    return (
        None
        if Path(_SLAPD).exists()
        else "slapd is missing: `apt-get install slapd ldap-utils` (see scripts/servers.py)"
    )


@dataclass
class LdapServer:
    """One server; `start` and `stop` as often as wanted, on the same ports."""

    folder: Path
    port: int
    tls_port: int
    ca_certificate: str
    process: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)

    @property
    def starttls(self) -> str:
        return f"ldap://localhost:{self.port}"

    @property
    def ldaps(self) -> str:
        return f"ldaps://localhost:{self.tls_port}"

    async def start(self) -> None:
        listens = f"ldap://127.0.0.1:{self.port}/ ldaps://127.0.0.1:{self.tls_port}/"
        log = (self.folder / "log").open("ab")
        self.process = subprocess.Popen(
            [_SLAPD, "-d", "0", "-f", str(self.folder / "slapd.conf"), "-h", listens], stdout=log, stderr=log
        )
        log.close()
        async with asyncio.timeout(20):
            while not _listens(self.port) or not _listens(self.tls_port):
                assert self.process.poll() is None, (self.folder / "log").read_text()
                await asyncio.sleep(0.02)

    async def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            await asyncio.to_thread(self.process.wait, 10)
            self.process = None

    async def change(self, ldif: str, base: str = BASE) -> None:
        """Apply changes (LDIF with `changetype`), as its own administrator."""
        command = ["ldapmodify", "-x", "-H", f"ldap://127.0.0.1:{self.port}"]
        command += ["-D", f"{_ROOT},{base}", "-w", _ROOT_PASSWORD]
        done = await asyncio.to_thread(subprocess.run, command, input=ldif.encode(), capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()


@contextmanager
def made_server(ports: tuple[int, int], ldif: str, active: str = "") -> Iterator[LdapServer]:
    """Make a server, filled, not started; what it kept is removed in the end."""
    lacking = missing()
    assert lacking is None, lacking
    with tempfile.TemporaryDirectory(prefix="chatelet-slapd-") as name:
        folder = Path(name)
        ca = certificate(folder)[1].read_text()
        (folder / "more.schema").write_text(_SCHEMA)
        written = _CONFIGURATION.format(
            folder=folder, base=BASE, active=ACTIVE, root=_ROOT, password=_ROOT_PASSWORD, service=SERVICE
        )
        (folder / "slapd.conf").write_text(written)
        for kept in ("data", "active"):
            (folder / kept).mkdir()
        _fill(folder, BASE, ldif)
        if active:
            _fill(folder, ACTIVE, active)
        server = LdapServer(folder, *ports, ca_certificate=ca)
        try:
            yield server
        finally:
            if server.process is not None:
                server.process.terminate()
                server.process.wait(10)


def _fill(folder: Path, base: str, ldif: str) -> None:
    command = [_SLAPD, "-T", "add", "-q", "-f", str(folder / "slapd.conf"), "-b", base]
    done = subprocess.run(command, input=ldif.encode(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def _listens(port: int) -> bool:
    with socket.socket() as tried:
        tried.settimeout(0.2)
        return tried.connect_ex(("127.0.0.1", port)) == 0
