"""A real LemonLDAP::NG portal in a process of its own: Debian's, under plackup, its demonstration users, OpenID provider.

Its issuer ends in "/", and it tells the audience as a list: both are what TA-004 must stand.
"""

import asyncio
import json
import os
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

_SHARE = Path("/usr/share/lemonldap-ng/portal")
_SHIPPED = Path("/var/lib/lemonldap-ng/conf/lmConf-1.json")
SECRET = "secret-partage-avec-le-portail"  # ASCII: the portal does not decode what a header escapes (RFC 6749, 2.3.1)
_INI = """
[all]
logLevel = warn
logger = Lemonldap::NG::Common::Logger::Std
[configuration]
type = File
dirName = {folder}/conf
localStorage = Cache::FileCache
localStorageOptions = {{ 'namespace' => 'config', 'default_expires_in' => 600, 'cache_root' => '{folder}/cache' }}
[portal]
staticPrefix = /static
templateDir = {share}/templates
languages = fr, en
"""


def missing() -> str | None:
    """Tell what this machine lacks, in a sentence; None when nothing."""
    if shutil.which("plackup") and _SHARE.exists() and _SHIPPED.exists():
        return None
    return "LemonLDAP::NG is missing: `python3 scripts/prepare.py --servers` as root (see scripts/servers.py)"


@asynccontextmanager
async def running_portal(folder: Path, port: int, client_address: str, code: str) -> AsyncIterator[str]:
    """Run a portal that knows Châtelet as the client `chatelet`; give its issuer."""
    lacking = missing()
    assert lacking is None, lacking
    issuer = f"http://localhost:{port}/"
    for name in ("conf", "cache", "sessions/lock"):
        (folder / name).mkdir(parents=True)
    (folder / "lemonldap-ng.ini").write_text(_INI.format(folder=folder, share=_SHARE))
    (folder / "conf" / "lmConf-1.json").write_text(json.dumps(_configuration(folder, issuer, client_address, code)))
    environment = {"PATH": os.environ["PATH"], "LLNG_DEFAULTCONFFILE": str(folder / "lemonldap-ng.ini")}
    log = (folder / "log").open("wb")
    process = subprocess.Popen(
        ["plackup", "--host", "127.0.0.1", "--port", str(port), "-s", "HTTP::Server::PSGI", str(_SHARE / "htdocs" / "index.psgi")],
        env=environment, cwd=folder, stdout=log, stderr=log,
    )  # fmt: skip
    log.close()
    try:
        async with asyncio.timeout(60):
            while not _listens(port):
                assert process.poll() is None, (folder / "log").read_text()
                await asyncio.sleep(0.05)
        yield issuer
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait, 10)


def _configuration(folder: Path, issuer: str, client_address: str, code: str) -> dict[str, Any]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    sessions = {
        "Directory": str(folder / "sessions"),
        "LockDirectory": str(folder / "sessions" / "lock"),
        "generateModule": "Lemonldap::NG::Common::Apache::Session::Generate::SHA256",
    }
    return {
        **json.loads(_SHIPPED.read_text()),
        "portal": issuer,
        "domain": "localhost",
        "securedCookie": 0,
        "key": "une clef de trente-deux octets!!",
        "authentication": "Demo",
        "userDB": "Same",
        "passwordDB": "Null",
        "registerDB": "Null",
        "portalDisplayRegister": 0,
        "portalDisplayResetPassword": 0,
        "captcha": "::Plugins::History",  # something inert: the real one draws pictures, and wants ImageMagick
        "globalStorage": "Apache::Session::File",
        "globalStorageOptions": sessions,
        "localSessionStorage": "Cache::NullCache",
        "tokenUseGlobalStorage": 1,
        "requireToken": 0,
        "localSessionStorageOptions": {},
        "issuerDBOpenIDConnectActivation": 1,
        "oidcServiceMetaDataIssuer": issuer,
        "oidcServicePrivateKeySig": private.decode(),
        "oidcServicePublicKeySig": public.decode(),
        "oidcServiceKeyIdSig": "clef-1",
        "oidcServiceAllowAuthorizationCodeFlow": 1,
        "oidcRPMetaDataExportedVars": {"chatelet": {"email": "mail", "name": "cn"}},
        "oidcRPMetaDataOptions": {
            "chatelet": {
                "oidcRPMetaDataOptionsClientID": "chatelet",
                "oidcRPMetaDataOptionsClientSecret": SECRET,
                "oidcRPMetaDataOptionsRedirectUris": f"{client_address}/api/sign-in/{code}/callback",
                "oidcRPMetaDataOptionsPostLogoutRedirectUris": f"{client_address}/",
                "oidcRPMetaDataOptionsIDTokenSignAlg": "RS256",
                "oidcRPMetaDataOptionsAdditionalAudiences": "autre-service",
                "oidcRPMetaDataOptionsBypassConsent": 1,
                "oidcRPMetaDataOptionsRequirePKCE": 1,
            }
        },
    }


def _listens(port: int) -> bool:
    with socket.socket() as tried:
        tried.settimeout(0.2)
        return tried.connect_ex(("127.0.0.1", port)) == 0
